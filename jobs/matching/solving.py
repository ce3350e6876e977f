"""Solving a problem: rules to pairs, pairs to a plan, and the plan back to people and roles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from jobs.matching.premiums import premiums_of
from jobs.matching.problem import Problem
from jobs.matching.scoring import score
from jobs.matching.solution import Assignment, Solution, Standbys, Unfilled, WhyUnfilled
from jobs.matching.ties import drawn_order, lots
from jobs.matching.units import SLACKS, keeps_units, proven_by, seat_units, with_seats

if TYPE_CHECKING:
    from jobs.matching.candidates.pool import Pool
    from jobs.matching.core.clearing import Plan
    from jobs.matching.core.graph import Graph

Progress = Callable[[str, int, int], None]
STANDBY = 10
TWO_PROOFS = 2000  # roles up to which a second search for prices is a second's matter at most


def solve(
    problem: Problem,
    seed: int = 0,
    progress: Progress | None = None,
    *,
    standby: int = STANDBY,
    seconds: float | None = None,
    warm: Mapping[int, int] | None = None,
) -> Solution:
    """The plan for `problem`: nothing hard broken, then as many slots filled as possible, urgent ones first,
    then the score.

    The same people, roles and seed give the same answer whatever the order of the rows. `progress(phase,
    done, total)` is called with the phases eligibility, prices, plan, improve. `seconds` bounds the
    improvement (see `clearing.clear`). `warm` are prices by role id from an earlier run of much the same
    market (`Solution.guide`); with them it starts where that one ended, and they are part of the input.

    Prices are found for scores with premiums (see `premiums`), and where the market is small also for the bare
    scores; the solution carries the prices of the smaller bound. Where people move in units the market is cleared
    twice, see `units`.
    """
    relaxed = _cleared(problem, seed, progress, seconds, warm)
    if keeps_units(problem, relaxed):
        return _with_standby(problem, relaxed, standby)
    guide = dict(zip(problem.roles.role_ids.tolist(), relaxed.guide, strict=True))
    tried = {tuple(seat_units(problem, relaxed, seed, slack)): slack for slack in SLACKS}
    left = [with_seats(problem, list(seats)) for seats in tried]
    plans = [_cleared(each, seed, progress, seconds, guide) for each in left]
    at = max(range(len(plans)), key=lambda i: _in_order(problem, plans[i]))
    return proven_by(_with_standby(left[at], plans[at], standby), relaxed)


def _in_order(problem: Problem, solution: Solution) -> tuple[int, int, int]:
    """The ordered objective: slots filled, how early, the score."""
    roles = [a.role for a in solution.assignments]
    return len(roles), -int(problem.roles.urgency[roles].sum()), solution.objective


def _cleared(
    problem: Problem,
    seed: int,
    progress: Progress | None,
    seconds: float | None,
    warm: Mapping[int, int] | None,
) -> Solution:
    """The plan for `problem` as if there were no units, and nobody standing by."""
    from jobs.matching.candidates.pool import Pool
    from jobs.matching.core.clearing import clear  # compiled: only who solves waits for it

    tell = progress or (lambda phase, done, total: None)
    people = drawn_order(seed, problem.people.person_ids)
    ids = problem.roles.role_ids
    roles = np.lexsort((ids, lots(seed, ids), problem.roles.start))
    pool = Pool(problem, seed, lambda done, total: tell("eligibility", done, total))
    urgency = problem.roles.urgency[roles]
    extra = premiums_of(urgency)
    start = _known(ids[roles], warm)
    while True:
        pool.let_go()
        bare = _graph(problem, people, roles, pool)
        graph = bare._replace(score=bare.score + extra.astype(np.int32)[bare.role])
        if problem.n_roles > TWO_PROOFS:
            bare = graph  # nobody asks for the scores without premiums again: a nation's take 26 MB
        floor = pool.pairs.tau[roles]
        least = np.where(floor > 0, floor + extra, 0)
        plan = clear(
            graph, urgency=urgency, seed=seed, progress=progress, seconds=seconds, warm=start, floor=least,
        )  # fmt: skip
        if not pool.widen(_bound_by_floor(graph, plan, least, roles)):
            break
        start = plan.prices
    plan = replace(plan, score=plan.score - extra[plan.role], bound=plan.bound - int(extra[plan.role].sum()))
    solution = _solution(problem, plan, people, roles, pool, seed)
    if problem.n_roles <= TWO_PROOFS:
        of_all = clear(bare, seed=seed, seconds=0, floor=floor)
        if of_all.bound <= plan.bound:
            return _proven_by(solution, of_all, solution.bound - plan.bound, roles)
    premiums = np.zeros(problem.n_roles, np.int64)
    premiums[roles] = extra
    return replace(solution, premiums=tuple(premiums.tolist()))


def _bound_by_floor(graph: Graph, plan: Plan, least: np.ndarray, roles: np.ndarray) -> np.ndarray:
    """bool[m] by position: slots are open and the price may not fall, so somebody left out might come."""
    open_slots = graph.info[:, 3] > np.bincount(plan.role, minlength=graph.n_roles)
    out = np.zeros(graph.n_roles, np.bool_)
    out[roles] = open_slots & (plan.prices <= least)
    return out


def _proven_by(solution: Solution, plan: Plan, pins: int, roles: np.ndarray) -> Solution:
    """The same plan with the bound of all plans; `pins`: what those that stay are worth."""
    prices = np.zeros(len(roles), np.int64)
    prices[roles] = plan.prices
    return replace(solution, prices=tuple(prices.tolist()), bound=pins + plan.bound)


def _known(ids: np.ndarray, prices: Mapping[int, int] | None) -> np.ndarray | None:
    """int64[m] prices to start from, the usual one where none is known; None where most are not: start cold."""
    known = [prices[each] for each in ids.tolist() if each in prices] if prices else []
    if 2 * len(known) < len(ids) or not prices or not known:
        return None
    usual = int(np.median(known))
    return np.array([prices.get(each, usual) for each in ids.tolist()], np.int64)


def _graph(problem: Problem, people: np.ndarray, roles: np.ndarray, pool: Pool) -> Graph:
    """Rows in drawn order: what comes first by position then comes first by lot."""
    from jobs.matching.core.graph import make_graph

    place_of_person, place_of_role = (np.argsort(some).astype(np.int32) for some in (people, roles))
    r, held = problem.roles, np.bincount(problem.pin_role, minlength=problem.n_roles)
    person, role, score = pool.flat()
    return make_graph(
        n_people=problem.n_people,
        start=r.start[roles],
        end=r.end[roles],
        place=problem.place_kind[roles],
        slots=(r.headcount - held)[roles],
        buffer=problem.buffer_days,
        person=place_of_person[person],
        role=place_of_role[role],
        score=score,
    )


def _solution(
    problem: Problem,
    plan: Plan,
    people: np.ndarray,
    roles: np.ndarray,
    pool: Pool,
    seed: int,
) -> Solution:
    pins = [
        Assignment(person, role, score(problem, person, role))
        for person, role in zip(problem.pin_person.tolist(), problem.pin_role.tolist(), strict=True)
    ]
    made = [
        Assignment(person, role, score)
        for person, role, score in zip(
            people[plan.person].tolist(), roles[plan.role].tolist(), plan.score.tolist(), strict=True
        )
    ]
    role_ids, person_ids = problem.roles.role_ids, problem.people.person_ids
    assignments = tuple(
        sorted([*pins, *made], key=lambda a: (int(role_ids[a.role]), int(person_ids[a.person])))
    )
    prices = np.zeros(problem.n_roles, np.int64)
    prices[roles] = plan.prices
    kept = sum(a.score for a in pins)
    return Solution(
        assignments=assignments,
        unfilled=_unfilled(problem, assignments, pool),
        standby=Standbys.of(() for _ in range(problem.n_roles)),
        prices=tuple(prices.tolist()),
        objective=kept + plan.objective,
        bound=kept + plan.bound,
        seed=seed,
        rules_version=problem.rules_version,
        guide=tuple(prices.tolist()),
    )


def _unfilled(problem: Problem, assignments: tuple[Assignment, ...], pool: Pool) -> tuple[Unfilled, ...]:
    filled = (
        np.bincount([a.role for a in assignments], minlength=problem.n_roles)
        if assignments
        else np.zeros(problem.n_roles, int)
    )
    held = np.bincount(problem.pin_role, minlength=problem.n_roles)
    out = []
    for role in np.argsort(problem.roles.role_ids).tolist():
        slots = int(problem.roles.headcount[role] - filled[role])
        if slots:
            eligible = pool.eligible(role) + int(held[role])
            reason = WhyUnfilled.TAKEN_ELSEWHERE
            if eligible < problem.roles.headcount[role]:
                reason = WhyUnfilled.TOO_FEW_ELIGIBLE if eligible else WhyUnfilled.NOBODY_ELIGIBLE
            out.append(Unfilled(role, slots, reason, eligible))
    return tuple(out)


def _with_standby(problem: Problem, solution: Solution, k: int) -> Solution:
    """The same with the next in line for each role. Last, since the plan that is published is the only one to need it."""
    from jobs.matching.candidates.pool import standing_by

    person = np.array([a.person for a in solution.assignments], np.int64)
    role = np.array([a.role for a in solution.assignments], np.int64)
    return replace(solution, standby=standing_by(problem, person, role, max(k, 0), seed=solution.seed))
