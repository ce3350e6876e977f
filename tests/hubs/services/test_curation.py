"""The steps of a row: who may take which, what needs a reason, and that the book tells it."""

from datetime import UTC, datetime

import pytest

from config.errors import Conflict, Invalid, NotAllowed
from hubs.enums import STATUS_MOVES, Status
from hubs.models import Base, CurationEntry
from hubs.services import curation
from tests.factories.hubs import BaseFactory, HubFactory
from tests.factories.profiles import AdminFactory, ManagerFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)


@pytest.fixture
def base():
    return BaseFactory(status=Status.DRAFT)


@pytest.fixture
def editors(base):
    """Two editors of the base's hub."""
    people = [ManagerFactory(is_staff=True), ManagerFactory(is_staff=True)]
    for person in people:
        person.hubs.add(base.hub)
    return people


def test_an_editor_asks_and_another_publishes(base, editors):
    asks, publishes = editors
    curation.move(base, Status.REVIEW, by=asks, now=NOW)
    with pytest.raises(NotAllowed, match="own_review"):
        curation.move(base, Status.PUBLISHED, by=asks, now=NOW)
    curation.move(base, Status.PUBLISHED, by=publishes, now=NOW)

    assert Base.objects.get().status == Status.PUBLISHED
    lines = CurationEntry.objects.order_by("pk").values_list("by_id", "before", "after")
    assert list(lines) == [(asks.pk, "draft", "review"), (publishes.pk, "review", "published")]


def test_an_admin_needs_nobody(base):
    admin = AdminFactory()
    for step in (Status.REVIEW, Status.PUBLISHED):
        curation.move(base, step, by=admin, now=NOW)

    assert list(Base.objects.published()) == [base]


def test_an_editor_of_another_hub_takes_no_step(base):
    other = ManagerFactory(is_staff=True)
    other.hubs.add(HubFactory())

    with pytest.raises(NotAllowed, match="not_yours"):
        curation.move(base, Status.REVIEW, by=other, now=NOW)


@pytest.mark.parametrize(
    ("before", "to"), [(a, b) for a in Status for b in Status if b not in STATUS_MOVES[a]]
)
def test_a_step_that_is_not_in_the_table_is_refused(before, to):
    row = BaseFactory(status=before)
    with pytest.raises(Conflict, match="move_not_allowed"):
        curation.move(row, to, by=AdminFactory(), now=NOW, reason="anyway")


@pytest.mark.parametrize(("before", "to"), sorted(curation.NEEDS_A_REASON))
def test_taking_something_away_needs_a_reason(before, to):
    row, admin = BaseFactory(status=before), AdminFactory()
    with pytest.raises(Invalid, match="reason_required"):
        curation.move(row, to, by=admin, now=NOW, reason=" ")
    curation.move(row, to, by=admin, now=NOW, reason="已拆除")

    assert CurationEntry.objects.get().reason == "已拆除"


def test_of_two_who_press_at_once_one_takes_the_step(base):
    admin, stale = AdminFactory(), Base.objects.get()
    curation.move(base, Status.REVIEW, by=admin, now=NOW)
    with pytest.raises(Conflict):
        curation.move(stale, Status.REVIEW, by=admin, now=NOW)

    assert CurationEntry.objects.count() == 1
