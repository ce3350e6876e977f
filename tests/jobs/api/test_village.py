"""A program of the village: it registers, marks days, reads hours and calls, and only for its own people."""

from datetime import timedelta

import pytest
from django.utils import timezone
from psycopg.types.range import DateRange

from hubs.timespan import shoot_day_of
from jobs.models import Notice, WorkedDay
from profiles.models import SpokenConsent, Villager
from profiles.services.spoken import VERSION
from tests.factories.hubs import RoleTypeFactory
from tests.factories.jobs import BookingFactory, RoleFactory, ShootFactory
from tests.factories.profiles import CoordinatorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return shoot_day_of(timezone.now())


@pytest.fixture
def booked(crew, base, wang, today):
    days = DateRange(today + timedelta(days=2), today + timedelta(days=7))
    extra = RoleTypeFactory(code="extra", category="extras", entry_level=True)
    shoot = ShootFactory(crew=crew, base=base, title="晒谷场", days=days)
    role = RoleFactory(shoot=shoot, role_type=extra, category="extras", days=days, headcount=5)
    return BookingFactory(role=role, profile=wang.profile)


def told(**other) -> dict:
    return {
        "name": "李大山", "birth_date": "1960-05-04", "phone_of": "hers", "phone": "139 0701 0088",
        "wanted_roles": ["extra"], "contact": True, "witness": "王小军", "witness_is": "family", "said": True,
    } | other  # fmt: skip


def test_a_person_is_registered_with_what_was_heard(api, cai):
    RoleTypeFactory(code="extra", category="extras", entry_level=True)

    answer = api(cai.user).post("/api/v1/villagers/", told(), format="json")

    made = Villager.objects.get()
    assert (answer.status_code, answer.json()) == (
        201,
        {
            "id": made.pk, "name": "李大山", "phone": "+8613907010088", "phone_of": "hers",
            "registered_at": answer.json()["registered_at"], "next_day": None, "open_offers": 0, "free_days": 0,
            "missing": ["days", "card"],
        },
    )  # fmt: skip
    assert set(SpokenConsent.objects.values_list("purpose", "agreed", "version", "witness")) == {
        ("registration", True, VERSION, "王小军"),
        ("contact", True, VERSION, "王小军"),
    }


def test_without_a_spoken_yes_nobody_is_registered(api, cai):
    RoleTypeFactory(code="extra", category="extras", entry_level=True)

    answers = [
        api(cai.user).post("/api/v1/villagers/", told(**wrong), format="json")
        for wrong in ({"said": False}, {"wanted_roles": ["gaffer"]}, {"witness": "蔡爱兰"})
    ]

    assert [answer.status_code for answer in answers] == [400, 400, 400]
    assert [set(answer.json()["errors"]) or answer.json()["code"] for answer in answers] == [
        {"said"}, {"wanted_roles"}, "witness_alone",
    ]  # fmt: skip
    assert Villager.objects.count() == 0


def test_who_seems_to_be_registered_is_looked_at_first(api, cai, wang):
    RoleTypeFactory(code="extra", category="extras", entry_level=True)
    same = told(name="王桂英", phone=wang.phone, phone_of="family")

    first = api(cai.user).post("/api/v1/villagers/", same, format="json")
    sure = api(cai.user).post("/api/v1/villagers/", same | {"though_alike": True}, format="json")

    assert (first.status_code, first.json()["code"], sure.status_code) == (409, "villager_alike", 201)


def test_her_days_are_said_one_by_one(api, cai, wang, today):
    client, address = api(cai.user), f"/api/v1/villagers/{wang.pk}/days/"
    tomorrow = (today + timedelta(days=1)).isoformat()

    answer = client.patch(address, {"days": [{"day": tomorrow, "part": "day"}]}, format="json")
    other = (today + timedelta(days=3)).isoformat()
    client.patch(address, {"days": [{"day": other, "part": "both"}]}, format="json")

    free = {row["day"]: row["part"] for row in client.get(address).json() if row["part"]}
    assert (answer.status_code, len(answer.json()), free) == (200, 28, {tomorrow: "day", other: "both"})


def test_her_hours_are_read(api, cai, booked, wang, today):
    start = timezone.now() - timedelta(days=3)
    WorkedDay.objects.create(
        booking=booked, day=today - timedelta(days=3), checked_in_at=start,
        checked_out_at=start + timedelta(hours=9, minutes=30),
    )  # fmt: skip

    (row,) = api(cai.user).get(f"/api/v1/villagers/{wang.pk}/hours/").json()

    assert (row["day"], row["shoot_title"], row["minutes"]) == (
        (today - timedelta(days=3)).isoformat(),
        "晒谷场",
        570,
    )


def test_calls_are_read_and_texted_once(api, cai, booked, wang):
    client, day = api(cai.user), booked.days.lower.isoformat()

    before = client.get("/api/v1/village-calls/", {"day": day}).json()
    called = [client.post("/api/v1/village-calls/", {"day": day}, format="json").json() for _ in range(2)]
    after = client.get("/api/v1/village-calls/", {"day": day}).json()

    assert [(row["villager"], row["name"], row["text"]) for row in before] == [(wang.pk, "王桂英", "")]
    assert ([each["called"] for each in called], [row["text"] for row in after]) == ([1, 0], ["waiting"])
    assert Notice.objects.filter(kind="village_call", recipient=wang.profile.user).count() == 1


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_at_the_end_of_the_calendar_has_no_calls(api, cai, wang, day):
    client = api(cai.user)

    assert client.get("/api/v1/village-calls/", {"day": day}).json() == []
    assert client.post("/api/v1/village-calls/", {"day": day}, format="json").status_code in (200, 409)


def test_others_find_nobody(api, hub, wang, mei, ada, bo):
    stranger = CoordinatorFactory(hub=hub).user
    pages = ("", "days/", "hours/")

    assert api(stranger).get("/api/v1/villagers/").json()["results"] == []
    assert [api(stranger).get(f"/api/v1/villagers/{wang.pk}/{page}").status_code for page in pages] == [
        404
    ] * 3
    for user in (mei, ada, bo):
        answer = api(user).get("/api/v1/villagers/")
        assert (answer.status_code, answer.json()["code"]) == (403, "coordinators_only")
    assert api().get("/api/v1/villagers/").status_code == 401
