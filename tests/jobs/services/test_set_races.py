"""64 crews at once: one set is never held twice, a base never above its crews; and that they would be without guards."""

from datetime import date
from unittest.mock import patch

import pytest
from django.db import connection

from hubs.models import Base
from jobs.enums import SET_BOOKING_HELD, SetPart
from jobs.models import BaseDay, SetBooking, Shoot
from jobs.services import locks, set_bookings
from jobs.services.set_bookings import Wish
from tests.factories.hubs import BaseFactory, SetFactory
from tests.factories.jobs import NOW, CrewFactory, MembershipFactory, ShootFactory
from tests.factories.profiles import ManagerFactory
from tests.jobs.services.test_races import all_at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
CLIENTS = 64
DAY = date(2026, 12, 12)


def crews_at(base: Base) -> list[int]:
    manager = ManagerFactory()
    crew = CrewFactory()
    MembershipFactory(crew=crew, user=manager)
    return [ShootFactory(crew=crew, base=base).pk for _ in range(CLIENTS)]


def ask(set_of):
    def act(shoot_id: int) -> str:
        shoot = Shoot.objects.select_related("crew", "base").get(pk=shoot_id)
        by = shoot.crew.members.get()
        asked = set_bookings.ask(shoot, [Wish(DAY, SetPart.DAY, set_of(shoot_id))], by=by, now=NOW)
        return "booked" if asked.booked else "waiting"

    return act


def held():
    return SetBooking.objects.filter(state__in=SET_BOOKING_HELD)


def test_sixty_four_crews_want_one_set():
    hall = SetFactory()
    answers = all_at_once(crews_at(hall.base), ask(lambda _pk: hall), clients=CLIENTS)
    assert answers == {"booked": 1, "waiting": CLIENTS - 1}
    assert held().count() == 1


def test_sixty_four_crews_want_a_base_that_takes_ten():
    base = BaseFactory(daily_crew_capacity=10)
    shoots = crews_at(base)
    sets = {pk: SetFactory(base=base) for pk in shoots}
    answers = all_at_once(shoots, ask(sets.get), clients=CLIENTS)
    assert answers == {"booked": 10, "waiting": CLIENTS - 10}
    assert sorted(BaseDay.objects.values_list("berth", flat=True)) == list(range(1, 11))


def test_the_constraints_alone_hold_a_set_and_a_base():
    """Whoever forgets the lock is still met by the constraints."""
    base = BaseFactory(daily_crew_capacity=10)
    hall = SetFactory(base=base)
    with patch.object(locks, "base", lambda base_id: Base.objects.get(pk=base_id)):
        all_at_once(crews_at(base), ask(lambda _pk: hall), clients=CLIENTS)
    assert held().count() == 1


def test_without_its_guards_a_set_would_be_held_twice_and_a_base_overrun():
    """The negative control: without lock and constraints the same rush oversells, so the tests above can fail."""
    base = BaseFactory(daily_crew_capacity=3)
    hall = SetFactory(base=base)
    shoots = crews_at(base)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE jobs_setbooking DROP CONSTRAINT set_never_twice")
        cursor.execute("ALTER TABLE jobs_baseday DROP CONSTRAINT base_berth_never_twice")
        cursor.execute("ALTER TABLE jobs_baseday DISABLE TRIGGER jobs_berth_within_capacity")
    try:
        with patch.object(locks, "base", lambda base_id: Base.objects.get(pk=base_id)):
            all_at_once(shoots, ask(lambda _pk: hall), clients=CLIENTS)
        assert held().count() > 1
        assert BaseDay.objects.count() > 3
    finally:
        SetBooking.objects.all().delete()
        BaseDay.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE jobs_baseday ENABLE TRIGGER jobs_berth_within_capacity")
            cursor.execute(
                "ALTER TABLE jobs_baseday ADD CONSTRAINT base_berth_never_twice UNIQUE (base_id, day, berth)"
            )
            cursor.execute(
                "ALTER TABLE jobs_setbooking ADD CONSTRAINT set_never_twice EXCLUDE USING gist"
                " (set_id WITH =, during WITH &&) WHERE (state IN ('offered', 'booked'))"
            )
