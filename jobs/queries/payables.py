"""What a booking comes to in yuan when its days were not all alike: extras are paid by the day's list."""

from collections import defaultdict
from collections.abc import Iterable

from jobs.models import Booking, ExtrasLine


def amounts(bookings: Iterable[Booking]) -> dict[int, int]:
    """Return booking id → yuan: each wrapped extras day as its list has it, the others at the day rate. One query."""
    bookings = list(bookings)
    listed: dict[int, list[int]] = defaultdict(list)
    lines = ExtrasLine.objects.filter(booking__in=bookings, amount__isnull=False)
    for booking_id, amount in lines.values_list("booking_id", "amount"):
        listed[booking_id].append(amount or 0)
    return {
        booking.pk: booking.total_pay - len(listed[booking.pk]) * booking.day_rate + sum(listed[booking.pk])
        for booking in bookings
    }
