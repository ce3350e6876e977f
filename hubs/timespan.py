"""Half-open spans of days, `[start, end)`, and the shoot day that runs past midnight.

Plain Python, no Django: the same rules as PostgreSQL's daterange, tested side by side with it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY_BREAK = time(5, 0)
"""A shoot day lasts from 05:00 to 05:00 of the next day, at the place of the hub."""


class Days(Protocol):
    """A column of days, as the database hands it out: half-open, and maybe without an end."""

    @property
    def lower(self) -> date | None: ...

    @property
    def upper(self) -> date | None: ...


@dataclass(frozen=True, order=True, slots=True)
class DaySpan:
    """The days from `start` up to, not including, `end`. ValueError where `end` is not after `start`."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError(f"a span of days ends after it starts: {self.start} .. {self.end}")

    @classmethod
    def inclusive(cls, first: date, last: date) -> "DaySpan":
        """Make the span from the first to the last day, both in it."""
        return cls(first, last + timedelta(days=1))

    @classmethod
    def of(cls, days: Days) -> "DaySpan":
        """Read a column of days. ValueError where it is open at one end: nobody works for ever."""
        if days.lower is None or days.upper is None:
            raise ValueError(f"a span of days has two ends: {days.lower} .. {days.upper}")
        return cls(days.lower, days.upper)

    @property
    def last(self) -> date:
        return self.end - timedelta(days=1)

    def __len__(self) -> int:
        return (self.end - self.start).days

    def __iter__(self) -> Iterator[date]:
        return (self.start + timedelta(days=n) for n in range(len(self)))

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def overlaps(self, other: "DaySpan") -> bool:
        return self.start < other.end and other.start < self.end

    def intersection(self, other: "DaySpan") -> "DaySpan | None":
        start, end = max(self.start, other.start), min(self.end, other.end)
        return DaySpan(start, end) if start < end else None


def union(spans: Iterable[DaySpan]) -> list[DaySpan]:
    """Join touching and overlapping spans; the result is sorted and disjoint."""
    joined: list[DaySpan] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = DaySpan(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def gaps(spans: Iterable[DaySpan], within: DaySpan) -> list[DaySpan]:
    """Return what is left of `within` when all of `spans` are taken out."""
    left, cursor = [], within.start
    for span in union(spans):
        if span.start > cursor and cursor < within.end:
            left.append(DaySpan(cursor, min(span.start, within.end)))
        cursor = max(cursor, span.end)
    if cursor < within.end:
        left.append(DaySpan(cursor, within.end))
    return left


def shoot_day_of(moment: datetime) -> date:
    """Return the shoot day that an aware moment belongs to: 04:59 is still yesterday's."""
    local = moment.astimezone(SHANGHAI)
    return local.date() if local.time() >= DAY_BREAK else local.date() - timedelta(days=1)


def start_of(day: date) -> datetime:
    """Return the moment a shoot day begins, aware."""
    return datetime.combine(day, DAY_BREAK, tzinfo=SHANGHAI)
