"""The three ways to sum over a person's schedules say the same, and what all schedules written out say."""

import numpy as np
import pytest
from hypothesis import given, settings

from jobs.matching.core.compiled import FAR
from jobs.matching.core.graph import make_graph
from jobs.matching.core.sweeps import by_far_tables, by_pairs, by_tables, chance_of, desk
from tests.jobs.matching.core.markets import schedules, seeds

PAIRS, PLACES, DAYS = 9, 3, 8


def one_person(draw):
    """A graph of one person with PAIRS roles in PLACES places, none, one or two days from each other."""
    start = np.sort(draw.integers(0, DAYS, PAIRS))
    buffer = np.array([[0, 1, 2], [1, 0, 1], [2, 1, 1]])
    return make_graph(
        n_people=1,
        start=start,
        end=start + draw.integers(0, 3, PAIRS),
        place=draw.integers(0, PLACES, PAIRS),
        slots=np.ones(PAIRS, int),
        buffer=buffer,
        person=np.zeros(PAIRS, int),
        role=np.arange(PAIRS),
        score=np.ones(PAIRS, int),
    )


def shares(total, power, a, h, b, x, e, f):
    return [chance_of((a[j] / total) * (b[j] / e[j]), h[j] + x[j] - f[j] - power) for j in range(len(a))]


@settings(deadline=None)
@given(seeds)
def test_every_way_to_sum_gives_the_chances_of_all_schedules_written_out(seed):
    draw = np.random.default_rng(seed)
    graph = one_person(draw)
    e, mine = np.exp(draw.normal(0, 3, PAIRS)), np.arange(PAIRS, dtype=np.int32)
    weights = {some: float(np.prod(e[list(some)])) for some in schedules(graph, 0)}
    whole = sum(weights.values())
    expected = [sum(weight for some, weight in weights.items() if k in some) / whole for k in range(PAIRS)]
    none = np.zeros(PAIRS, np.int32)

    a, b = np.empty((2, PAIRS))
    total = by_pairs(graph, mine, PAIRS, e, a, b, np.empty((PAIRS, 3), np.int32))
    assert total == pytest.approx(whole)
    assert shares(total, 0, a, none, b, none, e, none) == pytest.approx(expected, abs=1e-12)

    room = desk(graph, PAIRS, True)
    for _ in range(2):  # what the first sweep left on the desk is nothing to the second
        h, x = np.empty((2, PAIRS), np.int32)
        total, power = by_tables(graph, mine, PAIRS, e, a, h, b, x, room)
        assert total * FAR**power == pytest.approx(whole)
        assert shares(total, power, a, h, b, x, e, none) == pytest.approx(expected, abs=1e-12)

        total, power = by_far_tables(graph, mine, PAIRS, e, none, a, h, b, x, room)
        assert total * FAR**power == pytest.approx(whole)
        assert shares(total, power, a, h, b, x, e, none) == pytest.approx(expected, abs=1e-12)


@settings(deadline=None)
@given(seeds)
def test_sums_beyond_what_a_float_holds_give_the_same_chances_both_ways(seed):
    draw = np.random.default_rng(seed)
    graph = one_person(draw)
    mine, none = np.arange(PAIRS, dtype=np.int32), np.zeros(PAIRS, np.int32)
    e, room = np.exp2(draw.uniform(150, 250, PAIRS)), desk(graph, PAIRS, True)
    a, b, h, x = np.empty(PAIRS), np.empty(PAIRS), none.copy(), none.copy()
    total, power = by_tables(graph, mine, PAIRS, e, a, h, b, x, room)
    near = shares(total, power, a, h, b, x, e, none)
    total, power = by_far_tables(graph, mine, PAIRS, e, none, a, h, b, x, room)
    assert near == pytest.approx(shares(total, power, a, h, b, x, e, none), abs=1e-9)
