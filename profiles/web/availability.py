"""The month of free days: say what a press means, then press days, a stretch of them, or a whole pattern.

Everything is a plain form, so it works without a script; with one, a tap on a day is sent at once.
"""

from collections.abc import Iterator
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
from profiles.services import availability

from .days_page import context_of
from .doors import graduates, today
from .grid import after, month_of
from .requests import GraduateRequest
from .sections import page


@page
@graduates
def month(request: GraduateRequest) -> HttpResponse:
    """Show one month; on POST change some of its days and show it again."""
    now_day = today()
    first = month_of(request.POST.get("month") or request.GET.get("month"), now_day)
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
    context = context_of(request, first, now_day) | {"said": said, "error": error}
    if request.htmx:
        # A refusal must reach the page, too, and htmx leaves answers of 400 aside.
        return render(request, "profiles/_month.html", context)
    return render(request, "profiles/availability_month.html", context, status=status)


def _change(request: GraduateRequest, first: date, now_day: date) -> str:
    """Make the one call that the pressed button means; return the words for the live region."""
    profile, user = request.profile, request.user
    act = request.POST.get("act", "days")
    part = request.POST.get("part", "") or None
    if act == "undo":
        availability.undo(profile=profile, by=user, today=now_day)
        return _("Your last change is taken back.")
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
    for day in DaySpan(first, after(first)):
        if now_day <= day <= latest and (not weekends or day.weekday() >= 5):
            yield day
