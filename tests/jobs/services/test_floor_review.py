"""A floor that rises: what is listed below it goes off the list, is told how to come back, and comes back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from config.errors import Conflict
from hubs.timespan import shoot_day_of, start_of
from jobs.channels.words import words
from jobs.enums import NoticeKind, WorkKind
from jobs.models import Entry, Notice, Role, WorkItem
from jobs.services import floors, offers, roles, work
from tests.factories.hubs import RoleTypeFactory
from tests.factories.jobs import BookingFactory
from tests.factories.profiles import AdminFactory, ProfileFactory, fits

pytestmark = pytest.mark.django_db
PIECES = {
    "piece_unit": "characters",
    "piece_count": 40,
    "piece_yuan": 60,
    "piece_minutes": 90,
    "piece_revisions": 1,
}
TODAY = date(2026, 12, 1)


@pytest.fixture
def piecework(role, mei, now):
    """A remote role of Mei's shoot, 40 yuan an hour."""
    return roles.add(
        shoot=role.shoot, role_type=RoleTypeFactory(), headcount=3, remote=True, by=mei, now=now, **PIECES
    )


def raise_to(yuan, now, *, from_day=TODAY, hub=None):
    floors.set_floor(hub=hub, yuan=yuan, from_day=from_day, source="省人社厅通告", by=AdminFactory(), now=now)
    work.drain(now=now)


def test_a_role_below_a_new_floor_goes_and_its_managers_are_told_once(piecework, role, mei, now):
    raise_to(41, now)
    piecework.refresh_from_db()
    role.refresh_from_db()
    assert (piecework.below_floor, role.below_floor) == (True, False)
    [notice] = Notice.objects.filter(kind=NoticeKind.ROLE_BELOW_FLOOR)
    said = words(notice.kind, notice.facts)
    assert (notice.recipient, notice.facts["least"], str(piecework.pk) in said.path) == (mei, 62, True)
    floors.review(1, now=now)
    assert Notice.objects.filter(kind=NoticeKind.ROLE_BELOW_FLOOR).count() == 1
    assert Entry.objects.filter(verb="role_below_floor").count() == 1


def test_a_floor_of_a_later_day_waits_for_its_day(piecework, now):
    raise_to(41, now, from_day=TODAY + timedelta(days=3))
    piecework.refresh_from_db()
    assert not piecework.below_floor
    [item] = WorkItem.objects.filter(kind=WorkKind.REVIEW_FLOORS)
    assert item.due_at == start_of(TODAY + timedelta(days=3))
    work.drain(now=item.due_at)
    piecework.refresh_from_db()
    assert piecework.below_floor


def test_the_floor_of_another_hub_asks_nothing_of_it_and_a_lower_one_brings_it_back(piecework, hub, now):
    raise_to(41, now)
    raise_to(30, now, hub=hub)
    piecework.refresh_from_db()
    assert not piecework.below_floor
    assert Entry.objects.filter(verb="role_reaches_floor").count() == 1


def test_raising_the_price_brings_it_back_and_half_of_it_does_not(piecework, mei, now):
    raise_to(41, now)
    with pytest.raises(Conflict) as raised:
        offers.send(piecework, fits(ProfileFactory(), piecework), by=mei, now=now)
    assert (raised.value.code, raised.value.facts["least"]) == ("role_below_floor", 62)
    with pytest.raises(Exception, match="below_floor"):
        roles.change(Role.objects.get(pk=piecework.pk), by=mei, now=now, piece_yuan=61)
    roles.change(Role.objects.get(pk=piecework.pk), by=mei, now=now, piece_yuan=62)
    piecework.refresh_from_db()
    assert (piecework.below_floor, piecework.piece_yuan) == (False, 62)


def test_who_is_asked_keeps_the_price_she_was_promised(piecework, mei, now):
    """The price may rise under an offer: the offer has its own, and so has the booking made of it."""
    offer = offers.send(piecework, fits(ProfileFactory(), piecework), by=mei, now=now)
    roles.change(Role.objects.get(pk=piecework.pk), by=mei, now=now, piece_yuan=70)
    offer = type(offer).objects.select_related("role").get(pk=offer.pk)
    assert (offer.piece_yuan, offer.promised.piece_yuan, offer.promised.yuan_per_hour) == (60, 60, 40)
    assert (offer.role.piece_yuan, offer.role.day_rate > offer.day_rate) == (70, True)
    booking = offers.accept(offer, by=offer.profile.user, now=now)
    assert booking.day_rate == offer.day_rate


def test_people_booked_stay_when_their_role_goes(piecework, now):
    booking = BookingFactory(role=piecework)
    raise_to(41, now)
    booking.refresh_from_db()
    assert booking.state == "confirmed"


def test_her_manager_reads_on_the_role_why_it_is_off_the_list_and_what_brings_it_back(
    client, piecework, mei, now
):
    client.force_login(mei)
    path = reverse("shoots:role", args=[piecework.shoot_id, piecework.pk])
    assert "Off the list" not in client.get(path, HTTP_ACCEPT_LANGUAGE="en").text
    floors.set_floor(
        hub=None,
        yuan=41,
        from_day=shoot_day_of(timezone.now()),
        source="通告",
        by=AdminFactory(),
        now=timezone.now(),
    )
    work.drain(now=timezone.now())
    page = client.get(path, HTTP_ACCEPT_LANGUAGE="en").text
    assert ("Off the list" in page, "at least 62 yuan per unit" in page) == (True, True)
