"""The public market room: parts add up to the whole however one drills down, and stay near what was counted."""

from datetime import date, timedelta
from random import Random

import pytest

from jobs.models import HubFact, MarketFact
from jobs.queries import market_room
from jobs.queries.market_room import Look
from jobs.services.market_room import add_up, write_month
from tests.factories.hubs import DepartmentFactory, HubFactory, RoleTypeFactory

pytestmark = pytest.mark.django_db
LAST = date(2026, 11, 30)
SUMMED = (
    "places",
    "booked",
    "sent",
    "accepted",
    "declined",
    "filled",
    "first_timers",
    "due",
    "due_filled",
    "paid_days",
)


@pytest.fixture
def hubs():
    return [HubFactory() for _each in range(3)]


@pytest.fixture
def market(hubs):
    """Ninety days, three hubs, three departments with two trades each; small numbers everywhere."""
    rng = Random(5)
    types = [
        RoleTypeFactory(department=department)
        for department in (DepartmentFactory() for _n in range(3))
        for _t in "ab"
    ]
    for number in range(90):
        day = LAST - timedelta(days=number)
        people = 0
        for hub in hubs:
            for kind in types:
                spans = [rng.choice((0, 0, 1)) for _n in range(5)]
                due, places = rng.randint(0, 4), rng.randint(0, 9)
                MarketFact.objects.create(
                    day=day, hub=hub, role_type=kind, places=places, booked=rng.randint(0, places),
                    wanted=rng.randint(0, 9), free_people=rng.randint(0, 9), sent=rng.randint(0, 4),
                    accepted=rng.randint(0, 3), declined=rng.randint(0, 2), filled=sum(spans),
                    fill_hours=9 * sum(spans), fill_spans=spans,
                    first_timers=rng.randint(0, 1), due=due, due_filled=rng.randint(0, due), paid_days=rng.randint(0, 5),
                )  # fmt: skip
            count = rng.randint(0, 20)
            people += count
            HubFact.objects.create(
                day=day,
                hub=hub,
                people=count,
                paid_days_30=7 * count,
                shoot_days=2,
                reasons={"pay": rng.randint(0, 2)},
            )
        HubFact.objects.create(day=day, hub=None, people=people - 2 if people > 2 else people, shoot_days=6)
    for month in (9, 10, 11):
        write_month(date(2026, month, 1))
    return types


def read(*, public: bool = True, **look):
    return market_room.room(Look(**look), market_room.last_counted().day, public=public)


def totals(**look) -> dict:
    room = read(**look)
    return {name: room.totals[name] for name in SUMMED}


def added(parts: list[dict]) -> dict:
    return {name: sum(part[name] for part in parts) for name in SUMMED}


@pytest.mark.parametrize("span", ["30", "60", "all"])
def test_parts_add_up_to_the_whole_however_one_looks(market, hubs, span):
    whole = totals(span=span)
    assert added([totals(span=span, hub=hub.slug) for hub in hubs]) == whole
    departments = {kind.department.code for kind in market}
    assert added([totals(span=span, department=code) for code in departments]) == whole
    assert (
        added([totals(span=span, hub=hub.slug, department=code) for hub in hubs for code in departments])
        == whole
    )
    room = read(span=span)
    assert (
        sum(line.booked for line in room.hubs)
        == sum(line.booked for line in room.departments)
        == whole["booked"]
    )
    assert {count % 5 for count in whole.values()} == {0}


def test_the_days_of_a_month_add_up_to_what_the_month_shows(market):
    days = [point for point in read(span="30").series if point.day.month == 11]
    [month] = [point for point in read(span="all").series if point.day.month == 11]
    flows = [name for name in month.values if name not in ("places", "booked")]
    assert len(days) == 30
    assert {name: sum(point.values[name] for point in days) for name in flows} == {
        n: month.values[n] for n in flows
    }
    assert month.values["booked"] == days[-1].values["booked"]


def test_what_is_shown_is_near_what_was_counted(market, hubs):
    public, counted = read(span="all"), read(public=False, span="all")
    cells = len(hubs) * 3 * 3
    for name in SUMMED:
        assert abs(public.totals[name] - counted.totals[name]) < 5 * cells
    assert abs(public.totals["filled"] - counted.totals["filled"]) < 5 * cells * 5
    assert public.hours_to_fill == pytest.approx(counted.hours_to_fill)
    assert [point.day for point in public.hub_series] == [point.day for point in counted.hub_series]


def test_a_mean_of_few_is_not_said(market, hubs):
    HubFact.objects.filter(hub=hubs[0]).update(people=1, paid_days_30=29)
    add_up(days_since=LAST - timedelta(days=90))
    room = read(span="30", hub=hubs[0].slug)
    assert ({point.values["paid_days_30"] for point in room.hub_series}, room.paid_day_index) == (
        {None},
        None,
    )


def test_reasons_and_people_of_the_country_are_those_of_its_hubs(market, hubs):
    every = read(span="60")
    parts = [read(span="60", hub=hub.slug) for hub in hubs]
    assert every.reasons["pay"] == sum(part.reasons.get("pay", 0) for part in parts)
    assert every.reasons["pay"] % 5 == 0
    assert "late_wages" not in every.hub_series[-1].values
    assert not HubFact.objects.filter(rounded=True, late_wages__gt=0).exists()


def test_a_day_on_which_nothing_was_filled_has_no_spans(hubs):
    MarketFact.objects.create(day=LAST, hub=hubs[0], role_type=RoleTypeFactory(), places=40, booked=10)
    HubFact.objects.create(day=LAST, hub=None, late_wages=3)
    add_up(days_since=LAST)
    for room in (read(), read(public=False)):
        assert (room.totals["places"], room.totals["filled"], room.fill_spans) == (40, 0, [0] * 5)
