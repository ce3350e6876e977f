"""Where it is said that no plan fills more, no plan does: beside all plans of small markets."""

import numpy as np
import pytest
from hypothesis import example, given, settings

from jobs.matching.core.clearing import clear
from jobs.matching.core.graph import make_graph
from jobs.matching.core.roster import clash
from jobs.matching.core.shortage import nothing_to_fill
from tests.jobs.matching.core.markets import best_total, market, seeds


def town(seed):
    return market(seed, people=4, roles=5, slots=2, days=4)


def most(graph, worth):
    """What the filled slots of any plan are worth at most, by role."""
    return best_total(graph._replace(score=worth[graph.role].astype(np.int32)))


def some_plan(graph, seed):
    """(person, role): everybody, in any order, takes what is left of her roles."""
    draw, left, plan = np.random.default_rng(seed), graph.info[:, 3].copy(), []
    for w in draw.permutation(graph.n_people).tolist():
        mine = []
        for o in draw.permutation(graph.role[graph.first_of[w] : graph.first_of[w + 1]]).tolist():
            if left[o] and not any(clash(graph, o, other) for other in mine):
                left[o] -= 1
                mine.append(o)
        plan += [(w, o) for o in mine]
    return np.array(plan, np.int64).reshape(-1, 2).T


@settings(max_examples=150, deadline=None)
@given(seed=seeds)
@example(seed=2643).via("an open role that goes with others on two days: its slots must count once")
@example(seed=2765).via("the same")
def test_no_plan_fills_more_nor_dearer_slots(seed):
    graph = town(seed)
    extra = np.random.default_rng(seed).integers(1, 3, graph.n_roles)
    for worth in (extra, np.ones_like(extra)):
        person, role = some_plan(graph, seed)
        if nothing_to_fill(graph, person, role, 0 * worth, worth):
            assert len(role) == most(graph, np.ones_like(worth))
            assert worth[role].sum() == most(graph, worth)


def test_of_the_small_markets_with_too_few_people_half_are_proven_to_be_full():
    short, proven = 0, 0
    for seed in range(40):
        graph = town(seed)
        even = np.ones(graph.n_roles, np.int64)
        plan = clear(graph, urgency=even, seed=seed, workers=1)
        if most(graph, even) < graph.info[:, 3].sum():
            short += 1
            proven += nothing_to_fill(graph, plan.person, plan.role, 0 * even, even)
    assert (short, proven) == (33, 18)


def one_day(*, slots, may):
    """Roles of one day at one place; `may`: (person, role)."""
    m = len(slots)
    person, role = np.array(may).T
    same = np.zeros(m, int)
    return make_graph(
        n_people=int(person.max()) + 1, start=same, end=same, place=same, slots=np.array(slots),
        buffer=np.zeros((1, 1), int), person=person, role=role, score=np.ones(len(person), int),
    )  # fmt: skip


MEI, BO, LAN = range(3)
LIGHT, SOUND, COOK = range(3)


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        # Lan could cook, and is at home: somebody could change.
        ([(MEI, LIGHT), (BO, SOUND)], False),
        ([(MEI, LIGHT), (BO, SOUND), (LAN, COOK)], True),
    ],
)
def test_who_is_at_home_may_come_by_way_of_others(plan, said):
    graph = one_day(slots=[2, 1, 1], may=[(MEI, LIGHT), (BO, LIGHT), (BO, SOUND), (LAN, SOUND), (LAN, COOK)])
    person, role = np.array(plan).T
    even = np.ones(3, np.int64)
    assert nothing_to_fill(graph, person, role, 0 * even, even) is said


def test_a_dearer_slot_that_could_be_filled_instead_is_no_proof():
    graph = one_day(slots=[1, 1], may=[(MEI, LIGHT), (MEI, SOUND)])
    on_light = np.array([MEI]), np.array([LIGHT])
    none = np.zeros(2, np.int64)
    assert nothing_to_fill(graph, *on_light, none, np.array([2, 1])) is True
    assert nothing_to_fill(graph, *on_light, none, np.array([1, 2])) is False


def test_whoever_was_left_out_of_a_list_may_come():
    graph = one_day(slots=[2], may=[(MEI, LIGHT), (BO, LIGHT)])
    on_light = np.array([MEI]), np.array([LIGHT])
    both = np.array([MEI, BO]), np.array([LIGHT, LIGHT])
    even = np.ones(1, np.int64)
    assert nothing_to_fill(graph, *on_light, 0 * even, even) is False
    assert nothing_to_fill(graph, *both, 7 * even, even) is True  # nothing is open
    short = one_day(slots=[3], may=[(MEI, LIGHT), (BO, LIGHT)])
    assert nothing_to_fill(short, *both, 0 * even, even) is True
    assert nothing_to_fill(short, *both, 7 * even, even) is False
