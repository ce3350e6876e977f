"""What giving a booking up would bring right now, by the terms of its own offer."""

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from psycopg.types.range import DateRange

from hubs.timespan import DaySpan, shoot_day_of
from jobs.enums import GivenUp, Side
from jobs.models import Booking, CancelTerms, Offer, Role, Step, WorkedDay
from jobs.queries import first_calls

STILL_WORTH_COMING = timedelta(hours=10)
"""Until so long after a day's call somebody else may still take it over."""


@dataclass(frozen=True)
class Outcome:
    """`owed` yuan by the crew, `strikes` for her, `worked` yuan for days that were worked already.

    `left` is the time until the first call, `step` the line of the table that is reached (None: still free),
    `in_grace` that the booking is minutes old, `late` that it counts on the record of who gives up.
    """

    first_call: datetime
    left: timedelta
    step: Step | None
    in_grace: bool
    late: bool
    owed: int
    strikes: int
    worked: int


def terms(offer: Offer) -> CancelTerms:
    """Return the table both sides agreed to with this offer."""
    return CancelTerms.read(offer.cancel_terms)


def is_over(booking: Booking, now: datetime) -> bool:
    """Say whether its last shoot day is over: nothing is left to give back, even where the shoot is not wrapped."""
    return DaySpan.of(booking.days).end <= shoot_day_of(now)


def outcome(booking: Booking, *, kind: GivenUp, side: Side, now: datetime) -> Outcome:
    """Say what ending `booking` now would bring. Reads offer, role and shoot; up to 3 queries."""
    agreed = terms(booking.offer)
    call = first_calls.of_booking(booking)
    left = call - now
    grace = kind == GivenUp.CANCELLED and agreed.in_grace(now - booking.confirmed_at, left)
    step = None if grace else agreed.step(left)
    owed = strikes = 0
    if side == Side.CREW:
        owed = math.ceil(booking.day_rate * step.percent / 100) if step else 0
    elif kind == GivenUp.NO_SHOW:
        strikes = agreed.no_show
    elif kind == GivenUp.UNCONFIRMED:
        strikes = agreed.unconfirmed
    else:
        strikes = step.strikes if step else 0
    days = WorkedDay.objects.filter(booking=booking).count() if left < timedelta(0) else 0
    late = step is not None or kind != GivenUp.CANCELLED
    return Outcome(call, left, step, grace, late, owed, strikes, days * booking.day_rate)


def rest_of(role: Role, days: DateRange, now: datetime) -> date | None:
    """Return the first of `days` that somebody else can still take over, or None where none is left.

    Before the first day that is the first; on a day, that day until ten hours after its call, then the next.
    """
    span = DaySpan.of(days)
    day = max(span.start, shoot_day_of(now) - timedelta(days=1))
    if day > shoot_day_of(now):  # no day to come is too late, whatever its call
        return day if day < span.end else None
    while day < span.end:
        if now < first_calls.of_role(role, day) + STILL_WORTH_COMING:
            return day
        day += timedelta(days=1)
    return None
