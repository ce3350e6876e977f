"""Every actor knocks at every door, and the table says what opens."""

import re

import pytest
from django.urls import reverse
from drf_spectacular.generators import SchemaGenerator

from tests.guards.doors import knock, send, without_tokens
from tests.guards.matrix import API as API_ROWS
from tests.guards.matrix import ROWS
from tests.guards.routes import NOBODY, by_name, routes
from tests.guards.world import ACTORS, GROUPS
from tests.guards.writes import API, PAGES, write_of

pytestmark = pytest.mark.django_db

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
REFUSED = {"401", "403", "404", "405"}
PEOPLE = tuple(actor for actor in ACTORS if actor not in ("bo_token", "mei_token", "suspended"))
NOT_OURS = ("account_", "set_language")
SAME_AS = {"bo_token": "bo", "mei_token": "mei", "suspended": "visitor"}


def expected(row: str, actor: str) -> str:
    for entry in row.split():
        names, code = entry.split(":")
        if any(actor == name or actor in GROUPS.get(name, ()) or name == "*" for name in names.split(",")):
            return code
    raise AssertionError(f"{row!r} does not say what becomes of {actor}")


def stands_for(actor: str, is_api: bool) -> str:
    """Whose word in the row counts for `actor`."""
    if actor.endswith("_token") and not is_api:
        return "visitor"
    return SAME_AS.get(actor, actor)


@pytest.mark.parametrize("row", sorted(ROWS))
def test_each_actor_is_answered_as_the_table_says(world, row):
    method, name = row.split(" ")
    route = by_name(name)

    answers = {actor: knock(world, actor, route, method).code for actor in ACTORS}

    assert answers == {actor: expected(ROWS[row], stands_for(actor, route.is_api)) for actor in ACTORS}


def test_every_route_has_a_row():
    """A page needs at least one; an API door one for each method it answers."""
    with_rows = {row.split(" ")[1] for row in ROWS}
    forgotten = {route.name for route in routes()} - with_rows
    forgotten |= {
        f"{method} {route.name}"
        for route in routes()
        if route.is_api and route.name != "api-root"
        for method in route.methods
        if f"{method} {route.name}" not in ROWS
    }

    assert (forgotten, with_rows - {route.name for route in routes()}) == (set(), set())


def test_every_operation_of_the_schema_has_a_row():
    """The schema is asked too: an operation it describes is a door, whatever the resolver thinks."""
    operations = {
        (method.upper(), re.sub(r"{\w+}", "{}", path))
        for path, methods in SchemaGenerator().get_schema(public=True)["paths"].items()
        for method in methods
        if method.upper() in METHODS
    }
    known = {(row.split(" ")[0], address(by_name(row.split(" ")[1]))) for row in API_ROWS}

    assert len(operations) >= 40
    assert operations - known == set()


def address(route) -> str:
    """The address with {} in place of its values."""
    marks = {param: f"{number + 1}" * 7 for number, param in enumerate(route.params)}
    return re.sub(r"/(\d)\1{6}(?=/)", "/{}", reverse(route.name, kwargs=marks))


@pytest.mark.parametrize("route", routes(), ids=lambda route: route.name)
def test_a_method_without_a_row_is_refused(world, route):
    """Two actors stand for all: nobody, and somebody who may do much.

    The framework's own pages look at the method after the person, so there an answer is enough that is no
    crash.
    """
    others = [method for method in METHODS if f"{method} {route.name}" not in ROWS]
    answers = {
        (method, actor): knock(world, actor, route, method).code
        for method in others
        for actor in ("visitor", "mei")
    }
    fine = REFUSED | {"in"} | ({"go", "200"} if route.name.startswith(NOT_OURS) else set())

    assert {key: code for key, code in answers.items() if code not in fine} == {}


def test_every_door_that_writes_has_something_right_to_send():
    """The same registry feeds the bad-input table: a write route that is not there escapes both."""
    writing = {f"{row.split(' ')[0]} {row.split(' ')[1]}" for row in ROWS if row.split(" ")[0] != "GET"}
    entries = {f"{entry.method} {name.split(' ')[0]}" for name, entry in (PAGES | API).items()}

    assert (writing - entries, entries - writing) == (set(), set())


NUMBERED = [row for row in sorted(ROWS) if "pk" in by_name(row.split(" ")[1]).params and "404" in ROWS[row]]


@pytest.mark.parametrize("row", NUMBERED)
def test_what_is_hidden_looks_like_what_is_not_there(world, row):
    """A stranger's object and one that never was: same status, same body, so that nobody can count either."""
    method, name = row.split(" ")
    route = by_name(name)
    strangers = [actor for actor in PEOPLE if expected(ROWS[row], actor) == "404"]

    for actor in strangers:
        hidden = knock(world, actor, route, method)
        absent = knock(world, actor, route, method, url=route.url(world, pk=NOBODY))
        assert (hidden.code, bare(hidden, route, world)) == (absent.code, bare(absent, route, world)), actor


def bare(answer, route, world) -> str:
    body = without_tokens(answer.body)
    return body.replace(route.url(world, pk=NOBODY), "HERE").replace(route.url(world), "HERE")


SHOWN_ELSEWHERE = {"GET role-standing"}
"""The run of this world keeps no record to read. Who is shown one, and who is not: tests/jobs/api/test_why.py."""


def test_there_is_something_to_hide(world):
    """If the rows the strangers ask for did not exist, every 404 above would be true and worth nothing."""
    assert set(NUMBERED) >= SHOWN_ELSEWHERE
    for row in sorted(set(NUMBERED) - SHOWN_ELSEWHERE):
        method, name = row.split(" ")
        seen = [actor for actor in PEOPLE if expected(ROWS[row], actor) in ("200", "201", "202", "204", "go")]
        assert seen, row
        assert write_of(name, method) or method == "GET"


def test_a_session_needs_its_own_token_to_write(world):
    """The same cookie from another site changes nothing, on a page and in the API."""
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(world.users["bo"], backend="django.contrib.auth.backends.ModelBackend")

    codes = [
        send(client, by_name(name).url(world), "POST", {}, json=by_name(name).is_api).code
        for name in ("offers:accept", "offer-accept", "notices", "notice-read-all")
    ]

    assert codes == ["403"] * 4
