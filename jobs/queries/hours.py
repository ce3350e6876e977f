"""A person's hours day by day, as they were noted, and what she has said against them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from hubs.timespan import shoot_day_of
from jobs.enums import BookingState
from jobs.models import Booking, HoursObjection, Shoot, WorkedDay
from jobs.queries.bookings import with_place
from profiles.models import User

OBJECT_WITHIN = timedelta(days=14)
"""How long after a shoot day she may say that her hours were others."""


@dataclass(frozen=True)
class Noted:
    """One shoot day of hers. `worked` is None where nobody noted anything."""

    day: date
    worked: WorkedDay | None
    objection: HoursObjection | None
    may_object: bool


@dataclass(frozen=True)
class Stay:
    """A booking with its days so far, the last one on top."""

    booking: Booking
    days: list[Noted]

    @property
    def length(self) -> timedelta:
        return sum((each.worked.length or timedelta(0) for each in self.days if each.worked), timedelta(0))


def bookings_of(user: User, now: datetime) -> QuerySet[Booking]:
    """Her bookings that have begun, the newest first."""
    held = Booking.objects.filter(
        profile__user=user,
        state__in=[BookingState.CONFIRMED, BookingState.SERVED],
        days__startswith__lte=shoot_day_of(now),
    )
    return with_place(held).order_by("-days", "-pk")


def stays(bookings: list[Booking], now: datetime) -> list[Stay]:
    """The days of these bookings up to today. Two queries, however many."""
    today = shoot_day_of(now)
    worked = {(each.booking_id, each.day): each for each in WorkedDay.objects.filter(booking__in=bookings)}
    said = {(each.booking_id, each.day): each for each in HoursObjection.objects.filter(booking__in=bookings)}
    return [Stay(booking, _days(booking, today, worked, said)) for booking in bookings]


def _days(booking: Booking, today: date, worked: dict, said: dict) -> list[Noted]:
    last = min(booking.days.upper - timedelta(days=1), today)
    out = []
    for back in range((last - booking.days.lower).days + 1):
        day = last - timedelta(days=back)
        objection = said.get((booking.pk, day))
        may_object = day >= today - OBJECT_WITHIN and (objection is None or objection.answered_at is None)
        out.append(Noted(day, worked.get((booking.pk, day)), objection, may_object))
    return out


def disputed(shoot: Shoot) -> list[tuple[HoursObjection, WorkedDay | None]]:
    """What people of a shoot have said about their hours, what waits first, each with what was noted. Two queries."""
    rows = list(
        HoursObjection.objects.filter(booking__role__shoot=shoot)
        .select_related("booking__profile__user", "booking__role__role_type", "booking__role__shoot__crew")
        .order_by("answered_at", "made_at", "pk")
    )
    rows.sort(key=lambda row: row.answered_at is not None)
    noted = WorkedDay.objects.filter(booking__in=[row.booking_id for row in rows])
    worked = {(each.booking_id, each.day): each for each in noted}
    return [(row, worked.get((row.booking_id, row.day))) for row in rows]
