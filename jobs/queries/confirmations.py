"""Who has said again that she comes, and when she is asked."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import QuerySet

from hubs.timespan import SHANGHAI
from jobs.enums import BookingState
from jobs.models import Booking, Confirmation, Shoot
from jobs.queries.bookings import with_place
from profiles.models import User

ASK, REMIND, DROP = timedelta(hours=48), timedelta(hours=24), timedelta(hours=16)
"""Before the first call: asked, reminded, and the slot goes on."""

NIGHT_FROM, MORNING, EVENING = time(22), time(8), time(20)


@dataclass(frozen=True)
class Moments:
    """When a booking's confirmation is asked for, asked for again, and due."""

    ask: datetime
    remind: datetime
    due: datetime


def moments(first_call: datetime) -> Moments:
    """Return the three moments, none of them at night: the question waits for the morning, the deadline never moves
    closer than an evening before, so that nobody loses a place asleep.
    """
    ask, remind, due = first_call - ASK, first_call - REMIND, first_call - DROP
    if _at_night(ask):
        ask = _morning(ask)
    return Moments(ask, _evening_before(remind), _evening_before(due))


def open_for(user: User, now: datetime) -> QuerySet[Confirmation]:
    """Confirmations that wait for her word, the most urgent first."""
    return (
        Confirmation.objects.filter(
            booking__profile__user=user,
            booking__state=BookingState.CONFIRMED,
            confirmed_at__isnull=True,
            missed_at__isnull=True,
            due_at__gt=now,
        )
        .select_related(
            "booking__role__role_type", "booking__role__shoot__base__hub", "booking__role__shoot__crew"
        )
        .order_by("due_at")
    )


def of_shoot(shoot: Shoot) -> dict[int, str]:
    """Return by booking id "confirmed", "waiting" or "missed" for whoever was asked already. One query."""
    rows = Confirmation.objects.filter(booking__role__shoot=shoot)
    return {
        row.booking_id: "confirmed" if row.confirmed_at else "missed" if row.missed_at else "waiting"
        for row in rows
    }


def booking(pk: int) -> Booking | None:
    """The booking with what its confirmation shows and its cancelling reads."""
    return with_place(Booking.objects.select_related("confirmation")).filter(pk=pk).first()


def _at_night(moment: datetime) -> bool:
    clock = moment.astimezone(SHANGHAI).time()
    return clock >= NIGHT_FROM or clock < MORNING


def _morning(moment: datetime) -> datetime:
    local = moment.astimezone(SHANGHAI)
    morning = local.replace(hour=MORNING.hour, minute=0, second=0, microsecond=0)
    return morning + timedelta(days=local.time() >= NIGHT_FROM)


def _evening_before(moment: datetime) -> datetime:
    if not _at_night(moment):
        return moment
    local = moment.astimezone(SHANGHAI)
    evening = local.replace(hour=EVENING.hour, minute=0, second=0, microsecond=0)
    return evening - timedelta(days=local.time() < MORNING)
