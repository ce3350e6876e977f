"""One role on one page: skills by a tap, everything else beside it, and nobody's change lost."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from jobs.models import Role, RoleSkill
from jobs.queries import role_lists
from jobs.services import roles
from tests.factories.hubs import LanguageFactory, SkillFactory


@pytest.fixture
def address(shoot, role):
    return reverse("shoots:edit_role", args=[shoot.pk, role.pk])


@pytest.fixture
def skills(role):
    """Gimbal and dimmer are typical of the work; the role asks for the gimbal."""
    made = {
        code: SkillFactory(code=code, name_zh=zh, name_en=code)
        for code, zh in (("gimbal", "稳定器"), ("dimmer", "调光台"), ("drone", "航拍"))
    }
    role.role_type.typical_skills.set([made["gimbal"], made["dimmer"]])
    RoleSkill.objects.create(role=role, skill=made["gimbal"], must=True)
    return made


def standing(role) -> dict:
    return role_lists.values(role_lists.rows(role.shoot).get(pk=role.pk))


def typed(role, **other) -> dict:
    """What the browser sends of the page as it was opened."""
    now = standing(role)
    plain = {
        name: value for name, value in now.items() if isinstance(value, str | int) and value is not False
    }
    plain |= {name: "on" for name, value in now.items() if value is True}
    plain |= {f"skill_{code}": degree for degree in ("must", "wish") for code in now[degree]}
    return plain | {"languages": now["languages"], "was": json.dumps(now)} | other


def test_everything_of_the_role_is_on_the_page(client, mei, address, role, skills):
    client.force_login(mei)
    form = client.get(address).context["form"]

    named = set(form.fields)
    asked = (
        {name for names in role_lists.SHEETS.values() for name in names}
        - role_lists.CAST_ONLY
        - {"must", "wish"}
    )
    assert named == asked | {"skill_gimbal", "skill_dimmer", "more_must", "more_wish"}
    assert (form["skill_gimbal"].value(), form["skill_dimmer"].value()) == ("must", "")


def test_skills_days_pay_and_terms_are_saved_at_once(client, mei, address, role, skills, shoot):
    LanguageFactory(code="gan")
    client.force_login(mei)
    last = (role.days.upper - timedelta(days=2)).isoformat()

    answer = client.post(
        address,
        typed(
            role, skill_gimbal="wish", skill_dimmer="must", more_wish="航拍", languages=["gan"], last_day=last,
            headcount=4, night_pay=80, lodging="yes", hours_per_day=11, note="夜戏两场",
        ),
    )  # fmt: skip

    assert (answer.status_code, answer["Location"]) == (302, reverse("shoots:role", args=[shoot.pk, role.pk]))
    now = standing(role)
    names = (
        "must",
        "wish",
        "languages",
        "last_day",
        "headcount",
        "night_pay",
        "lodging",
        "hours_per_day",
        "note",
    )
    assert [now[name] for name in names] == [
        ["dimmer"], ["drone", "gimbal"], ["gan"], last, 4, 80, True, 11, "夜戏两场",
    ]  # fmt: skip


def test_what_cannot_be_right_is_named_and_nothing_typed_is_lost(client, mei, address, role, skills):
    client.force_login(mei)
    before = standing(role)

    answer = client.post(address, typed(role, more_must="瞬间移动", headcount=3, note="夜戏"))

    form = answer.context["form"]
    assert (answer.status_code, list(form.errors), standing(role)) == (400, ["more_must"], before)
    assert (form["headcount"].value(), form["note"].value()) == ("3", "夜戏")


def test_a_refusal_of_the_house_stands_at_its_field(client, mei, address, role, skills):
    client.force_login(mei)
    for day in ((role.shoot.days.upper + timedelta(days=3)).isoformat(), "9999-12-31", "2020-01-01"):
        answer = client.post(address, typed(role, last_day=day))
        assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["last_day"])


def test_two_who_change_the_same_are_both_heard(client, mei, address, role, skills, now):
    client.force_login(mei)
    opened = typed(role, headcount=5, note="带雨衣")
    roles.change(role, by=mei, now=now, headcount=7, night_pay=60)

    answer = client.post(address, opened)
    role.refresh_from_db()
    assert (answer.status_code, list(answer.context["form"].errors)) == (409, ["headcount"])
    # What only one of them changed is kept, hers and the other's.
    assert (role.headcount, role.note, role.night_pay) == (7, "带雨衣", 60)

    again = client.post(address, opened | {"was": answer.context["was"], "night_pay": 60})
    role.refresh_from_db()
    assert (again.status_code, role.headcount, role.night_pay) == (302, 5, 60)


@pytest.mark.parametrize("was", ["", "[]", "{", '{"headcount": "x", "nonsense": 1}', "[" * 5000])
def test_a_page_that_does_not_say_what_stood_there_still_saves(client, mei, address, role, skills, was):
    client.force_login(mei)
    client.post(address, typed(role, headcount=4, was=was))
    assert Role.objects.get(pk=role.pk).headcount in (4, role.headcount)


def test_a_stranger_finds_nothing_and_the_role_page_leads_here(client, mei, lin, bo, address, role, shoot):
    for user in (lin, bo):
        client.force_login(user)
        assert client.get(address).status_code == 404
    client.force_login(mei)
    page = client.get(reverse("shoots:role", args=[shoot.pk, role.pk]))
    assert address in page.content.decode()
