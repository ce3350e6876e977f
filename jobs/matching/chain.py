"""The best chain of one person: which roles, one after the other, make the most of her calendar. Exact.

Weighted interval scheduling on a path (Kleinberg and Tardos, "Algorithm Design", 6.1) with a bonus on the
step from one role to the next. A chain is a path because the buffers keep the triangle condition: roles that
fit pair by pair, each with the next, all fit. Arcs make it quadratic in her roles, a few hundred as a rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from jobs.matching.eligibility import eligible_people, eligible_roles
from jobs.matching.problem import Problem
from jobs.matching.scoring import RECENT_DAYS, score
from jobs.matching.ties import lots

Worth = Literal["score", "days", "pay"]
_SECOND = (
    1 << 24
)  # above any sum of scores and arcs in one chain: what is asked for comes first, points second
_MUST = 1 << 58  # above anything a chain can earn


@dataclass(frozen=True)
class Continuity:
    """Points for the step from one role to the next: the same crew, or else the same hub within 30 days; and
    a short pause.
    """

    same_company: int = 100
    same_hub: int = 50
    short_gap: int = 20
    short_days: int = 2  # free days between the two that still count as short


NO_CONTINUITY = Continuity(0, 0, 0, 0)


@dataclass(frozen=True)
class Chain:
    """Roles (positions) in the order of their days. `objective`: what was asked to be greatest, in points,
    days or yuan; `points`: scores and arcs together; `idle_days`: free days between one role and the next;
    `pay`: yuan in all.
    """

    roles: tuple[int, ...]
    objective: int
    points: int
    paid_days: int
    idle_days: int
    pay: int


def best_chain(
    problem: Problem,
    person: int,
    *,
    worth: Worth = "score",
    continuity: Continuity | None = None,
    roles: Iterable[int] | None = None,
    held: Iterable[int] = (),
    seed: int = 0,
) -> Chain:
    """The chain of `person` (position) that is worth most: in points with their arcs, in paid days, or in pay.

    Equal days or pay are told apart by points, equal points by a lot. `roles`: positions to choose from,
    default all; she is only given those no hard rule keeps from her. `held`: roles she has already; they and
    her pins stand in every chain, and nothing is chosen that clashes with them.
    """
    arcs = Continuity() if continuity is None else continuity
    must = sorted({*held, *problem.pin_role[problem.pin_person == person].tolist()})
    chosen = _order(problem, person, [*must, *_beside(problem, person, roles, must)], seed)
    if not len(chosen):
        return Chain((), 0, 0, 0, 0, 0)
    points = np.array([score(problem, person, role) for role in chosen.tolist()], np.int64)
    value = points if worth == "score" else _worth(problem, chosen, worth) * _SECOND + points
    value = value + np.where(np.isin(chosen, must), _MUST, 0)
    path = _best_path(problem, chosen, value, arcs, np.isin(chosen, must))
    return _chain(problem, chosen[path], points[path], worth, arcs)


def _beside(problem: Problem, person: int, roles: Iterable[int] | None, must: list[int]) -> list[int]:
    """Roles she may take that leave all of `must` standing."""
    if roles is None:
        free = eligible_roles(problem, person)
    else:
        row = np.array([person])
        free = [role for role in sorted({*roles}) if len(eligible_people(problem, role, row))]
    some = np.array(free, np.int64)
    for role in must:
        one = np.full(len(some), role)
        some = some[_fits(problem, some, one) | _fits(problem, one, some)]
        # A held role may be eligible, too; it clashes with itself and so falls out here.
    return some.tolist()


def _order(problem: Problem, person: int, roles: list[int], seed: int) -> np.ndarray:
    """By first day; equal days by lot, so that the first found of equal chains favours no old id."""
    chosen = np.array(roles, np.int64)
    ids = problem.roles.role_ids[chosen]
    draw = lots(seed, ids, int(problem.people.person_ids[person]))
    return chosen[np.lexsort((ids, draw, problem.roles.start[chosen]))]


def _worth(problem: Problem, roles: np.ndarray, worth: Worth) -> np.ndarray:
    r = problem.roles
    days = (r.end[roles] - r.start[roles] + 1).astype(np.int64)
    return days * r.day_rate[roles] if worth == "pay" else days


def _fits(problem: Problem, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """bool: whether one person can do `second` after `first`, pair by pair."""
    r, kind = problem.roles, problem.place_kind
    return r.start[second] > r.end[first] + problem.buffer_days[kind[first], kind[second]]


def _arc(problem: Problem, first: np.ndarray, second: np.ndarray, arcs: Continuity) -> np.ndarray:
    """int64: points of the step from `first` to `second`, pair by pair."""
    r = problem.roles
    idle = r.start[second] - r.end[first] - 1
    same_hub = (r.hub[first] == r.hub[second]) & (idle <= RECENT_DAYS)
    same = np.where(r.company[first] == r.company[second], arcs.same_company, same_hub * arcs.same_hub)
    return (same + (idle <= arcs.short_days) * arcs.short_gap).astype(np.int64)


def _best_path(
    problem: Problem, roles: np.ndarray, value: np.ndarray, arcs: Continuity, must: np.ndarray
) -> list[int]:
    """Indices into `roles`, which come by first day. Two held roles may follow each other however close."""
    best, before = value.copy(), np.full(len(roles), -1)
    for i in range(1, len(roles)):
        first, second = roles[:i], np.full(i, roles[i])
        fits = _fits(problem, first, second) | (must[:i] & must[i])
        gain = np.where(fits, best[:i] + _arc(problem, first, second, arcs), 0)
        top = int(np.argmax(gain))
        if gain[top] > 0:
            best[i], before[i] = value[i] + gain[top], top
    path, at = [], int(np.argmax(best))
    while at >= 0:
        path.append(at)
        at = int(before[at])
    return path[::-1]


def _chain(problem: Problem, roles: np.ndarray, points: np.ndarray, worth: Worth, arcs: Continuity) -> Chain:
    r = problem.roles
    total = int(points.sum() + _arc(problem, roles[:-1], roles[1:], arcs).sum())
    days, pay = int(_worth(problem, roles, "days").sum()), int(_worth(problem, roles, "pay").sum())
    return Chain(
        roles=tuple(roles.tolist()),
        objective={"score": total, "days": days, "pay": pay}[worth],
        points=total,
        paid_days=days,
        idle_days=int(np.maximum(r.start[roles[1:]] - r.end[roles[:-1]] - 1, 0).sum()),
        pay=pay,
    )
