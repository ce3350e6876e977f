"""The referee's compiled loops against his plain ones: the same no's, scores and bounds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.matching import judging, solve, verify
from jobs.matching.bounding import bound_again
from jobs.matching.recount import points_of, sheet_of
from jobs.matching.recount_bound import bound_over_all
from jobs.matching.rederivation import Raw, broken_rules, score_again
from tests.instances.wild import wild_problem

MANY = settings(max_examples=80, deadline=None, derandomize=True)


@MANY
@given(seed=st.integers(0, 10**6), pins=st.integers(0, 3))
def test_the_same_pairs_and_scores(seed, pins):
    made = wild_problem(seed, 15, 8, pins)
    raw = Raw(made)
    pairs = [(w, o) for w in range(made.n_people) for o in range(made.n_roles)]
    found = points_of(made, sheet_of(made), [w for w, _ in pairs], [o for _, o in pairs]).tolist()
    assert found == [0 if list(broken_rules(raw, w, o)) else score_again(raw, w, o) for w, o in pairs]


@MANY
@given(seed=st.integers(0, 10**6), pins=st.integers(0, 3), data=st.data())
def test_the_same_bound_at_any_prices(seed, pins, data):
    made = wild_problem(seed, 15, 8, pins)
    prices = data.draw(st.lists(st.integers(0, 1200), min_size=8, max_size=8))
    extra = data.draw(st.lists(st.integers(0, 300), min_size=8, max_size=8))
    plan = [(0, 1), (3, 2)]
    assert bound_over_all(made, sheet_of(made), prices, extra, plan) == bound_again(
        Raw(made), prices, extra, plan
    )


@pytest.mark.parametrize("seed", range(6))
def test_a_large_problem_is_judged_alike(seed, monkeypatch):
    made = wild_problem(seed, 40, 9, 2)
    solution = solve(made, seed=seed)
    plain = verify(made, solution)
    monkeypatch.setattr(judging, "PLAIN", 0)
    assert verify(made, solution) == plain
    assert plain.ok
