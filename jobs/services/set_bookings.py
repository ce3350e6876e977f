"""Taking a base and its sets for a day, giving them back, and the waiting list behind them.

One lock, that of the base's row, puts everybody who books there in line; a base sees a dozen acts a day. The
constraints have the last word all the same: who meets one is put on the waiting list like anybody who came second.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from psycopg import errors as pg
from psycopg.types.range import Range

from config.errors import Conflict, Gone, Invalid, NotAllowed
from hubs.models import Base, Set
from hubs.timespan import SHANGHAI, shoot_day_of, start_of
from jobs import policies
from jobs.enums import SET_BOOKING_HELD, NoticeKind, SetBookingState, SetPart, ShootState, WorkKind
from jobs.models import BaseDay, SetBooking, Shoot
from jobs.services import later, locks, log, notices, states
from profiles.models import User

NIGHTFALL = time(18, 0)
"""Where the day part ends and the night part begins; sun and neon meet there for most of the year."""

CONFIRM_WITHIN = timedelta(hours=4)
MOST_WISHES = 200


@dataclass(frozen=True)
class Wish:
    """A set (None: the base alone) for a part of a shoot day; `start` and `end` are hours of the clock for HOURS."""

    day: date
    part: SetPart = SetPart.BOTH
    set: Set | None = None
    start: time | None = None
    end: time | None = None


@dataclass
class Asked:
    """What became of the wishes: held at once, or on the waiting list because another crew was there first."""

    booked: list[SetBooking] = field(default_factory=list)
    waiting: list[SetBooking] = field(default_factory=list)


def hours_of(wish: Wish) -> tuple[datetime, datetime]:
    """Return the aware hours of a wish, half-open. Raises Invalid("set_hours") for hours outside the shoot day."""
    dawn = start_of(wish.day)
    dusk, end = datetime.combine(wish.day, NIGHTFALL, tzinfo=SHANGHAI), dawn + timedelta(days=1)
    if wish.part == SetPart.DAY:
        return dawn, dusk
    if wish.part == SetPart.NIGHT:
        return dusk, end
    if wish.part == SetPart.BOTH:
        return dawn, end
    if wish.start is None or wish.end is None:
        raise Invalid("set_hours", field="start")
    first, last = (_in_shoot_day(wish.day, hour) for hour in (wish.start, wish.end))
    # 05:00 as an end is the end of the shoot day, not its beginning.
    last = end if last == dawn else last
    if last <= first:
        raise Invalid("set_hours", field="end")
    return first, last


def ask(shoot: Shoot, wishes: Sequence[Wish], *, by: User, now: datetime) -> Asked:
    """Book what is free and wait for the rest, in the order given, in one transaction.

    Raise NotAllowed("not_yours"); Conflict "crew_not_verified" or "shoot_over"; Invalid "set_none_chosen",
    "set_too_many", "set_elsewhere", "not_a_shoot_day", "set_day_past", "set_hours" or "set_yours_already".
    """
    if not policies.may_edit_shoot(by, shoot):
        raise NotAllowed("not_yours")
    _refuse_wishes(shoot, wishes, now)
    with locks.act():
        base = locks.base(shoot.base_id)
        if not Shoot.objects.filter(pk=shoot.pk, state__in=[ShootState.DRAFT, ShootState.OPEN]).exists():
            raise Conflict("shoot_over")
        asked = Asked()
        for wish in wishes:
            made = _hold(shoot, base, wish, now)
            (asked.booked if made.state == SetBookingState.BOOKED else asked.waiting).append(made)
            log.write("set_" + made.state, made, by=by, now=now, shoot=shoot.pk, set=made.set_id)
    return asked


def release(booking: SetBooking, *, by: User | None, now: datetime) -> None:
    """Give a set back, or leave the waiting list; whoever waits for it is offered it. Raise NotAllowed, Conflict."""
    if by is not None and not policies.may_edit_shoot(by, booking.shoot):
        raise NotAllowed("not_yours")
    with locks.act():
        locks.base(booking.base_id)
        booking.refresh_from_db()
        _end(booking, SetBookingState.RELEASED, by=by, now=now)
        _promote(booking.base_id, [booking.day], now)


def release_all(shoot: Shoot, *, by: User | None, now: datetime) -> None:
    """Give back everything a shoot has or waits for: it was called off. Call it inside the act."""
    _give_back(SetBooking.objects.filter(shoot=shoot), by, now)


def release_stray(shoot: Shoot, *, by: User, now: datetime) -> None:
    """Give back what a shoot has on days or at a base that are not its own any more. Call it inside the act."""
    there = Q(base=shoot.base_id, day__gte=shoot.days.lower, day__lt=shoot.days.upper)
    _give_back(SetBooking.objects.filter(~there, shoot=shoot), by, now)


def _give_back(rows: QuerySet[SetBooking], by: User | None, now: datetime) -> None:
    found = rows.filter(state__in=[*SET_BOOKING_HELD, SetBookingState.WAITING]).select_related("set")
    for base_id in sorted(set(found.values_list("base_id", flat=True))):
        locks.base(base_id)
        ended = list(found.filter(base_id=base_id).order_by("pk"))
        for booking in ended:
            _end(booking, SetBookingState.RELEASED, by=by, now=now)
        _promote(base_id, [booking.day for booking in ended], now)


def confirm(booking: SetBooking, *, by: User, now: datetime) -> None:
    """Take what came free. Raise NotAllowed, or Gone("set_offer_over") once the time has run out."""
    if not policies.may_edit_shoot(by, booking.shoot):
        raise NotAllowed("not_yours")
    with locks.act():
        locks.base(booking.base_id)
        in_time = {"confirm_by__gt": now}
        if not states.try_move(booking, SetBookingState.BOOKED, only_where=in_time, confirm_by=None):
            raise Gone("set_offer_over")
        log.write("set_confirmed", booking, by=by, now=now)


def lapse(booking_id: int, *, now: datetime) -> None:
    """Pass on a set nobody confirmed in time. Harmless where it was confirmed, given back, or is not due."""
    booking = SetBooking.objects.filter(
        pk=booking_id, state=SetBookingState.OFFERED, confirm_by__lte=now
    ).first()
    if booking is None:
        return
    locks.base(booking.base_id)
    still = SetBooking.objects.filter(pk=booking_id, state=SetBookingState.OFFERED)
    if still.exists():
        _end(booking, SetBookingState.LAPSED, by=None, now=now)
        _promote(booking.base_id, [booking.day], now)


def _refuse_wishes(shoot: Shoot, wishes: Sequence[Wish], now: datetime) -> None:
    if not shoot.crew.is_verified:
        raise Conflict("crew_not_verified")
    if not wishes:
        raise Invalid("set_none_chosen", field="sets")
    if len(wishes) > MOST_WISHES:
        raise Invalid("set_too_many", field="sets", most=MOST_WISHES)
    today = shoot_day_of(now)
    for wish in wishes:
        if wish.set is not None and wish.set.base_id != shoot.base_id:
            raise Invalid("set_elsewhere", field="sets")
        if not shoot.days.lower <= wish.day < shoot.days.upper:
            raise Invalid("not_a_shoot_day", field="day")
        if wish.day < today:
            raise Invalid("set_day_past", field="day")
        hours_of(wish)


def _in_shoot_day(day: date, hour: time) -> datetime:
    """The moment of an hour in a shoot day: 02:00 belongs to the next date."""
    moment = datetime.combine(day, hour, tzinfo=SHANGHAI)
    return moment if moment >= start_of(day) else moment + timedelta(days=1)


def _hold(shoot: Shoot, base: Base, wish: Wish, now: datetime) -> SetBooking:
    """Book the wish, or put it on the waiting list."""
    first, last = hours_of(wish)
    row = SetBooking(
        shoot=shoot, base=base, set=wish.set, day=wish.day, part=wish.part, during=Range(first, last), asked_at=now
    )  # fmt: skip
    _refuse_own(row)
    if _try_hold(row, SetBookingState.BOOKED, None):
        return row
    row.pk, row.place, row.state = None, None, SetBookingState.WAITING
    row.save(force_insert=True)
    return row


def _refuse_own(row: SetBooking) -> None:
    """A shoot does not compete with itself, nor does it ask for the base alone where it has a place there."""
    own = SetBooking.objects.filter(
        shoot=row.shoot, day=row.day, state__in=[*SET_BOOKING_HELD, SetBookingState.WAITING]
    )
    same = own.filter(set=row.set, during__overlap=row.during) if row.set else own.exclude(place=None)
    if same.exists() or (row.set is None and own.filter(set=None).exists()):
        raise Invalid("set_yours_already", field="sets")


def _try_hold(row: SetBooking, state: SetBookingState, confirm_by: datetime | None) -> bool:
    """Put the row into a place of the base in `state`; False where set or base is taken. Only constraints decide."""
    try:
        with transaction.atomic():
            row.place = _place(row)
            row.state, row.confirm_by = state, confirm_by
            row.save()
    except IntegrityError as error:
        if not isinstance(error.__cause__, pg.ExclusionViolation | pg.UniqueViolation | pg.CheckViolation):
            raise
        return False
    return True


def _place(row: SetBooking) -> BaseDay:
    """The shoot's place at the base that day: the one it has, or the lowest number that is free."""
    days = BaseDay.objects.filter(base_id=row.base_id, day=row.day)
    if mine := days.filter(shoot_id=row.shoot_id).first():
        return mine
    taken = set(days.values_list("berth", flat=True))
    berth = next(number for number in range(1, len(taken) + 2) if number not in taken)
    return BaseDay.objects.create(base_id=row.base_id, shoot_id=row.shoot_id, day=row.day, berth=berth)


def _end(booking: SetBooking, state: SetBookingState, *, by: User | None, now: datetime) -> None:
    place = booking.place
    states.move(booking, state, place=None, confirm_by=None, ended_at=now)
    if place is not None and not place.bookings.exists():
        place.delete()
    log.write("set_" + state, booking, by=by, now=now, shoot=booking.shoot_id, set=booking.set_id)


def _promote(base_id: int, days: Iterable[date], now: datetime) -> None:
    """Offer what is free on these days to whoever has waited longest, and hold it until she answers."""
    waiting = SetBooking.objects.filter(
        base_id=base_id, day__in=set(days), state=SetBookingState.WAITING, during__startswith__gt=now
    )
    rows = waiting.select_related("set", "base", "shoot__crew").order_by("asked_at", "pk")
    for row in rows:
        left = row.during.lower - now
        until = now + min(CONFIRM_WITHIN, left / 2)
        if not _try_hold(row, SetBookingState.OFFERED, until):
            row.place, row.state, row.confirm_by = None, SetBookingState.WAITING, None
            continue
        log.write("set_offered", row, by=None, now=now, shoot=row.shoot_id, set=row.set_id)
        notices.write_all(
            notices.to_managers(row.shoot, NoticeKind.SET_FREE, f"set:{row.pk}:{until.timestamp():.0f}", _facts(row)),
            now=now,
        )  # fmt: skip
        later.enqueue(WorkKind.LAPSE_SET, row.pk, f"lapse-set:{row.pk}", until, now=now)


def _facts(row: SetBooking) -> dict:
    place = row.set or row.base
    return {
        "shoot": row.shoot_id,
        "title": row.shoot.title,
        "place_zh": place.name_zh,
        "place_en": place.name_en,
        "day": row.day.isoformat(),
        "part": row.part,
        "expires_at": row.confirm_by.isoformat() if row.confirm_by else "",
    }
