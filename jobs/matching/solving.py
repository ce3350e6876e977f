"""Solving a problem: rules to pairs, pairs to a plan, and the plan back to people and roles."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from jobs.matching.premiums import premiums_of
from jobs.matching.problem import Problem
from jobs.matching.scoring import scores
from jobs.matching.solution import Assignment, Solution, Standbys, Unfilled, WhyUnfilled
from jobs.matching.staying import points_for, who_stood
from jobs.matching.ties import drawn_order, lots
from jobs.matching.units import Seat, keeps_units, members, proof_of, proven_by, seatings, with_seats

if TYPE_CHECKING:
    from jobs.matching.candidates.pool import Pool
    from jobs.matching.core.graph import Graph
    from jobs.matching.core.planning import Plan

Progress = Callable[[str, int, int], None]
STANDBY = 10
SMALL = 2000  # roles up to which doing it twice, or proving it twice, is a second's matter at most


def solve(
    problem: Problem,
    seed: int = 0,
    progress: Progress | None = None,
    *,
    standby: int = STANDBY,
    seconds: float | None = None,
    warm: Mapping[int, int] | None = None,
    before: Collection[tuple[int, int]] = (),
) -> Solution:
    """The plan for `problem`: nothing hard broken, then as many slots filled as possible, urgent ones first,
    then the score.

    The same people, roles and seed give the same answer whatever the order of the rows. `progress(phase,
    done, total)` is called with the phases eligibility, prices, plan, improve. `seconds` bounds the
    improvement (see `clearing.clear`). `warm` are prices by role id from an earlier run of much the same
    market (`Solution.guide`); with them it starts where that one ended, and they are part of the input. So is
    `before`, (role id, person id) of its plan: whoever may stay where she was does, see `staying`.

    Prices are found for scores with premiums (see `premiums`), and where the market is small also for the bare
    scores; the solution carries the prices of the smaller bound. Where people move in units a small market is cleared
    twice, and a large one again around their seats, see `units`.
    """
    stood = who_stood(problem, before, members(problem))
    relaxed, market = _cleared(problem, seed, progress, seconds, warm, stood, standby)
    if keeps_units(problem, relaxed):
        pool = market.pool
        del market  # the graph is not asked for again, and who stands by takes room
        return _finished(problem, relaxed, pool, standby, members(problem))
    proof = proof_of(relaxed)
    guide = dict(zip(problem.roles.role_ids.tolist(), proof.guide, strict=True))
    tried = seatings(problem, relaxed, seed)
    del relaxed  # a plan of a nation is many megabytes: there are one, and the one that it is compared with
    again = partial(
        _cleared, seed=seed, progress=progress, seconds=seconds, warm=guide, stood=stood, standby=standby
    )
    plan, pool = _best_seated(problem, market, tried, seed, again)
    del market
    return proven_by(_finished(problem, plan, pool, standby, members(problem)), proof)


def _best_seated(
    problem: Problem,
    market: _Market,
    tried: list[list[Seat]],
    seed: int,
    again: Callable[[Problem], tuple[Solution, _Market]],
) -> tuple[Solution, Pool]:
    """The better of the plans with units on their seats: a large market around them, a small one cleared `again`."""

    def seated(seats: list[Seat]) -> tuple[Solution, Pool]:
        if problem.n_roles > SMALL:
            return _around(problem, market, seats, seed), market.pool
        plan, other = again(with_seats(problem, seats))
        return plan, other.pool

    return max(map(seated, tried), key=lambda each: _in_order(problem, each[0]))


def _in_order(problem: Problem, solution: Solution) -> tuple[int, int, int]:
    """The ordered objective: slots filled, how early, the score."""
    roles = [a.role for a in solution.assignments]
    return len(roles), -int(problem.roles.urgency[roles].sum()), solution.objective


class _Market(NamedTuple):
    """What a clearing leaves for another one: people and roles in the order of the graph, the plan as made, with
    premiums.
    """

    pool: Pool
    people: np.ndarray
    roles: np.ndarray
    graph: Graph
    plan: Plan


def _cleared(
    problem: Problem,
    seed: int,
    progress: Progress | None,
    seconds: float | None,
    warm: Mapping[int, int] | None,
    stood: np.ndarray,
    standby: int,
) -> tuple[Solution, _Market]:
    """The plan for `problem` as if there were no units, nobody standing by, and no word of what is not filled."""
    from jobs.matching.candidates.pool import Pool
    from jobs.matching.core.again import clear_again  # compiled: only who solves waits for it
    from jobs.matching.core.clearing import clear

    tell = progress or (lambda phase, done, total: None)
    people = drawn_order(seed, problem.people.person_ids)
    ids = problem.roles.role_ids
    roles = np.lexsort((ids, lots(seed, ids), problem.roles.start))
    pool = Pool(problem, seed, lambda done, total: tell("eligibility", done, total), standby)
    urgency = problem.roles.urgency[roles]
    extra = premiums_of(urgency)
    start = _known(ids[roles], warm)
    while True:
        pool.let_go()
        graph = _graph(problem, people, roles, pool)
        graph.score[:] += extra.astype(np.int32)[graph.role]
        floor = pool.tau[roles]
        least = np.where(floor > 0, floor + extra, 0)
        plan = clear_again(
            graph, points_for(graph, stood, people, roles), extra, urgency=urgency, seed=seed, progress=progress,
            seconds=seconds, warm=start, floor=least,
        )  # fmt: skip
        if not pool.widen(_bound_by_floor(graph, plan, least, roles)):
            break
        start = plan.prices
    market = _Market(pool, people, roles, graph, plan)
    solution = _solution(problem, market, seed)
    if problem.n_roles <= SMALL:
        bare = graph._replace(score=graph.score - extra.astype(np.int32)[graph.role])
        of_all = clear(bare, seed=seed, seconds=0, floor=floor)
        pins = sum(each.score for each in _fixed(problem))
        if pins + of_all.bound <= solution.bound:
            return _proven_by(solution, of_all, pins, roles), market
    premiums = np.zeros(problem.n_roles, np.int64)
    premiums[roles] = extra
    return replace(solution, premiums=tuple(premiums.tolist())), market


def _around(problem: Problem, market: _Market, seats: list[Seat], seed: int) -> Solution:
    """The same market with units on their `seats`, and asked for nothing else."""
    from jobs.matching.core.around import clear_around

    out = np.zeros(problem.n_people, np.bool_)
    out[members(problem)] = True
    taken = np.bincount(np.array([role for _, role in seats], np.int64), minlength=problem.n_roles)
    plan = clear_around(
        market.graph,
        market.plan,
        out[market.people],
        taken[market.roles],
        problem.roles.urgency[market.roles],
    )
    return _solution(problem, market._replace(plan=plan), seed, seats)


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
    """int64[m] prices to start from, -1 where none is known; None where most are not: start cold."""
    known = np.array([prices.get(each, -1) for each in ids.tolist()], np.int64) if prices else ids[:0]
    return known if len(known) and 2 * int((known >= 0).sum()) >= len(ids) else None


def _graph(problem: Problem, people: np.ndarray, roles: np.ndarray, pool: Pool) -> Graph:
    """Rows in drawn order: what comes first by position then comes first by lot."""
    from jobs.matching.core.graph import graph_of_lists

    r, held, pairs = problem.roles, np.bincount(problem.pin_role, minlength=problem.n_roles), pool.lists
    return graph_of_lists(
        start=r.start[roles],
        end=r.end[roles],
        place=problem.place_kind[roles],
        slots=(r.headcount - held)[roles],
        buffer=problem.buffer_days,
        begin=pairs.first[roles],
        count=pool.kept[roles],
        person=pairs.person,
        score=pairs.score,
        number=np.argsort(people).astype(np.int32),
    )


def _fixed(problem: Problem, seats: Sequence[Seat] = ()) -> list[Assignment]:
    """Pins, and `seats` as if they were."""
    at = np.array(seats, np.int64).reshape(-1, 2)
    people, roles = (
        np.concatenate([problem.pin_person, at[:, 0]]),
        np.concatenate([problem.pin_role, at[:, 1]]),
    )
    points = scores(problem, roles, people)
    return list(map(Assignment, people.tolist(), roles.tolist(), points.tolist()))


def _solution(problem: Problem, market: _Market, seed: int, seats: Sequence[Seat] = ()) -> Solution:
    """A plan as people and roles of the problem, pins and `seats` among them, at the scores without premiums."""
    people, roles, plan = market.people, market.roles, market.plan
    extra = premiums_of(problem.roles.urgency[roles])[plan.role]
    fixed = np.array(_fixed(problem, seats), np.int64).reshape(-1, 3)
    made = np.stack([people[plan.person], roles[plan.role], plan.score - extra], axis=1)
    rows = np.concatenate([fixed, made])
    ids = problem.people.person_ids[rows[:, 0]], problem.roles.role_ids[rows[:, 1]]
    prices = np.zeros(problem.n_roles, np.int64)
    prices[roles] = plan.prices
    return Solution(
        assignments=tuple(map(Assignment, *rows[np.lexsort(ids)].T.tolist())),
        unfilled=(),
        standby=Standbys.of(() for _ in range(problem.n_roles)),
        prices=tuple(prices.tolist()),
        objective=int(rows[:, 2].sum()),
        bound=int(fixed[:, 2].sum()) + plan.bound - int(extra.sum()),
        seed=seed,
        rules_version=problem.rules_version,
        guide=tuple(prices.tolist()),
    )


def _finished(
    problem: Problem, solution: Solution, pool: Pool, standby: int, without: Sequence[int] = ()
) -> Solution:
    """The same with what is not filled, and with the next in line for each role, nobody of `without` among them. Last,
    since only the plan that is published needs it.
    """
    rows = np.array(solution.assignments, np.int64).reshape(-1, 3)
    unfilled = _unfilled(problem, rows[:, 1], pool)
    waiting = pool.standing_by(rows[:, 0], rows[:, 1], max(standby, 0), without)
    return replace(solution, unfilled=unfilled, standby=waiting)


def _unfilled(problem: Problem, role: np.ndarray, pool: Pool) -> tuple[Unfilled, ...]:
    """Roles with slots that nobody of a plan, on `role` int[k], has."""
    left = problem.roles.headcount - np.bincount(role, minlength=problem.n_roles)
    held = np.bincount(problem.pin_role, minlength=problem.n_roles)
    out = []
    for at in np.flatnonzero(left)[np.argsort(problem.roles.role_ids[left != 0])].tolist():
        eligible = pool.eligible(at) + int(held[at])
        reason = WhyUnfilled.TAKEN_ELSEWHERE
        if eligible < problem.roles.headcount[at]:
            reason = WhyUnfilled.TOO_FEW_ELIGIBLE if eligible else WhyUnfilled.NOBODY_ELIGIBLE
        out.append(Unfilled(at, int(left[at]), reason, eligible))
    return tuple(out)
