from datetime import date, timedelta

import pytest
from psycopg.types.range import DateRange

from config.errors import Conflict, Invalid, NotAllowed
from jobs.enums import ShootState
from jobs.queries import matching
from jobs.services import fixes
from profiles.models import Profile
from tests.factories.hubs import BaseFactory, HubFactory
from tests.factories.jobs import RoleFactory, RoleSkillFactory, ShootFactory

pytestmark = pytest.mark.django_db


def barriers(profile, role, now) -> list[str]:
    pair = matching.fit(profile=Profile.objects.get(pk=profile.pk), role=role, now=now)
    return [each["barrier"] for each in pair.barriers]


def without_the_14th(profile) -> None:
    profile.availabilities.update(days=DateRange(date(2026, 12, 1), date(2026, 12, 14)))
    profile.availabilities.create(days=DateRange(date(2026, 12, 15), date(2027, 2, 1)), part="both")


def days_of(profile) -> list[tuple]:
    rows = profile.availabilities.order_by("days").values_list("days", "part")
    return [(span.lower, span.upper, part) for span, part in rows]


def test_a_day_is_marked_free_and_taken_back(fitting_bo, role, now):
    profile = fitting_bo.profile
    without_the_14th(profile)
    before = days_of(profile)
    assert barriers(profile, role, now) == ["not_free"]

    fixed = fixes.apply(profile=profile, role=role, barrier="not_free", by=fitting_bo, now=now)

    assert fixed == fixes.Fixed("not_free", {"days": {"2026-12-14": None}}, [role.pk])
    assert barriers(profile, role, now) == []
    fixes.undo(profile=profile, before=fixed.before, by=fitting_bo, now=now)
    assert (days_of(profile), barriers(profile, role, now)) == (before, ["not_free"])


def test_a_night_beside_a_day_makes_both(fitting_bo, role, now):
    profile = fitting_bo.profile
    profile.availabilities.update(part="day")
    role.part = "night"
    role.save(update_fields=["part"])
    fixed = fixes.apply(profile=profile, role=role, barrier="not_free", by=fitting_bo, now=now)
    assert set(fixed.before["days"].values()) == {"day"}
    assert barriers(profile, role, now) == []
    fixes.undo(profile=profile, before=fixed.before, by=fitting_bo, now=now)
    assert {part for *_span, part in days_of(profile)} == {"day"}


def test_a_hub_is_added_and_taken_back_and_what_it_opens_is_counted(fitting_bo, role, crew, now):
    profile = fitting_bo.profile
    base = BaseFactory(hub=HubFactory(slug="hengdian"))
    far = [RoleFactory(shoot=ShootFactory(crew=crew, base=base), role_type=role.role_type) for _n in range(3)]
    fixed = fixes.apply(profile=profile, role=far[0], barrier="hub_not_wanted", by=fitting_bo, now=now)
    assert (fixed.before, fixed.opened) == ({"hub": "hengdian"}, sorted(each.pk for each in far))
    fixes.undo(profile=profile, before=fixed.before, by=fitting_bo, now=now)
    assert barriers(profile, far[0], now) == ["hub_not_wanted"]
    assert barriers(profile, role, now) == []


def test_the_floor_is_lowered_and_put_back(fitting_bo, role, now):
    profile = fitting_bo.profile
    role.day_rate = 150
    role.save(update_fields=["day_rate"])
    fixed = fixes.apply(profile=profile, role=role, barrier="rate_floor", by=fitting_bo, now=now)
    profile.refresh_from_db()
    assert (fixed.before, profile.day_rate_floor) == ({"floor": 200}, 150)
    fixes.undo(profile=profile, before=fixed.before, by=fitting_bo, now=now)
    profile.refresh_from_db()
    assert profile.day_rate_floor == 200


def test_a_trade_is_added_last_and_taken_back(fitting_bo, role, now):
    profile = fitting_bo.profile
    other = RoleFactory(shoot=role.shoot)
    fixed = fixes.apply(profile=profile, role=other, barrier="wrong_role_type", by=fitting_bo, now=now)
    wanted = profile.wanted.order_by("rank").values_list("role_type__code", flat=True)
    assert list(wanted) == [role.role_type.code, other.role_type.code]
    fixes.undo(profile=profile, before=fixed.before, by=fitting_bo, now=now)
    assert list(wanted.all()) == [role.role_type.code]


def test_what_no_longer_stands_or_cannot_be_tapped_away_is_refused(fitting_bo, lin_graduate, role, now):
    profile = fitting_bo.profile
    with pytest.raises(Conflict, match="nothing_to_fix"):
        fixes.apply(profile=profile, role=role, barrier="not_free", by=fitting_bo, now=now)
    RoleSkillFactory(role=role)
    assert barriers(profile, role, now) == ["missing_skill"]
    with pytest.raises(Invalid, match="cannot_be_fixed"):
        fixes.apply(profile=profile, role=role, barrier="missing_skill", by=fitting_bo, now=now)
    for before in ({}, {"days": "all"}, {"hub": 7}, {"mobile": "1"}):
        with pytest.raises(Invalid, match="cannot_be_fixed"):
            fixes.undo(profile=profile, before=before, by=fitting_bo, now=now)
    without_the_14th(profile)
    role.skill_levels.all().delete()
    with pytest.raises(NotAllowed, match="not_yours"):
        fixes.apply(profile=profile, role=role, barrier="not_free", by=lin_graduate, now=now)
    assert barriers(profile, role, now) == ["not_free"]


def test_a_shoot_that_begins_today_cannot_make_yesterday_free(fitting_bo, role, now):
    """Days that are over stay as they were; the refusal is the profile's own."""
    profile = fitting_bo.profile
    profile.availabilities.all().delete()
    start = now.date() - timedelta(days=1)
    begun = ShootFactory(
        days=DateRange(start, start + timedelta(days=6)), state=ShootState.OPEN, base=role.shoot.base
    )
    late = RoleFactory(shoot=begun, role_type=role.role_type)
    with pytest.raises(Invalid, match="day_past"):
        fixes.apply(profile=profile, role=late, barrier="not_free", by=fitting_bo, now=now)
    assert not profile.availabilities.exists()
