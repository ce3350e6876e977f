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
from profiles.queries.completeness import Step, completeness, still_needed
from profiles.services import profiles

from .doors import done, graduates, today
from .forms import (
    ActingForm,
    BasicsForm,
    ContactForm,
    LanguagesForm,
    PlacesForm,
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
    "training": gettext_lazy("Courses and training"),
    "credits": gettext_lazy("Shoots you have worked on"),
    "portfolio": gettext_lazy("Photos and links"),
    "contact": gettext_lazy("Contact and privacy"),
}
"""Each section's name, as the list and its own page say it."""

NEEDED = ("roles", "places", "availability")

page = require_http_methods(["GET", "HEAD", "POST"])


IF_SHE_LIKES = ("training", "portfolio", "acting")
"""Sections offered, not missed: most people do not act, and nobody needs a photo to carry cables."""


@require_safe
@graduates
def tasks(request: GraduateRequest) -> HttpResponse:
    """The list of sections: what is said, what is still worth adding."""
    profile = people.whole(request.user).get()
    said = completeness(profile, today=today())
    steps = [_row(step.key, step) for step in said.steps]
    listed = {step.key for step in said.steps}
    steps += [_row(key, None) for key in IF_SHE_LIKES if key not in listed]
    context = {
        "profile": profile,
        "said": said,
        "needed": [row for row in steps if row["step"] and row["step"].needed],
        "more": [row for row in steps if not (row["step"] and row["step"].needed)],
        "next": _row(said.missing[0].key, said.missing[0]) if said.missing else None,
        "minor": profile.is_minor_on(today()),
    }
    return render(request, "profiles/profile_tasks.html", context)


def _row(key: str, step: Step | None) -> dict[str, Any]:
    return {"step": step, "title": TITLES[key], "url": url_of(key)}


def url_of(key: str) -> str:
    """The name of the address of a section."""
    return "my_availability" if key == "availability" else f"my_profile_{key}"


def _section(
    request: GraduateRequest,
    key: str,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Any],
    template: str = "profiles/profile_section.html",
) -> HttpResponse:
    """Show a section, or save it and go on. What cannot be right is shown again, with why."""
    status = 200
    if request.method == "POST":
        if done(form, lambda: act(form.cleaned_data)):
            messages.success(request, _("Saved."))
            return redirect(onwards(request, key))
        status = 400
    return render(request, template, {"form": form, "title": TITLES[key], "key": key}, status=status)


def onwards(request: GraduateRequest, key: str) -> str:
    """After a needed section the next needed one, so that three sections are three pages; else the list."""
    if key in NEEDED and (missing := still_needed(request.profile, today=today())):
        return url_of(missing[0].key)
    return "my_profile"


@page
@graduates
def basics(request: GraduateRequest) -> HttpResponse:
    profile = request.profile
    initial = {
        "name": profile.user.name,
        "headline": profile.headline,
        "former_trade": profile.former_trade,
        "studied_abroad": profile.studied_abroad,
        "waiting_since": profile.waiting_since,
    }
    save = partial(profiles.update_basics, profile=profile, by=request.user, today=today())
    form = BasicsForm(request.POST or None, initial=initial)
    return _section(request, "basics", form, lambda said: save(**said))


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
    return _section(request, "acting", form, lambda said: save(**said), "profiles/profile_acting.html")


@page
@graduates
def contact(request: GraduateRequest) -> HttpResponse:
    profile = request.profile

    def save(said: dict[str, Any]) -> None:
        profiles.set_contact(profile=profile, by=request.user, **said)

    form = ContactForm(request.POST or None, initial=ContactForm.of(request.user, profile))
    return _section(request, "contact", form, save, "profiles/profile_contact.html")
