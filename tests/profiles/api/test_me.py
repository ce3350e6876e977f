"""My profile over the API: read, change, days, lines, token; and nobody else's."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.authtoken.models import Token

from profiles.models import Availability, User, today_at
from tests.factories.hubs import HubFactory, LanguageFactory, RoleTypeFactory, SkillFactory
from tests.factories.profiles import CreditFactory, WantedRoleFactory

PROFILE = "/api/v1/me/profile/"
DAYS = "/api/v1/me/availability/"
TOKEN = "/api/v1/token/"


@pytest.fixture
def as_bo(client, bo):
    client.force_login(bo)
    return client


def patch(client, **said):
    return client.patch(PROFILE, json.dumps(said), content_type="application/json")


def put(client, *spans):
    return client.put(DAYS, json.dumps({"spans": list(spans)}), content_type="application/json")


def test_reading_and_changing_everything(as_bo, bo, hub):
    other, language = HubFactory(slug="xian"), LanguageFactory(code="zh-x-henan")
    skill, role_type = SkillFactory(code="rigging"), RoleTypeFactory(code="electrician")
    response = patch(
        as_bo,
        name="博",
        headline="灯光助理",
        former_trade="汽修",
        studied_abroad=True,
        home_hub="xian",
        willing_hubs=[hub.slug],
        day_rate_floor=350,
        skills=[{"skill": "rigging", "level": 2}],
        wanted_roles=["electrician"],
        languages=["zh-x-henan"],
        acting=True,
        sex="male",
        playable_age_min=18,
        playable_age_max=30,
        height_cm=178,
        contact_wechat="bo_1",
    )
    assert response.status_code == 200, response.content
    expected = {
        "id": bo.profile.pk, "name": "博", "email": "bo@people.example", "mobile": None,
        "birth_date": "2003-05-17", "headline": "灯光助理", "former_trade": "汽修", "studied_abroad": True,
        "contact_wechat": "bo_1", "language": "zh-hans",
        "listed": True, "waiting_since": None, "home_hub": "xian", "willing_hubs": ["xian", hub.slug],
        "day_rate_floor": 350, "skills": [{"skill": "rigging", "level": 2}], "wanted_roles": ["electrician"],
        "languages": ["zh-x-henan"], "acting": True, "sex": "male", "playable_age_min": 18,
        "playable_age_max": 30, "height_cm": 178, "educations": [], "credits": [],
        "completeness": {"done": 7, "total": 10, "matchable": False, "missing": ["availability"]},
    }  # fmt: skip
    assert response.json() == expected
    assert as_bo.get(PROFILE).json() == expected
    assert {other.slug, language.code, skill.code, role_type.code} == {
        "xian",
        "zh-x-henan",
        "rigging",
        "electrician",
    }


@pytest.mark.parametrize("url", [PROFILE, DAYS, "/api/v1/me/education/", "/api/v1/me/credits/"])
def test_nothing_without_signing_in_and_nothing_without_a_profile(client, mei, url):
    assert client.get(url).status_code == 401
    client.force_login(mei)
    response = client.get(url)
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"day_rate_floor": -1}, "rate_out_of_range", "day_rate_floor"),
        ({"day_rate_floor": 10**30}, "rate_out_of_range", "day_rate_floor"),
        ({"day_rate_floor": "NaN"}, "invalid", "day_rate_floor"),
        ({"day_rate_floor": None}, "invalid", "day_rate_floor"),
        ({"name": "a\x00b"}, "invalid", "name"),
        ({"name": "\ud800"}, "invalid", "name"),
        ({"name": "a\u202eb"}, "text_unreadable", "name"),
        ({"name": "x" * 100_000}, "invalid", "name"),
        ({"waiting_since": "9999-12-31"}, "waiting_since_impossible", "waiting_since"),
        ({"home_hub": "nowhere"}, "invalid", "home_hub"),
        ({"willing_hubs": ["nowhere"]}, "invalid", "willing_hubs"),
        ({"willing_hubs": "zhengzhou"}, "invalid", "willing_hubs"),
        ({"skills": [{"skill": "rigging", "level": 9}]}, "invalid", "skills"),
        ({"skills": [{"skill": "rigging", "level": 1}] * 2}, "invalid", "skills"),
        ({"wanted_roles": ["electrician"] * 2}, "roles_twice", "wanted_roles"),
        ({"wanted_roles": ["electrician"] * 11}, "invalid", "wanted_roles"),
        ({"language": "fr"}, "language_unknown", "language"),
        ({"mobile": "13800138000"}, "invalid", "mobile"),
        ({"reliability": 200}, "invalid", "reliability"),
        ({"birth_date": "1990-01-01"}, "invalid", "birth_date"),
        ({"kind": "admin"}, "invalid", "kind"),
    ],
)
def test_bad_input_names_its_field_and_changes_nothing(as_bo, bo, hub, said, code, field):
    SkillFactory(code="rigging")
    RoleTypeFactory(code="electrician")
    before = as_bo.get(PROFILE).json()
    response = patch(as_bo, **said)
    body = response.json()
    assert (response.status_code, body["code"]) == (400, code)
    assert field in (body["errors"] if code == "invalid" else [body["field"]])
    assert body["message"]
    assert as_bo.get(PROFILE).json() == before


def test_days_are_replaced_listed_and_cleared(as_bo, bo):
    today = today_at(timezone.now())
    first, last = str(today + timedelta(days=3)), str(today + timedelta(days=5))
    response = put(as_bo, {"first_day": first, "last_day": last, "part": "night"})
    assert (response.status_code, response.json()) == (
        200,
        [{"first_day": first, "last_day": last, "part": "night"}],
    )
    row = Availability.objects.get()
    assert (row.days.lower, row.days.upper) == (today + timedelta(days=3), today + timedelta(days=6))
    assert as_bo.get(DAYS).json() == response.json()
    assert as_bo.delete(DAYS).status_code == 204
    assert as_bo.get(DAYS).json() == []


@pytest.mark.parametrize(
    ("spans", "code"),
    [
        ([(5, 3)], "days_in_order"),
        ([(0, 3), (3, 4)], "overlapping_days"),
        ([(-2, 3)], "day_past"),
        ([(0, 4000)], "day_too_far"),
    ],
)
def test_impossible_days_are_refused(as_bo, spans, code):
    today = today_at(timezone.now())
    rows = [
        {"first_day": str(today + timedelta(days=one)), "last_day": str(today + timedelta(days=other))}
        for one, other in spans
    ]
    response = put(as_bo, *rows)
    assert (response.status_code, response.json()["code"]) == (400, code)
    assert not Availability.objects.exists()


def test_the_end_of_time_is_too_far_and_no_crash(as_bo):
    response = put(as_bo, {"first_day": "9999-12-31", "last_day": "9999-12-31"})
    assert (response.status_code, response.json()["code"]) == (400, "day_too_far")


def test_lines_are_added_read_and_removed_and_only_her_own(as_bo, bo, lin_graduate):
    RoleTypeFactory(code="electrician")
    made = as_bo.post(
        "/api/v1/me/credits/",
        {"title": "雨夜归人", "role_type": "electrician", "year": 2025},
        "application/json",
    )
    assert made.status_code == 201
    school = as_bo.post(
        "/api/v1/me/education/", {"school": "河南开放大学", "degree": "bachelor"}, "application/json"
    )
    assert school.status_code == 201
    theirs = CreditFactory(profile=lin_graduate.profile)
    assert as_bo.delete(f"/api/v1/me/credits/{theirs.pk}/").status_code == 404
    assert [row["id"] for row in as_bo.get("/api/v1/me/credits/").json()["results"]] == [made.json()["id"]]
    assert as_bo.delete(f"/api/v1/me/credits/{made.json()['id']}/").status_code == 204
    assert as_bo.delete(f"/api/v1/me/education/{school.json()['id']}/").status_code == 204
    assert (bo.profile.credits.count(), bo.profile.educations.count()) == (0, 0)


@pytest.mark.parametrize("size", [1, 3])
def test_reading_costs_the_same_for_one_row_and_for_three(as_bo, bo, size, django_assert_num_queries):
    for _ in range(size):
        WantedRoleFactory(profile=bo.profile)
        CreditFactory(profile=bo.profile)
    as_bo.get(PROFILE)
    with django_assert_num_queries(9):
        assert as_bo.get(PROFILE).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("login", ["known@people.example", "138 0013 8000"])
def test_a_token_for_the_right_sign_in(client, login):
    user = User.objects.create_user(
        email="known@people.example", mobile="+8613800138000", password="two quiet rivers", name="知"
    )
    response = client.post(TOKEN, {"login": login, "password": "two quiet rivers"}, "application/json")
    assert (response.status_code, response.json()) == (200, {"token": Token.objects.get(user=user).key})


@pytest.mark.django_db
def test_a_token_for_a_wrong_sign_in_says_the_same_for_everybody_and_is_limited(client):
    User.objects.create_user(email="known@people.example", password="two quiet rivers", name="知")
    answers = [
        client.post(TOKEN, {"login": login, "password": "wrong"}, "application/json")
        for login in ("known@people.example", "other@people.example", "13900139000")
    ]
    assert {(answer.status_code, answer.content) for answer in answers} == {(400, answers[0].content)}
    for _ in range(4):
        client.post(TOKEN, {"login": "known@people.example", "password": "wrong"}, "application/json")
    right = client.post(
        TOKEN, {"login": "known@people.example", "password": "two quiet rivers"}, "application/json"
    )
    assert (right.status_code, right.json()["code"]) == (400, "too_many_tries")
    assert not Token.objects.exists()


@pytest.mark.django_db
def test_no_token_before_the_address_is_confirmed(client):
    client.post(
        "/accounts/signup/",
        {"kind": "manager", "name": "梅", "email": "new@crews.example", "password1": "two quiet rivers"},
    )
    response = client.post(
        TOKEN, {"login": "new@crews.example", "password": "two quiet rivers"}, "application/json"
    )
    assert (response.status_code, response.json()["code"]) == (400, "sign_in_wrong")
