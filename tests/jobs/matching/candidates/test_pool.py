"""Pairs of a clearing: few of them prove as much as all, and who is left out comes in where a slot stays open."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.matching import solve, verify
from jobs.matching.candidates import pool, standing
from jobs.matching.candidates.pool import Pool, strain
from jobs.matching.eligibility import eligible_people
from jobs.matching.explanation import clash
from jobs.matching.scoring import scores
from jobs.matching.shortlist import ranking
from tests.instances.small import day, person, problem, role
from tests.instances.wild import wild_problem


@pytest.fixture
def few(monkeypatch):
    """Keep two pairs of a role and one for each slot, however few people there are."""
    monkeypatch.setattr(pool, "LEAST", 2)
    monkeypatch.setattr(pool, "PER_SLOT", 1)
    monkeypatch.setattr(pool, "TIGHT", float("inf"))


@pytest.mark.parametrize("seed", range(12))
def test_few_pairs_prove_as_much_as_all(few, seed):
    """The referee counts the bound over all pairs there are."""
    made = wild_problem(seed, 60, 8, seed % 3)
    solution = solve(made, seed=seed)
    assert verify(made, solution).breaches == ()


@pytest.mark.parametrize("beyond", [0, 2])
@pytest.mark.parametrize("seed", range(12))
def test_whoever_stands_by_is_the_best_of_all_who_are_free(few, monkeypatch, seed, beyond):
    monkeypatch.setattr(pool, "BEYOND", beyond)
    made = wild_problem(seed, 60, 8, seed % 3)
    solution = solve(made, seed=seed, standby=6)
    of: dict[int, list[int]] = {}
    for a in solution.assignments:
        of.setdefault(a.person, []).append(a.role)
    for o in range(made.n_roles):
        rows = eligible_people(made, o)
        points = scores(made, o, rows)
        ranked = rows[ranking(made, o, rows, points, seed)].tolist()
        free = [w for w in ranked if not any(other == o or clash(made, other, o) for other in of.get(w, ()))]
        assert [s.person for s in solution.standby[o]] == free[:6]


@given(st.integers(0, 200), st.integers(0, 150))
def test_the_mask_of_a_span_has_its_days_each_modulo_64(start, later):
    end = start + later
    assert int(standing._span(start, end)) == sum(1 << bit for bit in {d % 64 for d in range(start, end + 1)})


def test_where_two_days_share_a_bit_the_days_themselves_decide(few, monkeypatch):
    some, seen = wild_problem(7, 60, 8), standing.held_by
    plan = solve(some, standby=0).assignments
    person, role = (np.array([each[at] for each in plan], np.int64) for at in (0, 1))

    def standbys():
        return Pool(some, 7, standby=3).standing_by(person, role, 3, ())

    sure = standbys()
    monkeypatch.setattr(pool, "held_by", lambda *asked: seen(*asked)._replace(exact=False))
    assert standbys() == sure
    assert len(sure.person) > 0


def test_slots_that_stay_open_let_more_people_in(few):
    """The best three are wanted on six roles of the same days; those who come next would never be seen."""
    people = [person(id=i, reliability=200 - i) for i in range(1, 30)]
    made = problem(people, [role(id=o) for o in range(1, 7)])
    solution = solve(made)
    assert len(solution.assignments) == 6
    assert verify(made, solution).ok


def test_strain_is_work_over_free_days():
    made = problem([person(), person(id=2, wants={"grip"})], [role(first=day(0), last=day(6), headcount=3)])
    assert strain(made) == 21 / 14
    assert strain(problem([person(wants={"grip"})], [role()])) == np.inf


def test_where_people_are_few_all_pairs_are_kept():
    made = problem([person(id=i) for i in range(1, 100)], [role(headcount=90)])
    assert Pool(made, 0).kept.tolist() == [99]
    assert Pool(made, 0).tau.tolist() == [0]


def test_who_may_stand_by_is_no_pair_of_the_clearing(few):
    made = problem([person(id=i, reliability=200 - i) for i in range(1, 30)], [role()])
    plain, longer = Pool(made, 0), Pool(made, 0, standby=4)
    assert longer.lists.kept.tolist() == [3 + pool.BEYOND * 4]
    for each in (plain, longer):
        assert (each.kept.tolist(), each.tau.tolist()) == (
            plain.lists.kept.tolist(),
            plain.lists.tau.tolist(),
        )
