"""Each write path, each field, each class of bad input: never a crash, always a named field, nothing saved."""

import copy
import json

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from tests.guards.bad_input import CLASSES, RAN, WHOLE_BODY, Class, Field
from tests.guards.doors import send
from tests.guards.routes import by_name
from tests.guards.writes import API, PAGES

pytestmark = pytest.mark.django_db

WRITES = PAGES | API
OUR_TABLES = ("hubs_", "profiles_", "jobs_", "account_", "authtoken_")

ASK_AGAIN = "account_"
"""allauth shows its form again with 200, and at the sign-in it does not say which field was wrong."""


def cases() -> list[tuple[str, Class]]:
    """Every write path with every class that can spoil one of its fields."""
    return [
        (name, each)
        for name, write in WRITES.items()
        for each in CLASSES
        if any(Field.read(key, kind).kind in each.kinds for key, kind in write.fields.items())
    ]


@pytest.mark.parametrize(("name", "bad"), cases(), ids=lambda case: getattr(case, "name", case))
def test_a_spoilt_field_is_refused_by_name_or_does_no_harm(world, clean, name, bad):
    fields = [Field.read(key, kind) for key, kind in WRITES[name].fields.items()]
    fields = [field for field in fields if field.kind in bad.kinds]
    # What may be taken is tried in all fields at once; what must be refused, in each alone, so that it is named.
    for group in [fields] if bad.verdict == "fine" else [[field] for field in fields]:
        for value in bad.values(group[0]):
            _check(world, clean, name, group, bad, value)


@pytest.fixture(scope="module")
def clean(world, django_db_blocker):
    """The sum of all rows before anything was sent; each try is rolled back to it."""
    with django_db_blocker.unblock():
        return rows_sum()


def _check(world, clean: str, name: str, fields: list[Field], bad: Class, value) -> None:
    write, route, first = WRITES[name], by_name(name.split(" ")[0]), fields[0]
    said = f"{name}.{first.name}={value!r:.40}"
    cache.clear()
    with transaction.atomic():
        data = spoilt(world, name, fields, value, route.is_api)
        answer = send(world.client(write.actor), route.url(world), write.method, data, json=route.is_api)
        after = rows_sum() if answer.code[0] == "4" else None
        transaction.set_rollback(True)
    assert answer.response.status_code < 500, said
    if "html" in answer.response.get("Content-Type", ""):
        assert [sign for sign in RAN if sign in answer.body] == [], said
    if bad.verdict == "refused" or (bad.verdict == "needed" and first.needed):
        assert answer.code[0] == "4" or name.startswith(ASK_AGAIN), f"{said} was answered {answer.code}"
        assert names(answer, first, route.is_api), f"{said}: refused without naming the field"
    assert after in (None, clean), f"{said} was refused and saved something"


def spoilt(world, name: str, fields: list[Field], value, is_api: bool):
    """The right payload with some fields gone wrong, as bytes of JSON or as the fields of a form."""
    data = copy.deepcopy(WRITES[name].payload(world))
    for field in fields:
        place = data
        *path, last = field.name.split(".")
        for step in path:
            place = place[int(step) if step.isdigit() else step]
        place[last] = value
    # JSON can write half a character; of a form the client would have to lie about its own bytes.
    return json.dumps(data).encode() if is_api else {key: _typed(each) for key, each in data.items()}


def _typed(value):
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


FORMS = ("form", "photo_form", "link_form", "pattern_form", "calendar_form")
"""Where a page keeps its form; some have more than one."""


def names(answer, field: Field, is_api: bool) -> bool:
    """Whether the refusal says which field is meant."""
    top = field.name.split(".")[0]
    if is_api:
        body = answer.response.json()
        return top in body["errors"] or body["field"] in (top, field.name.split(".")[-1])
    for key in FORMS:
        form = (answer.response.context or {}).get(key)
        if form is not None and form.errors:
            return top in map(form.add_prefix, form.errors) or answer.code == "200"
    # A page without a form of its own says in a sentence what was wrong; a row that is not there is not found.
    return answer.code == "404" or bool((answer.response.context or {}).get("error"))


def rows_sum() -> str:
    """One sum over all rows of the house, in one question."""
    with connection.cursor() as cursor:
        tables = [
            name for name in connection.introspection.table_names(cursor) if name.startswith(OUR_TABLES)
        ]
        parts = [f"SELECT '{name}' AS n, t::text AS r FROM \"{name}\" t" for name in sorted(tables)]
        cursor.execute(
            f"SELECT md5(string_agg(n || r, '|' ORDER BY n, r)) FROM ({' UNION ALL '.join(parts)}) rows"
        )
        return cursor.fetchone()[0]


def test_there_are_45_classes():
    assert len({each.name for each in CLASSES} | WHOLE_BODY) == 45


def test_every_kind_of_field_is_spoilt_by_some_class():
    kinds = {Field.read(key, kind).kind for write in WRITES.values() for key, kind in write.fields.items()}

    assert kinds - {kind for each in CLASSES for kind in each.kinds} == {"rows", "language"}
