"""Belief and mending: what they hand back fits, whatever the places, and rosters with no room to spare are covered."""

import numpy as np
import pytest
from hypothesis import given, settings

from jobs.matching.core.beliefs import agree, agree_wide, order_of_ends
from jobs.matching.core.mending import mend
from jobs.matching.core.roster import seat
from jobs.matching.generate.shifts import generate_shifts
from jobs.matching.instance_clearing import clear_instance
from jobs.matching.verification import verify_instance
from tests.jobs.matching.core.markets import best_total, faults, market, seeds


def state(seed):
    return np.array([seed + 1], np.int64)


@settings(deadline=None)
@given(seeds)
def test_an_agreement_fits_and_threads_come_to_the_same(seed):
    for places in (1, 2):
        graph = market(seed, people=5, roles=9, places=places, even=True)
        graph.info[seed % 9, 3] = 0  # all of its slots are pinned
        taken = agree(graph, 40, 9, 0.2, state(seed))
        assert faults(graph, seat(graph, taken)) == []
        wide = agree_wide(graph, 40, 9, 0.2, state(seed), 2, lambda: False)
        assert wide.tolist() == taken.tolist()


@settings(max_examples=20, deadline=None)
@given(seeds)
def test_mending_never_loses_a_role_and_fits(seed):
    graph = market(seed, people=4, roles=8, places=1, even=True)
    most = best_total(graph)
    taken = agree(graph, 2, 8, 5.0, state(seed))
    before, one, three = int(taken.sum()), taken.copy(), taken.copy()
    mend(graph, one, 3000, most, state(seed), 1, lambda: False)
    mend(graph, three, 3000, most, state(seed), 3, lambda: False)
    assert faults(graph, seat(graph, one)) == []
    assert before <= int(one.sum()) <= most
    assert one.tolist() == three.tolist()


def test_sums_by_tables_and_by_merging_are_the_same():
    """Roles in one place are merged; a second place, where nothing is, asks for tables."""
    one = market(3, people=30, roles=40, places=1, days=30, even=True)
    two = one._replace(buffer=np.zeros((2, 2), np.int32), which=np.zeros((2, 2), np.int32))
    assert (len(order_of_ends(one)), len(order_of_ends(two))) == (len(one.role), 0)
    assert agree(one, 60, 40, 0.1, state(1)).tolist() == agree(two, 60, 40, 0.1, state(1)).tolist()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_roster_without_idle_staff_is_covered(seed):
    made = generate_shifts(400, tightness=0.97, density=0.33, seed=seed)
    cleared = clear_instance(made, seed=seed)
    verdict = verify_instance(made, cleared.plan)
    assert (verdict.ok, verdict.objective, verdict.bound) == (True, 400, 400)
