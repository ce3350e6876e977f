"""The API's doors to work: what they answer, and that asking twice is safe."""

from datetime import timedelta

import pytest
from django.utils import timezone
from psycopg.types.range import DateRange

from jobs.enums import MatchState, OfferState, RunState, ShootState
from jobs.models import Booking, ContactView, MatchRun, Offer, Shoot
from tests.factories.jobs import (
    BookingFactory,
    CrewTemplateFactory,
    MatchFactory,
    MatchRunFactory,
    NoticeFactory,
    OfferFactory,
    RoleFactory,
    ShootFactory,
    TemplateLineFactory,
)
from tests.factories.profiles import fits

pytestmark = pytest.mark.django_db


@pytest.fixture
def shoot(crew, base):
    """Mei's open shoot, three weeks from the moment the doors read on the clock."""
    first = timezone.now().date() + timedelta(days=21)
    return ShootFactory(
        crew=crew, base=base, title="雨夜归人", days=DateRange(first, first + timedelta(days=7))
    )


@pytest.fixture
def offer(fitting_bo, role):
    now = timezone.now()
    return OfferFactory(
        role=role, profile=fitting_bo.profile, sent_at=now, expires_at=now + timedelta(hours=6)
    )


def shoot_in(crew, base, **other) -> dict:
    return {
        "crew": crew.pk, "title": "春山可望", "genre": "modern", "base": base.slug,
        "first_day": "2027-03-01", "last_day": "2027-03-07",
    } | other  # fmt: skip


# -- shoots -------------------------------------------------------------------------------------------------------


def test_a_shoot_is_made_with_the_roles_of_a_template(api, mei, crew, base):
    template = CrewTemplateFactory(code="crew-12")
    TemplateLineFactory(template=template, headcount=12)

    answer = api(mei).post("/api/v1/shoots/", shoot_in(crew, base, template="crew-12"), format="json")

    made = Shoot.objects.get(title="春山可望")
    assert (answer.status_code, answer.json()["id"], answer.json()["state"]) == (201, made.pk, "draft")
    assert (answer.json()["first_day"], answer.json()["last_day"]) == ("2027-03-01", "2027-03-07")
    assert [(role.headcount, role.days) for role in made.roles.all()] == [(12, made.days)]


def test_a_refusal_of_the_house_has_one_shape(api, mei, crew, base):
    answer = api(mei).post(
        "/api/v1/shoots/",
        shoot_in(crew, base, last_day="2027-03-20"),
        format="json",
        HTTP_ACCEPT_LANGUAGE="en",
    )

    assert (answer.status_code, answer.json()) == (
        400,
        {
            "code": "shoot_days",
            "message": "A shoot has 5 to 10 shoot days. Change the first or the last day.",
            "field": "last_day",
            "facts": {},
            "errors": {},
        },
    )


def test_another_crew_is_refused_like_one_that_does_not_exist(api, mei, base, lin_crew):
    strangers = api(mei).post("/api/v1/shoots/", shoot_in(lin_crew, base), format="json")
    nobodys = api(mei).post("/api/v1/shoots/", shoot_in(lin_crew, base) | {"crew": 999_999}, format="json")

    assert strangers.status_code == nobodys.status_code == 400
    assert strangers.content.replace(str(lin_crew.pk).encode(), b"") == nobodys.content.replace(
        b"999999", b""
    )


def test_publishing_twice_publishes_once(api, mei, crew, base):
    draft = ShootFactory(crew=crew, base=base, state=ShootState.DRAFT, published_at=None)
    RoleFactory(shoot=draft)
    url = f"/api/v1/shoots/{draft.pk}/publish/"

    first, second = api(mei).post(url), api(mei).post(url)

    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()
    assert first.json()["state"] == "open"


def test_a_shoot_that_was_called_off_cannot_be_published(api, mei, crew, base):
    gone = ShootFactory(crew=crew, base=base, state=ShootState.CANCELLED)
    RoleFactory(shoot=gone)

    answer = api(mei).post(f"/api/v1/shoots/{gone.pk}/publish/")

    assert (answer.status_code, answer.json()["code"]) == (409, "move_not_allowed")


def test_a_second_match_is_the_first_one(api, mei, role, shoot):
    url = f"/api/v1/shoots/{shoot.pk}/match/"

    first, second = api(mei).post(url), api(mei).post(url)

    assert (first.status_code, second.status_code) == (202, 200)
    assert first.json()["id"] == second.json()["id"] == MatchRun.objects.get().pk


def test_offers_are_sent_from_the_run_that_was_reviewed(api, mei, fitting_bo, role, shoot):
    run = MatchRunFactory(shoot=shoot)
    MatchFactory(run=run, role=role, profile=fitting_bo.profile)
    url = f"/api/v1/shoots/{shoot.pk}/send-offers/"

    answers = [api(mei).post(url, {"run": run.pk}, format="json") for _ in range(2)]

    assert [answer.json() for answer in answers] == [{"sent": 1}, {"sent": 0}]
    assert Offer.objects.filter(role=role, state=OfferState.OPEN).count() == 1


def test_a_run_of_another_shoot_is_not_taken(api, mei, shoot, lin_crew):
    run = MatchRunFactory(shoot=ShootFactory(crew=lin_crew))

    answer = api(mei).post(f"/api/v1/shoots/{shoot.pk}/send-offers/", {"run": run.pk}, format="json")

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["run"])


def test_the_board_tells_the_state_of_every_slot(api, mei, offer, role, shoot):
    board = api(mei).get(f"/api/v1/shoots/{shoot.pk}/board/").json()

    assert {name: board[name] for name in ("headcount", "booked", "offered", "proposed", "empty", "complete")} == {
        "headcount": 2, "booked": 0, "offered": 1, "proposed": 0, "empty": 1, "complete": False,
    }  # fmt: skip
    [slots] = [each["slots"] for department in board["departments"] for each in department["roles"]]
    assert [(slot["state"], slot["offer"], slot["booking"]) for slot in slots] == [
        ("offered", offer.pk, None),
        ("empty", None, None),
    ]
    assert slots[0]["person"] == {"id": offer.profile_id, "name": "博", "headline": ""}


# -- roles --------------------------------------------------------------------------------------------------------


def test_open_roles_are_everybodys_and_narrowed_by_what_is_shown(api, role, base):
    RoleFactory(shoot__state=ShootState.DRAFT)
    cheap = RoleFactory(shoot=role.shoot, day_rate=100)

    def found(**query) -> set[int]:
        return {each["id"] for each in api().get("/api/v1/roles/", query).json()["results"]}

    last = role.days.upper - timedelta(days=1)
    assert found() == {role.pk, cheap.pk}
    assert found(min_rate=200) == {role.pk}
    assert found(hub=base.hub.slug, last_day=last.isoformat()) == {role.pk, cheap.pk}
    assert found(last_day=(last - timedelta(days=1)).isoformat()) == set()
    assert found(hub="nowhere") == set()


def test_a_filter_that_is_no_value_is_named(api, role):
    answer = api().get("/api/v1/roles/", {"category": "no-such-thing", "first_day": "soon"})

    assert (answer.status_code, sorted(answer.json()["errors"])) == (400, ["category", "first_day"])


def test_applying_twice_is_a_conflict_and_changes_nothing(api, fitting_bo, role):
    url = f"/api/v1/roles/{role.pk}/apply/"

    first = api(fitting_bo).post(url, {"message": "想学布光"}, format="json")
    second = api(fitting_bo).post(url, {"message": "还是我"}, format="json")

    assert (first.status_code, second.status_code, second.json()["code"]) == (201, 409, "already_applied")
    assert first.json()["message"] == "想学布光"


# -- matches and runs ---------------------------------------------------------------------------------------------


def test_matches_of_a_run_are_ranked_and_keep_a_persons_own_figures_inside(api, mei, fitting_bo, role, shoot):
    run = MatchRunFactory(shoot=shoot)
    private = [{"rule": "rate", "amount": 120, "facts": {"floor": 200, "offered": 350}}]
    MatchFactory(run=run, role=role, profile=fitting_bo.profile, contributions=private)
    MatchFactory(run=run, role=RoleFactory(shoot=shoot), state=MatchState.STANDBY)

    [match] = api(mei).get("/api/v1/matches/", {"run": run.pk, "role": role.pk}).json()["results"]

    assert match["reasons"] == [{"rule": "rate", "amount": 120}]
    assert match["person"] == {"id": fitting_bo.profile.pk, "name": "博", "headline": ""}


def test_a_run_tells_its_progress_and_not_its_record(api, mei, shoot):
    run = MatchRunFactory(
        shoot=shoot, state=RunState.RUNNING, phase="clearing", done=3, total=6, record=b"secret"
    )

    body = api(mei).get(f"/api/v1/runs/{run.pk}/").json()

    assert (body["state"], body["phase"], body["done"], body["total"]) == ("running", "clearing", 3, 6)
    assert {"record", "breaches", "asked_by"} & set(body) == set()


# -- offers and bookings ------------------------------------------------------------------------------------------


def test_accepting_answers_the_booking_and_asking_again_the_same_one(api, fitting_bo, offer):
    url = f"/api/v1/offers/{offer.pk}/accept/"

    first, second = api(fitting_bo).post(url), api(fitting_bo).post(url)

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert (first.json()["id"], first.json()["state"]) == (Booking.objects.get().pk, "confirmed")


def test_an_offer_that_was_given_back_is_not_booked_again_by_asking(api, fitting_bo, offer):
    client = api(fitting_bo)
    booking = client.post(f"/api/v1/offers/{offer.pk}/accept/").json()["id"]
    cancelled = [
        client.post(f"/api/v1/bookings/{booking}/cancel/", {"reason": "病了"}, format="json")
        for _ in range(2)
    ]

    again = client.post(f"/api/v1/offers/{offer.pk}/accept/")

    assert [answer.json()["state"] for answer in cancelled] == ["cancelled", "cancelled"]
    assert (again.status_code, again.json()["code"]) == (409, "offer_not_open")


@pytest.mark.parametrize(
    ("act", "who", "state"), [("decline", "bo", "declined"), ("withdraw", "mei", "withdrawn")]
)
def test_an_offer_that_has_ended_that_way_stays_so(api, request, fitting_bo, offer, act, who, state):
    client = api(request.getfixturevalue(who))
    answers = [client.post(f"/api/v1/offers/{offer.pk}/{act}/") for _ in range(2)]

    assert [(answer.status_code, answer.json()["state"]) for answer in answers] == [(200, state)] * 2


def test_a_declined_offer_cannot_be_withdrawn(api, mei, fitting_bo, offer):
    api(fitting_bo).post(f"/api/v1/offers/{offer.pk}/decline/")

    answer = api(mei).post(f"/api/v1/offers/{offer.pk}/withdraw/")

    assert (answer.status_code, answer.json()["code"]) == (409, "offer_not_open")


def test_contacts_are_opened_one_by_one_and_each_look_is_noted(api, mei, viewer, role, bo):
    fits(bo.profile, role)
    booking = BookingFactory(role=role, profile=bo.profile)
    url = f"/api/v1/bookings/{booking.pk}/"
    contact = {"email": "bo@people.example", "mobile": None, "wechat": ""}

    assert [api(user).get(url).json()["contact"] for user in (mei, bo, viewer)] == [None, contact, None]
    answers = [api(user).post(f"{url}contact/") for user in (mei, bo, viewer)]
    assert [answer.status_code for answer in answers] == [200, 200, 403]
    assert [answers[0].json(), answers[1].json()] == [contact, contact]
    assert list(ContactView.objects.values_list("by", "profile", "booking")) == [
        (mei.pk, bo.profile.pk, booking.pk)
    ]


def test_who_only_looks_on_sees_the_public_pay_and_no_other(api, mei, viewer, offer, role):
    draft = RoleFactory(shoot__crew=role.shoot.crew, shoot__state=ShootState.DRAFT, day_rate=777)

    def pay(user) -> tuple:
        return tuple(
            api(user).get(f"/api/v1/{path}/").json()["day_rate"]
            for path in (f"roles/{role.pk}", f"roles/{draft.pk}", f"offers/{offer.pk}")
        )

    assert (pay(mei), pay(viewer)) == ((350, 777, 350), (350, None, None))


def test_notices_are_ones_own_and_marked_read_at_once(api, bo, mei):
    mine = [NoticeFactory(recipient=bo) for _ in range(2)]
    NoticeFactory(recipient=mei)
    client = api(bo)

    seen = client.get("/api/v1/notices/").json()["results"]
    read = [client.post("/api/v1/notices/read/").json() for _ in range(2)]

    assert [each["id"] for each in seen] == [notice.pk for notice in reversed(mine)]
    assert read == [{"read": 2}, {"read": 0}]


def test_no_answer_is_kept_by_a_cache(api, mei, role):
    assert api(mei).get("/api/v1/offers/")["Cache-Control"] == "no-store"
    assert api().get("/api/v1/roles/")["Cache-Control"] == "no-store"
