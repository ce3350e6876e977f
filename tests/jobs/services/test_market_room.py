"""The market's numbers: what a day counts, that twice is once, and that a month is the sum of its days."""

from datetime import timedelta

import pytest
from psycopg.types.range import DateRange

from hubs.timespan import shoot_day_of
from jobs.enums import CrewState, OfferState
from jobs.models import Case, Entry, Hold, HubFact, MarketFact, MarketSum
from jobs.models.market_room import Grain
from jobs.models.moderation import CaseSubject
from jobs.queries.roles import open_roles
from jobs.services import market_room, moderation
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


def trades() -> list[dict]:
    return list(MarketFact.objects.order_by("day").values())


def summed(**of) -> list[dict]:
    return list(MarketSum.objects.filter(**of).order_by("grain", "rounded", "day", "hub").values())


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

    rows = HubFact.objects.filter(grain=Grain.DAY, rounded=False).values_list("hub", "shoot_days", "reasons")
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
    whole = HubFact.objects.get(grain=Grain.DAY, rounded=False, hub=None)
    assert (whole.shoot_days, whole.people, whole.paid_days_30) == (1, 1, 1)


def test_twice_is_once(market, now, today):
    market_room.write_day(today, now=now)
    before = [{**row, "id": 0} for row in [*trades(), *summed()]]
    market_room.write_day(today, now=now)

    assert [{**row, "id": 0} for row in [*trades(), *summed()]] == before


def test_a_rebuild_keeps_who_was_free(market, now, today):
    market_room.write_day(today, now=now)
    market_room.rebuild(today, today, now=now + timedelta(days=2))

    assert [row["free_people"] for row in trades()] == [1]


def test_a_month_is_the_sum_of_its_days_and_the_stock_of_the_last(market, now, today):
    for number in range(3):
        market_room.write_day(today + timedelta(days=number), now=now + timedelta(days=number))

    (month,) = summed(grain=Grain.MONTH, rounded=False, hub=None)
    assert month["day"] == today.replace(day=1)
    assert picked(month, ("sent", "filled", "due", "paid_days", "places", "fill_spans")) == {
        "sent": 2, "filled": 1, "due": 4, "paid_days": 2, "places": 4, "fill_spans": [0, 1, 0, 0, 0],
    }  # fmt: skip
    whole = HubFact.objects.get(grain=Grain.MONTH, rounded=False, hub=None)
    assert (whole.days, whole.shoot_days, whole.reasons) == (3, 2, {"pay": 1})


def test_beat_catches_up_with_the_days_between(market, now, today):
    assert market_room.write(now=now) == [today]
    assert market_room.write(now=now + timedelta(days=3)) == [today + timedelta(days=n) for n in range(4)]


def test_a_draft_is_not_on_the_market(role, now, today):
    type(role.shoot).objects.filter(pk=role.shoot_id).update(state="draft", published_at=None)
    market_room.write_day(today, now=now)

    assert trades() == []


def test_what_is_held_back_is_no_place_on_the_market(market, ada, now, today):
    """Lin reports Mei's role; while it is off the list neither its places nor Bo's booking are counted."""
    case = moderation.report(CaseSubject.ROLE, market, reason="fee", words="先交押金", by=ada, now=now)
    hold = Hold.objects.create(role=market, case=case, made_at=now)
    market_room.write_day(today, now=now)
    assert picked(trades()[0], STOCK) == {"places": 0, "booked": 0, "wanted": 0, "free_people": 1}

    hold.delete()
    market_room.write_day(today, now=now)
    assert picked(trades()[0], STOCK) == {"places": 4, "booked": 1, "wanted": 3, "free_people": 1}


@pytest.mark.parametrize(
    ("field", "value"), [("below_floor", True), ("shoot__state", "cancelled"), ("crew", CrewState.SUSPENDED)]
)
def test_only_what_is_listed_is_counted(market, crew, now, today, field, value):
    """Mei's crew is suspended, her shoot called off, or her role pays below the floor: none is work on offer."""
    if field == "crew":
        type(crew).objects.filter(pk=crew.pk).update(state=value, reason="拖欠片酬")
    elif field == "below_floor":
        type(market).objects.filter(pk=market.pk).update(below_floor=value)
    else:
        type(market.shoot).objects.filter(pk=market.shoot_id).update(state=value)
    market_room.write_day(today, now=now)
    first_day = today + timedelta(days=1)
    market_room.write_day(first_day, now=now + timedelta(days=1))

    assert [picked(row, ("places", "booked", "wanted", "due", "due_filled")) for row in trades()] == [
        {"places": 0, "booked": 0, "wanted": 0, "due": 0, "due_filled": 0}
    ] * 2


def test_the_running_day_knows_what_has_wrapped_and_a_past_day_knows_it_stood(market, now, today):
    type(market.shoot).objects.filter(pk=market.shoot_id).update(state="wrapped")
    market_room.write_day(today, now=now)
    assert trades()[0]["places"] == 0

    market_room.rebuild(today, today, now=now + timedelta(days=2))
    assert trades()[0]["places"] == 4


def test_the_room_counts_the_places_that_the_list_shows(market, crew, base, now, today):
    """Beside Mei's open role stand one that is held and one below the floor: list and room say the same."""
    for below in (False, True):
        RoleFactory(
            shoot=market.shoot, days=market.days, headcount=7, below_floor=below, role_type=market.role_type
        )
    held = RoleFactory(shoot=market.shoot, days=market.days, headcount=9, role_type=market.role_type)
    case = Case.objects.create(
        subject=CaseSubject.ROLE,
        subject_id=held.pk,
        crew=crew,
        reason="fee",
        words="",
        made_at=now,
        evidence={},
    )
    Hold.objects.create(role=held, case=case, made_at=now)
    type(market).objects.filter(pk=market.pk).update(filled=1)
    market_room.write_day(today, now=now)

    listed = sum(role.headcount - role.filled for role in open_roles(today=today))
    (row,) = trades()
    assert row["places"] - row["booked"] == listed == 4 - 1 + 7


def test_sums_are_by_department_with_all_hubs_beside_each(market, now, today):
    market_room.write_day(today, now=now)

    kind = market.role_type
    counted = summed(grain=Grain.DAY, rounded=False)
    assert [(row["hub_id"], row["department_id"], row["category"], row["places"]) for row in counted] == [
        (market.shoot.base.hub_id, kind.department_id, kind.category, 4),
        (None, kind.department_id, kind.category, 4),
    ]
    shown = {row[name] % 5 for row in summed(rounded=True) for name in ("places", "booked", "sent", "filled")}
    assert shown <= {0}


def test_days_added_up_go_and_months_stay(market, now, today):
    market_room.write(now=now)
    later = now + timedelta(days=150)
    market_room.write(now=later)

    days = MarketSum.objects.filter(grain=Grain.DAY).values_list("day", flat=True)
    assert (today in set(days), MarketFact.objects.filter(day=today).exists()) == (False, True)
    assert MarketSum.objects.filter(grain=Grain.MONTH, day=today.replace(day=1)).exists()


def test_facts_without_sums_are_added_up_by_the_next_count(market, now, today):
    market_room.write_day(today, now=now)
    before = [{**row, "id": 0} for row in summed()]
    MarketSum.objects.all().delete()
    HubFact.objects.filter(rounded=True).delete()
    market_room.write(now=now)

    assert ([{**row, "id": 0} for row in summed()], len(before) > 0) == (before, True)
