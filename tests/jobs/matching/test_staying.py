"""Whoever had a place is worth more on it while the next plan is made, and nowhere else."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.matching import solve, verify
from jobs.matching.eligibility import barriers
from jobs.matching.generate import Scale, generate_market
from jobs.matching.settling import solve_again
from jobs.matching.staying import who_stood

SMALL_TOWN = Scale(people=160, shoots=3, hubs=1, days=12)


def pairs(p, solution):
    return {(int(p.roles.role_ids[a.role]), int(p.people.person_ids[a.person])) for a in solution.assignments}


def by_loops(p, before, without):
    """The same question, id by id."""
    roles, people = p.roles.role_ids.tolist(), p.people.person_ids.tolist()
    fixed = {*p.pin_person.tolist(), *without}
    found = [(people.index(w), roles.index(o)) for o, w in before if o in roles and w in people]
    return sorted((w, o) for w, o in found if w not in fixed)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_pairs_of_ids_are_found_whoever_else_is_asked_for(data):
    p = generate_market(SMALL_TOWN, seed=1)
    roles = st.sampled_from([*p.roles.role_ids.tolist(), -1, 10**9])
    people = st.sampled_from([*p.people.person_ids.tolist(), -1, 10**9])
    before = data.draw(st.sets(st.tuples(roles, people), max_size=30))
    without = data.draw(st.sets(st.integers(0, p.n_people - 1), max_size=5))
    found = who_stood(p, before, sorted(without))
    assert sorted(map(tuple, found.tolist())) == by_loops(p, before, without)


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6), share=st.sampled_from([0.3, 0.9, 1.0]))
def test_a_plan_beside_any_pairs_breaks_nothing_and_fills_as_many(seed, share):
    """Also where what stood is no plan, and where half of it is not allowed."""
    p = generate_market(SMALL_TOWN, seed=seed % 5)
    draw = np.random.Generator(np.random.PCG64(seed))
    before = pairs(p, solve(p, 9))
    before = {pair for pair in sorted(before) if draw.random() < share}
    ids = p.people.person_ids
    before |= {(int(o), int(ids[draw.integers(p.n_people)])) for o in p.roles.role_ids}
    plan, free = solve_again(p, 1, before=before), solve(p, 1)
    verdict = verify(p, plan)
    assert (verdict.ok, verdict.breaches) == (True, ())
    assert (len(plan.assignments), plan.score.unfilled) == (len(free.assignments), free.score.unfilled)
    assert plan.objective >= free.objective * 0.998
    assert free.objective <= plan.bound
    assert not any(barriers(p, a.person, a.role) for a in plan.assignments)


def test_what_stood_comes_back_from_another_seed():
    p = generate_market(SMALL_TOWN, seed=3)
    first = solve(p, 1)
    before = pairs(p, first)
    guide = dict(zip(p.roles.role_ids.tolist(), first.guide, strict=True))
    assert pairs(p, solve_again(p, 2, before=before, warm=guide)) == before


def test_the_order_of_what_stood_leaves_no_trace():
    p = generate_market(SMALL_TOWN, seed=4)
    before = sorted(pairs(p, solve(p, 1)))[::2]
    assert solve_again(p, 2, before=before) == solve_again(p, 2, before=before[::-1])
