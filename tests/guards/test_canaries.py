"""Contacts planted in private fields, and a crawl of everything as everybody that looks for them.

Before a person accepts, her phone, e-mail and Weixin stand on her own pages and on the admin's desk alone.
Afterwards who runs the crew reads them, and nobody else.
"""

import re
from collections import Counter

import pytest

from jobs.services import bookings
from tests.guards.crawl import checksums, crawl
from tests.guards.world import ACTORS, GRADUATES

pytestmark = pytest.mark.django_db

MAY_READ = {
    "bo": {"bo"},
    "bo_token": {"bo"},
    "cai": {"cai"},
    "flo": {"flo"},
    # Cai has accepted: her contacts are the crew's, for those who run it.
    "mei": {"cai"},
    "manager": {"cai"},
    "mei_token": {"cai"},
}


@pytest.fixture(scope="module")
def visit(world, django_db_blocker):
    """Every page everybody can open, and the sums of all tables before and after."""
    with django_db_blocker.unblock():
        clients = {actor: world.client(actor) for actor in ACTORS}
        before = checksums()
        pages = [page for actor, client in clients.items() for page in crawl(world, actor, client)]
        return pages, before, checksums()


def found_in(world, pages) -> dict[str, set[str]]:
    """Whose secrets each actor was shown."""
    shown: dict[str, set[str]] = {}
    for page in pages:
        for name in GRADUATES:
            if any(needle in page.body for needle in world.secrets[name].needles):
                shown.setdefault(page.actor, set()).add(name)
    return shown


def test_contacts_are_read_by_nobody_but_those_who_may(world, visit):
    pages, _, _ = visit
    off_the_desk = [page for page in pages if not page.route.startswith("admin:")]

    assert found_in(world, off_the_desk) == MAY_READ


def test_the_desk_shows_contacts_to_the_admin_alone(world, visit):
    pages, _, _ = visit
    on_the_desk = [page for page in pages if page.route.startswith("admin:")]

    assert set(found_in(world, on_the_desk)) == {"admin"}
    assert {page.code for page in on_the_desk if page.actor == "mei"} == {"in"}


def test_the_crew_is_shown_all_three_ways_to_reach_the_booked(world, visit):
    """On a page and in the API: if nothing were shown at all, the test above would be worth nothing."""
    pages, _, _ = visit
    for actor in ("mei", "manager"):
        for kind in (str.isprintable, lambda url: url.startswith("/api/")):
            text = "".join(page.body for page in pages if page.actor == actor and kind(page.url))
            assert [needle for needle in world.secrets["cai"].needles if needle not in text] == []


def test_a_calendar_feed_holds_nobodys_contacts(world, visit):
    """Not even the owner's own: a feed is read by other companies' servers."""
    pages, _, _ = visit
    feeds = [page for page in pages if page.route == "calendar_feed"]

    assert len(feeds) == len(ACTORS)
    assert found_in(world, feeds) == {}
    assert all("BEGIN:VEVENT" in page.body for page in feeds)


def test_contacts_are_gone_with_the_booking(world, undone):
    bookings.cancel(booking=world.booking, by=world.users["cai"], now=world.now)

    pages = [page for actor in ("mei", "manager") for page in crawl(world, actor, world.client(actor))]

    assert found_in(world, pages) == {}


def test_reading_never_writes(visit):
    _, before, after = visit

    assert {table for table in before if before[table] != after[table]} == set()


def test_no_page_breaks(visit):
    """A guard that crawls error pages guards nothing."""
    pages, _, _ = visit
    broken = {
        (page.route, page.code) for page in pages if page.code.startswith("5") and page.route != "readyz"
    }

    assert broken == set()
    assert Counter(page.code for page in pages)["200"] > 500


def test_a_head_reads_nobody_of_another_department(world, visit):
    """Eve is proposed for the camera; the head of the lights does not learn of it, the owner does."""
    pages, _, _ = visit
    eve = world.users["eve"].name

    assert {page.actor for page in pages if eve in page.body} == {
        "mei", "manager", "viewer", "admin", "mei_token",
    }  # fmt: skip


DRAFT_PAY = re.compile(r"(?<!\w)777(?!\w)")  # as a number of its own: a random token may hold the digits too


def test_who_only_looks_on_reads_no_pay_that_is_not_public(world, visit):
    """777 yuan is the pay of a draft; the head, who plans with it, does read it."""
    pages, _, _ = visit

    assert {page.actor for page in pages if DRAFT_PAY.search(page.body) and not page.route.startswith("admin:")} == {
        "mei", "manager", "head", "admin", "mei_token",
    }  # fmt: skip
