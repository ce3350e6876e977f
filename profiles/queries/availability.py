"""When people are free, for one month of one person or for many people at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from hubs.timespan import DaySpan
from profiles.models import Availability, BusySpan, DayPart, DaysBefore, OutsideCalendar, Pattern, Profile


def spans_of(profile_ids: Iterable[int], *, within: DaySpan) -> dict[int, list[tuple[DaySpan, str]]]:
    """Return for each person the (span, part) pairs that touch `within`, cut to it, in order; one query.

    People who are free on no day of it stand in the answer with an empty list.
    """
    spans: dict[int, list[tuple[DaySpan, str]]] = {profile_id: [] for profile_id in profile_ids}
    rows = (
        Availability.objects.filter(profile_id__in=spans, days__overlap=DateRange(within.start, within.end))
        .order_by("profile_id", "days")
        .values_list("profile_id", "days", "part")
    )
    for profile_id, days, part in rows:
        cut = DaySpan(days.lower, days.upper).intersection(within)
        if cut:
            spans[profile_id].append((cut, part))
    return spans


def parts_by_day(profile: Profile, *, within: DaySpan) -> dict[date, str]:
    """Return the part of the day she is free for, by day; days she is not free are not in it; one query."""
    spans = spans_of([profile.pk], within=within)[profile.pk]
    return {day: part for span, part in spans for day in span}


def coming(profile: Profile, *, today: date) -> list[tuple[DaySpan, str]]:
    """Return her (span, part) pairs from today on, in order; one query."""
    return spans_of([profile.pk], within=DaySpan(today, date.max))[profile.pk]


def busy_by_day(profile: Profile, *, within: DaySpan) -> dict[date, str]:
    """Return the part of each day that her outside calendars take; one query."""
    halves: dict[date, set[str]] = {}
    rows = BusySpan.objects.filter(
        calendar__profile=profile, days__overlap=DateRange(within.start, within.end)
    ).values_list("days", "part")
    for days, part in rows:
        for day in DaySpan(days.lower, days.upper).intersection(within) or ():
            halves.setdefault(day, set()).update({"day", "night"} if part == DayPart.BOTH else {part})
    return {day: "both" if len(parts) == 2 else next(iter(parts)) for day, parts in halves.items()}


@dataclass(frozen=True)
class Sources:
    """Where her days come from beside her taps: a weekly pattern, outside calendars; and whether there is a way back."""

    pattern: Pattern | None
    calendars: list[OutsideCalendar]
    undoable: bool


def sources(profile: Profile) -> Sources:
    """Three queries."""
    return Sources(
        pattern=Pattern.objects.filter(profile=profile).first(),
        calendars=list(OutsideCalendar.objects.filter(profile=profile)),
        undoable=DaysBefore.objects.filter(profile=profile).exists(),
    )
