"""What everybody may read of the market: no number, sum or difference of it tells of one person."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.queries.market_rounding import STEP, flow, lots, lots_of, one, pairs, stock

LOT = st.integers(0, 4)
DAYS = st.lists(st.integers(0, 12), min_size=1, max_size=31)
MARKET = st.lists(st.tuples(DAYS, LOT), min_size=1, max_size=6)


def shown(counts, lot) -> list[int]:
    return flow(np.array(counts)[:, None], np.array([lot]))[:, 0].tolist()


@given(st.integers(0, 10**6), LOT)
def test_a_count_moves_by_less_than_a_step(count, lot):
    said = int(stock(np.int64(count), np.int64(lot)))
    assert (said % STEP, abs(said - count) < STEP, count % STEP != 0 or said == count) == (0, True, True)


@given(st.integers(0, 500))
def test_over_all_lots_nothing_is_added_and_nothing_lost(count):
    assert sum(int(stock(np.int64(count), np.int64(lot))) for lot in range(STEP)) == STEP * count


@given(DAYS, LOT)
def test_days_add_up_to_their_month(counts, lot):
    said = shown(counts, lot)
    assert (sum(said), min(said) >= 0) == (int(stock(np.int64(sum(counts)), np.int64(lot))), True)


@given(MARKET, st.data())
@settings(max_examples=300)
def test_whatever_is_known_of_all_cells_each_day_may_have_been_five_numbers(market, data):
    """The strongest reader knows every shown number of every cell, more than any page tells. She still cannot say.

    Markets that differ from hers by 0 to 4 in one place of her choice show the very same, so no sum, no difference and
    no drill-down, which are all made of what is shown, can tell them apart.
    """
    seen = [shown(counts, lot) for counts, lot in market]
    cell = data.draw(st.integers(0, len(market) - 1))
    day = data.draw(st.integers(0, len(seen[cell]) - 1))
    for more in range(STEP):
        other = list(seen[cell])
        other[day] += more
        assert shown(other, 0) == seen[cell]


@given(st.lists(st.tuples(st.integers(0, 60), LOT), min_size=2, max_size=12), st.integers(1, 4))
def test_a_small_count_is_never_the_only_one_that_explains_what_stands(cells, small):
    """One cell holds 1 to 4 people; the others and their total are known as shown. Nought and nine remain possible."""
    for lot in range(STEP):
        said = int(stock(np.int64(small), np.int64(lot)))
        explained = {
            true
            for true in range(15)
            for drawn in range(STEP)
            if int(stock(np.int64(true), np.int64(drawn))) == said
        }
        assert len(explained) >= STEP
        assert small in explained
    parts = [int(stock(np.int64(count), np.int64(lot))) for count, lot in cells]
    assert sum(parts) % STEP == 0


def test_a_cell_keeps_its_lot_and_every_cell_has_its_own():
    assert lots(("stock", 1, 2, "leads"), 9).tolist() == lots(("stock", 1, 2, "leads"), 9).tolist()
    drawn = [lots(("stock", hub, 2, "leads"), 9).tolist() for hub in range(40)]
    assert len({tuple(each) for each in drawn}) == 40
    assert {lot for each in drawn for lot in each} == {0, 1, 2, 3, 4}
    assert one(40, "gap", 1, 2) == 40


def test_many_cells_at_once_are_each_as_by_itself():
    assert lots_of(["a", ("b", 1)], 7).tolist() == [lots("a", 7).tolist(), lots(("b", 1), 7).tolist()]
    drawn = [lots((key,), 2) for key in "xyz"]
    counts = [(3, 12), (0, 5), (41, 7)]
    assert pairs(counts, [(key,) for key in "xyz"]) == [
        tuple(stock(np.array(each), lot).tolist()) for each, lot in zip(counts, drawn, strict=True)
    ]
    assert pairs([], []) == []
