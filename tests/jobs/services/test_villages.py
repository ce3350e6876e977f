"""What is typed in a villager's name, what she is texted, and who else may do neither."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from config.errors import Conflict, Invalid, NotAllowed
from hubs.timespan import SHANGHAI
from jobs.enums import BookingState, NoticeKind
from jobs.models import Booking, Entry, Notice, Offer, Wage, WordForHer
from jobs.queries import villages as questions
from jobs.services import (
    call_sheets,
    confirmations,
    notices,
    offers,
    shoots,
    village_calls,
    villages,
    wages,
    work,
)
from profiles.models import SpokenConsent, User, Villager
from profiles.services.spoken import Heard
from tests.factories.jobs import BookingFactory
from tests.factories.profiles import CoordinatorFactory, VillagerFactory, fits

HEARD = Heard(witness="王小军", witness_is="family", manner="phone")


@pytest.fixture
def texts(settings, monkeypatch):
    """What the gateway was handed, as (number, words)."""
    sent = []
    monkeypatch.setattr("profiles.channels.sms.send", lambda *, to, text, key: sent.append((to, text)))
    monkeypatch.setattr("profiles.channels.sms.available", lambda: True)
    return sent


def test_an_offer_is_texted_to_her_and_told_to_her_coordinator(her_offer, cai, wang, now, texts):
    rows = {row.recipient_id: row for row in Notice.objects.all()}
    assert {pk: (row.kind, row.by_mail, row.by_sms) for pk, row in rows.items()} == {
        wang.profile.user_id: ("offer_received", False, True),
        cai.user_id: ("village_news", True, True),
    }
    assert rows[cai.user_id].facts["person"] == "王桂英"
    with translation.override("zh-hans"):
        work.drain(now=now)
    assert [to for to, _words in texts] == ["+8613907012345"]
    assert "139 0701 0000" in texts[0][1]
    assert "http" not in texts[0][1]


def test_whose_phone_it_is_not_is_named(cai, extras, mei, now, texts):
    li = VillagerFactory(coordinator=cai, profile__user__name="李大山", phone="", phone_of="nobody")
    fits(li.profile, extras)
    offers.send(extras, li.profile, by=mei, now=now)
    work.drain(now=now)
    assert [(to, "李大山" in words) for to, words in texts] == [(cai.phone, True)]


def test_her_yes_books_her_and_stands_on_what_was_heard(her_offer, cai, wang, now):
    word = villages.answer(her_offer, accepts=True, heard=HEARD, by=cai.user, now=now)

    booking = Booking.objects.get()
    consent = SpokenConsent.objects.get()
    assert (booking.profile, booking.state) == (wang.profile, BookingState.CONFIRMED)
    assert (word.said, word.offer, word.consent, word.by) == ("accepted", her_offer, consent, cai.user)
    assert (consent.purpose, consent.agreed, consent.witness, consent.manner) == (
        "offer",
        True,
        "王小军",
        "phone",
    )
    # She is told, not the one who typed it.
    assert Notice.objects.get(kind="booking_confirmed").recipient == wang.profile.user
    assert list(Entry.objects.filter(verb="answered_for_her").values_list("by", flat=True)) == [cai.user_id]


def test_her_no_frees_the_place(her_offer, cai, now):
    word = villages.answer(her_offer, accepts=False, heard=HEARD, by=cai.user, now=now)
    her_offer.refresh_from_db()
    assert (her_offer.state, word.said, word.consent.agreed) == ("declined", "declined", False)


def test_without_a_witness_nothing_is_answered(her_offer, cai, now):
    with pytest.raises(Invalid) as refused:
        villages.answer(
            her_offer, accepts=True, heard=Heard(witness="", witness_is="family"), by=cai.user, now=now
        )
    her_offer.refresh_from_db()
    assert (refused.value.code, her_offer.state, SpokenConsent.objects.count()) == (
        "witness_needed",
        "open",
        0,
    )


def test_an_answer_that_comes_too_late_leaves_no_consent(her_offer, cai, mei, now):
    offers.withdraw(her_offer, by=mei, now=now)
    with pytest.raises(Conflict):
        villages.answer(her_offer, accepts=True, heard=HEARD, by=cai.user, now=now)
    assert (SpokenConsent.objects.count(), WordForHer.objects.count()) == (0, 0)


def test_nobody_else_answers_for_her(her_offer, cai, wang, hub, mei, ada, bo, now):
    stranger = CoordinatorFactory(hub=hub)
    for who in (stranger.user, mei, ada, bo):
        with pytest.raises(NotAllowed):
            villages.answer(her_offer, accepts=True, heard=HEARD, by=who, now=now)
    # And without a spoken consent not even her coordinator does.
    with pytest.raises(NotAllowed):
        offers.accept(her_offer, by=cai.user, now=now)
    Villager.objects.filter(pk=wang.pk).update(taken_over_at=now)
    with pytest.raises(NotAllowed):
        villages.answer(her_offer, accepts=True, heard=HEARD, by=cai.user, now=now)


def test_an_ordinary_graduate_is_not_spoken_for(cai, role, fitting_bo, mei, now):
    theirs = offers.send(role, fitting_bo.profile, by=mei, now=now)
    with pytest.raises(NotAllowed):
        villages.answer(theirs, accepts=True, heard=HEARD, by=cai.user, now=now)
    assert not Notice.objects.filter(kind="village_news").exists()


def test_the_database_keeps_words_about_one_thing(her_offer, cai, wang, now):
    word = villages.answer(her_offer, accepts=True, heard=HEARD, by=cai.user, now=now)
    fresh = SpokenConsent.objects.create(
        profile=wang.profile, purpose="offer", agreed=True, version="x", manner="face", asked_by=cai.user,
        witness="王", witness_is="other", at=now,
    )  # fmt: skip
    wrong = (
        {"consent": fresh, "said": "accepted"},
        {"consent": fresh, "said": "coming", "offer": her_offer},
        {"consent": fresh, "said": "accepted", "offer": her_offer},  # answered already
        {"consent": word.consent, "said": "declined", "offer": her_offer},
    )
    for fields in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            WordForHer.objects.create(by=cai.user, at=now, **fields)


class TestCalls:
    @pytest.fixture
    def booked(self, extras, wang):
        return BookingFactory(role=extras, profile=wang.profile)

    @pytest.fixture
    def evening(self, booked):
        """Half past five on the day before."""
        day = booked.days.lower - timedelta(days=1)
        return datetime.combine(day, time(17, 30), tzinfo=SHANGHAI)

    def test_the_evening_before_she_is_texted_once(self, booked, evening, wang, texts):
        assert (village_calls.call_all(now=evening), village_calls.call_all(now=evening)) == (1, 0)
        work.drain(now=evening)
        (notice,) = Notice.objects.filter(kind=NoticeKind.VILLAGE_CALL)
        assert (notice.key, notice.recipient) == (
            f"village:{booked.pk}:{booked.days.lower}",
            wang.profile.user,
        )
        assert [(to, notice.facts["call"] in words) for to, words in texts] == [("+8613907012345", True)]

    def test_a_call_by_hand_is_the_same_call_and_again_is_another(self, booked, evening, cai, mei):
        day = booked.days.lower
        assert village_calls.call(cai, day, by=cai.user, now=evening) == 1
        assert village_calls.call_all(now=evening) == 0
        assert village_calls.call(cai, day, by=cai.user, now=evening, again=[booked.pk]) == 1
        assert village_calls.call(cai, day, by=cai.user, now=evening, again=[booked.pk]) == 0
        with pytest.raises(NotAllowed):
            village_calls.call(cai, day, by=mei, now=evening)
        with pytest.raises(Conflict):
            village_calls.call(cai, day, by=cai.user, now=evening + timedelta(days=9))

    @pytest.mark.parametrize(
        ("before", "hour", "leaves"),
        [(1, 23, True), (0, 2, True), (2, 23, False), (1, 2, False), (5, 23, False)],
        ids=["the evening before", "the same night", "two days before", "the night before", "days before"],
    )
    def test_a_call_by_hand_wakes_nobody_for_a_later_day(self, booked, cai, before, hour, leaves, texts):
        """The offer she accepted has run out long ago; that is no reason to ring at night."""
        day = booked.days.lower
        night = datetime.combine(day - timedelta(days=before), time(hour), tzinfo=SHANGHAI)
        Offer.objects.update(expires_at=night - timedelta(days=3), sent_at=night - timedelta(days=4))

        assert village_calls.call(cai, day, by=cai.user, now=night) == 1
        assert village_calls.at_once(day, now=night) is leaves
        work.drain(now=night)
        assert len(texts) == leaves
        morning = night.replace(hour=8) + timedelta(days=hour == 23)
        work.drain(now=morning - timedelta(minutes=1))
        assert len(texts) == leaves
        work.drain(now=morning)
        assert len(texts) == 1

    @pytest.mark.parametrize(("clock", "leaves"), [(time(22), 0), (time(7, 59), 0), (time(8), 1)])
    def test_news_of_pay_lets_her_sleep(self, wang, clock, leaves, texts):
        at = datetime.combine(date(2026, 12, 1), clock, tzinfo=SHANGHAI)
        facts = {"crew": "稻香剧组", "amount": 182}
        notices.write(
            recipient_id=wang.profile.user_id, kind=NoticeKind.WAGE_OVERDUE, key="w", facts=facts, now=at
        )
        work.drain(now=at)
        assert len(texts) == leaves

    def test_the_sheet_says_when_and_a_change_is_texted(self, booked, shoot, mei, evening, cai, texts):
        day = booked.days.lower
        for clock in (time(6, 10), time(5, 40)):
            call_sheets.publish(
                shoot, day, by=mei, now=evening, general_call=clock, transport="村口大巴", reason="天亮得晚"
            )
        work.drain(now=evening)
        assert ["05:40" in words for to, words in texts if to == "+8613907012345"][-1]
        (found,) = questions.calls_on([booked.profile_id], day, day)
        assert [(f"{c.call.astimezone(SHANGHAI):%H:%M}", c.meeting, c.on_sheet) for c in found.calls] == [
            ("05:40", "村口大巴", True)
        ]
        assert Notice.objects.filter(kind="village_news", recipient=cai.user).count() == 2

    def test_who_has_taken_over_is_called_like_everybody_else(self, booked, evening, wang, now):
        User.objects.filter(pk=wang.profile.user_id).update(spoken_for=False, mobile="+8613807010000")
        Villager.objects.update(taken_over_at=now)
        assert village_calls.call_all(now=evening) == 0


class TestConfirming:
    def test_she_says_again_that_she_comes(self, extras, wang, cai, now):
        booking = BookingFactory(role=extras, profile=wang.profile)
        asked_at = datetime.combine(booking.days.lower - timedelta(days=2), time(10), tzinfo=SHANGHAI)
        assert confirmations.tend(booking.pk, now=asked_at) == "asked"
        asked = villages.coming(booking, heard=HEARD, by=cai.user, now=asked_at)
        villages.coming(booking, heard=HEARD, by=cai.user, now=asked_at)
        assert (asked.confirmed_at, WordForHer.objects.get().said, SpokenConsent.objects.count()) == (
            asked_at,
            "coming",
            1,
        )


class TestPay:
    @pytest.fixture
    def wage(self, extras, wang, shoot, mei):
        BookingFactory(role=extras, profile=wang.profile)
        after = datetime(2026, 12, 18, 20, tzinfo=SHANGHAI)
        shoots.wrap(shoot, by=mei, now=after)
        wage = Wage.objects.select_related("booking__profile__user", "booking__role__shoot__crew").get()
        return wages.mark_paid(wage, by=mei, now=after)

    def test_she_has_not_got_it_and_then_she_has(self, wage, cai, mei, now):
        later = datetime(2026, 12, 20, 10, tzinfo=SHANGHAI)
        villages.say_of_wage(wage, received=False, heard=HEARD, by=cai.user, now=later)
        wages.mark_paid(wage, by=mei, now=later)
        villages.say_of_wage(wage, received=True, heard=HEARD, by=cai.user, now=later)
        wage.refresh_from_db()
        assert (wage.received_at, list(WordForHer.objects.order_by("pk").values_list("said", flat=True))) == (
            later,
            ["denied", "received"],
        )
        assert list(questions.open_wages(cai.user, today=date(2026, 12, 20))) == []

    def test_a_stranger_says_nothing_of_it(self, wage, hub, now):
        with pytest.raises(NotAllowed):
            villages.say_of_wage(
                wage, received=True, heard=HEARD, by=CoordinatorFactory(hub=hub).user, now=now
            )
