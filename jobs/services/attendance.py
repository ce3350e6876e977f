"""Checking in and out on a shoot day: by her on the day itself, by the crew also afterwards."""

from datetime import date, datetime, timedelta

from config.errors import Conflict, Invalid, NotAllowed
from hubs.timespan import shoot_day_of
from jobs import policies
from jobs.enums import BookingState
from jobs.models import Booking, WorkedDay
from jobs.queries.my_work import running_on
from jobs.services import locks, log
from profiles.models import User

CREW_CORRECTS = timedelta(days=7)
"""How long after a shoot day the crew may still note who was there."""


def check_in(booking: Booking, *, by: User, now: datetime, day: date | None = None) -> WorkedDay:
    """Note that she is on set; a second press changes nothing.

    Raise NotAllowed("not_yours"), Conflict("booking_not_standing"), Invalid("not_your_shoot_day") for a day that is
    not one of hers, or is not today's for her, or too long ago for the crew.
    """
    day = day or shoot_day_of(now)
    _check_day(booking, day, by, now)
    with locks.act():
        worked, made = WorkedDay.objects.get_or_create(
            booking=booking, day=day, defaults={"checked_in_at": now}
        )
        if made:
            log.write("checked_in", booking, by=by, now=now, day=day.isoformat())
    return worked


def check_out(booking: Booking, *, by: User, now: datetime, day: date | None = None) -> WorkedDay:
    """Note that she has left; a second press corrects the time. Raise like `check_in`, and Conflict("not_checked_in").

    A day that ran past 05:00 with her still on set is hers to end, see `queries.my_work.running_on`.
    """
    late = running_on(now).filter(booking=booking).first()
    day = day or (late.day if late else shoot_day_of(now))
    _check_day(booking, day, by, now, running_on=late is not None and late.day == day)
    with locks.act():
        worked = WorkedDay.objects.select_for_update(of=("self",)).filter(booking=booking, day=day).first()
        if worked is None:
            raise Conflict("not_checked_in")
        worked.checked_out_at = now
        worked.save(update_fields=["checked_out_at"])
        log.write("checked_out", booking, by=by, now=now, day=day.isoformat())
    return worked


def _check_day(booking: Booking, day: date, by: User, now: datetime, running_on: bool = False) -> None:
    hers = booking.profile.user_id == by.pk
    if not hers and not policies.may_edit_shoot(by, booking.role.shoot):
        raise NotAllowed("not_yours")
    if booking.state == BookingState.CANCELLED:
        raise Conflict("booking_not_standing")
    today = shoot_day_of(now)
    oldest = (day if running_on else today) if hers else today - CREW_CORRECTS
    if not booking.days.lower <= day < booking.days.upper or not oldest <= day <= today:
        raise Invalid("not_your_shoot_day", field="day")
