"""Signing up for a job fair: one seat a person, never more than there are, given back and taken again."""

from datetime import date, datetime, time

import pytest
from django.db import IntegrityError, transaction
from psycopg.types.range import DateRange

from config.errors import Conflict, Invalid
from hubs.models import JobFair
from hubs.timespan import SHANGHAI
from jobs.calendars import fair as ics
from jobs.models import FairSeat
from jobs.queries import fairs as questions
from jobs.services import fairs
from profiles.models import User
from tests.factories.hubs import JobFairFactory
from tests.factories.jobs import NOW
from tests.factories.profiles import UserFactory
from tests.jobs.services.test_races import all_at_once

pytestmark = pytest.mark.django_db
DAYS = DateRange(date(2026, 12, 12), date(2026, 12, 13))


@pytest.fixture
def fair(db):
    return JobFairFactory(slug="spring", days=DAYS, capacity=2, opens=time(9, 30), closes=time(17))


def test_a_seat_is_taken_once_and_given_back(fair, bo, lin, ada):
    assert [fairs.sign_up(fair, by=who, now=NOW).number for who in (bo, bo, lin)] == [1, 1, 2]
    with pytest.raises(Conflict) as full:
        fairs.sign_up(fair, by=ada, now=NOW)
    assert full.value.code == "fair_full"
    assert fairs.give_back(fair, by=bo, now=NOW)
    assert not fairs.give_back(fair, by=bo, now=NOW)
    assert fairs.sign_up(fair, by=ada, now=NOW).number == 1
    assert (questions.seats(fair, ada).taken, questions.seats(fair, ada).left) == (2, 0)


def test_no_seat_where_there_is_no_sign_up_or_it_has_begun(fair, bo):
    for missing in ({"capacity": None}, {"days": None}, {"status": "draft"}):
        other = JobFairFactory(**({"days": DAYS, "capacity": 2} | missing))
        with pytest.raises(Invalid):
            fairs.sign_up(other, by=bo, now=NOW)
    begun = datetime(2026, 12, 12, 0, 0, tzinfo=SHANGHAI)
    fairs.sign_up(fair, by=bo, now=NOW)
    for act in (fairs.sign_up, fairs.give_back):
        with pytest.raises(Conflict):
            act(fair, by=bo if act is fairs.give_back else UserFactory(), now=begun)


def test_the_database_refuses_a_seat_too_many_whoever_writes(fair, bo, lin):
    FairSeat.objects.create(fair=fair, user=bo, number=1, taken_at=NOW)
    for number in (1, 3):
        with pytest.raises(IntegrityError), transaction.atomic():
            FairSeat.objects.create(fair=fair, user=lin, number=number, taken_at=NOW)


def test_the_calendar_file_has_an_entry_a_day_with_its_hours(fair):
    fair.days = DateRange(date(2026, 12, 12), date(2026, 12, 14))
    text = ics.build(fair, NOW).decode()
    assert text.count("BEGIN:VEVENT") == 2
    assert "DTSTART;TZID=Asia/Shanghai:20261212T093000" in text
    fair.opens = None
    text = ics.build(fair, NOW).decode()
    assert "DTSTART;VALUE=DATE:20261212" in text
    assert "DTEND;VALUE=DATE:20261214" in text


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_sixty_four_people_want_five_seats():
    fair = JobFairFactory(days=DAYS, capacity=5)
    users = User.objects.bulk_create(
        [User(name=f"P{n}", email=f"p{n}@fair.example", password="!") for n in range(64)]
    )

    def act(pk: int) -> None:
        fairs.sign_up(JobFair.objects.get(pk=fair.pk), by=User.objects.get(pk=pk), now=NOW)

    answers = all_at_once([user.pk for user in users], act, clients=64)
    assert answers == {"ok": 5, "fair_full": 59}
    assert sorted(FairSeat.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
