"""The role list as a whole: kept line by line, merged where two change it, promises untouched."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from psycopg.types.range import DateRange

from config.errors import Invalid, NotAllowed
from hubs.models import RoleType
from jobs.enums import Right
from jobs.models import DepartmentBudget, Role
from jobs.queries import role_lists as questions
from jobs.services import role_lists, roles
from jobs.services.merging import Clash, merge
from jobs.services.role_lists import RoleEdit
from tests.factories.hubs import LanguageFactory, RoleTypeFactory, SkillFactory
from tests.factories.jobs import MembershipFactory, OfferFactory, RoleFactory, RoleSkillFactory

pytestmark = pytest.mark.django_db


def edit(role, **fields):
    standing = questions.values(questions.rows(role.shoot).get(pk=role.pk))
    return RoleEdit(f"r{role.pk}", role.pk, {name: standing[name] for name in fields}, fields)


def save(role, *edits, by, now):
    return role_lists.save(shoot=role.shoot, edits=edits, by=by, now=now)


def test_only_what_both_changed_is_a_clash():
    was, now = {"a": 1, "b": 2, "c": 3, "d": 4}, {"a": 1, "b": 20, "c": 30, "d": 40}
    merged = merge(was, {"a": 10, "b": 2, "c": 31, "d": 40}, now)
    assert (merged.apply, merged.clashes) == ({"a": 10}, [Clash("c", 31, 30)])


def test_two_managers_change_different_fields_of_a_role(role, mei, now):
    first, second = edit(role, headcount=4, day_rate=350), edit(role, headcount=2, day_rate=380)
    assert save(role, first, by=mei, now=now).complete
    saved = save(role, second, by=mei, now=now)
    role.refresh_from_db()
    assert (saved.complete, role.headcount, role.day_rate, role.version) == (True, 4, 380, 3)


def test_two_managers_change_the_same_field_and_nothing_is_lost(role, mei, now):
    first, second = edit(role, day_rate=400), edit(role, day_rate=360, headcount=5)
    save(role, first, by=mei, now=now)
    saved = save(role, second, by=mei, now=now)
    role.refresh_from_db()
    assert saved.clashes == {f"r{role.pk}": [Clash("day_rate", 360, 400)]}
    assert (role.day_rate, role.headcount) == (400, 5)


def test_who_was_first_is_never_she_who_asks(role, crew, mei, now):
    ning = MembershipFactory(crew=crew, right=Right.MANAGER).user
    first, second = edit(role, day_rate=400), edit(role, day_rate=360, headcount=5)
    save(role, first, by=mei, now=now)
    save(role, second, by=ning, now=now)
    subject = f"role:{role.pk}"
    assert questions.last_changes([subject], but=ning)[subject].by == mei
    assert questions.last_changes([subject], but=mei)[subject].by == ning


def test_a_line_that_is_refused_does_not_hold_up_the_others(role, mei, now):
    other = RoleFactory(shoot=role.shoot)
    saved = save(role, edit(role, headcount=99), edit(other, headcount=3), by=mei, now=now)
    assert {key: error.code for key, error in saved.refused.items()} == {f"r{role.pk}": "headcount"}
    assert sorted(Role.objects.values_list("headcount", flat=True)) == [2, 3]


def test_needs_and_terms_are_written_and_levels_stay(role, mei, now):
    kept = RoleSkillFactory(role=role, level=3, must=False)
    gone = RoleSkillFactory(role=role)
    fresh, language = SkillFactory(), LanguageFactory()
    save(
        role,
        edit(
            role,
            must=[kept.skill.code],
            wish=[fresh.code],
            languages=[language.code],
            overtime_pay=30,
            lodging=False,
            contract="labour",
            fill_mode="invite",
            hours_per_day=11,
        ),
        by=mei,
        now=now,
    )
    role.refresh_from_db()
    assert list(role.skill_levels.order_by("pk").values_list("skill", "level", "must")) == [
        (kept.skill_id, 3, True),
        (fresh.pk, 1, False),
    ]
    assert gone.skill_id not in role.skill_levels.values_list("skill", flat=True)
    assert list(role.languages.all()) == [language]
    assert (role.gives_lodging, role.gives_meals, role.agreed_hours) == (False, True, 11)
    assert [(kind.value, yuan) for kind, yuan in role.add_ons] == [("overtime", 30)]


def test_what_an_offer_promises_does_not_move(role, mei, now):
    OfferFactory(role=role)
    saved = save(role, edit(role, overtime_pay=10), by=mei, now=now)
    assert [error.code for error in saved.refused.values()] == ["role_has_offers"]
    assert save(role, edit(role, note="带雨具"), by=mei, now=now).complete


@pytest.mark.parametrize(
    "fields",
    [
        {"character_sex": "female"},
        {"character_age_max": 30},
        {"note": "限女，形象好"},
        {"note": "25岁以下"},
        {"note": "女生优先"},
        {"note": "women only"},
    ],
)
def test_a_crew_role_asks_for_neither_age_nor_sex(role, mei, now, fields):
    with pytest.raises(Invalid) as refusal:
        roles.change(role, by=mei, now=now, **fields)
    assert refusal.value.code == "trait_on_crew_role"


def test_the_database_refuses_age_and_sex_on_a_crew_role_too(role):
    for fields in ({"character_sex": "male"}, {"character_age_min": 20}, {"height_min": 170}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Role.objects.filter(pk=role.pk).update(**fields)


def test_a_character_has_them(shoot, mei, now):
    lead = RoleTypeFactory(category=RoleType.Category.LEADS)
    role = roles.add(
        shoot=shoot, role_type=lead, headcount=1, day_rate=3000, by=mei, now=now, note="25岁左右的女记者"
    )
    assert save(role, edit(role, character_age_min=22, character_sex="female"), by=mei, now=now).complete


def test_days_come_as_a_first_and_a_last(role, mei, now):
    assert save(role, edit(role, first_day="2026-12-13", last_day="2026-12-14"), by=mei, now=now).complete
    role.refresh_from_db()
    assert role.days == DateRange(date(2026, 12, 13), date(2026, 12, 15))
    saved = save(role, edit(role, last_day="2026-12-12"), by=mei, now=now)
    assert [error.code for error in saved.refused.values()] == ["days_in_order"]


def test_strangers_and_onlookers_save_nothing(role, lin, bo, now):
    for stranger in (lin, bo):
        with pytest.raises(NotAllowed):
            save(role, edit(role, day_rate=1), by=stranger, now=now)
    role.refresh_from_db()
    assert (role.day_rate, role.version) == (350, 1)


def test_a_budget_is_set_and_taken_away(role, mei, now):
    department = role.role_type.department
    role_lists.set_budgets(shoot=role.shoot, yuan={department: 4000}, by=mei, now=now)
    (line,) = questions.budgets(role.shoot, list(questions.rows(role.shoot)))
    assert line == {"department": department, "budget": 4000, "cost": 2 * 350 * 7, "over": 900}
    role_lists.set_budgets(shoot=role.shoot, yuan={department: None}, by=mei, now=now)
    assert DepartmentBudget.objects.count() == 0
