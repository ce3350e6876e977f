"""When somebody has to be there for the first time: what cancelling, confirming and refilling are counted from."""

from datetime import date, datetime, time

from jobs.models import Booking, CallLine, CallSheet, Role, moment_of
from profiles.models.availability import DayPart

NIGHT_CALL = time(18)
"""The call of a night where no call sheet says otherwise."""


def of_role(role: Role, day: date | None = None) -> datetime:
    """Return the call of `role` on `day` (its first): the newest published sheet's general call, or the shoot's. 1 query.

    Reads `role.shoot`. A role of the night is called at 18:00 where the shoot's own call is earlier.
    """
    day = day or role.days.lower
    sheet = (
        CallSheet.objects.filter(shoot=role.shoot_id, day=day, published_at__isnull=False)
        .order_by("-version")
        .values_list("general_call", flat=True)
        .first()
    )
    clock = sheet or role.shoot.call_time
    if sheet is None and role.part == DayPart.NIGHT and clock < NIGHT_CALL:
        clock = NIGHT_CALL
    return moment_of(day, clock)


def of_booking(booking: Booking, day: date | None = None) -> datetime:
    """Return her own call on `day` (her first), as the newest published sheet has it for her. Up to 2 queries."""
    day = day or booking.days.lower
    hers = (
        CallLine.objects.filter(
            booking=booking, call_sheet__day=day, call_sheet__published_at__isnull=False, call__isnull=False
        )
        .order_by("-call_sheet__version")
        .values_list("call", flat=True)
        .first()
    )
    return moment_of(day, hers) if hers else of_role(booking.role, day)
