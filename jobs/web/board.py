"""The casting board: its page, its live part, and what is done with the people chosen on it."""

import hashlib
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.errors import DomainError, Invalid
from config.wording import sentence
from hubs.timespan import DaySpan
from jobs import policies
from jobs.enums import ShootState
from jobs.models import Shoot
from jobs.queries import runs
from jobs.queries import shoots as questions
from jobs.services import casting
from jobs.web import desk
from jobs.web.doors import found
from jobs.web.pairs import pairs_of
from jobs.web.shoots import staffable
from profiles.models import Profile
from profiles.web.requests import PersonRequest

MOST_LINES = 200
LIVE_MS, QUIET_MS = 2500, 15000
"""How often an open page asks: while offers are out, and while nothing but another manager can change it."""


@require_safe
@login_required
def board(request: PersonRequest, pk: int) -> HttpResponse:
    """The casting board: departments by places, and what can be done next."""
    context = _context(request, pk)
    part = _live_part(request, context)
    context |= {"live": part, "version": _version(part)}
    return render(request, "jobs/board.html", context)


@require_safe
@login_required
def slots(request: PersonRequest, pk: int) -> HttpResponse:
    """The live part of the board. 204 where the page that asks shows it as it is: then nothing is touched."""
    context = _context(request, pk)
    part = _live_part(request, context)
    version = _version(part)
    response = HttpResponse(status=204) if request.GET.get("v") == version else HttpResponse(part)
    response["Cache-Control"] = "no-store"
    response["X-Board-Version"] = version
    return response


def _live_part(request: HttpRequest, context: dict) -> str:
    return render_to_string("jobs/_board.html", context, request=request)


def _version(part: str) -> str:
    """What the reader sees, in sixteen letters. The part holds no token of a form, which would change every time."""
    return hashlib.sha256(part.encode()).hexdigest()[:16]


def _context(request: HttpRequest, pk: int) -> dict:
    shoot = found(policies.visible_shoots(request.user).select_related("crew", "base__hub"), pk)
    mine = set(policies.reviewable_roles(request.user).filter(shoot=shoot).values_list("pk", flat=True))
    board = questions.board(shoot).only(mine)
    may_edit = policies.may_edit_shoot(request.user, shoot)
    running = board.run if board.run and board.run.under_way else None
    moving = shoot.state == ShootState.OPEN and not board.complete and bool(board.offered or board.booked)
    return {
        "shoot": shoot,
        "board": board,
        "page": desk.page(shoot, board),
        "may_edit": may_edit,
        "may_staff": may_edit or policies.may_staff(request.user, shoot),
        "running": running,
        "changes": runs.count_changes(board.published) if board.published and board.proposed else None,
        # Offers that are out are answered, expire and are refilled without her: the page asks until it is full.
        "moving": moving,
        "every": LIVE_MS if moving or running else QUIET_MS,
        "days": list(DaySpan(shoot.days.lower, shoot.days.upper)),
    }


ACTS = {
    "offer": casting.offer,
    "pin": casting.pin,
    "unpin": casting.unpin,
    "strike": casting.strike,
}


LEADS = {"compare": "shoots:compare", "write": "shoots:write"}
"""Pages about the people chosen. The form is sent by POST and led on, so that its token stands in no address."""


@require_POST
@login_required
def act(request: PersonRequest, pk: int) -> HttpResponseRedirect:
    """Do one thing with everybody chosen: ask, keep, let go, take off. Who could not is named with the reason."""
    shoot = staffable(request, pk)
    name = request.POST.get("act", "")
    if name in LEADS:
        return _lead(shoot, request.POST, LEADS[name])
    if name not in ACTS:
        raise Invalid("unknown_step", field="act")
    pairs = chosen(request, shoot, request.POST, name)
    if not pairs:
        messages.info(request, _nobody(request.POST.getlist("every")))
        return _back(request, shoot)
    outcome = ACTS[name](shoot, pairs, by=request.user, now=timezone.now())
    if outcome.done:
        messages.success(request, _done(name, outcome.done))
    for person, refusal in outcome.refused[:5]:
        messages.warning(request, f"{person}: {sentence(refusal)}")
    if len(outcome.refused) > 5:
        more = len(outcome.refused) - 5
        messages.warning(
            request, ngettext("%(n)d more was left out.", "%(n)d more were left out.", more) % {"n": more}
        )
    return _back(request, shoot)


def _lead(shoot: Shoot, data: QueryDict, page: str) -> HttpResponseRedirect:
    who = [("who", f"{role}-{person}") for role, person in pairs_of(data.getlist("who"))]
    every = [("every", each[:40]) for each in data.getlist("every")[:MOST_LINES]]
    return redirect(f"{reverse(page, args=[shoot.pk])}?{urlencode([*who, *every])}")


def chosen(request: HttpRequest, shoot: Shoot, data: QueryDict, act: str) -> list[tuple[int, int]]:
    """The pairs that were ticked one by one, and those of roles and departments that were ticked as a whole."""
    pairs = pairs_of(data.getlist("who"))
    every = data.getlist("every")[:MOST_LINES]
    if every:
        mine = set(policies.reviewable_roles(request.user).filter(shoot=shoot).values_list("pk", flat=True))
        shown = desk.page(shoot, questions.board(shoot).only(mine))
        pairs = list(dict.fromkeys([*pairs, *desk.everybody(shown, every, act)]))
    return pairs


def _nobody(every: list[str]) -> str:
    if every:
        return _("Nobody there whom this is for: who is asked already is not asked again.")
    return _("Choose people first: tick the box beside a name.")


def _done(name: str, count: int) -> str:
    words = {
        "offer": ngettext("%(n)d offer is on its way.", "%(n)d offers are on their way.", count),
        "pin": ngettext(
            "%(n)d person is kept for the role.", "%(n)d people are kept for their roles.", count
        ),
        "unpin": ngettext(
            "%(n)d person is left to the match again.", "%(n)d people are left to the match again.", count
        ),
        "strike": ngettext(
            "%(n)d person is taken off; the next one moved up. Nobody was told.",
            "%(n)d people are taken off; the next ones moved up. Nobody was told.",
            count,
        ),
    }
    return words[name] % {"n": count}


def _back(request: HttpRequest, shoot: Shoot) -> HttpResponseRedirect:
    """To the page the choice was made on: the board, or one role of it."""
    role = request.POST.get("role", "")
    if role.isdecimal() and len(role) < 19 and shoot.roles.filter(pk=int(role)).exists():
        return redirect("shoots:role", pk=shoot.pk, role_pk=int(role))
    return redirect("shoots:board", pk=shoot.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def write(request: PersonRequest, pk: int) -> HttpResponse:
    """Write to everybody chosen who is asked, booked or has applied; the others are named and left out."""
    shoot = staffable(request, pk)
    data = request.POST if request.method == "POST" else request.GET
    pairs = chosen(request, shoot, data, "write")
    people = {person for _role, person in pairs}
    words, error = data.get("words", ""), ""
    if request.method == "POST" and "words" in request.POST:
        try:
            count = casting.message(shoot, people, words=words, by=request.user, now=timezone.now())
        except DomainError as refusal:
            error = sentence(refusal)
        else:
            said = ngettext("Written to %(n)d person.", "Written to %(n)d people.", count)
            messages.success(request, said % {"n": count})
            return redirect("shoots:board", pk=pk)
    reached = list(
        casting.reachable(shoot, request.user).filter(pk__in=people).select_related("user").order_by("pk")
    )
    known = {one.pk for one in reached}
    context = {
        "shoot": shoot,
        "who": [f"{role}-{person}" for role, person in pairs],
        "reached": reached,
        "left_out": list(
            Profile.objects.filter(pk__in=_on_board(shoot, people - known))
            .select_related("user")
            .order_by("pk")
        ),
        "words": words,
        "error": error,
        "longest": casting.LONGEST_MESSAGE,
    }
    return render(request, "jobs/board_write.html", context, status=400 if error else 200)


def _on_board(shoot: Shoot, people: set[int]) -> set[int]:
    """Those of `people` whom a run of the shoot or a pin has put on its board: a name is shown for nobody else."""
    matched = Profile.objects.filter(pk__in=people).filter(pk__in=shoot.runs.values("matches__profile"))
    pinned = Profile.objects.filter(pk__in=people, pins__role__shoot=shoot)
    return set(matched.values_list("pk", flat=True)) | set(pinned.values_list("pk", flat=True))
