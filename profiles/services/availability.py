"""When she is free. Days go in, half-open spans are kept, and spans of one person never overlap.

This is what she says. A booking always wins over it; the floor above puts both together.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from config.errors import Conflict, Invalid
from hubs.timespan import DaySpan
from profiles.models import DayPart, Profile, User

from . import days as written
from .days import put, rewrite
from .profiles import may_edit

HORIZON_DAYS = 366
"""Nobody knows her days further ahead than a year."""

MOST_SPANS = 200


def set_days(*, profile: Profile, by: User, days: Mapping[date, str | None], today: date) -> None:
    """Say for single days "day", "night", "both", or None for not free; all other days stay as they are.

    Raises Invalid `day_past`, `day_too_far`, `part_unknown`, NotAllowed `not_yours`, Busy `busy`.
    """
    may_edit(profile, by)
    for day, part in days.items():
        _check_part(part)
        _check_day(day, today)
    said = [(DaySpan.inclusive(day, day), part) for day, part in days.items()]
    rewrite(profile, lambda kept: put(kept, said))


def add_span(*, profile: Profile, by: User, first: date, last: date, part: str, today: date) -> None:
    """Be free for `part` from `first` to `last`, both in it; what was said of these days before is replaced.

    Raises Invalid `days_in_order` (field last) where it ends before it starts, and what set_days raises.
    """
    may_edit(profile, by)
    _check_part(part)
    span = _span(first, last, today)
    rewrite(profile, lambda kept: put(kept, [(span, part)]))


def remove_span(*, profile: Profile, by: User, first: date, last: date, today: date) -> None:
    """Be free on no day from `first` to `last`, both in it. Raises what add_span raises."""
    may_edit(profile, by)
    span = _span(first, last, today)
    rewrite(profile, lambda kept: put(kept, [(span, None)]))


def replace_month(*, profile: Profile, by: User, month: date, days: Mapping[date, str], today: date) -> None:
    """Say a whole month anew: `days` maps its free days to their part, its other days to come are not free.

    Raises Invalid `day_out_of_month` for a day of another month, and what set_days raises. Past days stay.
    """
    may_edit(profile, by)
    first = month.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    for day, part in days.items():
        _check_part(part)
        if not first <= day < following:
            raise Invalid("day_out_of_month", field="days")
        _check_day(day, today)
    start = max(first, today)
    if start >= following:
        raise Invalid("day_past", field="days")
    said = [(DaySpan(start, following), None), *((DaySpan.inclusive(day, day), days[day]) for day in days)]
    rewrite(profile, lambda kept: put(kept, said))


def replace_all(*, profile: Profile, by: User, spans: Sequence[tuple[date, date, str]], today: date) -> None:
    """Say everything from today on anew, as (first day, last day, part), both days in it. Past days stay.

    Raises Invalid `overlapping_days`, `days_in_order`, `too_many`, and what set_days raises.
    """
    may_edit(profile, by)
    if len(spans) > MOST_SPANS:
        raise Invalid("too_many", field="spans", most=MOST_SPANS)
    said: list[tuple[DaySpan, str | None]] = []
    for first, last, part in spans:
        _check_part(part)
        said.append((_span(first, last, today), part))
    in_order = sorted(span for span, _part in said)
    if any(one.overlaps(other) for one, other in pairwise(in_order)):
        raise Invalid("overlapping_days", field="spans")
    everything = (DaySpan(today, date.max), None)
    rewrite(profile, lambda kept: put(kept, [everything, *said]))


def clear(*, profile: Profile, by: User, today: date) -> None:
    """Be free on no day from today on. Raises NotAllowed `not_yours`, Busy `busy`."""
    replace_all(profile=profile, by=by, spans=[], today=today)


def undo(*, profile: Profile, by: User, today: date) -> None:
    """Take her last change of days back; pressed again, the change is there again.

    Raises Conflict `nothing_to_undo`, NotAllowed `not_yours`, Busy `busy`.
    """
    may_edit(profile, by)
    if not written.undo(profile, today):
        raise Conflict("nothing_to_undo")


def _span(first: date, last: date, today: date) -> DaySpan:
    if last < first:
        raise Invalid("days_in_order", field="last")
    _check_day(first, today, field="first")
    # Before the day after it is asked for: the last day of the calendar has none.
    _check_day(last, today, field="last")
    return DaySpan.inclusive(first, last)


def _check_day(day: date, today: date, *, field: str = "days") -> None:
    if day < today:
        raise Invalid("day_past", field=field)
    if day > today + timedelta(days=HORIZON_DAYS):
        raise Invalid("day_too_far", field=field, most=HORIZON_DAYS)


def _check_part(part: str | None) -> None:
    if part is not None and part not in DayPart.values:
        raise Invalid("part_unknown", field="part")
