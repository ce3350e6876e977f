"""The same every week: nights only beside a day job, weekends, Tuesdays and Fridays. Single days may differ.

A pattern is laid over her days as if she had tapped each of them. Which days are exceptions is not stored: a day that
does not say what the pattern says is one.
"""

from collections.abc import Collection
from datetime import date, timedelta
from functools import partial

from django.db import transaction
from django.db.models import F, Q

from config.errors import Invalid
from hubs.timespan import DaySpan
from profiles.models import DayPart, Pattern, Profile, User

from .availability import HORIZON_DAYS
from .days import Spans, put, rewrite
from .profiles import may_edit

ALL_DAYS = range(7)


def set_pattern(
    *,
    profile: Profile,
    by: User,
    weekdays: Collection[int],
    part: str,
    first: date,
    last: date | None,
    today: date,
) -> Pattern:
    """Be free for `part` on `weekdays` (0 is Monday) from `first` to `last`, or with no end, and on no other day of it.

    A first pattern is laid over what was said of these days. A changed one leaves alone what differed from the old.
    Raises Invalid `weekdays_needed`, `part_unknown`, `days_in_order`, `day_past`, `day_too_far`; NotAllowed `not_yours`.
    """
    may_edit(profile, by)
    _check(weekdays, part, first, last, today)
    horizon = today + timedelta(days=HORIZON_DAYS + 1)
    with transaction.atomic():
        old = Pattern.objects.select_for_update().filter(profile=profile).first()
        fresh = Pattern(
            pk=old.pk if old else None,
            profile=profile,
            weekdays=sum(1 << day for day in set(weekdays)),
            part=part,
            first=first,
            last=last,
            laid_until=min(horizon, last + timedelta(days=1)) if last else horizon,
        )
        rewrite(profile, lambda kept: _laid(kept, fresh, old, DaySpan(today, horizon)))
        fresh.save()
    return fresh


def drop_pattern(*, profile: Profile, by: User, today: date) -> None:
    """Forget the pattern and what it said; exceptions stay. Nothing happens without one."""
    may_edit(profile, by)
    with transaction.atomic():
        old = Pattern.objects.select_for_update().filter(profile=profile).first()
        if old is None:
            return
        ahead = DaySpan(today, today + timedelta(days=HORIZON_DAYS + 1))
        rewrite(profile, lambda kept: _laid(kept, None, old, ahead))
        old.delete()


def lay_ahead(*, today: date) -> int:
    """Lay the patterns that have no end, or a far one, over the days that came near; return how many people it met."""
    horizon = today + timedelta(days=HORIZON_DAYS + 1)
    due = Pattern.objects.filter(Q(last__isnull=True) | Q(last__gte=F("laid_until")), laid_until__lt=horizon)
    met = 0
    for pk in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            pattern = due.select_for_update(skip_locked=True).filter(pk=pk).select_related("profile").first()
            if pattern is None:
                continue
            ahead = DaySpan(max(today, pattern.laid_until), horizon)
            rewrite(pattern.profile, partial(_laid, new=pattern, old=None, ahead=ahead), remember=False)
            Pattern.objects.filter(pk=pk).update(laid_until=horizon)
            met += 1
    return met


def says(pattern: Pattern | None, day: date) -> str | None:
    """Return the part of `day` the pattern says, "" for not free, None where it says nothing of that day."""
    if pattern is None or day < pattern.first or (pattern.last and day > pattern.last):
        return None
    return pattern.part if pattern.weekdays >> day.weekday() & 1 else ""


def _laid(kept: Spans, new: Pattern | None, old: Pattern | None, ahead: DaySpan) -> Spans:
    """Lay `new` over `kept`, where `old` or nobody said what stands there now."""
    now = {day: part for part, spans in kept.items() for span in spans for day in _cut(span, ahead)}
    said: list[tuple[DaySpan, str | None]] = []
    for day in ahead:
        if old is not None and (was := says(old, day)) is not None and now.get(day, "") != was:
            continue  # an exception
        will = says(new, day)
        if will is None and old is not None and says(old, day) is not None:
            will = ""
        if will is not None and now.get(day, "") != will:
            said.append((DaySpan.inclusive(day, day), will or None))
    return put(kept, said)


def _cut(span: DaySpan, within: DaySpan) -> DaySpan | tuple:
    return span.intersection(within) or ()


def _check(weekdays: Collection[int], part: str, first: date, last: date | None, today: date) -> None:
    if not weekdays or any(day not in ALL_DAYS for day in weekdays):
        raise Invalid("weekdays_needed", field="weekdays")
    if part not in DayPart.values:
        raise Invalid("part_unknown", field="part")
    if last is not None and last < first:
        raise Invalid("days_in_order", field="last")
    if last is not None and last < today:
        raise Invalid("day_past", field="last")
    if first > today + timedelta(days=HORIZON_DAYS):
        raise Invalid("day_too_far", field="first", most=HORIZON_DAYS)
