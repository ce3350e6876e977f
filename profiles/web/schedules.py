"""Where free days come from beside single taps: the same every week, and calendars kept elsewhere."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from profiles.services import calendars, patterns

from .days_forms import CalendarForm, PatternForm
from .days_page import context_of
from .doors import done, graduates, today
from .requests import GraduateRequest


def _shown_again(request: GraduateRequest, **form: forms.Form) -> HttpResponse:
    now_day = today()
    context = context_of(request, now_day.replace(day=1), now_day, **form)
    return render(request, "profiles/availability_month.html", context, status=400)


@require_POST
@graduates
def pattern(request: GraduateRequest) -> HttpResponse:
    """Lay a weekly pattern, or forget it."""
    profile, user = request.profile, request.user
    if request.POST.get("act") == "drop":
        patterns.drop_pattern(profile=profile, by=user, today=today())
        messages.success(request, _("The weekly pattern is gone. Days you set by hand stay."))
        return redirect("my_availability")
    form = PatternForm(request.POST)

    def save() -> None:
        patterns.set_pattern(profile=profile, by=user, today=today(), **form.cleaned_data)

    if not done(form, save):
        return _shown_again(request, pattern_form=form)
    messages.success(request, _("Saved for every week. Single days can still differ: tap them."))
    return redirect("my_availability")


@require_POST
@graduates
def add_calendar(request: GraduateRequest) -> HttpResponse:
    """Keep an address, or read a file."""
    form = CalendarForm(request.POST, request.FILES)
    profile, user, now = request.profile, request.user, timezone.now()

    def save() -> None:
        said = form.cleaned_data
        if said["file"]:
            # One byte more than we take tells a file that is too big; the rest of it is never read.
            data = said["file"].read(calendars.MOST_BYTES + 1)
            calendars.add_file(profile=profile, by=user, name=said["name"], data=data, now=now)
        else:
            calendars.add_address(
                profile=profile, by=user, name=said["name"], address=said["address"], now=now
            )

    if not done(form, save):
        return _shown_again(request, calendar_form=form)
    messages.success(request, _("Your calendar is connected. Only its days are kept, no titles."))
    return redirect("my_availability")


@require_POST
@graduates
def remove_calendar(request: GraduateRequest, pk: int) -> HttpResponse:
    return _with(request, pk, calendars.remove, _("The calendar is gone; its days are as free as you said."))


@require_POST
@graduates
def read_calendar(request: GraduateRequest, pk: int) -> HttpResponse:
    def again(**more: Any) -> None:
        calendars.read_again(now=timezone.now(), **more)

    return _with(request, pk, again, _("It is read within a minute."))


def _with(request: GraduateRequest, pk: int, act: Callable[..., Any], words: str) -> HttpResponse:
    rows = request.profile.outside_calendars.select_related("profile__user")
    act(profile=request.profile, by=request.user, calendar=get_object_or_404(rows, pk=pk))
    messages.success(request, words)
    return redirect("my_availability")
