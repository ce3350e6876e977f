"""Two days before the first call she is asked once more whether she comes; without her word the slot goes on in time."""

from datetime import datetime

from django.conf import settings

from config.errors import Conflict, NotAllowed
from jobs.enums import BookingState, GivenUp, NoticeKind, WorkKind
from jobs.models import Booking, Confirmation, Role
from jobs.queries import confirmations as questions
from jobs.queries import first_calls
from jobs.queries.bookings import with_place
from jobs.services import bookings, locks, log, notices, sending
from jobs.services.later import Ask, enqueue_all
from jobs.services.notices import Message
from profiles.models import User

SILENT_IN_DEMO = 20
"""In the demo market one simulated person in so many says nothing, so that a visitor sees what follows."""


def plan(booking: Booking, role: Role, *, now: datetime) -> None:
    """Have the question put in time, in the act that books. Who books within the last two days has just said yes."""
    ask_at = questions.moments(first_calls.of_role(role, booking.days.lower)).ask
    if ask_at > now:
        enqueue_all([_ask(booking.pk, ask_at)], now=now)


def confirm(booking: Booking, *, by: User, now: datetime) -> Confirmation:
    """She says that she comes; a second press changes nothing.

    Raise NotAllowed("not_yours") for anyone else, Conflict with "booking_not_standing", "not_asked_yet" or
    "confirmation_missed".
    """
    if booking.profile.user_id != by.pk:
        raise NotAllowed("not_yours")
    with locks.act():
        locks.people([booking.profile_id])
        asked = Confirmation.objects.filter(booking=booking).first()
        if asked is not None and asked.missed_at:
            raise Conflict("confirmation_missed")
        if not Booking.objects.filter(pk=booking.pk, state=BookingState.CONFIRMED).exists():
            raise Conflict("booking_gone")
        if asked is None:
            raise Conflict("not_asked_yet")
        if Confirmation.objects.filter(pk=asked.pk, confirmed_at__isnull=True).update(confirmed_at=now):
            log.write("booking_reconfirmed", booking, by=by, now=now)
        asked.refresh_from_db()
    return asked


def tend(booking_id: int, *, now: datetime) -> str:
    """Do what is due for a booking: ask, remind, or let the slot go on; return which ("" for nothing).

    Reads the rows anew each time, so that coming twice, or late, or after the call was moved, does no harm.
    """
    standing = Booking.objects.filter(pk=booking_id, state=BookingState.CONFIRMED)
    profile_id = standing.values_list("profile_id", flat=True).first()
    if profile_id is None:
        return ""
    locks.people([profile_id])
    booking = with_place(Booking.objects).get(pk=booking_id)
    asked = Confirmation.objects.filter(booking=booking).first()
    if booking.state != BookingState.CONFIRMED:
        return ""
    if asked is None:
        return _put(booking, now)
    if asked.confirmed_at or asked.missed_at:
        return ""
    if now >= asked.due_at:
        return _miss(booking, asked, now)
    remind_at = questions.moments(first_calls.of_booking(booking)).remind
    if asked.reminded_at is None and now >= remind_at:
        Confirmation.objects.filter(pk=asked.pk).update(reminded_at=now)
        notices.write_all([_question(booking, asked, again=True)], now=now)
        return "reminded"
    return ""


def _put(booking: Booking, now: datetime) -> str:
    when = questions.moments(first_calls.of_booking(booking))
    if now < when.ask:  # the call was moved away meanwhile
        enqueue_all([_ask(booking.pk, when.ask)], now=now)
        return ""
    if now >= when.due:  # nobody was there to ask in time; nobody is dropped unasked
        return ""
    asked = Confirmation.objects.create(booking=booking, asked_at=now, due_at=when.due)
    log.write("confirmation_asked", booking, by=None, now=now)
    if settings.DEMO_MARKET and booking.profile.simulated and booking.pk % SILENT_IN_DEMO:
        Confirmation.objects.filter(pk=asked.pk).update(confirmed_at=now)
        return "asked"
    notices.write_all([_question(booking, asked, again=False)], now=now)
    moments = [moment for moment in (when.remind, when.due) if moment > now]
    enqueue_all([_ask(booking.pk, moment) for moment in moments], now=now)
    return "asked"


def _miss(booking: Booking, asked: Confirmation, now: datetime) -> str:
    Confirmation.objects.filter(pk=asked.pk).update(missed_at=now)
    bookings.release(
        booking, by=None, now=now, reason="", refill=True, kind=GivenUp.UNCONFIRMED, first_day=None
    )
    return "missed"


def _question(booking: Booking, asked: Confirmation, *, again: bool) -> Message:
    facts = sending.facts_of(booking.offer) | {
        "booking": booking.pk,
        "expires_at": asked.due_at.isoformat(),
        "again": again,
    }
    step = "remind" if again else "ask"
    return Message(
        booking.profile.user_id, NoticeKind.CONFIRM_ASKED, f"booking:{booking.pk}:confirm:{step}", facts
    )


def _ask(booking_id: int, at: datetime) -> Ask:
    return Ask(WorkKind.TEND_BOOKING, booking_id, f"booking:{booking_id}:tend:{at.timestamp():.0f}", at)
