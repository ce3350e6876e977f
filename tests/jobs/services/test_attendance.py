"""Checking in and out: by her on the day, by the crew for a week; times make hours."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from psycopg.types.range import DateRange

from config.errors import Conflict, Invalid, NotAllowed
from hubs.timespan import SHANGHAI
from jobs.enums import BookingState
from jobs.models import Entry, WorkedDay
from jobs.queries import my_work
from jobs.services import attendance
from tests.factories.jobs import BookingFactory, RoleFactory


@pytest.fixture
def booking(shoot, bo):
    """Bo on Mei's shoot, 12 to 18 December."""
    return BookingFactory(role=RoleFactory(shoot=shoot, days=shoot.days), profile=bo.profile)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=SHANGHAI)


def test_she_checks_in_and_out_and_the_hours_are_hers(booking, bo):
    attendance.check_in(booking, by=bo, now=at(12, 7, 40))

    worked = attendance.check_out(booking, by=bo, now=at(13, 1, 10))  # past midnight: the same shoot day

    assert (str(worked.day), worked.length) == ("2026-12-12", timedelta(hours=17, minutes=30))
    assert list(Entry.objects.order_by("pk").values_list("verb", flat=True)) == ["checked_in", "checked_out"]


def test_a_second_press_keeps_the_first_check_in_and_corrects_the_check_out(booking, bo):
    attendance.check_in(booking, by=bo, now=at(12, 8))
    attendance.check_in(booking, by=bo, now=at(12, 9))
    attendance.check_out(booking, by=bo, now=at(12, 18))
    worked = attendance.check_out(booking, by=bo, now=at(12, 20))

    assert (worked.checked_in_at, worked.checked_out_at) == (at(12, 8), at(12, 20))
    assert WorkedDay.objects.count() == 1


def test_a_night_that_runs_past_five_is_hers_to_end_until_eleven(booking, bo):
    attendance.check_in(booking, by=bo, now=at(12, 18))

    [still] = my_work.today(bo, at(13, 6, 30))[:1]
    worked = attendance.check_out(booking, by=bo, now=at(13, 6, 30))

    assert (str(still.day), still.past, still.worked.day) == ("2026-12-12", True, still.day)
    assert (str(worked.day), worked.length) == ("2026-12-12", timedelta(hours=12, minutes=30))
    # Ended once, it is over: nobody adds hours to it the morning after.
    with pytest.raises(Conflict) as refused:
        attendance.check_out(booking, by=bo, now=at(13, 8))
    assert refused.value.code == "not_checked_in"
    assert [(str(each.day), each.past) for each in my_work.today(bo, at(13, 8))] == [("2026-12-13", False)]


@pytest.mark.parametrize(
    ("came", "presses"),
    [
        (at(12, 18), at(13, 11)),  # too late: the crew notes it
        (at(12, 5), at(13, 5, 1)),  # longer than a day
    ],
)
def test_a_day_nobody_ended_is_not_hers_for_ever(booking, bo, came, presses):
    attendance.check_in(booking, by=bo, now=came)

    assert [each.past for each in my_work.today(bo, presses)] == [False]
    with pytest.raises(Conflict) as refused:
        attendance.check_out(booking, by=bo, now=presses)
    assert refused.value.code == "not_checked_in"


def test_who_has_begun_the_new_day_ends_the_new_day(booking, bo):
    attendance.check_in(booking, by=bo, now=at(12, 18))
    attendance.check_in(booking, by=bo, now=at(13, 8))

    worked = attendance.check_out(booking, by=bo, now=at(13, 9))

    assert str(worked.day) == "2026-12-13"
    assert [str(each.day) for each in my_work.today(bo, at(13, 9))] == ["2026-12-13"]


def test_the_last_night_of_a_shoot_can_be_ended_too(booking, bo):
    attendance.check_in(booking, by=bo, now=at(18, 20))

    worked = attendance.check_out(booking, by=bo, now=at(19, 7))

    assert (str(worked.day), worked.length) == ("2026-12-18", timedelta(hours=11))


def test_check_out_without_check_in_is_refused(booking, bo):
    with pytest.raises(Conflict) as refused:
        attendance.check_out(booking, by=bo, now=at(12, 18))
    assert refused.value.code == "not_checked_in"


@pytest.mark.parametrize("moment", [at(11, 12), at(12, 4, 59), at(19, 5)])
def test_a_day_that_is_not_hers_is_refused(booking, bo, moment):
    with pytest.raises(Invalid) as refused:
        attendance.check_in(booking, by=bo, now=moment)
    assert refused.value.code == "not_your_shoot_day"


def test_the_crew_notes_a_day_of_this_week_she_cannot(booking, bo, mei):
    attendance.check_in(booking, by=mei, now=at(15, 9), day=at(12, 12).date())
    with pytest.raises(Invalid):
        attendance.check_in(booking, by=bo, now=at(15, 9), day=at(13, 12).date())
    with pytest.raises(Invalid):
        attendance.check_in(booking, by=mei, now=at(20, 9), day=at(12, 12).date())


def test_a_stranger_is_refused_and_a_cancelled_booking_has_no_day(booking, bo, lin, lin_crew):
    with pytest.raises(NotAllowed):
        attendance.check_in(booking, by=lin, now=at(12, 8))
    booking.state = BookingState.CANCELLED
    with pytest.raises(Conflict) as refused:
        attendance.check_in(booking, by=bo, now=at(12, 8))
    assert refused.value.code == "booking_not_standing"


def test_the_database_refuses_a_day_that_ends_before_it_starts_or_lasts_two(booking):
    for length in (timedelta(minutes=-1), timedelta(hours=24, minutes=1)):
        with pytest.raises(IntegrityError, match="worked_day_ends_after_it_starts"), transaction.atomic():
            WorkedDay.objects.create(
                booking=booking,
                day=at(12, 8).date(),
                checked_in_at=at(12, 8),
                checked_out_at=at(12, 8) + length,
            )


def test_the_database_keeps_one_row_a_day(booking):
    WorkedDay.objects.create(booking=booking, day=at(12, 8).date(), checked_in_at=at(12, 8))
    with pytest.raises(IntegrityError, match="worked_day_once_a_booking"):
        WorkedDay.objects.create(booking=booking, day=at(12, 8).date(), checked_in_at=at(12, 9))


def test_spans_in_the_fixture_are_what_the_tests_say(shoot):
    assert shoot.days == DateRange(at(12, 12).date(), at(19, 12).date())
