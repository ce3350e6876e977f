"""What a shoot says of itself: cleaned, merged where two change it, held where it was promised; and its copy."""

from datetime import date

import pytest
from psycopg.types.range import DateRange

from config.errors import Conflict, Invalid, NotAllowed
from jobs.models import DepartmentBudget, Shoot
from jobs.queries import drafts as standing
from jobs.services import drafts, passports
from jobs.services.merging import ChangedMeanwhile
from tests.factories.hubs import LanguageFactory, SetFactory
from tests.factories.jobs import OfferFactory, RoleFactory, RoleSkillFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 12)


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"made_with": "ai", "ai_use": " "}, "ai_use_required", "ai_use"),
        ({"made_with": "live", "ai_use": "背景"}, "live_without_ai", "made_with"),
        ({"filing_state": "filed"}, "filing_number_required", "filing_number"),
        ({"rights": "licensed"}, "rights_holder_required", "rights_holder"),
        ({"rights": "stolen"}, "passport_unknown", "rights"),
        ({"plus_tags": ["tourism", "war"]}, "passport_unknown", "plus_tags"),
        ({"production_cost": -1}, "cost_out_of_range", "production_cost"),
    ],
)
def test_a_passport_that_cannot_be_right_is_refused(said, code, field):
    with pytest.raises(Invalid) as refusal:
        passports.clean(said, on=DAY)
    assert (refusal.value.code, refusal.value.field) == (code, field)


def test_who_says_what_ai_does_has_said_that_it_is_used():
    assert passports.clean({"ai_use": " 背景 ", "plus_tags": ["law", "tourism"]}, on=DAY) == {
        "ai_use": "背景",
        "made_with": "ai",
        "plus_tags": ["tourism", "law"],
    }


def test_two_change_different_fields_and_both_stay(shoot, mei, now):
    was = standing.values(shoot)
    abroad = LanguageFactory(code="en")
    drafts.change(shoot, {"title": "雨夜", "overseas": [abroad]} | {}, was=was, by=mei, now=now)
    drafts.change(shoot, {"synopsis": "一座城", "title": "雨夜归人"}, was=was, by=mei, now=now)
    assert (shoot.title, shoot.synopsis, list(shoot.overseas.all()), shoot.version) == (
        "雨夜",
        "一座城",
        [abroad],
        3,
    )


def test_two_change_the_same_and_nothing_is_written(shoot, mei, now):
    was = standing.values(shoot)
    drafts.change(shoot, {"title": "雨夜"}, was=was, by=mei, now=now)
    with pytest.raises(ChangedMeanwhile) as refusal:
        drafts.change(shoot, {"title": "归人", "synopsis": "一座城"}, was=was, by=mei, now=now)
    assert [(each.name, each.mine, each.theirs) for each in refusal.value.clashes] == [
        ("title", "归人", "雨夜")
    ]
    shoot.refresh_from_db()
    assert (shoot.title, shoot.synopsis) == ("雨夜", "")
    assert standing.last_change(shoot, but=mei) is None


def test_roles_move_with_the_days(shoot, mei, now):
    whole = RoleFactory(shoot=shoot)
    part = RoleFactory(shoot=shoot, days=DateRange(date(2026, 12, 13), date(2026, 12, 15)))
    fields = {"first_day": date(2026, 12, 20), "last_day": date(2026, 12, 24)}
    drafts.change(shoot, fields, was=standing.values(shoot), by=mei, now=now)
    for role in (whole, part):
        role.refresh_from_db()
    assert (whole.days, part.days) == (
        DateRange(date(2026, 12, 20), date(2026, 12, 25)),
        DateRange(date(2026, 12, 21), date(2026, 12, 23)),
    )


def test_what_offers_promise_stays(role, mei, lin, now):
    OfferFactory(role=role)
    shoot = role.shoot
    with pytest.raises(Conflict) as refusal:
        drafts.change(shoot, {"lodging": False}, was=standing.values(shoot), by=mei, now=now)
    assert (refusal.value.code, refusal.value.field) == ("days_hold_offers", "lodging")
    with pytest.raises(NotAllowed):
        drafts.change(shoot, {"title": "别的"}, was={}, by=lin, now=now)


def test_a_set_of_another_base_is_left_out(shoot, mei, now):
    own, other = SetFactory(base=shoot.base), SetFactory()
    drafts.change(shoot, {"sets": [own, other]}, was=standing.values(shoot), by=mei, now=now)
    assert list(shoot.sets.all()) == [own]


def test_a_copy_has_everything_but_people_and_the_number(role, mei, lin, now):
    shoot = role.shoot
    Shoot.objects.filter(pk=shoot.pk).update(
        filing_state="filed", filing_number="豫微备 1 号", rights="original", plus_tags=["law"]
    )
    shoot.refresh_from_db()
    need = RoleSkillFactory(role=role, level=2)
    OfferFactory(role=role)
    DepartmentBudget.objects.create(shoot=shoot, department=role.role_type.department, yuan=5000)
    with pytest.raises(NotAllowed):
        drafts.clone(shoot, title="再来一次", first_day=date(2027, 1, 4), by=lin, now=now)
    copy = drafts.clone(shoot, title="再来一次", first_day=date(2027, 1, 4), by=mei, now=now)
    assert (copy.title, copy.state, copy.filing_state, copy.filing_number, copy.rights, copy.plus_tags) == (
        "再来一次",
        "draft",
        "pending",
        "",
        "original",
        ["law"],
    )
    (made,) = copy.roles.all()
    assert (made.days, made.headcount, made.filled, made.offers.count()) == (
        DateRange(date(2027, 1, 4), date(2027, 1, 11)),
        2,
        0,
        0,
    )
    assert list(made.skill_levels.values_list("skill", "level", "must")) == [(need.skill_id, 2, True)]
    assert list(copy.budgets.values_list("yuan", flat=True)) == [5000]
    assert shoot.roles.get() == role
