"""From a crew template to the role list of one shoot."""

from datetime import date

import pytest
from psycopg.types.range import DateRange

from hubs.models import RoleType
from jobs.queries import filing, plans
from jobs.queries.plans import Scale
from jobs.services import taxonomy
from tests.factories.hubs import DepartmentFactory, RoleTypeFactory
from tests.factories.jobs import CrewTemplateFactory, TemplateLineFactory

pytestmark = pytest.mark.django_db

WEEK = DateRange(date(2026, 12, 12), date(2026, 12, 19))
LINES = {
    "gaffer": (1, 1000, RoleType.Category.PRODUCTION),
    "set-dresser": (4, 450, RoleType.Category.PRODUCTION),
    "wardrobe": (2, 700, RoleType.Category.PRODUCTION),
    "extras-coordinator": (1, 400, RoleType.Category.PRODUCTION),
    "lead": (2, 5000, RoleType.Category.LEADS),
    "supporting": (8, 800, RoleType.Category.LEADS),
    "featured": (6, 500, RoleType.Category.EXTRAS),
    "extra": (30, 150, RoleType.Category.EXTRAS),
    "foreground": (10, 200, RoleType.Category.EXTRAS),
    "group-leader": (1, 120, RoleType.Category.EXTRAS),
}


@pytest.fixture
def template(db):
    template = CrewTemplateFactory(code="75", size=75)
    department = DepartmentFactory()
    for code, (headcount, rate, category) in LINES.items():
        kind = RoleTypeFactory(code=code, category=category, department=department)
        TemplateLineFactory(template=template, role_type=kind, headcount=headcount, day_rate=rate)
    return template


def counts(template, **scale):
    found = plans.plan(template, Scale(**scale), WEEK)
    return [(role.role_type.code, role.headcount) for role in found.roles]


def test_without_a_word_it_is_the_crew_alone(template):
    assert counts(template) == [("gaffer", 1), ("set-dresser", 4), ("wardrobe", 2), ("extras-coordinator", 1)]


def test_costume_sets_speaking_parts_and_extras_scale_it(template):
    assert counts(template, costume=True, sets=12, speaking=9, extras=70) == [
        ("gaffer", 1),
        ("set-dresser", 6),
        ("wardrobe", 3),
        ("extras-coordinator", 2),
        ("lead", 2),
        ("supporting", 4),
        ("featured", 3),
        ("extra", 52),
        ("foreground", 18),
        ("group-leader", 3),
    ]


def test_few_sets_leave_one_dresser_and_many_extras_become_several_roles(template):
    assert dict(counts(template, sets=1))["set-dresser"] == 1
    assert [each for each in counts(template, extras=200) if each[0] == "extra"] == [
        ("extra", 60),
        ("extra", 60),
        ("extra", 30),
    ]


def test_speaking_parts_stay_for_a_part_of_the_days_and_money_adds_up(template):
    (department,) = plans.plan(template, Scale(speaking=3), WEEK).departments
    featured = department.roles[-1]
    assert {
        role.role_type.code: (role.days.upper - role.days.lower).days for role in department.roles[-3:]
    } == {
        "extras-coordinator": 7,
        "lead": 7,
        "supporting": 5,
    }
    assert (featured.cost, department.cost) == (800 * 5, 7 * (1000 + 4 * 450 + 2 * 700 + 400 + 10_000) + 4000)
    assert department.budget == 106_200


def test_the_usual_scale_is_the_templates_own(template):
    assert plans.usual(template) == Scale(sets=8, speaking=16, extras=40)


@pytest.mark.parametrize(
    ("made_with", "cost", "on", "tier"),
    [
        ("live", 1_600_000, date(2025, 12, 31), "key"),
        ("live", 1_600_000, date(2026, 1, 1), "ordinary"),
        ("live", 3_000_000, date(2026, 1, 1), "key"),
        ("live", 0, date(2026, 1, 1), "other"),
        ("ai", 900_000, date(2026, 6, 30), "ordinary"),
        ("ai", 900_000, date(2026, 7, 1), "key"),
        ("live", 5_000_000, date(2025, 2, 4), None),
    ],
)
def test_the_tier_follows_the_table_of_the_day(made_with, cost, on, tier):
    assert (taxonomy.load_filing_rules(), taxonomy.load_filing_rules()) == (12, 12)
    rule = filing.rule_for(made_with=made_with, cost=cost, on=on)
    assert (rule and rule.tier) == tier
