"""The one place where a person's days are written. Everything that changes them goes through `rewrite`.

Two things are told apart: what she said, and what is left of it. The rows of `Availability`, which the engine reads, are
what is left once the outside calendars have taken their days; what they took is kept in `HeldSpan` and comes back with
the days. What she had said before her last change is kept, too: that is the undo.
"""

from collections.abc import Callable, Iterable
from datetime import date

from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange

from hubs.timespan import DaySpan, gaps, union
from profiles.models import Availability, BusySpan, DayPart, DaysBefore, HeldSpan, Profile

from .lock import holding_person

Spans = dict[str, list[DaySpan]]
"""For each part of the day, the spans on which she is free for it: sorted, disjoint, never touching."""

Said = Iterable[tuple[DaySpan, str | None]]


def put(kept: Spans, said: Said) -> Spans:
    """Lay each span of `said`, in order, over what is kept; a later one covers an earlier one, None takes away."""
    result = {part: list(spans) for part, spans in kept.items()}
    for span, part in said:
        for spans in result.values():
            spans[:] = [rest for one in spans for rest in gaps([span], within=one)]
        if part is not None:
            result.setdefault(part, []).append(span)
    return {part: union(spans) for part, spans in result.items() if spans}


def without(said: Spans, busy: Spans) -> Spans:
    """Return what is left of `said` where `busy` takes days, nights or both."""
    left = {}
    for half in (DayPart.DAY, DayPart.NIGHT):
        free = union([*said.get(half, ()), *said.get(DayPart.BOTH, ())])
        taken = [*busy.get(half, ()), *busy.get(DayPart.BOTH, ())]
        left[half] = [rest for span in free for rest in gaps(taken, within=span)]
    by_day, by_night = left[DayPart.DAY], left[DayPart.NIGHT]
    both = [shared for one in by_day for other in by_night if (shared := one.intersection(other))]
    result: Spans = {
        DayPart.BOTH: union(both),
        DayPart.DAY: [rest for span in by_day for rest in gaps(by_night, within=span)],
        DayPart.NIGHT: [rest for span in by_night for rest in gaps(by_day, within=span)],
    }
    return {part: union(spans) for part, spans in result.items() if spans}


def rewrite(profile: Profile, change: Callable[[Spans], Spans], *, remember: bool = True) -> None:
    """Read what she said under the lock, change it, and write the difference only.

    `remember` keeps what she said before for `undo`; a change that is not hers (a calendar read again) does not.
    Raises Busy `busy`.
    """
    with holding_person(profile.pk):
        free = _rows(Availability.objects.filter(profile=profile))
        held = _rows(HeldSpan.objects.filter(profile=profile))
        busy = _rows(BusySpan.objects.filter(calendar__profile=profile))
        before = put(_spans(free), [(span, part) for part, span in sorted(held)])
        said = change(before)
        taken = union(span for _part, span in busy)
        under = {
            part: [shared for span in spans for one in taken if (shared := span.intersection(one))]
            for part, spans in said.items()
        }
        _write(Availability, profile, free, without(said, _spans(busy)))
        _write(HeldSpan, profile, held, under)
        if remember and said != before:
            DaysBefore.objects.update_or_create(profile=profile, defaults={"spans": _plain(before)})


def undo(profile: Profile, today: date) -> bool:
    """Bring back what she said before her last change, from today on; done again, it undoes itself.

    Return False where there is nothing to bring back.
    """
    before = DaysBefore.objects.filter(profile=profile).first()
    if before is None:
        return False
    earlier = [(DaySpan(date.fromisoformat(a), date.fromisoformat(b)), part) for a, b, part in before.spans]
    to_come = DaySpan(today, date.max)
    again = [(cut, part) for span, part in earlier if (cut := span.intersection(to_come))]
    rewrite(profile, lambda kept: put(kept, [(to_come, None), *again]))
    return True


def _rows(rows: models.QuerySet) -> dict[tuple[str, DaySpan], list[int]]:
    found: dict[tuple[str, DaySpan], list[int]] = {}
    for row in rows:
        found.setdefault((row.part, DaySpan(row.days.lower, row.days.upper)), []).append(row.pk)
    return found


def _spans(rows: Iterable[tuple[str, DaySpan]]) -> Spans:
    spans: Spans = {}
    for part, span in sorted(rows):
        spans.setdefault(part, []).append(span)
    return {part: union(each) for part, each in spans.items()}


def _write(
    model: type[models.Model],
    profile: Profile,
    rows: dict[tuple[str, DaySpan], list[int]],
    wanted: Spans,
) -> None:
    """Delete and create what differs; what stays is not touched, so that nobody is told of a change that is none."""
    keys = {(part, span) for part, spans in wanted.items() for span in spans}
    gone = [pk for key, pks in rows.items() if key not in keys for pk in pks]
    if gone:
        model._default_manager.filter(pk__in=gone).delete()
    fresh = [
        model(profile=profile, part=part, days=DateRange(span.start, span.end))
        for part, span in sorted(keys - rows.keys())
    ]
    if fresh:
        model._default_manager.bulk_create(fresh)


def _plain(spans: Spans) -> list[list[str]]:
    return [
        [one.start.isoformat(), one.end.isoformat(), part] for part in sorted(spans) for one in spans[part]
    ]
