"""Giving a booking back, from either side."""

from datetime import timedelta

import pytest
from django.utils import translation

from config.errors import Conflict, NotAllowed
from hubs.timespan import start_of
from jobs.channels.words import words
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


def test_who_gives_a_place_back_is_told_so_and_led_to_a_page_of_hers(booking, bo, mei, now, client):
    """She once read the crew's sentence about herself, with a link to a page that is theirs."""
    bookings.cancel(booking, by=bo, now=now, reason="ill")

    said = {}
    for person in (bo, mei):
        notice = Notice.objects.get(kind=NoticeKind.BOOKING_CANCELLED, recipient=person)
        with translation.override("en"):
            said[person.name] = words(notice.kind, notice.facts)
        client.force_login(person)
        assert client.get(said[person.name].path).status_code == 200
    assert said[bo.name].text.startswith("You have given your place for ")
    assert said[mei.name].text.startswith(f"{bo.name} has given the place back.")


def test_after_her_last_day_a_slip_costs_her_nothing(booking, role, bo, mei):
    over = start_of(booking.days.upper)
    with pytest.raises(Conflict, match="booking_over"):
        bookings.cancel(booking, by=bo, now=over)
    role.refresh_from_db()
    assert (Booking.objects.get().state, role.filled) == (BookingState.CONFIRMED, 1)
    done = bookings.cancel(booking, by=mei, now=over)  # the crew may still say that nobody came
    assert done.state == BookingState.CANCELLED


def test_until_five_in_the_morning_her_last_day_goes_on(booking, bo):
    late = start_of(booking.days.upper) - timedelta(minutes=1)
    assert bookings.cancel(booking, by=bo, now=late).state == BookingState.CANCELLED


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
