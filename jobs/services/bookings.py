"""Giving a booking back, from either side."""

from datetime import date, datetime

from django.db.models import F

from config.errors import Conflict, NotAllowed
from hubs.timespan import shoot_day_of
from jobs import policies
from jobs.enums import BookingState, GivenUp, NoticeKind, Side, VacancyCause
from jobs.models import Booking, Role, WorkedDay
from jobs.queries import cancelling, first_calls
from jobs.queries.bookings import with_place
from jobs.services import cancellations, locks, log, notices, sending, states
from jobs.services.notices import Message, to_managers
from profiles.models import User


def cancel(booking: Booking, *, by: User, now: datetime, reason: str = "") -> Booking:
    """Cancel a confirmed booking: the slot is freed and offered on, the other side is told.

    Raise NotAllowed("not_yours") for anyone but the person and who runs the crew, Conflict("move_not_allowed"), and
    Conflict("booking_over") for her once her days are over: a slip would cost her strikes and the pay of her work.
    """
    if not policies.may_cancel_booking(by, booking):
        raise NotAllowed("not_yours")
    if booking.profile.user_id == by.pk and cancelling.is_over(booking, now):
        raise Conflict("booking_over")
    with locks.act():
        locks.people([booking.profile_id])
        return release(booking, by=by, now=now, reason=reason, refill=True)


def did_not_show(booking: Booking, *, by: User, now: datetime) -> Booking:
    """Note that she did not come, and have the place filled for the rest of the days: one press, one act.

    Raise NotAllowed("not_yours") for anyone but who runs the crew, Conflict with "not_called_yet" before her call,
    "is_on_set" where she has checked in today, or "move_not_allowed".
    """
    if not policies.may_edit_shoot(by, booking.role.shoot):
        raise NotAllowed("not_yours")
    today = shoot_day_of(now)
    if not booking.days.lower <= today < booking.days.upper or now < first_calls.of_booking(booking, today):
        raise Conflict("not_called_yet")
    if WorkedDay.objects.filter(booking=booking, day=today).exists():
        raise Conflict("is_on_set")
    with locks.act():
        locks.people([booking.profile_id])
        rest = cancelling.rest_of(booking.role, booking.days, now)
        return release(
            booking, by=by, now=now, reason="", refill=rest is not None, kind=GivenUp.NO_SHOW, first_day=rest
        )


def release(
    booking: Booking,
    *,
    by: User | None,
    now: datetime,
    reason: str,
    refill: bool,
    kind: GivenUp = GivenUp.CANCELLED,
    first_day: date | None = None,
) -> Booking:
    """Cancel a booking inside a running act that holds the person's lock; see `cancel`.

    `by` None is the house itself: the term of her unit was not met, or she did not confirm.
    """
    booking = with_place(Booking.objects).get(pk=booking.pk)
    role = locks.role(booking.role_id)
    if not states.try_move(booking, BookingState.CANCELLED, cancelled_at=now):
        raise Conflict("move_not_allowed", state=str(booking.get_state_display()))
    Booking.objects.filter(pk=booking.pk).update(sequence=F("sequence") + 1)
    sending.give_slot_back(role.pk)
    log.write("booking_cancelled", booking, by=by, now=now)
    by_herself = by is not None and booking.profile.user_id == by.pk
    hers = by_herself or kind != GivenUp.CANCELLED
    if by is not None or kind != GivenUp.CANCELLED:
        side = Side.GRADUATE if hers else Side.CREW
        cancellations.write(booking, kind=kind, side=side, now=now, reason=reason)
    facts = sending.facts_of(booking.offer) | {
        "booking": booking.pk,
        "by": _whose(by_herself, by, kind),
        "person": booking.profile.user.name,
    }
    key = f"booking:{booking.pk}:cancelled"
    to_her = facts | {"to": "graduate"}
    told = [Message(booking.profile.user_id, NoticeKind.BOOKING_CANCELLED, key, to_her)]
    if by_herself or kind == GivenUp.UNCONFIRMED:
        told += to_managers(role.shoot, NoticeKind.BOOKING_CANCELLED, f"{key}:crew", facts)
    notices.write_all(told, now=now)
    sending.ask_settle(booking.offer, now=now)
    if refill:
        begun = _begun(role, now)
        later = first_day is not None and first_day > role.days.lower
        sending.ask_refill(
            role,
            key=f"booking:{booking.pk}",
            now=now,
            cause=_cause(by_herself, kind),
            after=booking.offer,
            first_day=first_day if later else begun,
        )
    booking.refresh_from_db(fields=["sequence", "state", "cancelled_at"])
    return booking


def _whose(by_herself: bool, by: User | None, kind: GivenUp) -> str:
    if kind != GivenUp.CANCELLED:
        return str(kind)
    return "graduate" if by_herself else "crew" if by else "unit"


def _cause(by_herself: bool, kind: GivenUp) -> VacancyCause:
    if kind != GivenUp.CANCELLED:
        return VacancyCause(kind)
    return VacancyCause.GIVEN_BACK if by_herself else VacancyCause.CANCELLED


def _begun(role: Role, now: datetime) -> date | None:
    """The day from which a role that runs already can be taken over; None where its first call is still to come."""
    return max(shoot_day_of(now), role.days.lower) if first_calls.of_role(role) <= now else None
