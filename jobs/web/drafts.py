"""Making a shoot: from a template at a scale, or as a copy of one that was; and changing what it says of itself."""

import json
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from psycopg.types.range import DateRange

from config.errors import DomainError
from config.wording import sentence
from hubs.timespan import shoot_day_of
from jobs.models import Crew, CrewTemplate, Shoot
from jobs.queries import crews, filing, plans
from jobs.queries import drafts as standing_of
from jobs.services import drafts, shoots
from jobs.services.merging import ChangedMeanwhile
from jobs.web import draft_words, places
from jobs.web.crews import refused
from jobs.web.doors import managers
from jobs.web.shoot_forms import PlanForm, ShootEditForm, ShootForm
from jobs.web.shoots import editable
from profiles.web.requests import PersonRequest

DAYS_AHEAD = 6  # four to six days before the first shoot day is when a crew is usually put together
USUAL_LENGTH = 7  # shoot days


@require_http_methods(["GET", "HEAD", "POST"])
@managers
def new(request: PersonRequest) -> HttpResponse:
    """Make a shoot; with a template its roles come with it, shown before anything is saved."""
    now = timezone.now()
    mine = crews.editable(request.user)
    today = shoot_day_of(now)
    guess = _first_guess(mine.first(), today)
    form = ShootForm(
        request.POST if request.method == "POST" else None, crews=mine, today=today, initial=guess
    )
    looking = "look" in request.POST
    if request.method == "POST" and not looking and form.is_valid():
        try:
            shoot = shoots.create(**form.given(), by=request.user, now=now)
        except DomainError as error:
            refused(form, error)
        else:
            messages.success(request, _("The shoot is a draft: look over the roles, then publish it."))
            return redirect("shoots:grid", pk=shoot.pk)
    context = {
        "form": form,
        "rules": filing.table(on=today),
        **_plan(request.POST if request.method == "POST" else _as_text(guess)),
        **places.typed(request.POST if request.method == "POST" else _as_text(guess)),
    }
    wrong = bool(form.errors) and not looking
    return render(request, "jobs/shoot_new.html", context, status=400 if wrong else 200)


@require_safe
@managers
def plan(request: PersonRequest) -> HttpResponse:
    """The role list that a template would give: a fragment that follows the form as it is filled in."""
    return render(request, "jobs/_plan.html", _plan(request.GET))


def _plan(said: Any) -> dict[str, Any]:
    template, scale, length = PlanForm(said).read()
    if template is None:
        return {"plan": None, "usual": None}
    first = date(2026, 1, 1)  # only the number of days matters here
    days = DateRange(first, first + timedelta(days=length))
    return {
        "plan": plans.plan(template, scale, days),
        "usual": plans.usual(template),
        "plan_days": length,
        "chosen": template,
    }


def _as_text(guess: dict[str, Any]) -> dict[str, str]:
    template = guess["template"]
    return {
        "template": str(template.pk) if template else "",
        "base": str(guess["base"].pk) if guess["base"] else "",
        "first_day": guess["first_day"].isoformat(),
        "last_day": guess["last_day"].isoformat(),
    }


def _first_guess(crew: Crew | None, today: date) -> dict[str, Any]:
    """What the form starts with: the place the crew knows, a week of days ahead, a whole crew."""
    first_day = today + timedelta(days=DAYS_AHEAD)
    return {
        "crew": crew,
        "base": crew and crews.usual_base(crew),
        "first_day": first_day,
        "last_day": first_day + timedelta(days=USUAL_LENGTH - 1),
        "template": CrewTemplate.objects.last(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Everything a shoot says of itself; where two have changed the same, she chooses what holds."""
    shoot = editable(request, pk)
    now = timezone.now()
    today = shoot_day_of(now)
    standing = standing_of.values(shoot)
    form = ShootEditForm(
        draft_words.picked(request.POST) if request.method == "POST" else None,
        shoot=shoot,
        today=today,
        initial=standing,
    )
    if request.method == "POST" and form.is_valid():
        try:
            was = standing_of.read_was(request.POST.get("was", ""))
            drafts.change(shoot, form.cleaned_data, was=was, by=request.user, now=now)
        except ChangedMeanwhile as error:
            return _ask(request, shoot, form, error)
        except DomainError as error:
            refused(form, error)
        else:
            messages.success(request, _("Saved. Offers that are out keep what they promised."))
            return redirect("shoots:board", pk=pk)
    return render(
        request,
        "jobs/shoot_edit.html",
        {
            "shoot": shoot,
            "form": form,
            "was": request.POST.get("was") if request.method == "POST" else json.dumps(standing),
            "rules": filing.table(on=shoot.days.lower),
            **_place(request, shoot),
        },
        status=400 if form.errors else 200,
    )


def _place(request: PersonRequest, shoot: Shoot) -> dict[str, Any]:
    if request.method == "POST":
        return places.typed(request.POST)
    last = shoot.days.upper - timedelta(days=1)
    return places.of(
        shoot.base,
        shoot.days.lower,
        last,
        chosen=shoot.sets.values_list("pk", flat=True),
        shoot=shoot,
    )


def _ask(request: PersonRequest, shoot: Shoot, form: ShootEditForm, error: ChangedMeanwhile) -> HttpResponse:
    """Both values of each field that two have changed; everything else she typed goes along unseen."""
    shoot.refresh_from_db()
    asked = {clash.name for clash in error.clashes}
    kept = [
        (name, value) for name in form.fields if name not in asked for value in request.POST.getlist(name)
    ]
    context = {
        "shoot": shoot,
        "clashes": [draft_words.clash(clash, form) for clash in error.clashes],
        "kept": kept,
        "was": json.dumps(
            standing_of.read_was(request.POST.get("was", ""))
            | {name: value for name, value in standing_of.values(shoot).items() if name in asked}
        ),
        "who": standing_of.last_change(shoot, but=request.user),
    }
    return render(request, "jobs/shoot_conflict.html", context, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def clone(request: PersonRequest, pk: int) -> HttpResponse:
    """A copy of a shoot on other days: its roles, terms, budget and passport, without people."""
    shoot = editable(request, pk)
    now = timezone.now()
    first = shoot_day_of(now) + timedelta(days=DAYS_AHEAD)
    form = draft_words.CloneForm(
        request.POST if request.method == "POST" else None,
        initial={"title": shoot.title, "first_day": first},
    )
    if request.method == "POST" and form.is_valid():
        try:
            copy = drafts.clone(shoot, **form.cleaned_data, by=request.user, now=now)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, sentence(error))
        else:
            messages.success(request, _("Copied as a draft, without its people."))
            return redirect("shoots:grid", pk=copy.pk)
    context = {"shoot": shoot, "form": form}
    return render(request, "jobs/shoot_clone.html", context, status=400 if form.errors else 200)
