"""Bad input that is not one field's: whole bodies, replays, expired and foreign tokens, fields nobody asked for."""

import json
from datetime import timedelta

import pytest
from django.db import transaction

from jobs.enums import OfferState
from jobs.models import Booking, Crew, Offer, Shoot
from profiles.models import User
from tests.guards.doors import send
from tests.guards.routes import by_name
from tests.guards.writes import API, PAGES

pytestmark = pytest.mark.django_db

GREEDY = {
    "state": "accepted", "role": "admin", "kind": "admin", "is_staff": True, "is_superuser": True, "is_active": True,
    "verified_at": "2026-01-01T00:00:00Z", "reliability": 200, "simulated": True, "mobile_verified": True,
    "filled": 60, "right": "owner", "id": 1, "pk": 1, "user": 1, "by": 1, "now": "2000-01-01T00:00:00Z",
}  # fmt: skip
BODIES = sorted(name for name, write in API.items() if write.fields)


def ask(world, name: str, body: bytes, content_type: str = "application/json"):
    write, route = API[name], by_name(name)
    with transaction.atomic():
        client = world.client(write.actor)
        response = client.generic(write.method, route.url(world), body, content_type)
        transaction.set_rollback(True)
    return response


@pytest.mark.parametrize("name", BODIES)
def test_a_field_nobody_asked_for_is_refused_by_name(world, name):
    """Mass assignment: whoever sends state=accepted learns that there is no such field."""
    right = API[name].payload(world)
    for extra, value in GREEDY.items():
        if extra in right:
            continue
        response = ask(world, name, json.dumps(right | {extra: value}).encode())
        assert (response.status_code, list(response.json()["errors"])) == (400, [extra]), extra


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_form_takes_nothing_it_does_not_show(world, name):
    """Pages get more fields than they asked for from every browser extension: they are left aside."""
    write, route = PAGES[name], by_name(name)
    before = _rights()
    with transaction.atomic():
        greedy = {key: str(value) for key, value in GREEDY.items() if key not in write.payload(world)}
        data = greedy | write.payload(world)
        if name == "account_signup":
            data |= {"kind": "admin"}
        answer = send(world.client(write.actor), route.url(world), "POST", data, json=False)
        gained = _rights() - before
        transaction.set_rollback(True)

    assert answer.response.status_code < 500
    assert {right for right in gained if "admin" in right or "True" in right} == set()


def _rights() -> set[str]:
    people = User.objects.values_list("email", "kind", "is_staff", "is_superuser", "mobile_verified")
    return {" ".join(map(str, row)) for row in people} | {
        f"{crew.pk} {crew.state}" for crew in Crew.objects.filter(state="verified")
    }


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_is_no_object_of_json_is_refused(world, name):
    right = json.dumps(API[name].payload(world), ensure_ascii=False)
    twice = right[:-1] + ", " + right[1:]
    codes = {
        "key twice": ask(world, name, twice.encode()).status_code,
        "deep": ask(world, name, b"[" * 200_000).status_code,
        "deep object": ask(world, name, b'{"a":' * 100_000).status_code,
        "list": ask(world, name, b"[]").status_code,
        "text": ask(world, name, b'"accepted"').status_code,
        "cut off": ask(world, name, right[:-1].encode()).status_code,
        "NaN": ask(world, name, b'{"title": NaN}').status_code,
        "GBK": ask(world, name, '{"title": "山海"}'.encode("gbk")).status_code,
    }

    assert {key: code for key, code in codes.items() if code != 400} == {}


@pytest.mark.parametrize("name", BODIES)
def test_another_kind_of_body_is_named_as_such(world, name):
    right = json.dumps(API[name].payload(world)).encode()

    codes = [
        ask(world, name, right, kind).status_code for kind in ("text/plain", "application/xml", "image/png")
    ]

    assert codes == [415] * 3


@pytest.mark.parametrize("name", BODIES)
def test_a_value_of_another_type_is_refused(world, name):
    right = API[name].payload(world)
    for key, kind in API[name].fields.items():
        if "." in key or kind.startswith("rows"):
            continue
        for wrong in ([], {}, [[]], {"a": {"b": 1}}):
            response = ask(world, name, json.dumps(right | {key: wrong}).encode())
            assert (response.status_code, list(response.json()["errors"])) == (400, [key]), (key, wrong)


def test_ten_megabytes_in_a_field_are_refused(world):
    big = "长" * 3_500_000
    for name in BODIES:
        texts = [key for key, kind in API[name].fields.items() if kind.startswith("text")]
        if texts:
            body = json.dumps(API[name].payload(world) | {texts[0]: big}).encode()
            assert ask(world, name, body).status_code in (400, 413), name
    for name in ("shoots:new", "roles:apply", "my_profile_basics", "crews:apply"):
        write = PAGES[name]
        key = next(key for key, kind in write.fields.items() if kind.startswith("text"))
        answer = send(
            world.client(write.actor),
            by_name(name).url(world),
            "POST",
            write.payload(world) | {key: big},
            json=False,
        )
        assert answer.code in ("400", "413"), name


def _shoot(world, first: int, last: int) -> dict:
    days = [(world.first_day + timedelta(days=number)).isoformat() for number in (first, last)]
    return dict(zip(("first_day", "last_day"), days, strict=True))


@pytest.mark.parametrize(
    ("first", "last"), [(6, 0), (0, 0), (0, 3), (0, 10)], ids=["reversed", "1", "4", "11"]
)
def test_a_shoot_of_another_length_is_refused_at_both_doors(world, first, last):
    before = Shoot.objects.count()
    for name in ("shoots:new", "shoot-list"):
        write = (PAGES | API)[name]
        route = by_name(name)
        data = write.payload(world) | _shoot(world, first, last)
        answer = send(world.client("mei"), route.url(world), "POST", data, json=route.is_api)
        said = (
            [answer.response.json()["field"]] if route.is_api else [*answer.response.context["form"].errors]
        )
        assert (answer.code, said) == ("400", ["last_day"])
    assert Shoot.objects.count() == before


@pytest.mark.parametrize("door", ["offers:accept", "offer-accept"])
def test_an_offer_pressed_after_its_deadline_is_gone(world, undone, door):
    Offer.objects.filter(pk=world.offer.pk).update(expires_at=world.now - timedelta(seconds=1))
    route = by_name(door)

    answer = send(world.client("bo"), route.url(world), "POST", {}, json=route.is_api)

    assert answer.code == "410"
    assert Booking.objects.filter(offer=world.offer).count() == 0


@pytest.mark.parametrize("door", ["offers:accept", "offer-accept", "offers:decline", "offer-decline"])
def test_an_answer_to_an_offer_that_moved_on_meanwhile_is_refused(world, undone, door):
    """The page was opened while the offer stood: a stale version."""
    Offer.objects.filter(pk=world.offer.pk).update(state=OfferState.WITHDRAWN, answered_at=world.now)
    route = by_name(door)

    answer = send(world.client("bo"), route.url(world), "POST", {}, json=route.is_api)

    assert answer.code == "409"
    assert Offer.objects.get(pk=world.offer.pk).state == OfferState.WITHDRAWN


def test_accepting_twice_books_once(world, undone):
    url = by_name("offer-accept").url(world)
    answers = [world.client("bo").post(url, content_type="application/json") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [201, 200, 200]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert Booking.objects.filter(offer=world.offer).count() == 1


def test_a_foreign_or_invented_token_opens_nothing(world):
    from django.test import Client

    codes = {
        "made up": Client().get("/api/v1/offers/", HTTP_AUTHORIZATION="Token 0123456789abcdef").status_code,
        "other scheme": Client().get("/api/v1/offers/", HTTP_AUTHORIZATION="Bearer x").status_code,
        "no words": Client().get("/api/v1/offers/", HTTP_AUTHORIZATION="Token").status_code,
        "Chinese": Client()
        .get("/api/v1/offers/", HTTP_AUTHORIZATION="Token 令牌".encode().decode("latin1"))
        .status_code,
        "feed": Client().get("/calendar/no-such-token.ics").status_code,
    }

    assert codes == {"made up": 401, "other scheme": 401, "no words": 401, "Chinese": 401, "feed": 404}


def test_a_suspended_owner_of_a_token_is_a_stranger(world, undone):
    User.objects.filter(pk=world.users["bo"].pk).update(is_active=False)

    assert world.client("bo_token").get("/api/v1/offers/").status_code == 401
