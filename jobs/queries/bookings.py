"""Bookings: a person's month, and her feed."""

from datetime import date

from django.db.models import QuerySet
from psycopg.types.range import DateRange

from jobs.enums import BookingState
from jobs.models import Booking
from profiles.models import User


def with_place(bookings) -> QuerySet[Booking]:
    """Join what a booking's line, notice or calendar entry shows."""
    return bookings.select_related(
        "offer",
        "offer__profile__user",
        "offer__role__role_type",
        "offer__role__shoot__crew",
        "offer__role__shoot__base__hub",
        "profile__user",
        "role__role_type__department",
        "role__shoot__crew",
        "role__shoot__base__hub",
    )


def calendar_for(user: User, month: date) -> QuerySet[Booking]:
    """Her standing bookings that touch the month of `month`, in order of days."""
    first = month.replace(day=1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return with_place(
        Booking.objects.filter(
            profile__user=user,
            state__in=[BookingState.CONFIRMED, BookingState.SERVED],
            days__overlap=DateRange(first, after),
        )
    ).order_by("days", "pk")


def feed(token: str) -> QuerySet[Booking] | None:
    """All bookings behind a calendar address, cancelled ones too (calendars must hear of it); None for a wrong token."""
    user = User.objects.filter(profile__feed_token=token, is_active=True).first()
    if user is None:
        return None
    return with_place(Booking.objects.filter(profile__user=user)).order_by("days", "pk")
