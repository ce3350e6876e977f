"""The schema is complete, and the page drawn from it is complete too."""

import re

import pytest
from django.core.management import call_command
from drf_spectacular.generators import SchemaGenerator

pytestmark = pytest.mark.django_db


def schema() -> dict:
    return SchemaGenerator().get_schema(public=True)


def test_the_schema_is_valid_and_says_all(tmp_path):
    """A warning is something a client could not know: it counts as an error."""
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yml"))


def test_the_doors_to_work_are_all_in_it():
    nouns = ("shoots", "roles", "runs", "matches", "offers", "bookings", "notices")
    paths = sorted(path.removeprefix("/api/v1/") for path in schema()["paths"] if path.split("/")[3] in nouns)

    assert paths == [
        "bookings/", "bookings/{id}/", "bookings/{id}/cancel/", "bookings/{id}/contact/", "matches/",
        "notices/", "notices/read/", "offers/",
        "offers/{id}/", "offers/{id}/accept/", "offers/{id}/decline/", "offers/{id}/withdraw/", "roles/", "roles/{id}/",
        "roles/{id}/apply/", "roles/{id}/fit/", "roles/{id}/standing/{person_pk}/", "roles/{id}/what-if/",
        "runs/", "runs/{id}/", "shoots/", "shoots/{id}/", "shoots/{id}/board/",
        "shoots/{id}/match/", "shoots/{id}/publish/", "shoots/{id}/send-offers/",
    ]  # fmt: skip


def test_the_page_shows_every_operation_and_loads_nothing_from_elsewhere(client):
    answer = client.get("/api/v1/docs/")
    page = answer.content.decode()
    operations = [
        operation["operationId"]
        for methods in schema()["paths"].values()
        for operation in methods.values()
        if isinstance(operation, dict)
    ]

    assert answer.status_code == 200
    assert [name for name in operations if f'id="{name}"' not in page] == []
    assert re.findall(r'(?:src|href)="https?://[^"]+"', page) == []
