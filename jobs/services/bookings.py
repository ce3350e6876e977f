"""Giving a booking back, from either side."""

from datetime import datetime

from django.db.models import F

from config.errors import Conflict, NotAllowed
from jobs import policies
from jobs.enums import BookingState, NoticeKind
from jobs.models import Booking
from jobs.queries.bookings import with_place
from jobs.services import locks, log, notices, sending, states
from jobs.services.notices import Message, to_managers
from profiles.models import User


def cancel(booking: Booking, *, by: User, now: datetime, reason: str = "") -> Booking:
    """Cancel a confirmed booking: the slot is freed and offered on, the other side is told.

    Raise NotAllowed("not_yours") for anyone but the person and who runs the crew, Conflict("move_not_allowed").
    """
    if not policies.may_cancel_booking(by, booking):
        raise NotAllowed("not_yours")
    with locks.act():
        locks.people([booking.profile_id])
        return release(booking, by=by, now=now, reason=reason, refill=True)


def release(booking: Booking, *, by: User | None, now: datetime, reason: str, refill: bool) -> Booking:
    """Cancel a booking inside a running act that holds the person's lock; see `cancel`.

    `by` None is the house itself: the term of her unit was not met.
    """
    booking = with_place(Booking.objects).get(pk=booking.pk)
    role = locks.role(booking.role_id)
    if not states.try_move(booking, BookingState.CANCELLED, cancelled_at=now):
        raise Conflict("move_not_allowed", state=str(booking.get_state_display()))
    Booking.objects.filter(pk=booking.pk).update(sequence=F("sequence") + 1)
    sending.give_slot_back(role.pk)
    log.write("booking_cancelled", booking, by=by, now=now, reason=reason.strip()[:200])
    by_herself = by is not None and booking.profile.user_id == by.pk
    facts = sending.facts_of(booking.offer) | {
        "booking": booking.pk,
        "by": "graduate" if by_herself else "crew" if by else "unit",
        "person": booking.profile.user.name,
    }
    key = f"booking:{booking.pk}:cancelled"
    told = [Message(booking.profile.user_id, NoticeKind.BOOKING_CANCELLED, key, facts)]
    if by_herself:
        told += to_managers(role.shoot, NoticeKind.BOOKING_CANCELLED, f"{key}:crew", facts)
    notices.write_all(told, now=now)
    sending.ask_settle(booking.offer, now=now)
    if refill:
        sending.ask_refill(role, key=f"booking:{booking.pk}", now=now)
    booking.refresh_from_db(fields=["sequence", "state", "cancelled_at"])
    return booking
