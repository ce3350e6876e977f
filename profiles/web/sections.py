"""The profile as a list of tasks: each section is a small page that saves at once."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from profiles.queries import people
from profiles.queries.completeness import completeness
from profiles.services import profiles

from .doors import done, graduates, today
from .forms import (
    ActingForm,
    BasicsForm,
    ContactForm,
    LanguagesForm,
    PlacesForm,
    RolesForm,
    SkillsForm,
)
from .requests import GraduateRequest

TITLES = {
    "basics": gettext_lazy("Name and one line about you"),
    "roles": gettext_lazy("What you do"),
    "skills": gettext_lazy("Skills"),
    "places": gettext_lazy("Places and day rate"),
    "availability": gettext_lazy("When you are free"),
    "languages": gettext_lazy("Languages and dialects"),
    "acting": gettext_lazy("Acting card"),
    "education": gettext_lazy("Education"),
    "credits": gettext_lazy("Shoots you have worked on"),
    "contact": gettext_lazy("Contact and privacy"),
}
"""Each section's name, as the list and its own page say it."""

page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@graduates
def tasks(request: GraduateRequest) -> HttpResponse:
    """The list of sections: what is said, what is still worth adding."""
    profile = people.whole(request.user).get()
    said = completeness(profile, today=today())
    steps: list[dict[str, Any]] = [
        {
            "step": step,
            "title": TITLES[step.key],
            "url": "my_availability" if step.key == "availability" else f"my_profile_{step.key}",
        }
        for step in said.steps
    ]
    if not profile.acting:
        # Said as an offer, not as a gap: most people do not act, and nothing is missing for them.
        steps.append({"step": None, "title": TITLES["acting"], "url": "my_profile_acting"})
    context = {
        "profile": profile,
        "said": said,
        "needed": [row for row in steps if row["step"] and row["step"].needed],
        "more": [row for row in steps if not (row["step"] and row["step"].needed)],
        "missing": [TITLES[step.key] for step in said.missing],
        "minor": profile.is_minor_on(today()),
    }
    return render(request, "profiles/profile_tasks.html", context)


def _section(
    request: GraduateRequest,
    key: str,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Any],
    template: str = "profiles/profile_section.html",
) -> HttpResponse:
    """Show a section, or save it and go back to the list. What cannot be right is shown again, with why."""
    status = 200
    if request.method == "POST":
        if done(form, lambda: act(form.cleaned_data)):
            messages.success(request, _("Saved."))
            return redirect("my_profile")
        status = 400
    return render(request, template, {"form": form, "title": TITLES[key], "key": key}, status=status)


@page
@graduates
def basics(request: GraduateRequest) -> HttpResponse:
    profile = request.profile
    initial = {
        "name": profile.user.name,
        "headline": profile.headline,
        "waiting_since": profile.waiting_since,
    }
    save = partial(profiles.update_basics, profile=profile, by=request.user, today=today())
    form = BasicsForm(request.POST or None, initial=initial)
    return _section(request, "basics", form, lambda said: save(**said))


@page
@graduates
def roles(request: GraduateRequest) -> HttpResponse:
    profile = request.profile
    ranked = list(profile.wanted.values_list("role_type_id", flat=True))
    initial = {f"choice_{number}": pk for number, pk in enumerate(ranked, start=1)}
    form = RolesForm(request.POST or None, initial=initial)
    save = partial(profiles.set_wanted_roles, profile=profile, by=request.user)
    return _section(request, "roles", form, lambda said: save(role_types=form.chosen))


@page
@graduates
def skills(request: GraduateRequest) -> HttpResponse:
    profile = request.profile
    levels = dict(profile.skill_levels.values_list("skill_id", "level"))
    typical = profile.wanted_roles.values_list("typical_skills", flat=True)
    form = SkillsForm(
        request.POST or None,
        initial={f"skill_{pk}": level for pk, level in levels.items()},
        first={*levels, *(pk for pk in typical if pk)},
    )
    save = partial(profiles.set_skills, profile=profile, by=request.user)
    return _section(
        request, "skills", form, lambda said: save(levels=form.levels), "profiles/profile_skills.html"
    )


@page
@graduates
def places(request: GraduateRequest) -> HttpResponse:
    profile = request.profile
    initial = {
        "home_hub": profile.home_hub_id,
        "willing_hubs": [hub.pk for hub in profile.willing_hubs.all()],
        "day_rate_floor": profile.day_rate_floor,
    }
    save = partial(profiles.set_places, profile=profile, by=request.user)
    form = PlacesForm(request.POST or None, initial=initial)
    return _section(request, "places", form, lambda said: save(**said))


@page
@graduates
def languages(request: GraduateRequest) -> HttpResponse:
    profile = request.profile
    form = LanguagesForm(
        request.POST or None, initial={"languages": [row.pk for row in profile.languages.all()]}
    )
    save = partial(profiles.set_languages, profile=profile, by=request.user)
    return _section(request, "languages", form, lambda said: save(**said))


@page
@graduates
def acting(request: GraduateRequest) -> HttpResponse:
    profile = request.profile
    form = ActingForm(
        request.POST or None, initial={name: getattr(profile, name) for name in ActingForm.base_fields}
    )
    save = partial(profiles.set_acting, profile=profile, by=request.user)
    return _section(request, "acting", form, lambda said: save(**said))


@page
@graduates
def contact(request: GraduateRequest) -> HttpResponse:
    profile = request.profile

    def save(said: dict[str, Any]) -> None:
        profiles.set_contact(profile=profile, by=request.user, **said)

    form = ContactForm(request.POST or None, initial=ContactForm.of(request.user, profile))
    return _section(request, "contact", form, save, "profiles/profile_contact.html")
