"""What the charts of the market room are drawn with."""

import pytest
from django.utils.translation import override

from config import formats
from jobs.models.market_room import Grain
from jobs.queries.market_room import Look, Point, Room
from jobs.web.charts import Table, nice_top
from jobs.web.market_drawing import get, number, over_time
from tests.factories.jobs import NOW


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("count", [0, 7, 999, 1000, 62_599_435])
def test_a_number_is_written_as_everywhere(language, count):
    with override(language):
        assert (number(count), number(None)) == (formats.count(count), "–")


@pytest.mark.parametrize(("most", "top"), [(1, 1), (5, 6), (8, 8), (9, 10), (5_730, 6_000), (6_001, 8_000)])
def test_a_scale_ends_a_little_above_the_highest(most, top):
    assert nice_top(most) == top


def test_columns_beside_the_lines_stand_in_the_table_alone():
    day = NOW.date()
    chart = over_time(
        Room(Look(), day, Grain.DAY),
        key="late",
        title="Late",
        text="",
        lines=[("is-lacking", "wages", get("wages"))],
        points=[Point(day, {"wages": 3, "yuan": 4_500}), Point(day, {"wages": 5, "yuan": None})],
        beside=[("yuan", get("yuan"))],
    )

    assert (chart.table.heads[1:], [row[1:] for row in chart.table.rows]) == (
        ["wages", "yuan"],
        [["3", "4,500"], ["5", "–"]],
    )
    assert [row[1:] for row in chart.table.shown] == [["5", "–"], ["3", "4,500"]]
    assert (len(chart.paths), chart.top, chart.middle, chart.legend) == (1, "6", "3", [])


def test_a_page_has_room_for_the_newest_of_a_decade_and_for_the_first_of_a_list():
    rows = [[str(number)] for number in range(121)]
    time, ranks = Table(["Month"], rows, by_time=True), Table(["Role type"], rows)

    assert (time.shown, time.left_out) == (rows[:60:-1], 61)
    assert (ranks.shown, ranks.left_out) == (rows[:60], 61)
    assert (Table([], rows[:3], by_time=True).shown, Table([], rows[:3]).left_out) == (rows[2::-1], 0)
