"""What an addition to a profile would gain, counted by the engine and checked by making the addition."""

from datetime import date

import pytest
from psycopg.types.range import DateRange

from jobs.queries.gains import Gain, Gains, gains
from jobs.queries.matching import for_me
from profiles.models import Availability
from tests.factories.hubs import BaseFactory, HubFactory, LanguageFactory, RoleTypeFactory, SkillFactory
from tests.factories.jobs import RoleFactory, RoleSkillFactory, ShootFactory
from tests.factories.profiles import fits

pytestmark = pytest.mark.django_db


@pytest.fixture
def him(bo, role):
    """Bo, who fits `role` and nothing else."""
    return fits(bo.profile, role)


def test_one_role_fits_and_nothing_more_is_open(him, now):
    assert gains(profile=him, now=now) == Gains(open=1, now=1, waiting=0, each=[])


def test_each_thing_that_alone_is_missing_is_counted_for_itself(him, role, now, base):
    skill, language = SkillFactory(code="driving"), LanguageFactory(code="yue")
    xian = BaseFactory(hub=HubFactory(slug="xian"))
    same = {"role_type": role.role_type}
    RoleSkillFactory(role=RoleFactory(shoot=role.shoot, **same), skill=skill, must=True)
    RoleFactory(shoot=role.shoot, **same).languages.add(language)
    for _ in range(3):
        RoleFactory(shoot=ShootFactory(base=xian), **same)
    for rate in (120, 160, 190):
        RoleFactory(shoot=role.shoot, day_rate=rate, **same)
    RoleFactory(shoot=role.shoot, role_type=RoleTypeFactory(code="grip"))

    assert gains(profile=him, now=now) == Gains(
        open=10,
        now=1,
        waiting=0,
        each=[
            Gain("hub", "xian", 3),
            # Of 120, 160 and 190 yuan, a floor of 150 lets two in: at least half of what zero would.
            Gain("rate", "150", 2),
            Gain("language", "yue", 1),
            Gain("role_type", "grip", 1),
            Gain("skill", "driving", 1),
        ],
    )


def test_a_gain_is_what_she_gets(him, role, now):
    """The number promised and the number of roles after the addition are the same."""
    xian = HubFactory(slug="xian")
    for _ in range(4):
        RoleFactory(shoot=ShootFactory(base=BaseFactory(hub=xian)), role_type=role.role_type)
    before = len(for_me(profile=him, now=now).ranked)
    promised = gains(profile=him, now=now).each
    him.willing_hubs.add(xian)

    assert promised == [Gain("hub", "xian", 4)]
    assert len(for_me(profile=him, now=now).ranked) - before == 4


def test_one_more_day_and_nights(him, role, now):
    Availability.objects.filter(profile=him).update(
        days=DateRange(date(2026, 12, 1), date(2026, 12, 18)), part="day"
    )
    RoleFactory(
        shoot=role.shoot,
        role_type=role.role_type,
        part="night",
        days=DateRange(date(2026, 12, 12), date(2026, 12, 14)),
    )

    assert gains(profile=him, now=now).each == [Gain("days", "2026-12-18", 1), Gain("nights", "", 1)]


def test_what_is_not_said_at_all_is_left_aside(bo, role, now):
    """A newcomer sees trades and hubs by the roles that wait there, though she has said nothing of days."""
    bo.profile.home_hub = None
    bo.profile.save()

    counted = gains(profile=bo.profile, now=now)

    assert (counted.now, counted.waiting) == (0, 1)
    assert counted.each == [Gain("hub", "zhengzhou", 1), Gain("role_type", role.role_type.code, 1)]


def test_nothing_open(bo, now):
    assert gains(profile=bo.profile, now=now) == Gains(0, 0, 0, [])


def test_queries_do_not_grow(him, role, now, django_assert_num_queries):
    for _ in range(12):
        RoleFactory(shoot=ShootFactory(), role_type=RoleTypeFactory())
    gains(profile=him, now=now)  # the taxonomy is read once a process
    with django_assert_num_queries(8):
        gains(profile=him, now=now)
