"""Contacts planted in private fields, and a crawl of everything as everybody that looks for them.

Her phone, e-mail and Weixin stand on her own pages and on the admin's desk alone. After she has accepted, who runs
the crew opens them by a press, one by one, and each look is a row that she can read.
"""

import re
from collections import Counter

import pytest

from jobs.models import ContactView
from jobs.services import bookings
from tests.guards.crawl import checksums, crawl
from tests.guards.village_papers import CODE, PHONE
from tests.guards.world import ACTORS, GRADUATES

# The crawl opens every page as everybody, once for the module.
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(900)]

MAY_READ = {
    "bo": {"bo"},
    "bo_token": {"bo"},
    "cai": {"cai"},
    "flo": {"flo"},
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


def test_who_runs_the_crew_opens_all_three_ways_and_is_noted(world, undone):
    """On a page and in the API: if nothing were shown at all, the test above would be worth nothing."""
    for actor, path in (("mei", "/bookings/{}/contact/"), ("mei_token", "/api/v1/bookings/{}/contact/")):
        body = world.client(actor).post(path.format(world.booking.pk)).content.decode()
        assert [needle for needle in world.secrets["cai"].needles if needle not in body] == []

    seen = ContactView.objects.values_list("profile__user", "by", "booking")
    assert list(seen) == [(world.users["cai"].pk, world.users["mei"].pk, world.booking.pk)] * 2


def test_a_calendar_feed_holds_nobodys_contacts(world, visit):
    """Not even the owner's own: a feed is read by other companies' servers."""
    pages, _, _ = visit
    feeds = [page for page in pages if page.route == "calendar_feed"]

    assert len(feeds) == len(ACTORS)
    assert found_in(world, feeds) == {}
    assert all("BEGIN:VEVENT" in page.body for page in feeds)


def test_contacts_are_shut_with_the_booking(world, undone):
    bookings.cancel(booking=world.booking, by=world.users["cai"], now=world.now)

    answers = [
        world.client("mei").post(f"/bookings/{world.booking.pk}/contact/"),
        world.client("mei_token").post(f"/api/v1/bookings/{world.booking.pk}/contact/"),
    ]
    pages = [page for actor in ("mei", "manager") for page in crawl(world, actor, world.client(actor))]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert not any(n in a.content.decode() for a in answers for n in world.secrets["cai"].needles)
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


def test_a_villagers_phone_is_read_by_her_own_coordinator_alone(world, visit):
    """In whatever spelling; the number of her card stands nowhere, and its hash stays in the table."""
    pages, _, _ = visit
    phone = PHONE.removeprefix("+86")
    spellings = (phone, f"{phone[:3]} {phone[3:7]} {phone[7:]}")
    reading = {page.actor for page in pages if any(each in page.body for each in spellings)}
    secrets = (CODE, CODE.replace(" ", ""), world.villager.code_hash)

    assert reading == {"zhou"}
    assert not [page.route for page in pages if any(each in page.body for each in secrets)]
