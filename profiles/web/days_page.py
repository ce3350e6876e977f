"""What the page of free days shows, whichever of its forms was sent."""

from datetime import date
from typing import Any

from django import forms

from config.errors import Invalid
from config.wording import sentence
from profiles.models import OutsideCalendar
from profiles.queries import availability as questions
from profiles.queries.completeness import still_needed
from profiles.services.calendars import MOST_BYTES

from .days_forms import CalendarForm, PatternForm
from .grid import grid
from .requests import GraduateRequest
from .sections import TITLES


def context_of(request: GraduateRequest, first: date, now_day: date, **shown: forms.Form) -> dict[str, Any]:
    """What the page needs; `shown` puts a form that was refused back in its place."""
    sources = questions.sources(request.profile)
    return {
        "month": grid(request.profile, first, now_day),
        "sources": sources,
        "calendars": [(calendar, _trouble(calendar)) for calendar in sources.calendars],
        "pattern_form": PatternForm(initial=PatternForm.of(sources.pattern, now_day)),
        "calendar_form": CalendarForm(),
        "now_day": now_day,
        "part": request.POST.get("brush", request.POST.get("part", "both")),
        "title": TITLES["availability"],
        "needed": still_needed(request.profile, today=now_day),
    } | shown


def _trouble(calendar: OutsideCalendar) -> str:
    """Why it could not be read, in words; "" where nothing is wrong."""
    if not calendar.problem:
        return ""
    return sentence(Invalid(calendar.problem, most=MOST_BYTES // 1_000_000))
