"""A roster: many people at once, whole or not at all."""

from datetime import date, datetime

import pytest

from config.errors import Invalid
from hubs.timespan import SHANGHAI
from profiles.models import Profile, User
from profiles.services import roster
from tests.factories.hubs import HubFactory, LanguageFactory, RoleTypeFactory, SkillFactory

NOW = datetime(2026, 12, 1, 9, tzinfo=SHANGHAI)
STATEMENTS = 4 + 8 + 2  # curated rows, written tables, the transaction


@pytest.fixture
def row(db):
    HubFactory(slug="zhengzhou")
    LanguageFactory(code="zh")
    RoleTypeFactory(code="electrician")
    SkillFactory(code="cable")

    def make(number: int, **changes) -> roster.RosterRow:
        fields = {
            "name": f"薄{number}",
            "email": f"Bo{number}@example.com",
            "birth_date": date(2003, 5, 4),
            "home_hub": "zhengzhou",
            "willing_hubs": [],
            "day_rate_floor": 260,
            "wanted_roles": ["electrician"],
            "skills": [("cable", 2)],
            "days": [(date(2026, 12, 5), date(2026, 12, 12), "both")],
            "school": "郑州大学",
        }
        return roster.RosterRow(**fields | changes)

    return make


def test_a_person_of_a_roster_has_a_whole_profile(row):
    (profile,) = roster.register_many(rows=[row(1)], now=NOW)

    profile = Profile.objects.get(pk=profile.pk)
    assert (profile.user.name, profile.user.email, profile.user.has_usable_password()) == (
        "薄1",
        "bo1@example.com",
        False,
    )
    assert [hub.slug for hub in profile.willing_hubs.all()] == ["zhengzhou"]
    assert [(wanted.role_type.code, wanted.rank) for wanted in profile.wanted.all()] == [("electrician", 1)]
    assert [(held.skill.code, held.level) for held in profile.skill_levels.all()] == [("cable", 2)]
    assert [(span.days.lower, span.days.upper, span.part) for span in profile.availabilities.all()] == [
        (date(2026, 12, 5), date(2026, 12, 12), "both")
    ]
    assert [education.place for education in profile.educations.all()] == ["郑州大学"]


@pytest.mark.parametrize("people", [1, 30])
def test_one_person_and_thirty_cost_the_same(row, people, django_assert_num_queries):
    rows = [row(number) for number in range(people)]

    with django_assert_num_queries(STATEMENTS):
        roster.register_many(rows=rows, now=NOW)


def test_a_roster_with_somebody_under_sixteen_is_refused_whole(row):
    with pytest.raises(Invalid) as refusal:
        roster.register_many(rows=[row(1), row(2, birth_date=date(2010, 12, 2))], now=NOW)

    assert (refusal.value.code, refusal.value.field) == ("too_young", "birth_date")
    assert User.objects.count() == 0
