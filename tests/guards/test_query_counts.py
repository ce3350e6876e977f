"""How many questions a page asks the database: a number a page, the same with few rows and with many."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.guards import onset_doors, place_doors, remote_doors, village_doors
from tests.guards.growth import grow
from tests.guards.matrix import ROWS
from tests.guards.routes import by_name
from tests.guards.test_matrix import expected

pytestmark = pytest.mark.django_db

MORE = 12

COUNTS: dict[str, int] = {
    "GET shoots:write": 4,
    "GET shoots:person": 34,
    "GET shoots:find": 4,
    "GET shoots:compare": 4,
    "GET my_unit_join": 5,
    "GET my_unit": 4,
    "GET answer": 5,
    "GET my_account": 4,
    "GET mfa_list_webauthn": 3,
    "GET mfa_reauthenticate_webauthn": 12,
    "GET my_cv": 13,
    "GET my_pay": 7,
    "GET my_work": 11,
    "GET offers:accept": 7,
    "GET offers:detail": 9,
    "GET promises": 2,
    "GET my_notice_choices": 4,
    "GET my_contact_views": 4,
    "GET my_data": 6,
    "GET my_data_fetch": 2,
    "GET my_data_delete": 5,
    "GET bookings:contact": 4,
    "GET public_page": 12,
    "GET api-docs": 2,
    "GET api-schema": 1,
    "GET base-detail": 4,
    "GET base-list": 5,
    "GET booking-detail": 4,
    "GET booking-list": 5,
    "GET market_room": 13,
    "GET market_numbers": 10,
    "GET queue": 8,
    "GET report": 3,
    "GET hubs:photo": 2,
    "GET appeals:detail": 3,
    "GET appeals:file": 3,
    "GET appeals:list": 4,
    "GET bookings:cancel": 6,
    "GET bookings:confirm": 6,
    "GET bookings:no_show": 4,
    "GET crews:record": 7,
    "GET my_strikes": 6,
    "GET shoots:vacancies": 9,
    "GET calendar_feed": 5,
    "GET crews:apply": 3,
    "GET figure-detail": 2,
    "GET figure-list": 3,
    "GET for_me": 14,
    "GET my_chain": 23,
    "GET my_ladder": 14,
    "GET searches:list": 4,
    "GET hubs:trades": 4,
    "GET hubs:trade": 13,
    "GET hub-detail": 3,
    "GET hub-list": 4,
    "GET hubs:base": 10,
    "GET hubs:figures": 4,
    "GET hubs:hub": 11,
    "GET hubs:list": 4,
    "GET hubs:programme": 5,
    "GET hubs:training": 8,
    "GET landing": 10,
    "GET language-detail": 2,
    "GET language-list": 3,
    "GET match-list": 4,
    "GET my-availability": 3,
    "GET my-credits-list": 4,
    "GET my-education-list": 4,
    "GET my-profile": 9,
    "GET my_availability": 11,
    "GET my_calendar": 4,
    "GET my_profile": 11,
    "GET my_gains": 12,
    "GET my_profile_acting": 3,
    "GET my_profile_find_school": 2,
    "GET my_profile_find_skill": 5,
    "GET my_profile_find_role_type": 2,
    "GET my_profile_portfolio": 6,
    "GET my_profile_training": 6,
    "GET photo": 2,
    "GET my_profile_basics": 3,
    "GET my_profile_contact": 3,
    "GET my_profile_credits": 6,
    "GET my_profile_education": 5,
    "GET my_profile_languages": 5,
    "GET my_profile_places": 6,
    "GET my_profile_roles": 5,
    "GET my_profile_skills": 6,
    "GET notice-list": 4,
    "GET notices": 4,
    "GET offer-detail": 3,
    "GET offer-list": 4,
    "GET offers:list": 6,
    "GET programme-detail": 4,
    "GET programme-list": 5,
    "GET role-detail": 3,
    "GET role-list": 4,
    "GET role-what-if": 5,
    "GET role-fit": 10,
    "GET role-type-detail": 3,
    "GET role-type-list": 4,
    "GET roles:detail": 7,
    "GET roles:list": 9,
    "GET run-detail": 3,
    "GET run-list": 4,
    "GET runs:detail": 17,
    "GET runs:list": 9,
    "GET markets:detail": 4,
    "GET markets:list": 6,
    "GET shoot-board": 10,
    "GET shoot-detail": 3,
    "GET shoot-list": 4,
    "GET shoots:board": 21,
    "GET shoots:cancel": 5,
    "GET shoots:list": 5,
    "GET shoots:new": 19,
    "GET shoots:plan": 1,
    "GET shoots:edit": 13,
    "GET shoots:clone": 4,
    "GET shoots:grid": 11,
    "GET shoots:forecast": 17,
    "GET shoots:import": 5,
    "GET shoots:import_list": 8,
    "GET crews:members": 7,
    "GET crews:mend": 6,
    "GET crews:join": 3,
    "GET shoots:new_role": 6,
    "GET shoots:role": 15,
    "GET shoots:edit_role": 12,
    "GET shoots:send_offers": 8,
    "GET shoots:slots": 20,
    "GET shoots:wages": 8,
    "GET shoots:wrap": 5,
    "GET skill-detail": 2,
    "GET skill-list": 3,
}
"""Queries of a second visit; one of them reads the user."""
COUNTS |= place_doors.COUNTS | remote_doors.COUNTS
COUNTS |= onset_doors.COUNTS | village_doors.COUNTS

NO_ROWS = {
    *("GET healthz", "GET readyz", "GET home", "GET roles:in_hub", "GET set_language", "GET api-root"),
    *("GET again", "GET outbox", "GET mfa_index", "GET mfa_add_webauthn", "GET mfa_remove_webauthn"),
    "GET mfa_login_webauthn",
    "GET my_unit_find",
    "GET queue_home",
    "GET role-standing",  # the run of this world keeps no record: counted in tests/jobs/api/test_why.py
}
"""What shows no rows, or leads on at once."""

ALLAUTH = ("GET account_",)


def guarded() -> list[str]:
    return [
        row
        for row in sorted(ROWS)
        if row.startswith("GET ") and row not in NO_ROWS and not row.startswith(ALLAUTH)
    ]


def actor_of(row: str) -> str:
    """Who reads the fullest version of a page: its own crew, or its own graduate."""
    for actor in ("mei", "bo", "cai", "lin", "admin", "zhou"):
        if expected(ROWS[row], actor) == "200":
            return actor
    raise AssertionError(f"nobody reads {row}")


def queries(world, actor: str, row: str) -> int:
    route = by_name(row.split(" ")[1])
    client = world.client(actor)
    url = route.url(world)
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(url).status_code == 200, row
    return len(asked)


@pytest.fixture(scope="module")
def counts(world, django_db_blocker):
    """Queries of every page in the small market and in the grown one."""
    with django_db_blocker.unblock(), transaction.atomic():
        grow(world, 1)  # an empty list may skip a question that a list of one asks
        small = {row: queries(world, actor_of(row), row) for row in guarded()}
        grow(world, MORE, first=1)
        large = {row: queries(world, actor_of(row), row) for row in guarded()}
        transaction.set_rollback(True)
    return small, large


def test_every_page_has_a_number():
    assert (set(guarded()) - set(COUNTS), set(COUNTS) - set(guarded())) == (set(), set())


@pytest.mark.parametrize("row", guarded())
def test_a_page_asks_as_often_as_written_down_however_much_there_is(counts, row):
    small, large = counts

    assert (small[row], large[row]) == (COUNTS[row], COUNTS[row])
