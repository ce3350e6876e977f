"""The solver against brute force, in any order of rows, with pins, and for markets with nothing to give."""

import dataclasses
import os
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.matching import Problem, Score, Unfilled, WhyUnfilled, replay, solve, verify
from jobs.matching.core.compiled import threads
from jobs.matching.generate import Scale, generate_market
from tests.instances.small import person, problem, random_problem, role
from tests.jobs.matching.brute_force import best_as_full, best_plan, value_of

SMALL = settings(max_examples=60, deadline=None, derandomize=True)


@SMALL
@given(seed=st.integers(0, 10**6), people=st.integers(1, 5), roles=st.integers(1, 5), pins=st.integers(0, 2))
def test_every_plan_passes_the_referee_and_stays_under_its_bound(seed, people, roles, pins):
    made = random_problem(seed, people, roles, pins)
    solution = solve(made, seed=seed)
    verdict = verify(made, solution)
    assert verdict.breaches == ()
    in_order, best = best_plan(made)
    assert value_of(made, solution) <= in_order
    assert solution.objective <= solution.bound
    premiums = solution.premiums or (0,) * made.n_roles
    least = sum(premiums[a.role] for a in solution.assignments)
    assert best_as_full(made, premiums, least) <= solution.bound
    assert solution.premiums or best <= solution.bound
    placed = {(a.person, a.role) for a in solution.assignments}
    assert set(zip(made.pin_person.tolist(), made.pin_role.tolist(), strict=True)) <= placed


def test_small_problems_are_mostly_solved_to_the_optimum():
    optimal = 0
    for seed in range(60):
        made = random_problem(seed)
        solution = solve(made)
        optimal += value_of(made, solution) == best_plan(made)[0]
    assert optimal >= 58


def by_ids(made, solution):
    """All of a solution with database ids for positions."""
    people, roles = made.people.person_ids.tolist(), made.roles.role_ids.tolist()
    return (
        [(people[a.person], roles[a.role], a.score) for a in solution.assignments],
        [(roles[u.role], *u[1:]) for u in solution.unfilled],
        {roles[o]: [(people[s.person], s.score) for s in row] for o, row in enumerate(solution.standby)},
        {roles[o]: price for o, price in enumerate(solution.prices)},
        {roles[o]: extra for o, extra in enumerate(solution.premiums)},
        {roles[o]: price for o, price in enumerate(solution.guide)},
        solution.objective,
        solution.bound,
    )


def shuffled(made, seed):
    """The same problem with its people and roles in another order."""
    draw = random.Random(seed)
    people, roles = list(range(made.n_people)), list(range(made.n_roles))
    draw.shuffle(people)
    draw.shuffle(roles)
    place = np.argsort(people)
    table = {f.name: getattr(made.people, f.name) for f in dataclasses.fields(made.people)}
    booked = {name: table[name] for name in table if name.startswith("booked_")}
    booked["booked_person"] = place[booked["booked_person"]].astype(np.int32)
    rows = {name: column[people] for name, column in table.items() if name not in booked}
    openings = {f.name: getattr(made.roles, f.name)[roles] for f in dataclasses.fields(made.roles)}
    return dataclasses.replace(
        made,
        people=dataclasses.replace(made.people, **rows, **booked),
        roles=dataclasses.replace(made.roles, **openings),
        pin_person=place[made.pin_person].astype(np.int32),
        pin_role=np.argsort(roles)[made.pin_role].astype(np.int32),
        block_person=place[made.block_person].astype(np.int32),
        mark_person=place[made.mark_person].astype(np.int32),
        star_person=place[made.star_person].astype(np.int32),
    )


@settings(max_examples=20, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6))
def test_the_order_of_the_rows_changes_nothing(seed):
    made = random_problem(seed, 8, 6, 2)
    other = shuffled(made, seed + 1)
    assert by_ids(made, solve(made, seed=7)) == by_ids(other, solve(other, seed=7))


def test_a_market_of_one_shoot_is_solved_the_same_twice_and_in_any_order():
    made = generate_market(Scale(people=400, shoots=4, hubs=2, days=30), seed=3)
    first, again = solve(made, seed=5), solve(made, seed=5)
    assert first == again
    other = shuffled(made, 1)
    assert by_ids(made, first) == by_ids(other, solve(other, seed=5))
    assert verify(made, first).ok
    assert first.gap < 0.05


def test_another_seed_breaks_ties_another_way():
    twins = problem([person(id=i) for i in range(1, 30)], [role()])
    chosen = {solve(twins, seed=seed).assignments[0].person for seed in range(20)}
    assert len(chosen) > 5


def test_a_filled_slot_is_worth_any_score():
    """The star is the only one for the hard role, and by far the best for the easy one on the same days."""
    star = person(id=1, skills={"lighting": 3}, credits=50, reliability=200)
    novice = person(id=2, skills={"lighting": 1}, credits=0, reliability=0)
    hard = role(id=1, must_skills={"lighting": 3}, nice_skills=(), day_rate=450)
    easy = role(id=2, must_skills={"lighting": 1}, day_rate=5000, company="south")
    made = problem([star, novice], [hard, easy])
    assert {(a.person, a.role) for a in solve(made).assignments} == {(0, 0), (1, 1)}


def test_the_urgent_role_gets_the_only_person():
    late, soon = role(id=1, urgency=30), role(id=2, urgency=1, day_rate=450)
    solution = solve(problem([person()], [late, soon]))
    assert [a.role for a in solution.assignments] == [1]
    assert solution.unfilled == (Unfilled(0, 1, WhyUnfilled.TAKEN_ELSEWHERE, 1),)


def test_why_slots_stay_empty():
    made = problem([person()], [role(id=1, role_type="pilot"), role(id=2, headcount=3)])
    solution = solve(made)
    assert solution.unfilled == (
        Unfilled(0, 1, WhyUnfilled.NOBODY_ELIGIBLE, 0),
        Unfilled(1, 2, WhyUnfilled.TOO_FEW_ELIGIBLE, 1),
    )
    assert solution.score == Score(0, 3, -solution.objective)


@pytest.mark.parametrize(
    ("people", "roles"), [([], []), ([person()], []), ([], [role()]), ([person(wants={"grip"})], [role()])]
)
def test_nothing_to_match_is_an_answer(people, roles):
    made = problem(people, roles)
    solution = solve(made)
    assert solution.assignments == ()
    assert (solution.objective, solution.bound, solution.gap) == (0, 0, 0.0)
    assert verify(made, solution).ok


def test_standby_lists_the_next_best_who_are_free():
    people = [person(id=i, reliability=10 * i) for i in range(1, 8)]
    solution = solve(problem(people, [role()]), standby=3)
    assert [a.person for a in solution.assignments] == [6]
    assert [s.person for s in solution.standby[0]] == [5, 4, 3]


def test_progress_names_its_phases_in_order():
    seen = []
    solve(random_problem(2), progress=lambda phase, done, total: seen.append((phase, done <= total)))
    assert list(dict.fromkeys(phase for phase, _ in seen))[:3] == ["eligibility", "prices", "plan"]
    assert all(fits for _, fits in seen)


def without_the_last(made):
    """The same problem before its last person came."""
    last = made.n_people - 1
    table = {f.name: getattr(made.people, f.name) for f in dataclasses.fields(made.people)}
    booked = {
        name: column[table["booked_person"] < last] for name, column in table.items() if name[:7] == "booked_"
    }
    rows = {name: column[:last] for name, column in table.items() if name not in booked}
    kept = {
        f"{kind}_{side}": getattr(made, f"{kind}_{side}")[getattr(made, f"{kind}_person") < last]
        for kind in ("block", "mark", "star")
        for side in ("company", "person")
    }
    return dataclasses.replace(
        made,
        people=dataclasses.replace(made.people, **rows, **booked),
        mark=made.mark[made.mark_person < last],
        **kept,
    )


@SMALL
@given(seed=st.integers(0, 10**6), people=st.integers(1, 5), roles=st.integers(1, 5))
def test_one_more_slot_everywhere_or_one_more_person_never_fills_less(seed, people, roles):
    made = random_problem(seed, people, roles)
    headcount = made.roles.headcount + np.int32(1)
    wider = dataclasses.replace(made, roles=dataclasses.replace(made.roles, headcount=headcount))
    for less, more in ((made, wider), (without_the_last(made), made)):
        before, after = solve(less), solve(more)
        assert len(after.assignments) >= len(before.assignments)
        if not after.premiums:  # else the bound is that of plans as full as this one, and not of emptier ones
            assert after.bound >= before.objective


@pytest.mark.parametrize("tightness", [1.0, 0.2])
def test_the_number_of_processors_changes_nothing(tightness, monkeypatch):
    made = generate_market(Scale(people=1500, shoots=6, hubs=2, days=30), tightness=tightness, seed=3)
    found = []
    for processors in (1, 3):
        monkeypatch.setattr(os, "sched_getaffinity", lambda pid, n=processors: range(n), raising=False)
        monkeypatch.setattr(os, "process_cpu_count", lambda n=processors: n, raising=False)
        assert threads() == processors
        found.append(replay.dump(made, solve(made, seed=1), 1))
    assert found[0] == found[1]


def test_a_problem_is_named_in_the_public_names():
    import jobs.matching as core

    assert set(core.__all__) <= set(dir(core))
    assert core.Problem is Problem
