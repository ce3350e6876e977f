"""A notice leaves while what it tells still stands: each kind once while it does, and once when it no longer does."""

from datetime import timedelta

import pytest
from django.core import mail

from jobs.enums import BookingState, NoticeKind, OfferState
from jobs.models import Booking, Confirmation, Notice, Offer, Wage
from jobs.queries import overtaken
from jobs.services import bookings, notices, offers, work
from profiles.models import OutboxItem
from tests.factories.jobs import BookingFactory, RoleFactory


@pytest.fixture
def offer(fitting_bo, role, mei, now):
    return offers.send(role, fitting_bo.profile, by=mei, now=now)


def mails_to(user) -> int:
    return sum(each.to == [user.email] for each in mail.outbox)


def states(user) -> dict[str, str]:
    return dict(Notice.objects.filter(recipient=user).values_list("kind", "state"))


def test_an_open_offer_is_told(offer, now):
    work.drain(now=now)
    assert [each.to for each in mail.outbox] == [["bo@people.example"]]


def test_who_accepts_on_the_page_reads_only_that_she_is_booked(offer, bo, now):
    offers.accept(offer, by=bo, now=now)
    work.drain(now=now)

    (mailed,) = Notice.objects.filter(recipient=bo, mailed_at__isnull=False)
    assert (mailed.kind, mails_to(bo)) == ("booking_confirmed", 1)
    # On the page both stand, and neither waits for anything.
    assert states(bo) == {"offer_received": "sent", "booking_confirmed": "sent"}


@pytest.mark.parametrize("state", [OfferState.DECLINED, OfferState.WITHDRAWN, OfferState.EXPIRED])
def test_an_offer_that_has_ended_is_not_told(offer, now, state):
    Offer.objects.filter(pk=offer.pk).update(state=state, answered_at=now)
    work.drain(now=now)
    assert mail.outbox == []


def test_an_offer_whose_time_is_up_is_not_told(offer, now):
    late = Notice.objects.get(kind=NoticeKind.OFFER_RECEIVED)
    assert overtaken.among([late], now=offer.expires_at - timedelta(seconds=1)) == set()
    assert overtaken.among([late], now=offer.expires_at) == {late.pk}


def test_of_an_offer_she_never_heard_of_no_end_is_told(offer, mei, bo, now):
    offers.withdraw(offer, by=mei, now=now)
    work.drain(now=now)
    assert (mails_to(bo), states(bo)) == (0, {"offer_received": "sent", "offer_withdrawn": "sent"})


@pytest.mark.parametrize("heard", ["mail", "page"])
def test_of_an_offer_she_knows_the_end_is_told(offer, mei, bo, now, heard):
    if heard == "mail":
        work.drain(now=now)
    else:
        notices.mark_read(bo, now=now)
    offers.withdraw(offer, by=mei, now=now)
    before = mails_to(bo)
    work.drain(now=now)
    assert mails_to(bo) - before == 1


def test_a_booking_that_was_given_back_at_once_is_told_once(offer, bo, now):
    booking = offers.accept(offer, by=bo, now=now)
    bookings.cancel(booking, by=bo, now=now, reason="")
    work.drain(now=now)
    told = Notice.objects.filter(recipient=bo, mailed_at__isnull=False).values_list("kind", flat=True)
    assert "booking_confirmed" not in told
    assert "offer_received" not in told


def test_inside_a_digest_the_overtaken_ones_are_left_out(offer, bo, shoot, now):
    facts = Notice.objects.get(kind=NoticeKind.OFFER_RECEIVED).facts
    night = now.replace(hour=23)
    Notice.objects.all().delete()
    word = {"crew": "甲", "title": "雨夜归人", "shoot": shoot.pk, "text": "带雨衣", "role": offer.role_id}
    rows = [
        notices.Message(bo.pk, NoticeKind.OFFER_RECEIVED, "offer:1:received", facts | {"expires_at": ""}),
        notices.Message(bo.pk, NoticeKind.CREW_MESSAGE, "word:1", word),
    ]
    notices.write_all(rows, now=night)
    Offer.objects.filter(pk=offer.pk).update(state=OfferState.DECLINED)
    work.drain(now=night + timedelta(hours=9))

    kinds = Notice.objects.filter(recipient=bo, mailed_at__isnull=False).values_list("kind", flat=True)
    assert (list(kinds), mails_to(bo)) == (["crew_message"], 1)


class TestBookings:
    @pytest.fixture
    def booking(self, shoot, bo):
        return BookingFactory(role=RoleFactory(shoot=shoot), profile=bo.profile)

    def notice(self, bo, now, kind, **facts) -> Notice:
        notices.write(recipient_id=bo.pk, kind=kind, key=f"{kind}:{len(facts)}", facts=facts, now=now)
        return Notice.objects.get(kind=kind)

    def test_who_has_confirmed_is_asked_no_more(self, booking, bo, now):
        asked = Confirmation.objects.create(booking=booking, asked_at=now, due_at=now + timedelta(hours=8))
        told = self.notice(bo, now, NoticeKind.CONFIRM_ASKED, booking=booking.pk)
        assert overtaken.among([told], now=now) == set()
        Confirmation.objects.filter(pk=asked.pk).update(confirmed_at=now)
        assert overtaken.among([told], now=now) == {told.pk}

    def test_who_is_not_booked_any_more_is_not_called(self, booking, bo, now):
        day = booking.days.lower
        told = self.notice(bo, now, NoticeKind.VILLAGE_CALL, booking=booking.pk, day=day.isoformat())
        assert overtaken.among([told], now=now) == set()
        assert overtaken.among([told], now=now + timedelta(days=60)) == {told.pk}
        Booking.objects.update(state=BookingState.CANCELLED, cancelled_at=now)
        assert overtaken.among([told], now=now) == {told.pk}

    def test_pay_that_is_there_is_not_asked_about(self, booking, bo, now):
        wage = Wage.objects.create(booking=booking, amount=700, due_on=booking.days.lower, paid_at=now)
        paid = self.notice(bo, now, NoticeKind.WAGE_PAID, booking=booking.pk)
        late = self.notice(bo, now, NoticeKind.WAGE_OVERDUE, wage=wage.pk)
        assert overtaken.among([paid, late], now=now) == {late.pk}
        Wage.objects.update(received_at=now)
        assert overtaken.among([paid, late], now=now) == {paid.pk, late.pk}

    def test_a_newer_sheet_speaks_for_the_older_one(self, booking, bo, now):
        day = booking.days.lower.isoformat()
        rows = [
            notices.Message(
                bo.pk,
                NoticeKind.CALL_SHEET,
                f"sheet:{n}",
                {"shoot": 1, "day": each, "version": n, "call": "07:00"},
            )
            for n, each in ((1, day), (2, day), (3, "2027-01-01"))
        ]
        notices.write_all(rows, now=now)
        first, second, other = Notice.objects.order_by("key")
        assert overtaken.among([first], now=now) == {first.pk}
        assert overtaken.among([second, other], now=now) == set()


def test_a_coordinators_news_stands_as_long_as_what_it_is_about(offer, mei, now):
    facts = {"about": "offer_received", "offer": offer.pk, "person": "王桂英", "villager": 1}
    notices.write(recipient_id=mei.pk, kind=NoticeKind.VILLAGE_NEWS, key="n", facts=facts, now=now)
    news = Notice.objects.get(kind=NoticeKind.VILLAGE_NEWS)
    assert overtaken.among([news], now=now) == set()
    Offer.objects.update(state=OfferState.DECLINED)
    assert overtaken.among([news], now=now) == {news.pk}


def test_what_names_no_row_always_leaves(mei, now):
    notices.write(recipient_id=mei.pk, kind=NoticeKind.OFFER_RECEIVED, key="n", facts={}, now=now)
    assert overtaken.among(Notice.objects.all(), now=now) == set()
    assert OutboxItem.objects.count() == 0
