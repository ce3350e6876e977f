"""The referee's compiled loops against his plain ones: the same no's, scores and bounds."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.matching import Barrier, judging, recount_standby, solve, verify
from jobs.matching.bounding import bound_again
from jobs.matching.candidates.index import Index
from jobs.matching.eligibility import HARD_RULES, barriers, bars_by_rule
from jobs.matching.judging import Breach
from jobs.matching.recount import points_of
from jobs.matching.recount_bound import bound_over_all
from jobs.matching.recount_sheet import sheet_of
from jobs.matching.rederivation import Raw, broken_rules, score_again
from jobs.matching.solution import Standbys
from tests.instances.small import day, person, problem, role
from tests.instances.wild import wild_problem

LANGUAGE = list(Barrier).index(Barrier.LANGUAGE)
MANY = settings(max_examples=80, deadline=None, derandomize=True)


def test_each_rule_alone_keeps_some_people_out_of_wild_markets():
    """Else two ways to count would agree on a rule that neither knows."""
    alone, spoken = np.zeros(len(HARD_RULES), np.int64), 0
    for seed in range(40):
        made = wild_problem(seed, 15, 8, 7)
        for o in range(made.n_roles):
            bars = bars_by_rule(made, o)
            only = bars & (bars.sum(axis=0) == 1)
            alone += only.sum(axis=1)
            some = made.roles.speaks_any[o]
            spoken += (only[LANGUAGE] & some.any() & ~(made.people.languages & some).any(axis=1)).sum()
    assert {rule.barrier for rule, count in zip(HARD_RULES, alone, strict=True) if not count} == set()
    assert spoken > 0  # by none of several languages of which one will do


def test_the_look_of_a_pin_keeps_her_from_a_part_before_it():
    """She is to come with a beard, and nobody grows one in three days: no wild market says so often enough."""
    part = {"category": 1, "ages": (20, 30)}
    made = problem(
        [person(), person(id=2)],
        [
            role(id=1, first=day(7), last=day(8), look="beard", **part),
            role(id=2, first=day(2), last=day(3), look="shaved", **part),
        ],
        pins=[(1, 1)],
    )
    assert [each.barrier for each in barriers(made, 0, 1)] == [Barrier.LOOK_KEPT]
    assert list(broken_rules(Raw(made), 0, 1)) == [Barrier.LOOK_KEPT]
    assert (points_of(made, sheet_of(made), [0, 1], [1, 1]) > 0).tolist() == [False, True]
    index = Index(made)
    assert (index.best(1, 9)[0].tolist(), index.counts().tolist()) == ([1], [1, 1])
    bars = dict(zip(Barrier, index.tally(1)[2].tolist(), strict=True))
    assert {barrier for barrier, alone in bars.items() if alone} == {Barrier.LOOK_KEPT}


@MANY
@given(seed=st.integers(0, 10**6), pins=st.integers(0, 7))
def test_the_same_pairs_and_scores(seed, pins):
    made = wild_problem(seed, 15, 8, pins)
    raw = Raw(made)
    pairs = [(w, o) for w in range(made.n_people) for o in range(made.n_roles)]
    found = points_of(made, sheet_of(made), [w for w, _ in pairs], [o for _, o in pairs]).tolist()
    assert found == [0 if list(broken_rules(raw, w, o)) else score_again(raw, w, o) for w, o in pairs]


@MANY
@given(seed=st.integers(0, 10**6), pins=st.integers(0, 7), data=st.data())
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


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("some", [1, 4, 7])
def test_the_last_in_line_are_looked_at_too(seed, some, monkeypatch):
    """However many are looked at at a time: one point too many for one of them is found, wherever she stands."""
    made = wild_problem(seed, 40, 9, 2)
    solution = solve(made, seed=seed)
    lines = Standbys.of(solution.standby)
    monkeypatch.setattr(judging, "PLAIN", 0)
    monkeypatch.setattr(recount_standby, "SOME", some)
    assert verify(made, solution).ok
    for at in range(len(lines.person)):
        wrong = lines.score.copy()
        wrong[at] += 1
        verdict = verify(made, replace(solution, standby=Standbys(lines.first, lines.person, wrong)))
        facts = {"role": int(lines.role[at]), "person": int(lines.person[at])}
        assert Breach("wrong_standby", facts) in verdict.breaches
