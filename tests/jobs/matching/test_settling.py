"""Of plans that are worth the same, the one that changes least."""

import datetime as dt

import pytest

from jobs.matching import FreeSpan, PersonRow, RoleRow, build_problem, solve, verify
from jobs.matching.settling import settle, solve_again

FIRST = dt.date(2026, 12, 12)


def problem(reliability=(200, 190, 180, 170), pins=(), days=(7, 7), rigger=None):
    """Two crews look for the same work on the same days: role 5 has two places, role 6 one."""
    return build_problem(
        window_start=dt.date(2026, 12, 1),
        days=40,
        people=[
            PersonRow(
                id=10 + n, wants=["gaffer"], willing_hubs=["here"], born=dt.date(2000, 1, 1), reliability=level,
                skills={"rigging": 3} if rigger == 10 + n else None,
                free=[FreeSpan(dt.date(2026, 12, 1), dt.date(2027, 1, 5))],
            )
            for n, level in enumerate(reliability)
        ],
        roles=[
            RoleRow(
                id=5 + n, role_type="gaffer", hub="here", first=FIRST, last=FIRST + dt.timedelta(days=days[n] - 1),
                company=n, shoot=n, headcount=2 - n, day_rate=300,
                nice_skills=["rigging"] if n else [],
            )
            for n in range(2)
        ],
        pins=pins,
    )  # fmt: skip


def pairs(p, solution):
    return {(int(p.roles.role_ids[a.role]), int(p.people.person_ids[a.person])) for a in solution.assignments}


@pytest.mark.parametrize("alone", [10, 11, 12])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whoever_was_where_comes_back_there_at_no_loss(alone, seed):
    p = problem()
    before = {(6, alone), *((5, each) for each in (10, 11, 12) if each != alone)}
    plan = solve(p, seed)
    settled = settle(p, plan, before)
    assert pairs(p, settled) == before
    assert settled.objective == plan.objective
    assert verify(p, settled).ok


def test_the_order_of_what_was_before_leaves_no_trace():
    p, plan = problem(), solve(problem(), 3)
    before = [(6, 12), (5, 10), (5, 11), (6, 10)]
    assert settle(p, plan, before) == settle(p, plan, before[::-1])


def test_nobody_trades_between_roles_of_other_days():
    p = problem(days=(7, 6))
    plan = solve(p, 1)
    before = {(6, 10), (5, 11), (5, 12)}
    assert pairs(p, settle(p, plan, before)) == pairs(p, plan)


def test_a_better_plan_is_not_given_up_for_an_old_one():
    p = problem(rigger=12)
    plan = solve(p, 1)
    assert (6, 12) in pairs(p, plan)
    assert settle(p, plan, {(6, 10), (5, 11), (5, 12)}) == plan


def test_pins_stay():
    p = problem(pins=[(10, 6)])
    plan = solve(p, 1)
    assert pairs(p, settle(p, plan, {(5, 10)})) == pairs(p, plan)


def test_ids_of_another_market_are_passed_over():
    p, plan = problem(), solve(problem(), 1)
    assert settle(p, plan, {(99, 10), (5, 99)}) == plan


# -- yesterday's plan whole ---------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [(7, 7), (7, 6)])
def test_yesterdays_plan_stays_where_it_is_worth_as_much(days):
    """Also over roles of other days, where no two people could trade places."""
    p = problem(days=days)
    before = {(6, 12), (5, 10), (5, 11)}
    plan = solve_again(p, 3, before=before)
    assert pairs(p, plan) == before
    assert plan.bound == solve(p, 3).bound
    assert verify(p, plan).breaches == ()


def test_a_gap_in_yesterdays_plan_is_filled_around_it():
    p = problem()
    plan = solve_again(p, 3, before={(6, 12), (5, 10)})
    assert pairs(p, plan) == {(6, 12), (5, 10), (5, 11)}
    assert verify(p, plan).breaches == ()


def test_yesterdays_plan_is_given_up_where_it_costs_too_much():
    p = problem()
    plan = solve_again(p, 1, before={(6, 13), (5, 12), (5, 11)})
    assert {person for _, person in pairs(p, plan)} == {10, 11, 12}


def test_two_who_had_one_place_share_nothing_that_is_not_there():
    p = problem()
    plan = solve_again(p, 1, before=[(6, 10), (6, 11), (5, 10), (5, 99), (77, 10)])
    assert len(pairs(p, plan) & {(6, 10), (6, 11), (5, 10)}) == 2
    assert verify(p, plan).breaches == ()
