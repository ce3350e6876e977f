"""Work by the piece: the day rate follows, an hour reaches the floor, the database keeps the rest."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from config.errors import Conflict, Invalid
from config.wording import sentence
from jobs.models import HourFloor, Role
from jobs.models.piece import least_for, rate_of_pieces, yuan_per_hour
from jobs.services import floors, roles, shoots
from tests.factories.hubs import RoleTypeFactory
from tests.factories.jobs import BookingFactory, RoleFactory, ShootFactory
from tests.factories.profiles import AdminFactory

pytestmark = pytest.mark.django_db
PIECES = {
    "piece_unit": "characters",
    "piece_count": 40,
    "piece_yuan": 60,
    "piece_minutes": 90,
    "piece_revisions": 1,
}


@pytest.fixture
def floor(now):
    """25 yuan an hour, everywhere, since today."""
    return floors.set_floor(
        hub=None, yuan=25, from_day=date(2026, 12, 1), source="省人社厅通告", by=AdminFactory(), now=now
    )


def refused(error, act, **given):
    with pytest.raises(error) as raised:
        act(**given)
    return raised.value.code, raised.value.field, raised.value.facts


def added(shoot, mei, now, **more):
    given = {"role_type": RoleTypeFactory(), "headcount": 1} | PIECES | more
    return roles.add(shoot=shoot, by=mei, now=now, **given)


def test_sums_of_pieces():
    assert (yuan_per_hour(60, 90), yuan_per_hour(40, 61), yuan_per_hour(None, None)) == (40, 39, 0)
    assert (least_for(25, 90), least_for(25, 1)) == (38, 1)
    assert (rate_of_pieces(40, 60, 7), rate_of_pieces(7, 10, 7)) == (343, 10)


def test_the_day_rate_of_a_new_role_follows_from_its_pieces(role, mei, now):
    made = added(role.shoot, mei, now, remote=True)
    assert (made.day_rate, made.total_pay >= made.piece_total, made.yuan_per_hour, made.remote) == (
        343,
        True,
        40,
        True,
    )


def test_a_changed_price_or_span_changes_the_day_rate(role, mei, now):
    made = added(role.shoot, mei, now)
    roles.change(made, by=mei, now=now, piece_yuan=70, day_rate=9)
    assert made.day_rate == 400
    roles.change(made, by=mei, now=now, piece_unit="", day_rate=300)
    assert (made.day_rate, made.piece_count, made.by_piece, made.yuan_per_hour) == (300, None, False, None)


def test_pieces_do_not_move_under_those_who_hold_an_offer(role, mei, now):
    made = added(role.shoot, mei, now)
    BookingFactory(role=made)
    Role.objects.filter(pk=made.pk).update(filled=1)
    assert (
        refused(Conflict, roles.change, role=made, by=mei, now=now, piece_minutes=120)[0] == "role_has_offers"
    )


def test_what_cannot_be_a_piece_is_named_with_its_field(role, mei, now):
    def no(**more):
        return refused(Invalid, added, shoot=role.shoot, mei=mei, now=now, **more)[:2]

    assert no(piece_minutes=None) == ("piece_number", "piece_minutes")
    assert no(piece_yuan=0) == ("piece_number", "piece_yuan")
    assert no(piece_unit="word") == ("terms_unknown", "piece_unit")
    assert no(piece_count=100) == ("piece_too_much", "piece_count")
    assert no(remote=True, part="night") == ("remote_crew_work", "remote")
    assert no(remote=True, role_type=RoleTypeFactory(category="leads")) == ("remote_crew_work", "remote")
    assert no(piece_unit="") == ("day_rate", "day_rate")


def test_an_open_listing_below_the_floor_is_refused_and_the_remedy_reaches_it(role, mei, now, floor):
    found = refused(Invalid, added, shoot=role.shoot, mei=mei, now=now, piece_yuan=37)
    assert found == ("below_floor", "piece_yuan", {"hour": 24, "floor": 25, "least": 38})
    assert added(role.shoot, mei, now, piece_yuan=38).yuan_per_hour == 25


def test_a_draft_may_be_below_the_floor_but_cannot_be_published(crew, base, mei, now, floor):
    shoot = ShootFactory(crew=crew, base=base, state="draft", published_at=None)
    made = added(shoot, mei, now, piece_yuan=37)
    with pytest.raises(Conflict) as raised:
        shoots.publish(shoot, by=mei, now=now)
    assert (raised.value.code, raised.value.facts["least"]) == ("role_below_floor", 38)
    assert "38" in sentence(raised.value)
    roles.change(made, by=mei, now=now, piece_yuan=38)
    assert shoots.publish(shoot, by=mei, now=now).state == "open"


def test_a_hub_has_its_own_floor_from_its_day_on(role, mei, now, floor):
    floors.set_floor(
        hub=role.shoot.base.hub,
        yuan=45,
        from_day=date(2026, 12, 2),
        source="郑州市通告",
        by=AdminFactory(),
        now=now,
    )
    assert added(role.shoot, mei, now).yuan_per_hour == 40
    found = refused(Invalid, added, shoot=role.shoot, mei=mei, now=now + timedelta(days=1))
    assert found[2] == {"hour": 40, "floor": 45, "least": 68}


def test_the_database_refuses_half_a_piece_and_a_remote_character(role):
    with pytest.raises(IntegrityError, match="role_piece_said_whole_or_not"), transaction.atomic():
        RoleFactory(shoot=role.shoot, piece_unit="shot")
    with pytest.raises(IntegrityError, match="role_remote_is_crew_work_by_day"), transaction.atomic():
        RoleFactory(shoot=role.shoot, remote=True, part="night")


def test_a_floor_is_never_rewritten(floor):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        HourFloor.objects.update(yuan=1)
