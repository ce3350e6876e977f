"""What the bound of a plan says when filling by urgency costs points."""

import dataclasses

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.matching import solve, verify
from jobs.matching.bounding import sound_premiums
from jobs.matching.premiums import ANY_SLOT, SOONEST, premiums_of
from jobs.matching.rederivation import Raw
from tests.instances.small import person, problem, random_problem, role
from tests.jobs.matching.brute_force import best_as_full, best_plan


def test_premiums_grow_by_the_day_and_with_urgency_alone():
    assert premiums_of(np.array([5, 0, 10, 5])).tolist() == [375, 650, 100, 375]
    assert premiums_of(np.array([7, 7])).tolist() == [ANY_SLOT] * 2
    assert premiums_of(np.zeros(0, np.int32)).tolist() == []
    assert premiums_of(np.array([0, 1])).tolist() == [ANY_SLOT + SOONEST, ANY_SLOT]


def test_the_gap_is_not_the_price_of_serving_the_urgent_first():
    """One person, a dear role late and a cheap one soon: the plan is the best there is in order, and says so."""
    late, soon = (
        role(id=1, urgency=30, day_rate=5000),
        role(id=2, urgency=1, day_rate=450, nice_skills=("lighting",)),
    )
    made = problem([person()], [late, soon])
    solution = solve(made)
    assert [a.role for a in solution.assignments] == [1]
    assert best_plan(made)[1] > solution.objective  # the late role alone has more points
    assert (solution.gap, verify(made, solution).gap) == (0.0, 0.0)
    assert solution.premiums == (100, 622)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 10**6), st.lists(st.integers(0, 2000), min_size=4, max_size=4), st.integers(0, 3))
def test_any_prices_with_any_premiums_by_urgency_bound_all_that_fills_as_well(seed, prices, step):
    made = random_problem(seed, 3, 4)
    premiums = tuple(int(q) * step for q in premiums_of(made.roles.urgency))
    solution = dataclasses.replace(solve(made, standby=0), prices=tuple(prices), premiums=premiums)
    verdict = verify(made, solution)
    assert {b.rule for b in verdict.breaches} <= {"wrong_bound"}
    least = sum(premiums[a.role] for a in solution.assignments)
    assert best_as_full(made, premiums, least) <= verdict.bound


def test_premiums_that_favour_a_role_for_anything_but_urgency_are_refused():
    raw = Raw(problem([person()], [role(id=1, urgency=3), role(id=2, urgency=9), role(id=3, urgency=3)]))
    assert sound_premiums(raw, ())
    assert sound_premiums(raw, (5, 5, 5))
    assert sound_premiums(raw, (8, 0, 8))
    for wrong in ((5, 5), (5, 6, 5), (5, 5, 4), (5, -1, 5), (5.0, 5, 5)):
        assert not sound_premiums(raw, wrong)
