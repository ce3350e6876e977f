"""Shares in the market room: what is here beside what is published, and who fills the places in time."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from jobs.models.market_room import Grain
from jobs.queries.market_room import Line, Look, Point, Room
from jobs.web import market_shares

DAY = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def line(code: str, places: int, booked: int, published: int) -> Line:
    return Line(code, code, places, booked, SimpleNamespace(value=published))


def room(grain: str, *days: dict[str, int]) -> Room:
    out = Room(Look(), DAY, grain)
    out.series = [Point(DAY + timedelta(days=at), dict(values)) for at, values in enumerate(days)]
    for name in ("due", "due_filled", "filled", "first_timers"):
        out.totals[name] = sum(values[name] for values in days)
    return out


def began(due: int, due_filled: int, filled: int, first_timers: int) -> dict[str, int]:
    return {"due": due, "due_filled": due_filled, "filled": filled, "first_timers": first_timers}


def test_kinds_stand_beside_the_published_split():
    each = room(Grain.DAY)
    each.totals["places"] = 200
    each.categories = [
        line("production", 150, 30, 450_000),
        line("leads", 10, 2, 32_000),
        line("extras", 40, 9, 207_000),
    ]
    chart = market_shares.kinds(each)

    assert chart.table.rows == [
        ["production", "150", "30", "120", "75%", "450,000", "65%"],
        ["leads", "10", "2", "8", "5%", "32,000", "5%"],
        ["extras", "40", "9", "31", "20%", "207,000", "30%"],
    ]
    assert next(bar.more for bar in chart.bars) == "75% of the places here, 65% of the jobs in the industry"
    assert [bar.url for bar in chart.bars] == [
        f"/market/?category={code}" for code in ("production", "leads", "extras")
    ]
    assert chart.text == "production has most places: 150."


def test_where_nothing_stands_there_is_nothing_to_draw():
    each = room(Grain.DAY)
    each.totals["places"] = 0
    each.categories = [line("production", 0, 0, 450_000)]

    assert (market_shares.kinds(each).empty, market_shares.kinds(each).table.rows[0][4]) == (True, "–")


def test_a_month_is_its_own_share():
    chart = market_shares.filled(room(Grain.MONTH, began(40, 30, 20, 5), began(10, 12, 10, 0)))

    assert chart.table.rows == [
        ["2026-11", "75", "25", "40", "20"],
        ["2026-11", "100", "0", "10", "10"],
    ]
    assert chart.text == (
        "84% of the places were filled when they began; 17% of those booked were here for the first time."
    )


def test_a_day_is_the_share_of_the_week_up_to_it_and_of_few_nothing_is_said():
    chart = market_shares.filled(room(Grain.DAY, *[began(2, 1, 2, 1)] * 9))

    assert [row[1:] for row in chart.table.rows] == [
        *(["–", "–", str(2 * n), str(2 * n)] for n in (1, 2, 3, 4)),
        *(["50", "50", str(2 * n), str(2 * n)] for n in (5, 6, 7, 7, 7)),
    ]
    assert chart.text.endswith("A day stands for the seven days up to it.")
