"""A graduate's desk: cards by shoot, sentences, and the taps that open what she only just misses."""

import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from psycopg.types.range import DateRange

from jobs.matching.scoring import SOFT_RULES
from jobs.queries import variety
from jobs.queries.matching import Pair
from jobs.web import sentences
from jobs.web.reasons import Names
from tests.factories.hubs import BaseFactory, HubFactory, RoleTypeFactory
from tests.factories.jobs import RoleFactory, ShootFactory
from tests.factories.profiles import WantedRoleFactory

pytestmark = pytest.mark.django_db

SAID_ELSEWHERE = {"reliability", "starred"}
"""Soft rules that are the crew's reason to want her, not hers to go; `marked` speaks for both."""


@pytest.fixture
def without_the_14th(fitting_bo):
    spans = fitting_bo.profile.availabilities
    spans.update(days=DateRange(date(2026, 12, 1), date(2026, 12, 14)))
    spans.create(days=DateRange(date(2026, 12, 15), date(2027, 2, 1)), part="both")
    return fitting_bo


def cards_of(answer) -> list[str]:
    return re.findall(r"fit-card__name\"><h3><a [^>]*>([^<]+)</a>", answer.content.decode())


def test_one_shoot_is_one_card_and_names_the_others_beside_it(page, text, fitting_bo, role):
    for number in range(5):
        kind = RoleTypeFactory(name_en=f"Trade {number}")
        WantedRoleFactory(profile=fitting_bo.profile, role_type=kind, rank=number + 2)
        RoleFactory(shoot=role.shoot, role_type=kind, day_rate=300)
    answer = page(fitting_bo, "/for-me/")
    assert cards_of(answer) == ["Lighting assistant"]
    assert "Also there:" in text(answer)
    assert "and 2 more" in text(answer)


def test_one_kind_of_work_does_not_fill_the_page(page, fitting_bo, role):
    other = RoleTypeFactory(name_en="Script supervisor")
    WantedRoleFactory(profile=fitting_bo.profile, role_type=other, rank=2)
    for _n in range(5):
        RoleFactory(shoot=ShootFactory(base=role.shoot.base), role_type=role.role_type)
    RoleFactory(shoot=ShootFactory(base=role.shoot.base), role_type=other, day_rate=210)
    names = cards_of(page(fitting_bo, "/for-me/"))
    assert names == ["Lighting assistant"] * 3 + ["Script supervisor"] + ["Lighting assistant"] * 3
    alone = cards_of(page(fitting_bo, f"/for-me/?role_type={role.role_type.code}"))
    assert alone == ["Lighting assistant"] * 6


def test_nothing_is_lost_by_grouping(fitting_bo, role):
    profile = fitting_bo.profile
    pairs = [
        Pair(RoleFactory(shoot=shoot, role_type=role.role_type), profile, 500 - number)
        for number, shoot in enumerate([role.shoot, ShootFactory(), role.shoot, ShootFactory()] * 3)
    ]
    cards = variety.cards(pairs, count=99)
    assert sum(1 + len(card.beside) + card.more for card in cards) == len(pairs)
    assert [card.pair for card in cards] == [pairs[0], pairs[1], pairs[3]]


def test_filters_narrow_what_fits(page, text, fitting_bo, role):
    later = ShootFactory(base=role.shoot.base, days=DateRange(date(2026, 12, 20), date(2026, 12, 26)))
    RoleFactory(shoot=later, role_type=role.role_type, day_rate=700)
    assert len(cards_of(page(fitting_bo, "/for-me/?min_rate=600"))) == 1
    nothing = page(fitting_bo, "/for-me/?q=航拍")
    assert (cards_of(nothing), "Nothing that fits you matches these filters" in text(nothing)) == ([], True)


def test_a_tap_marks_the_day_says_what_it_opened_and_goes_back(page, text, without_the_14th, role):
    bo = without_the_14th
    words = text(page(bo, "/for-me/"))
    assert "Needs 1 more day free: Mon, Dec 14" in words
    assert "Mark Mon, Dec 14 as free" in words

    done = page(bo, "/for-me/fix/", post={"role": role.pk, "barrier": "not_free"})

    after = page(bo, done.headers["Location"])
    assert "Mon, Dec 14 is now marked as free. 1 more role is within reach." in text(after)
    assert "now open to you" in text(after)
    token = parse_qs(urlsplit(done.headers["Location"]).query)["fixed"][0]
    assert page(bo, "/for-me/undo/", post={"fixed": token}).headers["Location"] == "/for-me/"
    assert "Needs 1 more day free: Mon, Dec 14" in text(page(bo, "/for-me/"))


def test_roles_that_one_tap_opens_stand_on_one_line(page, text, fitting_bo, role, crew):
    base = BaseFactory(hub=HubFactory(slug="hengdian", name_en="Hengdian"))
    for _n in range(3):
        RoleFactory(shoot=ShootFactory(crew=crew, base=base), role_type=role.role_type)
    words = text(page(fitting_bo, "/for-me/"))
    assert words.count("Add Hengdian to my hubs") == 1
    assert "and 2 more roles" in words


def test_the_way_back_is_hers_alone(page, text, without_the_14th, lin_graduate, role):
    done = page(without_the_14th, "/for-me/fix/", post={"role": role.pk, "barrier": "not_free"})
    where = done.headers["Location"]
    token = parse_qs(urlsplit(where).query)["fixed"][0]
    assert "within reach" not in text(page(lin_graduate, where))
    assert page(lin_graduate, "/for-me/undo/", post={"fixed": token}).status_code == 400
    assert page(without_the_14th, "/for-me/undo/", post={"fixed": f"{token}x"}).status_code == 400


def test_from_the_page_of_a_role_a_tap_leads_back_to_it(page, text, without_the_14th, role):
    words = text(page(without_the_14th, f"/roles/{role.pk}/"))
    assert "One thing stands in the way" in words
    assert "Apply for this role" not in words
    post = {"role": role.pk, "barrier": "not_free", "back": "role"}
    done = page(without_the_14th, "/for-me/fix/", post=post)
    assert done.headers["Location"].startswith(f"/roles/{role.pk}/?fixed=")
    after = text(page(without_the_14th, done.headers["Location"]))
    assert ("Apply for this role" in after, "Undo" in after) == (True, True)


def test_every_soft_rule_has_a_clause_or_is_said_elsewhere():
    assert {rule.name for rule in SOFT_RULES} - sentences.CLAUSE_OF.keys() == SAID_ELSEWHERE


def test_a_sentence_is_a_sentence_and_is_not_said_twice(fitting_bo, role):
    said = [
        {"rule": "proximity", "amount": 150, "facts": {"home": "zhengzhou", "hub": "zhengzhou"}},
        {"rule": "headroom", "amount": 40, "facts": {"floor": 200, "offered": 350}},
        {"rule": "first_job", "amount": 120, "facts": {}},
    ]
    pairs = [Pair(role, fitting_bo.profile, 500, said) for _n in range(2)]
    assert sentences.write(pairs, Names()) == [
        "就在你住的郑州，第一次进组也没关系。",
        "就在你住的郑州，日薪比你的底线高 ¥150。",
    ]
    assert sentences.write([Pair(role, fitting_bo.profile, 500, [])], Names()) == [
        "工种、地点、日薪和档期都合你说的。"
    ]
