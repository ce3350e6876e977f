"""An iCalendar file of anybody's, read as busy days and nights. Titles, places and people in it are not even looked at.

The file is a stranger's: its size, its number of entries and what repeats in it are bounded before anything is
unfolded, because one line ("every second, for ever") would otherwise keep a worker busy for good.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import recurring_ical_events
from icalendar import Calendar

from config.errors import Invalid
from hubs.timespan import SHANGHAI, DaySpan, start_of, union

MOST_BYTES = 2_000_000
MOST_ENTRIES = 4000
MOST_REPEATING = 150
FIRST_YEAR = 2000
"""A repeating entry that began earlier is left aside: unfolding it from then on costs more than it is worth."""

SLOW_ENOUGH = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
NIGHTFALL = time(18, 0)
"""What a shoot calls night begins here and ends with the shoot day, at 05:00."""

LONGEST_ENTRY = timedelta(days=400)


def busy_days(data: bytes, *, within: DaySpan) -> list[tuple[DaySpan, str]]:
    """Return the spans of `within` on which the calendar is busy, with "day", "night" or "both"; in order, disjoint.

    An entry that says it takes no time (TRANSP) or was cancelled does not count. Times without a zone are Shanghai's.
    Raises Invalid `calendar_unreadable`, `calendar_too_big` (field file).
    """
    if len(data) > MOST_BYTES:
        raise Invalid("calendar_too_big", field="file", most=MOST_BYTES // 1_000_000)
    calendar = _parsed(data)
    halves: dict[str, set[date]] = {"day": set(), "night": set()}
    try:
        for start, end in _times(calendar, within):
            for day, half in _halves(start, end, within):
                halves[half].add(day)
    except (ValueError, TypeError, KeyError, OverflowError, AttributeError, RecursionError) as error:
        raise Invalid("calendar_unreadable", field="file") from error
    by_day, by_night = halves["day"], halves["night"]
    parts = {"both": by_day & by_night, "day": by_day - by_night, "night": by_night - by_day}
    return sorted(
        (span, part)
        for part, days in parts.items()
        for span in union(DaySpan.inclusive(day, day) for day in days)
    )


def _parsed(data: bytes) -> Calendar:
    """Keep of a file what we can unfold safely; raise Invalid where it is no calendar at all."""
    try:
        given = Calendar.from_ical(data)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise Invalid("calendar_unreadable", field="file") from error
    events = list(given.walk("VEVENT"))
    if len(events) > MOST_ENTRIES:
        raise Invalid("calendar_too_big", field="file", most=MOST_BYTES // 1_000_000)
    kept = Calendar()
    for zone in given.walk("VTIMEZONE"):
        kept.add_component(zone)
    repeating = 0
    for event in events:
        if not _takes_time(event):
            continue
        if event.get("RRULE") or event.get("RDATE"):
            repeating += 1
            if not _tame(event):
                continue
        kept.add_component(event)
    if repeating > MOST_REPEATING:
        raise Invalid("calendar_too_big", field="file", most=MOST_BYTES // 1_000_000)
    return kept


def _takes_time(event: Any) -> bool:
    free = str(event.get("TRANSP", "OPAQUE")).upper() == "TRANSPARENT"
    return (
        event.get("DTSTART") is not None and not free and str(event.get("STATUS", "")).upper() != "CANCELLED"
    )


def _tame(event: Any) -> bool:
    """Say whether what repeats here repeats by days, from a time we can count from."""
    rules = event.get("RRULE") or []
    for rule in rules if isinstance(rules, list) else [rules]:
        freq = [str(each).upper() for each in rule.get("FREQ", [])]
        if len(freq) != 1 or freq[0] not in SLOW_ENOUGH:
            return False
        if any(name in rule for name in ("BYSECOND", "BYMINUTE", "BYHOUR")):
            return False
    start = event["DTSTART"].dt
    return start.year >= FIRST_YEAR


def _times(calendar: Calendar, within: DaySpan) -> Iterator[tuple[datetime, datetime]]:
    """Yield the aware start and end of each entry that touches `within`."""
    span = start_of(within.start), start_of(within.end)
    entries: Any = recurring_ical_events.of(calendar, skip_bad_series=True).between(*span)
    for event in entries:
        start, end = _moment(event["DTSTART"].dt), _moment(_end(event))
        if end - start > LONGEST_ENTRY:
            end = start + LONGEST_ENTRY
        yield start, max(end, start + timedelta(minutes=1))


def _end(event: Any) -> Any:
    if event.get("DTEND") is not None:
        return event["DTEND"].dt
    start = event["DTSTART"].dt
    if event.get("DURATION") is not None:
        return start + event["DURATION"].dt
    return start + timedelta(days=1) if not isinstance(start, datetime) else start


def _moment(value: date | datetime) -> datetime:
    if not isinstance(value, datetime):
        return datetime.combine(value, time(0), tzinfo=SHANGHAI)
    return value.replace(tzinfo=SHANGHAI) if value.tzinfo is None else value.astimezone(SHANGHAI)


def _halves(start: datetime, end: datetime, within: DaySpan) -> Iterator[tuple[date, str]]:
    """Yield the (shoot day, "day" or "night") that a stretch of time touches.

    A whole calendar day, midnight to midnight, is that day and its night: the night before began on another day.
    """
    if start.time() == time(0) and end.time() == time(0) and end > start:
        for day in DaySpan(start.date(), end.date()):
            if day in within:
                yield day, "day"
                yield day, "night"
        return
    day = start.date() - timedelta(days=1)
    while start_of(day) < end:
        dusk = datetime.combine(day, NIGHTFALL, tzinfo=SHANGHAI)
        if day in within and start < dusk and end > start_of(day):
            yield day, "day"
        if day in within and start < start_of(day + timedelta(days=1)) and end > dusk:
            yield day, "night"
        day += timedelta(days=1)
