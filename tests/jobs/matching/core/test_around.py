"""A market cleared again around some people: they are out, their places are kept for others, and little is lost."""

from itertools import pairwise

import numpy as np
import pytest

from jobs.matching.core.around import clear_around
from jobs.matching.core.clearing import clear
from tests.jobs.matching.core.markets import market

EVEN = 7  # seeds of markets in which all slots are as urgent


@pytest.mark.parametrize("seed", range(12))
def test_who_is_out_stays_out_and_nothing_clashes(seed):
    graph = market(seed)
    urgency = np.arange(graph.n_roles) % EVEN
    plan = clear(graph, urgency=urgency, seed=seed, workers=1)
    out = np.arange(graph.n_people) % 3 == 0
    taken = np.minimum(graph.info[:, 3], np.arange(graph.n_roles) % 2)
    found = clear_around(graph, plan, out, taken, urgency, workers=1)
    assert not out[found.person].any()
    assert (np.bincount(found.role, minlength=graph.n_roles) <= graph.info[:, 3] - taken).all()
    listed = {
        (w, int(graph.role[k])): int(graph.score[k])
        for w in range(graph.n_people)
        for k in range(graph.first_of[w], graph.first_of[w + 1])
    }
    assert [listed[pair] for pair in zip(found.person.tolist(), found.role.tolist(), strict=True)] == [
        *found.score.tolist()
    ]
    for w in set(found.person.tolist()):
        mine = sorted(found.role[found.person == w].tolist(), key=lambda o: tuple(graph.info[o, :2]))
        for a, b in pairwise(mine):
            assert graph.info[b, 0] > graph.info[a, 1] + graph.buffer[graph.info[a, 2], graph.info[b, 2]]


@pytest.mark.parametrize("seed", range(6))
def test_with_nobody_out_the_plan_stays_as_good(seed):
    graph = market(seed)
    urgency = np.zeros(graph.n_roles, np.int64)
    plan = clear(graph, urgency=urgency, seed=seed, workers=1)
    none = np.zeros(graph.n_people, np.bool_), np.zeros(graph.n_roles, np.int64)
    again = clear_around(graph, plan, *none, urgency, workers=1)
    assert (len(again.role), again.objective) >= (len(plan.role), plan.objective)
    assert (again.bound, again.prices.tolist()) == (plan.bound, plan.prices.tolist())
