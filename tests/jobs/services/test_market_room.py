"""The market's numbers: what a day counts, that twice is once, and that a month is the sum of its days."""

from datetime import timedelta

import pytest
from psycopg.types.range import DateRange

from hubs.timespan import shoot_day_of
from jobs.enums import OfferState
from jobs.models import Entry, HubFact, MarketFact
from jobs.models.market_room import Grain
from jobs.services import market_room
from tests.factories.jobs import BookingFactory, OfferFactory, RoleFactory, ShootFactory
from tests.factories.profiles import ProfileFactory, fits

pytestmark = pytest.mark.django_db

STOCK = ("places", "booked", "wanted", "free_people")
FLOW = (
    "sent", "accepted", "declined", "filled", "fill_hours", "fill_spans", "first_timers", "due", "due_filled", "paid_days"
)  # fmt: skip


@pytest.fixture
def today(now):
    return shoot_day_of(now)


@pytest.fixture
def role(crew, base, now, today):
    """Four places from tomorrow on, published ten hours ago."""
    days = DateRange(today + timedelta(days=1), today + timedelta(days=7))
    shoot = ShootFactory(crew=crew, base=base, days=days, published_at=now - timedelta(hours=10))
    return RoleFactory(shoot=shoot, days=days, headcount=4, filled=1)


@pytest.fixture
def market(role, now):
    """One booked after ten hours, one who declined for the pay, one who is free next week."""
    booked, declined, free = (ProfileFactory(home_hub=role.shoot.base.hub) for _n in range(3))
    fits(free, role)
    times = {"sent_at": now - timedelta(hours=1), "expires_at": now + timedelta(hours=5), "answered_at": now}
    accepted = OfferFactory(role=role, profile=booked, state=OfferState.ACCEPTED, **times)
    BookingFactory(offer=accepted, role=role, profile=booked, days=role.days, confirmed_at=now)
    no = OfferFactory(role=role, profile=declined, state=OfferState.DECLINED, **times)
    Entry.objects.create(verb="offer_declined", subject=f"offer:{no.pk}", at=now, facts={"cause": "pay"})
    return role


def trades(grain=Grain.DAY) -> list[dict]:
    return list(MarketFact.objects.filter(grain=grain).order_by("day").values())


def picked(row: dict, names) -> dict:
    return {name: row[name] for name in names}


def test_a_day_counts_what_stands_and_what_happened(market, now, today):
    market_room.write_day(today, now=now)

    (row,) = trades()
    assert (row["day"], row["hub_id"], row["role_type_id"]) == (
        today,
        market.shoot.base.hub_id,
        market.role_type_id,
    )
    assert picked(row, STOCK) == {"places": 4, "booked": 1, "wanted": 3, "free_people": 1}
    assert picked(row, FLOW) == {
        "sent": 2, "accepted": 1, "declined": 1, "filled": 1, "fill_hours": 10, "fill_spans": [0, 1, 0, 0, 0],
        "first_timers": 1, "due": 0, "due_filled": 0, "paid_days": 0,
    }  # fmt: skip


def test_the_hub_and_the_country_are_told(market, now, today):
    market_room.write_day(today, now=now)

    rows = HubFact.objects.filter(grain=Grain.DAY).values_list("hub", "shoot_days", "reasons")
    assert sorted(rows, key=lambda row: row[0] or 0) == [
        (None, 0, {"pay": 1}),
        (market.shoot.base.hub_id, 0, {"pay": 1}),
    ]


def test_on_the_first_day_of_a_role_its_places_are_due(market, now, today):
    later = today + timedelta(days=1)
    market_room.write_day(later, now=now + timedelta(days=1))

    (row,) = trades()
    assert picked(row, ("due", "due_filled", "paid_days", "wanted", "sent")) == {
        "due": 4, "due_filled": 1, "paid_days": 1, "wanted": 0, "sent": 0,
    }  # fmt: skip
    whole = HubFact.objects.get(grain=Grain.DAY, hub=None)
    assert (whole.shoot_days, whole.people, whole.paid_days_30) == (1, 1, 1)


def test_twice_is_once(market, now, today):
    market_room.write_day(today, now=now)
    before = [{**row, "id": 0} for row in [*trades(), *trades(Grain.MONTH)]]
    market_room.write_day(today, now=now)

    assert [{**row, "id": 0} for row in [*trades(), *trades(Grain.MONTH)]] == before


def test_a_rebuild_keeps_who_was_free(market, now, today):
    market_room.write_day(today, now=now)
    market_room.rebuild(today, today, now=now + timedelta(days=2))

    assert [row["free_people"] for row in trades()] == [1]


def test_a_month_is_the_sum_of_its_days_and_the_stock_of_the_last(market, now, today):
    for number in range(3):
        market_room.write_day(today + timedelta(days=number), now=now + timedelta(days=number))

    (month,) = trades(Grain.MONTH)
    assert month["day"] == today.replace(day=1)
    assert picked(month, ("sent", "filled", "due", "paid_days", "places", "fill_spans")) == {
        "sent": 2, "filled": 1, "due": 4, "paid_days": 2, "places": 4, "fill_spans": [0, 1, 0, 0, 0],
    }  # fmt: skip
    whole = HubFact.objects.get(grain=Grain.MONTH, hub=None)
    assert (whole.days, whole.shoot_days, whole.reasons) == (3, 2, {"pay": 1})


def test_beat_catches_up_with_the_days_between(market, now, today):
    assert market_room.write(now=now) == [today]
    assert market_room.write(now=now + timedelta(days=3)) == [today + timedelta(days=n) for n in range(4)]


def test_a_draft_is_not_on_the_market(role, now, today):
    type(role.shoot).objects.filter(pk=role.shoot_id).update(state="draft", published_at=None)
    market_room.write_day(today, now=now)

    assert trades() == []
