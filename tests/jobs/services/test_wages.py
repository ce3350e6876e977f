"""What is owed after a wrap, and both sides' word on it."""

from datetime import date, datetime, timedelta

import pytest

from config.errors import Conflict, NotAllowed
from hubs.timespan import SHANGHAI
from jobs.enums import BookingState
from jobs.models import Notice, Wage
from jobs.queries import keeping
from jobs.services import attendance, shoots, wages
from tests.factories.jobs import BookingFactory, RoleFactory

LAST_DAY = datetime(2026, 12, 18, 20, tzinfo=SHANGHAI)


@pytest.fixture
def booking(shoot, bo):
    """Bo as Mei's focus puller for seven days at 350 yuan."""
    role = RoleFactory(shoot=shoot, days=shoot.days, day_rate=350)
    return BookingFactory(role=role, profile=bo.profile)


@pytest.fixture
def wage(booking, mei, shoot):
    shoots.wrap(shoot, by=mei, now=LAST_DAY)
    return Wage.objects.select_related("booking__profile__user", "booking__role__shoot__crew").get()


def test_a_wrap_writes_down_what_is_owed_and_by_when(wage, shoot):
    assert (wage.amount, wage.due_on) == (
        7 * 350,
        date(2026, 12, 18) + timedelta(days=shoot.settle_within_days),
    )
    assert wage.booking.state == BookingState.SERVED


def test_the_crew_says_paid_and_she_is_asked(wage, mei, bo):
    wages.mark_paid(wage, by=mei, now=LAST_DAY)

    notice = Notice.objects.get(kind="wage_paid")
    assert (notice.recipient, notice.facts["amount"], wage.paid_at, wage.received_at) == (
        bo,
        2450,
        LAST_DAY,
        None,
    )


def test_saying_it_twice_is_told_and_changes_nothing(wage, mei, bo):
    wages.mark_paid(wage, by=mei, now=LAST_DAY)
    wages.mark_received(wage, by=bo, now=LAST_DAY)
    for act, who in ((wages.mark_paid, mei), (wages.mark_received, bo)):
        with pytest.raises(Conflict) as refused:
            act(wage, by=who, now=LAST_DAY + timedelta(days=1))
        assert refused.value.code == "wage_marked"
    wage.refresh_from_db()
    assert (wage.paid_at, wage.received_at) == (LAST_DAY, LAST_DAY)


def test_nobody_speaks_for_the_other_side(wage, mei, bo, lin, lin_crew):
    for act, who in ((wages.mark_paid, bo), (wages.mark_received, mei), (wages.mark_paid, lin)):
        with pytest.raises(NotAllowed):
            act(wage, by=who, now=LAST_DAY)


@pytest.mark.parametrize(
    ("settled_after", "today_after", "told"),
    [
        (None, 5, (0, 0, 0)),  # not due yet
        (None, 8, (1, 0, 1)),  # overdue
        (7, 8, (1, 1, 0)),  # on the last day of the promise
        (8, 9, (1, 0, 0)),  # late, but there
    ],
)
def test_the_crew_is_known_by_its_word_on_pay(wage, mei, crew, settled_after, today_after, told):
    if settled_after is not None:
        wages.mark_paid(wage, by=mei, now=LAST_DAY + timedelta(days=settled_after))

    record = keeping.record(crew, LAST_DAY.date() + timedelta(days=today_after))

    assert (record.wages, record.on_time, record.overdue) == told


def test_the_crew_is_known_by_its_word_on_hours(booking, shoot, crew, bo):
    def day(number: int, hours: float) -> None:
        morning = datetime(2026, 12, number, 8, tzinfo=SHANGHAI)
        attendance.check_in(booking, by=bo, now=morning)
        attendance.check_out(booking, by=bo, now=morning + timedelta(hours=hours))

    day(12, shoot.hours_per_day)
    day(13, shoot.hours_per_day + 0.5)
    attendance.check_in(booking, by=bo, now=datetime(2026, 12, 14, 8, tzinfo=SHANGHAI))  # still on set

    record = keeping.record(crew, date(2026, 12, 14))

    assert (record.days, record.within_hours, record.is_empty) == (2, 1, False)
