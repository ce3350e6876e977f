"""Call sheets: written as a draft, published as a version that stays as it was. Only who is touched is told."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from config.errors import Conflict, Invalid, NotAllowed
from hubs.models import Set
from hubs.timespan import SHANGHAI
from jobs import policies
from jobs.models import CallLine, CallScene, CallSheet, Shoot
from jobs.queries import call_sheets as questions
from jobs.queries import rest
from jobs.queries.call_sheet_drafts import beginning, own_times
from jobs.services import call_sheet_news as news
from jobs.services import locks, log, resting
from profiles.models import User

MOST_SCENES = 40
WORDS = ("place", "weather", "hospital", "meals", "transport", "note")
TIMES = ("general_call", "wrap", "night_call")


@dataclass(frozen=True)
class Scene:
    """A scene to be shot; `pages` of the script in tenths."""

    number: str
    heading: str = ""
    pages: Decimal | None = None
    cast: str = ""
    note: str = ""


@dataclass(frozen=True)
class OwnTimes:
    """What is special for one person; None and "" are the general rule."""

    call: time | None = None
    wrap: time | None = None
    note: str = ""
    off: bool = False

    @property
    def is_special(self) -> bool:
        return bool(self.call or self.wrap or self.note or self.off)


def save(
    shoot: Shoot,
    day: date,
    *,
    by: User,
    now: datetime,
    sets: Iterable[Set] | None = None,
    scenes: Sequence[Scene] | None = None,
    lines: Mapping[int, OwnTimes] | None = None,
    **words: Any,
) -> CallSheet:
    """Write the draft of a day; what is not given stays as it was. `lines` are by booking id, `words` fields of a sheet.

    Raise NotAllowed, Invalid with "not_a_shoot_day", "set_elsewhere" or "too_many_scenes".
    """
    sets = None if sets is None else list(sets)
    _check(shoot, day, by, sets or (), scenes or ())
    with locks.act():
        draft = _draft(shoot, day)
        _write(draft, sets, scenes, lines, words)
        log.write("call_sheet_drafted", shoot, by=by, now=now, day=day.isoformat(), version=draft.version)
    return draft


def take_calls(
    shoot: Shoot, day: date, *, by: User, now: datetime, bookings: Collection[int] | None = None
) -> int:
    """Take the earliest lawful call for these people, or for all whose call is too early; return how many were moved.

    Raise NotAllowed, Invalid("not_a_shoot_day"), Conflict("no_lawful_call") where one was asked for and there is none.
    """
    _check(shoot, day, by, (), ())
    with locks.act():
        draft = _draft(shoot, day)
        own = {line.booking_id: line for line in draft.lines.all()}
        moved = 0
        for booking, finding in resting.of_sheet(draft).items():
            if bookings is not None and booking.pk not in bookings:
                continue
            if finding.call is None and bookings is not None:
                raise Conflict("no_lawful_call")
            if finding.call is None or finding.call == finding.stint.call:
                continue
            line = own.get(booking.pk) or CallLine(call_sheet=draft, booking=booking)
            line.call = finding.call.astimezone(SHANGHAI).time()
            line.save()
            moved += 1
        if moved:
            log.write("earliest_calls_taken", shoot, by=by, now=now, day=day.isoformat(), people=moved)
    return moved


def publish(
    shoot: Shoot,
    day: date,
    *,
    by: User,
    now: datetime,
    sets: Iterable[Set] | None = None,
    scenes: Sequence[Scene] | None = None,
    lines: Mapping[int, OwnTimes] | None = None,
    reason: str = "",
    **words: Any,
) -> CallSheet:
    """Publish the next version of a day: the draft with what is given, a line for everybody, news for who is touched.

    Raise like `save`; Conflict("rest_refused") where somebody's rest would be too short for any reason, and
    Conflict("rest_needs_reason") where a rule asks for `reason`, which is kept with the people it is about.
    """
    sets = None if sets is None else list(sets)
    _check(shoot, day, by, sets or (), scenes or ())
    with locks.act():
        draft = _draft(shoot, day)
        _write(draft, sets, scenes, lines, words)
        resting.settle(draft, reason=reason, by=by, now=now)
        before = questions.newest(shoot, day)
        frozen = _everybody(draft)
        news.mark(draft, frozen, before)
        draft.lines.all().delete()
        CallLine.objects.bulk_create(frozen)
        # Last, because from then on a trigger refuses every change of the version.
        draft.published_at = now
        draft.save(update_fields=["published_at"])
        told = news.tell(draft, now=now)
        log.write(
            "call_sheet_published",
            shoot,
            by=by,
            now=now,
            day=day.isoformat(),
            version=draft.version,
            told=told,
        )
    return draft


def discard(shoot: Shoot, day: date, *, by: User, now: datetime) -> None:
    """Throw the draft of a day away; the published versions stay. Raise NotAllowed."""
    _check(shoot, day, by, (), ())
    with locks.act():
        if CallSheet.objects.filter(shoot=shoot, day=day, published_at__isnull=True).delete()[0]:
            log.write("call_sheet_discarded", shoot, by=by, now=now, day=day.isoformat())


def _check(shoot: Shoot, day: date, by: User, sets: Iterable[Set], scenes: Sequence[Scene]) -> None:
    if not policies.may_edit_shoot(by, shoot):
        raise NotAllowed("not_yours")
    if not shoot.days.lower <= day < shoot.days.upper:
        raise Invalid("not_a_shoot_day", field="day")
    if any(place.base_id != shoot.base_id for place in sets):
        raise Invalid("set_elsewhere", field="sets")
    if len(scenes) > MOST_SCENES:
        raise Invalid("too_many_scenes", field="scenes", most=MOST_SCENES)


def _draft(shoot: Shoot, day: date) -> CallSheet:
    """Return the draft of a day, locked with its shoot; a new one is written as it begins."""
    Shoot.objects.select_for_update(no_key=True).get(pk=shoot.pk)
    start = beginning(shoot, day)
    if start.saved:
        return start.sheet
    draft = start.sheet
    draft.save()
    draft.sets.set(start.sets)
    booked = set(questions.booked_on(shoot, day).values_list("pk", flat=True))
    lines = [each for each in start.lines if each.booking_id in booked]
    for scene in start.scenes:
        scene.call_sheet = draft
    for line in lines:
        line.call_sheet = draft
    CallScene.objects.bulk_create(start.scenes)
    CallLine.objects.bulk_create(lines)
    return draft


def _write(
    draft: CallSheet,
    sets: Iterable[Set] | None,
    scenes: Sequence[Scene] | None,
    lines: Mapping[int, OwnTimes] | None,
    words: dict[str, Any],
) -> None:
    for name, value in words.items():
        if name not in (*WORDS, *TIMES):
            raise TypeError(f"a call sheet has no field {name}")
        if name in TIMES:
            setattr(draft, name, value or (draft.shoot.call_time if name == "general_call" else None))
        else:
            setattr(draft, name, value.strip())
    draft.save()
    if sets is not None:
        draft.sets.set(sets)
    if scenes is not None:
        draft.scenes.all().delete()
        CallScene.objects.bulk_create(
            CallScene(call_sheet=draft, position=position, **vars(scene))
            for position, scene in enumerate(scenes, 1)
        )
    if lines is not None:
        draft.lines.all().delete()
        booked = questions.booked_on(draft.shoot, draft.day).filter(pk__in=lines)
        CallLine.objects.bulk_create(
            CallLine(call_sheet=draft, booking=booking, **vars(lines[booking.pk]))
            for booking in booked
            if lines[booking.pk].is_special
        )


def _everybody(draft: CallSheet) -> list[CallLine]:
    """Return a line for everybody booked on the day, with the times in force."""
    own = own_times(draft, draft.lines.all())
    frozen = []
    for booking in questions.booked_on(draft.shoot, draft.day):
        hers = own.get(booking.pk) or CallLine()
        stint = rest.planned(booking.role, draft.day, sheet=draft, call=hers.call, wrap=hers.wrap)
        frozen.append(
            CallLine(
                call_sheet=draft,
                booking=booking,
                call=stint.call.astimezone(SHANGHAI).time(),
                wrap=stint.wrap.astimezone(SHANGHAI).time(),
                note=hers.note,
                off=hers.off,
                own=bool(hers.call or hers.wrap),
            )
        )
    return frozen
