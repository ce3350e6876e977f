"""Giving a booking back, from either side."""

import pytest

from config.errors import Conflict, NotAllowed
from jobs.enums import BookingState, NoticeKind, WorkKind
from jobs.models import Booking, Notice, WorkItem
from jobs.services import bookings
from tests.factories.jobs import BookingFactory


@pytest.fixture
def booking(role, bo):
    return BookingFactory(role=role, profile=bo.profile)


@pytest.mark.parametrize(("who", "told"), [("bo", {"bo", "mei"}), ("mei", {"bo"})])
def test_either_side_may_cancel_and_the_place_is_offered_on(booking, role, bo, mei, now, who, told):
    people = {"bo": bo, "mei": mei}
    done = bookings.cancel(booking, by=people[who], now=now, reason="ill")
    role.refresh_from_db()
    assert (done.state, done.cancelled_at, done.sequence, role.filled) == (BookingState.CANCELLED, now, 1, 0)
    assert set(
        Notice.objects.filter(kind=NoticeKind.BOOKING_CANCELLED).values_list("recipient", flat=True)
    ) == {people[name].pk for name in told}
    assert (
        WorkItem.objects.filter(kind=WorkKind.REFILL_ROLE).values_list("subject_id", flat=True).get()
        == role.pk
    )


def test_a_stranger_may_not(booking, lin, lin_graduate, now):
    for stranger in (lin, lin_graduate):
        with pytest.raises(NotAllowed):
            bookings.cancel(booking, by=stranger, now=now)
    assert Booking.objects.get().state == BookingState.CONFIRMED


def test_cancelling_twice_frees_one_place(booking, role, bo, now):
    bookings.cancel(booking, by=bo, now=now)
    with pytest.raises(Conflict) as refusal:
        bookings.cancel(booking, by=bo, now=now)
    role.refresh_from_db()
    assert (refusal.value.code, role.filled) == ("move_not_allowed", 0)
