"""Solving a problem: rules to pairs, pairs to a plan, and the plan back to people and roles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from jobs.matching.eligibility import eligible_people
from jobs.matching.premiums import premiums_of
from jobs.matching.problem import Problem
from jobs.matching.scoring import score, scores
from jobs.matching.shortlist import ranking
from jobs.matching.solution import Assignment, Solution, Standby, Unfilled, WhyUnfilled
from jobs.matching.ties import drawn_order, lots

if TYPE_CHECKING:
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
    scores; the solution carries the prices of the smaller bound.
    """
    from jobs.matching.core.clearing import clear  # compiled: only who solves waits for it

    tell = progress or (lambda phase, done, total: None)
    people = drawn_order(seed, problem.people.person_ids)
    ids = problem.roles.role_ids
    roles = np.lexsort((ids, lots(seed, ids), problem.roles.start))
    pinned = set(zip(problem.pin_person.tolist(), problem.pin_role.tolist(), strict=True))
    rows: list[np.ndarray] = []
    points: list[np.ndarray] = []
    for role in range(problem.n_roles):
        free = eligible_people(problem, role)
        if pinned:
            free = free[[(person, role) not in pinned for person in free.tolist()]] if len(free) else free
        rows.append(free)
        points.append(scores(problem, role, free))
        if role % 64 == 63 or role == problem.n_roles - 1:
            tell("eligibility", role + 1, problem.n_roles)
    graph = _graph(problem, people, roles, rows, points)
    urgency = problem.roles.urgency[roles]
    extra = premiums_of(urgency)
    plan = clear(
        graph._replace(score=graph.score + extra.astype(np.int32)[graph.role]),
        urgency=urgency, seed=seed, progress=progress, seconds=seconds, warm=_known(ids[roles], warm),
    )  # fmt: skip
    plan = replace(plan, score=plan.score - extra[plan.role], bound=plan.bound - int(extra[plan.role].sum()))
    solution = _solution(problem, plan, people, roles, rows, points, seed, standby)
    if problem.n_roles <= TWO_PROOFS:
        of_all = clear(graph, seed=seed, seconds=0)
        if of_all.bound <= plan.bound:
            return _proven_by(solution, of_all, solution.bound - plan.bound, roles)
    premiums = np.zeros(problem.n_roles, np.int64)
    premiums[roles] = extra
    return replace(solution, premiums=tuple(premiums.tolist()))


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


def _graph(
    problem: Problem, people: np.ndarray, roles: np.ndarray, rows: list[np.ndarray], points: list[np.ndarray]
) -> Graph:
    """Rows in drawn order: what comes first by position then comes first by lot."""
    from jobs.matching.core.graph import make_graph

    place_of_person, place_of_role = np.argsort(people), np.argsort(roles)
    counts = [len(r) for r in rows]
    r, held = problem.roles, np.bincount(problem.pin_role, minlength=problem.n_roles)
    empty = np.zeros(0, np.int64)
    return make_graph(
        n_people=problem.n_people,
        start=r.start[roles],
        end=r.end[roles],
        place=problem.place_kind[roles],
        slots=(r.headcount - held)[roles],
        buffer=problem.buffer_days,
        person=place_of_person[np.concatenate([empty, *rows])],
        role=place_of_role[np.repeat(np.arange(problem.n_roles), counts)],
        score=np.concatenate([empty, *points]),
    )


def _solution(
    problem: Problem,
    plan: Plan,
    people: np.ndarray,
    roles: np.ndarray,
    rows: list[np.ndarray],
    points: list[np.ndarray],
    seed: int,
    standby: int,
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
        unfilled=_unfilled(problem, assignments, rows),
        standby=_standby(problem, assignments, rows, points, seed, standby),
        prices=tuple(prices.tolist()),
        objective=kept + plan.objective,
        bound=kept + plan.bound,
        seed=seed,
        rules_version=problem.rules_version,
        guide=tuple(prices.tolist()),
    )


def _unfilled(
    problem: Problem, assignments: tuple[Assignment, ...], rows: list[np.ndarray]
) -> tuple[Unfilled, ...]:
    filled = (
        np.bincount([a.role for a in assignments], minlength=problem.n_roles)
        if assignments
        else np.zeros(problem.n_roles, int)
    )
    held = np.bincount(problem.pin_role, minlength=problem.n_roles)
    out = []
    for role in np.argsort(problem.roles.role_ids).tolist():
        slots, eligible = int(problem.roles.headcount[role] - filled[role]), len(rows[role]) + int(held[role])
        if slots:
            reason = WhyUnfilled.TAKEN_ELSEWHERE
            if eligible < problem.roles.headcount[role]:
                reason = WhyUnfilled.TOO_FEW_ELIGIBLE if eligible else WhyUnfilled.NOBODY_ELIGIBLE
            out.append(Unfilled(role, slots, reason, eligible))
    return tuple(out)


def _standby(
    problem: Problem,
    assignments: tuple[Assignment, ...],
    rows: list[np.ndarray],
    points: list[np.ndarray],
    seed: int,
    k: int,
) -> tuple[tuple[Standby, ...], ...]:
    kind, buffer, r = problem.place_kind, problem.buffer_days, problem.roles
    person = np.array([a.person for a in assignments], np.int64)
    other = np.array([a.role for a in assignments], np.int64)
    out = []
    for role in range(problem.n_roles):
        apart = (r.start[other] > r.end[role] + buffer[kind[role], kind[other]]) | (
            r.start[role] > r.end[other] + buffer[kind[other], kind[role]]
        )
        held = np.zeros(problem.n_people, np.bool_)
        held[person[~apart]] = True
        free = ~held[rows[role]]
        who, score_of = rows[role][free], points[role][free]
        best = ranking(problem, role, who, score_of, seed)[: max(k, 0)]
        out.append(tuple(Standby(int(who[i]), int(score_of[i])) for i in best))
    return tuple(out)
