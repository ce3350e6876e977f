"""The likeness ledger: her page, and the crew's page of a title with the form that asks."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.errors import DomainError
from config.wording import sentence
from hubs.timespan import shoot_day_of
from jobs import policies
from jobs.enums import LikenessState
from jobs.models import Likeness
from jobs.queries import likeness as questions
from jobs.services import likeness
from jobs.web.doors import found, graduates
from jobs.web.remote_forms import LikenessForm
from jobs.web.shoots import editable
from profiles.models import Profile
from profiles.web.requests import GraduateRequest, PersonRequest


@require_safe
@graduates
def mine(request: GraduateRequest) -> HttpResponse:
    """What waits for her word, what stands, and all that was, with its history."""
    return _mine(request)


def _mine(request: GraduateRequest, wrong: str = "", status: int = 200) -> HttpResponse:
    rows = list(questions.of(request.profile))
    context = {
        "waiting": [row for row in rows if row.state == LikenessState.ASKED],
        "standing": [row for row in rows if row.state == LikenessState.GIVEN],
        "past": [row for row in rows if row.state not in (LikenessState.ASKED, LikenessState.GIVEN)],
        "today": shoot_day_of(timezone.now()),
        "wrong": wrong,
    }
    return render(request, "jobs/my_likeness.html", context, status=status)


@require_POST
@graduates
def answer(request: GraduateRequest, pk: int) -> HttpResponse:
    """Yes to all or some of it, no, or a yes taken back: the button says which."""
    row = found(questions.of(request.profile), pk)
    act, now = request.POST.get("act", ""), timezone.now()
    try:
        if act == "give":
            parts, training = request.POST.getlist("parts"), request.POST.get("training") == "on"
            likeness.give(row, parts=parts, training=training, by=request.user, now=now)
            messages.success(request, _("Given, and nothing beyond it. You can take it back at any time."))
        elif act == "revoke":
            likeness.revoke(row, by=request.user, now=now)
            messages.success(request, _("Taken back. The crew has been told to stop."))
        else:
            likeness.refuse(row, by=request.user, now=now)
            messages.success(request, _("Said no. It changes nothing about the job or later offers."))
    except DomainError as error:
        return _mine(request, sentence(error), status=error.status)
    return redirect("my_likeness")


@require_safe
@login_required
def of_shoot(request: PersonRequest, pk: int) -> HttpResponse:
    """What this title has asked of whom, and what they said."""
    shoot = editable(request, pk)
    context = {"shoot": shoot, "rows": list(questions.of_shoot(shoot))}
    return render(request, "jobs/likeness_of_shoot.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ask(request: PersonRequest, pk: int, person_pk: int) -> HttpResponse:
    """Ask one person who holds an offer or a booking of this title."""
    shoot = editable(request, pk)
    tied = Profile.objects.filter(offers__in=policies.visible_offers(request.user).filter(role__shoot=shoot))
    profile = found(tied.distinct().select_related("user"), person_pk)
    form = LikenessForm(request.POST if request.method == "POST" else None, initial={"use": shoot.ai_use})
    if request.method == "POST" and form.is_valid():
        terms = likeness.Terms(**form.cleaned_data)
        try:
            likeness.ask(shoot=shoot, profile=profile, terms=terms, by=request.user, now=timezone.now())
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, sentence(error))
        else:
            messages.success(request, _("Asked. The answer comes as a notice."))
            return redirect("likeness_of_shoot", pk=pk)
    context: dict[str, Any] = {
        "shoot": shoot,
        "person": profile,
        "form": form,
        "live": questions.live(shoot, profile),
        "ready": bool(shoot.ai_use and shoot.scans),
    }
    return render(request, "jobs/likeness_ask.html", context, status=400 if form.errors else 200)


@require_POST
@login_required
def withdraw(request: PersonRequest, pk: int, likeness_pk: int) -> HttpResponseRedirect:
    """Take a request back before it was answered."""
    shoot = editable(request, pk)
    row = found(Likeness.objects.select_related("shoot__crew").filter(shoot=shoot), likeness_pk)
    likeness.withdraw(row, by=request.user, now=timezone.now())
    messages.success(request, _("Taken back; nothing was given."))
    return redirect("likeness_of_shoot", pk=pk)
