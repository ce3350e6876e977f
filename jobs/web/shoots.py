"""A crew manager's shoots: the list, the form, the casting board and the moves of a shoot."""

from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.errors import DomainError, NotAllowed
from config.wording import sentence
from hubs.timespan import DaySpan, shoot_day_of
from jobs import policies
from jobs.enums import RunState, ShootState
from jobs.models import Crew, CrewTemplate, Shoot
from jobs.queries import crews, runs
from jobs.queries import shoots as questions
from jobs.services import shoots
from jobs.web.doors import found, managers
from jobs.web.forms import ShootForm
from profiles.web.requests import PersonRequest

SHOOTS_A_PAGE = 20
DAYS_AHEAD = 6  # four to six days before the first shoot day is when a crew is usually put together
USUAL_LENGTH = 7  # shoot days


def editable(request: HttpRequest, pk: int) -> Shoot:
    """Return the shoot if she sees it and may edit it; 404 or NotAllowed otherwise."""
    shoot = found(policies.visible_shoots(request.user).select_related("crew", "base__hub"), pk)
    if not policies.may_edit_shoot(request.user, shoot):
        raise NotAllowed("not_yours")
    return shoot


@require_safe
@managers
def shoot_list(request: PersonRequest) -> HttpResponse:
    """The shoots of one's crews, each with its strip of slots."""
    shoots_seen = questions.counted(policies.visible_shoots(request.user)).order_by("-pk")
    page = Paginator(shoots_seen, SHOOTS_A_PAGE).get_page(request.GET.get("page"))
    context = {"shoots": page, "crews": list(crews.of(request.user)), "page": page}
    return render(request, "jobs/shoot_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@managers
def new(request: PersonRequest) -> HttpResponse:
    """Make a shoot; with a template its roles come with it."""
    now = timezone.now()
    mine = crews.editable(request.user)
    today = shoot_day_of(now)
    form = ShootForm(
        request.POST if request.method == "POST" else None,
        crews=mine,
        today=today,
        initial=_first_guess(mine.first(), today),
    )
    if request.method == "POST" and form.is_valid():
        try:
            shoot = shoots.create(**form.cleaned_data, by=request.user, now=now)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, sentence(error))
        else:
            messages.success(request, _("The shoot is a draft: look over the roles, then publish it."))
            return redirect("shoots:board", pk=shoot.pk)
    return render(request, "jobs/shoot_new.html", {"form": form}, status=400 if form.errors else 200)


def _first_guess(crew: Crew | None, today: date) -> dict:
    """What the form starts with: the place the crew knows, a week of days ahead, a whole crew."""
    first_day = today + timedelta(days=DAYS_AHEAD)
    return {
        "crew": crew,
        "base": crew and crews.usual_base(crew),
        "first_day": first_day,
        "last_day": first_day + timedelta(days=USUAL_LENGTH - 1),
        "template": CrewTemplate.objects.last(),
    }


@require_safe
@login_required
def board(request: PersonRequest, pk: int) -> HttpResponse:
    """The casting board: departments by slots, and what can be done next."""
    return render(request, "jobs/board.html", _board(request, pk))


@require_safe
@login_required
def slots(request: PersonRequest, pk: int) -> HttpResponse:
    """The live part of the board, asked for every few seconds until the crew is complete."""
    response = render(request, "jobs/_board.html", _board(request, pk))
    response["Cache-Control"] = "no-store"
    return response


def _board(request: HttpRequest, pk: int) -> dict:
    shoot = found(policies.visible_shoots(request.user).select_related("crew", "base__hub"), pk)
    mine = set(policies.reviewable_roles(request.user).filter(shoot=shoot).values_list("pk", flat=True))
    board = questions.board(shoot).only(mine)
    return {
        "shoot": shoot,
        "board": board,
        "may_edit": policies.may_edit_shoot(request.user, shoot),
        "running": board.run
        if board.run and board.run.state in (RunState.WAITING, RunState.RUNNING)
        else None,
        "changes": runs.count_changes(board.published) if board.published and board.proposed else None,
        # Offers that are out are answered, expire and are refilled without her: the page asks until it is full.
        "moving": shoot.state == ShootState.OPEN and not board.complete and board.offered + board.booked > 0,
        "days": list(DaySpan(shoot.days.lower, shoot.days.upper)),
    }


@require_POST
@login_required
def publish(request: PersonRequest, pk: int) -> HttpResponseRedirect:
    """Open the shoot for matching and applications."""
    shoot = editable(request, pk)
    shoots.publish(shoot=shoot, by=request.user, now=timezone.now())
    messages.success(request, _("Published: graduates can see its roles now."))
    return redirect("shoots:board", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def cancel(request: PersonRequest, pk: int) -> HttpResponse:
    """Call a shoot off; the page counts the people who will be told before anything happens."""
    shoot = editable(request, pk)
    if request.method == "POST":
        shoots.cancel(shoot=shoot, by=request.user, now=timezone.now())
        messages.success(request, _("The shoot is called off and everybody has been told."))
        return redirect("shoots:list")
    return render(request, "jobs/shoot_cancel.html", {"shoot": shoot, "counts": questions.counts(shoot)})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def wrap(request: PersonRequest, pk: int) -> HttpResponse:
    """Close a shoot that is done: the days become credits of the people who served them."""
    shoot = editable(request, pk)
    if request.method == "POST":
        shoots.wrap(shoot=shoot, by=request.user, now=timezone.now())
        messages.success(request, _("Wrapped. The credits are written into the profiles of the people."))
        return redirect("shoots:board", pk=pk)
    return render(request, "jobs/shoot_wrap.html", {"shoot": shoot, "counts": questions.counts(shoot)})
