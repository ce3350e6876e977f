"""Pages of a graduate with ten thousand rows behind each: as many questions as with ten, and no longer a page."""

import gzip

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.guards.flood import flood
from tests.guards.routes import by_name
from tests.guards.test_query_counts import actor_of

pytestmark = pytest.mark.django_db

PAGES = (
    "answer", "for_me", "landing", "my_account", "my_availability", "my_calendar", "my_chain", "my_contact_views",
    "my_cv", "my_data", "my_data_delete", "my_gains", "my_ladder", "my_notice_choices", "my_pay", "my_profile",
    "my_profile_credits", "my_profile_education", "my_profile_portfolio", "my_profile_roles", "my_profile_skills",
    "my_work", "notices", "offers:accept", "offers:detail", "offers:list", "public_page", "roles:detail",
    "roles:list", "searches:list",
)  # fmt: skip
MANY = 10_000
MOST_QUESTIONS = 24
LONGEST = 30 * 1024
"""Bytes of a page as it travels, gzipped: the styles and scripts of a first view take as much again."""


def visit(world, name: str) -> tuple[int, int]:
    """Return questions asked and bytes sent by a second visit of Bo; of Cai where she alone has such a page."""
    actor = "cai" if actor_of(f"GET {name}") == "cai" else "bo"
    client, url = world.client(actor), by_name(name).url(world)
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(url)
    assert answer.status_code == 200, name
    return len(asked), len(gzip.compress(answer.content, 6))


@pytest.fixture(scope="module")
def visits(world, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        flood(world, range(10))
        few = {name: visit(world, name) for name in PAGES}
        flood(world, range(10, MANY))
        many = {name: visit(world, name) for name in PAGES}
        transaction.set_rollback(True)
    return few, many


@pytest.mark.parametrize("name", PAGES)
def test_ten_thousand_rows_cost_no_question_more_and_make_no_page_long(visits, name):
    few, many = visits

    assert many[name][0] <= few[name][0] <= MOST_QUESTIONS
    assert many[name][1] < LONGEST
