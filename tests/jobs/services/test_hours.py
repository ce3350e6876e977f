"""Her word about her hours, the crew's answer, and that both stay."""

from datetime import date, datetime, time, timedelta

import pytest

from config.errors import Conflict, Invalid, NotAllowed
from hubs.timespan import SHANGHAI
from jobs.models import HoursObjection, Notice, WorkedDay
from jobs.queries import evidence
from jobs.queries import hours as questions
from jobs.services import hours
from tests.factories.jobs import BookingFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 12, 12)
AFTER = datetime(2026, 12, 13, 12, 0, tzinfo=SHANGHAI)


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 12, day, hour, 0, tzinfo=SHANGHAI)


@pytest.fixture
def booking(role, bo):
    return BookingFactory(role=role, profile=bo.profile)


def say(booking, by, *, now=AFTER, came=time(7), left=time(2), day=DAY, words="夜戏拖到两点"):
    return hours.object_to(booking, day, came=came, left=left, words=words, by=by, now=now)


def test_she_says_it_the_crew_takes_it_over_and_the_ledger_has_her_times(booking, bo, mei):
    WorkedDay.objects.create(booking=booking, day=DAY, checked_in_at=at(12, 7), checked_out_at=at(12, 19))
    said = say(booking, bo)
    assert (said.came_at, said.left_at) == (at(12, 7), at(13, 2))
    hours.take_over(said, by=mei, now=AFTER)
    worked = WorkedDay.objects.get()
    assert (worked.checked_in_at, worked.checked_out_at) == (said.came_at, said.left_at)
    assert list(Notice.objects.order_by("pk").values_list("recipient", "kind")) == [
        (mei.pk, "hours_disputed"),
        (bo.pk, "hours_answered"),
    ]
    with pytest.raises(Conflict, match="hours_answered"):
        say(booking, bo)


def test_the_crew_stands_by_what_was_noted_in_words(booking, bo, mei, lin):
    said = say(booking, bo)
    again = say(booking, bo, left=time(1), words="一点")
    assert (again.pk, HoursObjection.objects.count(), again.words) == (said.pk, 1, "一点")
    for by in (bo, lin):
        with pytest.raises(NotAllowed):
            hours.take_over(again, by=by, now=AFTER)
    with pytest.raises(Invalid, match="hours_need_words"):
        hours.stand_by(again, words="  ", by=mei, now=AFTER)
    hours.stand_by(again, words="打卡为准", by=mei, now=AFTER)
    assert not WorkedDay.objects.exists()
    [kept] = evidence.of(booking.pk).objections
    assert (kept.words, kept.answer, kept.taken_over) == ("一点", "打卡为准", False)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"day": date(2026, 12, 11)}, "not_your_shoot_day"),
        ({"day": date(2026, 12, 14)}, "not_your_shoot_day"),
        ({"now": AFTER + timedelta(days=15)}, "hours_too_late"),
        ({"now": at(12, 20)}, "hours_ahead"),
        ({"words": "长" * 301}, "text_too_long"),
    ],
)
def test_what_cannot_be_said(booking, bo, more, code):
    with pytest.raises(Invalid) as refused:
        say(booking, bo, **more)
    assert refused.value.code == code


def test_only_she_speaks_of_her_hours(booking, mei, lin_graduate):
    for by in (mei, lin_graduate):
        with pytest.raises(NotAllowed):
            say(booking, by)


def test_a_day_nobody_noted_stands_there_too(booking, bo, django_assert_num_queries):
    WorkedDay.objects.create(booking=booking, day=DAY, checked_in_at=at(12, 7), checked_out_at=at(12, 19))
    held = list(questions.bookings_of(bo, AFTER))
    with django_assert_num_queries(2):
        [stay] = questions.stays(held, AFTER)
    assert [(each.day, bool(each.worked), each.may_object) for each in stay.days] == [
        (date(2026, 12, 13), False, True),
        (DAY, True, True),
    ]
    assert stay.length == timedelta(hours=12)
