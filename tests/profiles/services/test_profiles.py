"""The sections of a profile: saved at once, or refused with the field at fault."""

from datetime import date

import pytest

from config.errors import Conflict, Invalid, NotAllowed
from profiles.models import Credit
from profiles.services import history, profiles
from tests.factories.hubs import HubFactory, LanguageFactory, RoleTypeFactory, SkillFactory

TODAY = date(2026, 12, 1)


def refusal(act) -> tuple[str, str | None]:
    with pytest.raises(Invalid) as caught:
        act()
    return caught.value.code, caught.value.field


def test_wanted_roles_keep_their_order(bo):
    first, second, third = RoleTypeFactory.create_batch(3)
    profiles.set_wanted_roles(profile=bo.profile, by=bo, role_types=[third, first, second])
    assert [(row.rank, row.role_type) for row in bo.profile.wanted.all()] == [
        (1, third),
        (2, first),
        (3, second),
    ]
    profiles.set_wanted_roles(profile=bo.profile, by=bo, role_types=[second])
    assert [(row.rank, row.role_type) for row in bo.profile.wanted.all()] == [(1, second)]


def test_a_role_type_twice_is_refused(bo):
    one = RoleTypeFactory()
    assert refusal(lambda: profiles.set_wanted_roles(profile=bo.profile, by=bo, role_types=[one, one])) == (
        "roles_twice",
        "wanted_roles",
    )


def test_skills_with_levels(bo):
    one, other = SkillFactory.create_batch(2)
    profiles.set_skills(profile=bo.profile, by=bo, levels={one: 1, other: 3})
    assert {row.skill: row.level for row in bo.profile.skill_levels.all()} == {one: 1, other: 3}
    assert refusal(lambda: profiles.set_skills(profile=bo.profile, by=bo, levels={one: 4})) == (
        "level_unknown", "skills",
    )  # fmt: skip
    assert {row.skill: row.level for row in bo.profile.skill_levels.all()} == {one: 1, other: 3}


def test_home_is_among_the_hubs_she_would_go_to(bo, hub):
    other = HubFactory()
    profiles.set_hubs(profile=bo.profile, by=bo, home_hub=hub, willing_hubs=[other])
    assert set(bo.profile.willing_hubs.all()) == {hub, other}


@pytest.mark.parametrize("rate", [-1, 100_001, 2**31, 10**30, float("nan"), 350.5, True])
def test_a_rate_is_whole_yuan_in_a_sane_range(bo, rate):
    assert refusal(lambda: profiles.set_rate(profile=bo.profile, by=bo, day_rate_floor=rate)) == (
        "rate_out_of_range", "day_rate_floor",
    )  # fmt: skip


def test_the_acting_card_is_emptied_with_the_wish(bo):
    profiles.set_acting(
        profile=bo.profile,
        by=bo,
        acting=True,
        sex="female",
        playable_age_min=18,
        playable_age_max=28,
        height_cm=168,
    )
    bo.profile.refresh_from_db()
    assert (bo.profile.acting, bo.profile.sex, bo.profile.height_cm) == (True, "female", 168)
    profiles.set_acting(profile=bo.profile, by=bo, acting=False, height_cm=168)
    bo.profile.refresh_from_db()
    card = (bo.profile.acting, bo.profile.sex, bo.profile.playable_age_min, bo.profile.height_cm)
    assert card == (False, "", None, None)


@pytest.mark.parametrize(
    ("card", "answer"),
    [
        ({"sex": "x"}, ("sex_unknown", "sex")),
        ({"playable_age_min": 18}, ("ages_together", "playable_age_max")),
        ({"playable_age_min": 0, "playable_age_max": 9}, ("ages_out_of_range", "playable_age_min")),
        ({"playable_age_min": 30, "playable_age_max": 20}, ("ages_in_order", "playable_age_max")),
        ({"height_cm": 20}, ("height_out_of_range", "height_cm")),
    ],
)
def test_an_impossible_card_is_refused(bo, card, answer):
    assert refusal(lambda: profiles.set_acting(profile=bo.profile, by=bo, acting=True, **card)) == answer


def test_changing_several_sections_is_all_or_nothing(bo):
    language = LanguageFactory()
    changes = {"headline": "灯光助理", "languages": [language], "day_rate_floor": -5}
    assert refusal(lambda: profiles.change(profile=bo.profile, by=bo, changes=changes, today=TODAY)) == (
        "rate_out_of_range",
        "day_rate_floor",
    )
    bo.profile.refresh_from_db()
    assert (bo.profile.headline, list(bo.profile.languages.all())) == ("", [])
    profiles.change(profile=bo.profile, by=bo, changes=changes | {"day_rate_floor": 300}, today=TODAY)
    bo.profile.refresh_from_db()
    assert (bo.profile.headline, list(bo.profile.languages.all()), bo.profile.day_rate_floor) == (
        "灯光助理", [language], 300,
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["lin_graduate", "mei", "ada"])
def test_only_she_speaks_for_herself(bo, kind, request):
    stranger = request.getfixturevalue(kind)
    with pytest.raises(NotAllowed, match="not_yours"):
        profiles.change(profile=bo.profile, by=stranger, changes={"listed": False}, today=TODAY)
    bo.profile.refresh_from_db()
    assert bo.profile.listed is True


def test_education_and_credits_come_and_go(bo):
    role_type = RoleTypeFactory()
    line = history.add_education(
        profile=bo.profile, by=bo, degree="bachelor", school="河南开放大学", graduated=2026, today=TODAY
    )
    assert (line.place, line.graduated) == ("河南开放大学", 2026)
    history.remove_education(profile=bo.profile, by=bo, education=line)
    assert bo.profile.educations.count() == 0
    credit = history.add_credit(
        profile=bo.profile, by=bo, title="雨夜归人", role_type=role_type, year=2025, today=TODAY
    )
    assert (credit.proven, credit.days_served) == (False, 0)
    history.remove_credit(profile=bo.profile, by=bo, credit=credit)
    assert bo.profile.credits.count() == 0


def test_a_credit_that_grew_from_a_booking_stays(bo):
    credit = Credit.objects.create(
        profile=bo.profile, title="雨夜归人", role_type=RoleTypeFactory(), year=2026, reference="booking-1"
    )
    with pytest.raises(Conflict, match="credit_proven"):
        history.remove_credit(profile=bo.profile, by=bo, credit=credit)
    assert list(bo.profile.credits.all()) == [credit]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ({"degree": "bachelor"}, ("school_required", "school")),
        ({"degree": "wizard", "school": "x"}, ("degree_unknown", "degree")),
        ({"degree": "master", "school": "x", "graduated": 9999}, ("year_out_of_range", "graduated")),
    ],
)
def test_an_impossible_education_is_refused(bo, said, answer):
    assert refusal(lambda: history.add_education(profile=bo.profile, by=bo, today=TODAY, **said)) == answer
