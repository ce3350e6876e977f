"""Rules of rest: what a day on set does to the hours a person has already worked or promised, whoever asked for them.

A stint is one shoot day of one person, from call to wrap. A rule answers with a `Flag` of one of three levels:

- "warn": allowed, but said before it is planned;
- "reason": allowed only with a written reason, which is kept;
- "refused": not allowed at all.

| rule | warn | reason | refused |
|---|---|---|---|
| turnaround | | under 10 h between wrap and call | under 8 h |
| long_day | | over 12 h from call to wrap | over 14 h |
| sixth_day | the sixth shoot day in a row | the seventh and later | |
| nights | the second night in a row | the third and later | |
| minor_night | | | 22:00 to 06:00, for a person under 18 |

The hours are the trade's own: a turnaround of ten hours and a day of twelve are what crews agree on in their pact of
2026 against working round the clock; fourteen and eight are where this house stops. A week has a day of rest and
minors do no night work by the labour law (articles 38 and 64 f.); many bookings are service agreements outside it,
therefore the seventh day is left to a written reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PLACE = ZoneInfo("Asia/Shanghai")
TURNAROUND, SHORTEST_TURNAROUND = timedelta(hours=10), timedelta(hours=8)
LONG_DAY, LONGEST_DAY = timedelta(hours=12), timedelta(hours=14)
DAYS_IN_A_ROW, NIGHTS_IN_A_ROW = 6, 2
A_NIGHT = timedelta(hours=1)
"""Of the hours from midnight to five: more than this makes a stint a night."""

GRAIN = timedelta(minutes=15)
SHORTEST_STINT = timedelta(hours=1)
REACH = 9
"""Days around a stint that can matter to it: a row of days, and the night before."""

WARN, REASON, REFUSED = "warn", "reason", "refused"
LEVELS = (WARN, REASON, REFUSED)


@dataclass(frozen=True, order=True, slots=True)
class Stint:
    """From `call` to `wrap`, aware moments, on the shoot day `day`. ValueError where it ends before it starts."""

    call: datetime
    wrap: datetime
    day: date

    def __post_init__(self) -> None:
        if self.wrap <= self.call:
            raise ValueError(f"a stint ends after it starts: {self.call} .. {self.wrap}")

    @property
    def length(self) -> timedelta:
        return self.wrap - self.call

    def overlap(self, start: time, end: time) -> timedelta:
        """Time of the stint between two clock times at the place, every day it touches; `end` may be after midnight."""
        first = self.call.astimezone(PLACE).date() - timedelta(days=1)
        total = timedelta(0)
        for number in range((self.wrap.astimezone(PLACE).date() - first).days + 1):
            day = first + timedelta(days=number)
            lower = datetime.combine(day, start, tzinfo=PLACE)
            upper = datetime.combine(day + timedelta(days=end <= start), end, tzinfo=PLACE)
            total += max(min(self.wrap, upper) - max(self.call, lower), timedelta(0))
        return total

    @property
    def is_night(self) -> bool:
        return self.overlap(time(0), time(5)) > A_NIGHT


@dataclass(frozen=True)
class Flag:
    """A rule that a stint touches. `facts` are JSON-ready: minutes, counts, never whose the other hours are."""

    rule: str
    level: str
    facts: dict[str, int | bool] = field(default_factory=dict)


def judge(stint: Stint, others: Iterable[Stint], *, minor: bool = False, ahead: bool = True) -> list[Flag]:
    """Return what `stint` would mean beside the person's other stints, gravest first; their order does not matter.

    `ahead` also looks at the rest before the next stint; without it each short night is told once, by the stint
    after it.
    """
    others = list(others)
    flags = [*_turnaround(stint, others, ahead), *_long_day(stint), *_days(stint, others)]
    flags += [*_nights(stint, others), *_minor(stint, minor)]
    return sorted(flags, key=lambda flag: (-LEVELS.index(flag.level), flag.rule))


def worst(flags: Sequence[Flag]) -> str | None:
    """Return the gravest level among the flags, or None."""
    return max((flag.level for flag in flags), key=LEVELS.index, default=None)


def earliest_call(stint: Stint, others: Iterable[Stint]) -> datetime | None:
    """Return the earliest call from `stint.call` on that leaves 10 h of rest before it and 12 h until its wrap.

    Later than asked it is on the quarter hour. None where no call of that day leaves an hour of work, or where the
    hours of the next stint begin too early for this one's wrap: then only an earlier wrap or a free day helps.
    """
    others = list(others)
    before = max((each.wrap for each in others if each.call <= stint.call), default=None)
    wanted = max(stint.call, stint.wrap - LONG_DAY)
    if before is not None:
        wanted = max(wanted, before + TURNAROUND)
    if wanted > stint.call:
        wanted = _up(wanted)
    latest = latest_wrap(stint, others)
    return wanted if wanted + SHORTEST_STINT <= stint.wrap <= latest else None


def latest_wrap(stint: Stint, others: Iterable[Stint]) -> datetime:
    """Return the latest wrap up to `stint.wrap` that leaves 10 h before the person's next call."""
    after = min((each.call for each in others if each.call > stint.call), default=None)
    return stint.wrap if after is None else min(stint.wrap, after - TURNAROUND)


def _turnaround(stint: Stint, others: list[Stint], ahead: bool) -> list[Flag]:
    before = max((each.wrap for each in others if each.call <= stint.call), default=None)
    after = min((each.call for each in others if each.call > stint.call), default=None) if ahead else None
    gaps = [stint.call - before] if before is not None else []
    gaps += [after - stint.wrap] if after is not None else []
    short = min(gaps, default=TURNAROUND)
    if short >= TURNAROUND:
        return []
    level = REFUSED if short < SHORTEST_TURNAROUND else REASON
    facts: dict[str, int | bool] = {"minutes": max(_minutes(short), 0)}
    return [Flag("turnaround", level, facts | {"ahead": bool(after is not None and gaps[-1] == short)})]


def _long_day(stint: Stint) -> list[Flag]:
    if stint.length <= LONG_DAY:
        return []
    level = REFUSED if stint.length > LONGEST_DAY else REASON
    return [Flag("long_day", level, {"minutes": _minutes(stint.length)})]


def _days(stint: Stint, others: list[Stint]) -> list[Flag]:
    number = 1 + _row_before(stint.day, {each.day for each in others})
    if number < DAYS_IN_A_ROW:
        return []
    return [Flag("sixth_day", WARN if number == DAYS_IN_A_ROW else REASON, {"days": number})]


def _nights(stint: Stint, others: list[Stint]) -> list[Flag]:
    if not stint.is_night:
        return []
    number = 1 + _row_before(stint.day, {each.day for each in others if each.is_night})
    if number < NIGHTS_IN_A_ROW:
        return []
    return [Flag("nights", WARN if number == NIGHTS_IN_A_ROW else REASON, {"nights": number})]


def _minor(stint: Stint, minor: bool) -> list[Flag]:
    late = stint.overlap(time(22), time(6)) if minor else timedelta(0)
    return [Flag("minor_night", REFUSED, {"minutes": _minutes(late)})] if late else []


def _row_before(day: date, days: set[date]) -> int:
    """Return how many of `days` lie in an unbroken row right before `day`."""
    number = 0
    while day - timedelta(days=number + 1) in days:
        number += 1
    return number


def _minutes(length: timedelta) -> int:
    return length // timedelta(minutes=1)


def _up(moment: datetime) -> datetime:
    """Round up to the quarter hour."""
    return moment + (-(moment - datetime.min.replace(tzinfo=moment.tzinfo)) % GRAIN)
