"""When people are free, for one month of one person or for many people at once."""

from collections.abc import Iterable
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from hubs.timespan import DaySpan
from profiles.models import Availability, Profile


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
