"""The month of free days: mark days, then say day, night, both or not free.

Everything is a plain form, so it works without a script; with one, a tap on a day says its next part.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.errors import DomainError, Invalid
from config.wording import sentence
from hubs.timespan import DaySpan
from profiles.models import DayPart
from profiles.queries import availability as questions
from profiles.services import availability

from .doors import graduates, today
from .requests import GraduateRequest
from .sections import TITLES, page

NEXT = {None: "both", "both": "day", "day": "night", "night": ""}
"""What a tap says: the commonest answer first, "" for not free."""


@dataclass(frozen=True)
class Cell:
    """A day of the grid; `open` while something may still be said of it."""

    day: date
    part: str | None
    label: str
    inside: bool
    open: bool
    today: bool

    @property
    def next(self) -> str:
        return NEXT[self.part]


@page
@graduates
def month(request: GraduateRequest) -> HttpResponse:
    """Show one month; on POST change some of its days and show it again."""
    now_day = today()
    first = _month(request.POST.get("month") or request.GET.get("month"), now_day)
    status, said, error = 200, "", ""
    if request.method == "POST":
        try:
            said = _change(request, first, now_day)
        except DomainError as refusal:
            status, error = 400, sentence(refusal)
        else:
            if not request.htmx:
                messages.success(request, said)
                return redirect(f"{reverse('my_availability')}?month={first:%Y-%m}")
    context = _grid(request, first, now_day) | {"said": said, "error": error, "title": TITLES["availability"]}
    if request.htmx:
        # A refusal must reach the page, too, and htmx leaves answers of 400 aside.
        return render(request, "profiles/_month.html", context)
    return render(request, "profiles/availability_month.html", context, status=status)


def _month(text: str | None, now_day: date) -> date:
    """Read "2026-12", kept within the months of which something may be said."""
    earliest = now_day.replace(day=1)
    latest = (now_day + timedelta(days=availability.HORIZON_DAYS)).replace(day=1)
    try:
        asked = date.fromisoformat(f"{text}-01") if text else earliest
    except ValueError:
        asked = earliest
    return min(max(asked, earliest), latest)


def _change(request: GraduateRequest, first: date, now_day: date) -> str:
    """Make the one call that the pressed button means; return the words for the live region."""
    profile, user = request.profile, request.user
    act = request.POST.get("act", "days")
    part = request.POST.get("part", "") or None
    if act == "span":
        start, end = _day(request.POST.get("first"), "first"), _day(request.POST.get("last"), "last")
        if part is None:
            availability.remove_span(profile=profile, by=user, first=start, last=end, today=now_day)
        else:
            availability.add_span(profile=profile, by=user, first=start, last=end, part=part, today=now_day)
        return _count((end - start).days + 1)
    if act == "days":
        days = {_day(text, "days"): part for text in request.POST.getlist("day")}
    elif act in ("weekends", "month", "clear"):
        days = dict.fromkeys(_open_days(first, now_day, weekends=act == "weekends"))
        days |= dict.fromkeys(days, None if act == "clear" else part or "both")
    else:
        raise Invalid("part_unknown")
    if not days:
        raise Invalid("nothing_chosen")
    availability.set_days(profile=profile, by=user, days=days, today=now_day)
    return _count(len(days))


def _count(days: int) -> str:
    return ngettext("%(days)s day saved.", "%(days)s days saved.", days) % {"days": days}


def _day(text: str | None, field: str) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError as error:
        raise Invalid("day_unknown", field=field) from error


def _open_days(first: date, now_day: date, *, weekends: bool) -> Iterator[date]:
    latest = now_day + timedelta(days=availability.HORIZON_DAYS)
    for day in DaySpan(first, _following(first)):
        if now_day <= day <= latest and (not weekends or day.weekday() >= 5):
            yield day


def _following(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _grid(request: GraduateRequest, first: date, now_day: date) -> dict:
    """The weeks of the month, Monday first, and the months beside it."""
    following = _following(first)
    shown = DaySpan(
        first - timedelta(days=first.weekday()), following + timedelta(days=(7 - following.weekday()) % 7)
    )
    parts = questions.parts_by_day(request.profile, within=shown)
    latest = now_day + timedelta(days=availability.HORIZON_DAYS)
    labels = dict(DayPart.choices)
    cells = [
        Cell(
            day=day,
            part=parts.get(day),
            label=str(labels[parts[day]]) if day in parts else _("not free"),
            inside=first <= day < following,
            open=first <= day < following and now_day <= day <= latest,
            today=day == now_day,
        )
        for day in shown
    ]
    return {
        "first": first,
        "weeks": [cells[n : n + 7] for n in range(0, len(cells), 7)],
        "previous": first - timedelta(days=1) if first > now_day else None,
        "following": following if following <= latest else None,
        "free_days": sum(cell.inside and cell.part is not None for cell in cells),
        "now_day": now_day,
        "latest": latest,
    }
