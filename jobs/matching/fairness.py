"""How fairly a plan treats people: first-timers, who waits how long, and who was better and still left out.

Plain counting over a problem and its solution; nothing here decides anything. All ids are database ids, so
a report can be kept as JSON beside its run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from jobs.matching.candidates import index_of
from jobs.matching.conflicts import clash
from jobs.matching.eligibility import eligible_people
from jobs.matching.problem import Problem
from jobs.matching.scoring import scores
from jobs.matching.solution import Solution

WAITS = (0, 7, 30, 90, 180)  # days, the lower ends of the groups
LISTED = 200  # people passed over that a report names; it counts all


class WhyPassedOver(StrEnum):
    """Why somebody with the better score is not on the role."""

    BETTER_ELSEWHERE = "better_elsewhere"  # she is on a clashing role that is worth at least as much
    NEEDED_ELSEWHERE = "needed_elsewhere"  # she is on a clashing role where the plan gains more by her
    CONFIRMED = "confirmed"  # the other one was confirmed before the run
    LOT = "lot"  # equal scores; the lot fell to the other one
    GAP = "gap"  # none of these: what the plan lacks to the optimum, or slots filled before score


@dataclass(frozen=True)
class Waiting:
    """People who have waited from `days` on, up to the next group: how many, and how many of them are placed
    or stand by.
    """

    days: int
    people: int
    placed: int
    standby: int


@dataclass(frozen=True)
class PassedOver:
    """A person left out of a role on which somebody of no better score is placed. Ids of the database."""

    person_id: int
    role_id: int
    score: int
    placed_id: int
    placed_score: int
    why: WhyPassedOver
    other_role_id: int | None = None  # the clashing role she is on


@dataclass(frozen=True)
class FairnessReport:
    """`first_timers`: people without a credit; `first_timer_share`: their part of all placements, 0..1, and
    `entry_share` their part of the placements on entry-level roles. `passed_over` names the widest
    differences first; `reasons` counts them all, people per reason and role.
    """

    people: int
    placed: int
    placements: int
    first_timers: int
    first_timers_placed: int
    first_timer_share: float
    entry_share: float
    waiting: tuple[Waiting, ...]
    reasons: dict[str, int]
    passed_over: tuple[PassedOver, ...]

    def as_json(self) -> dict[str, Any]:
        """The report as plain lists, dicts, numbers and text."""
        out = asdict(self)
        out["waiting"] = [asdict(each) for each in self.waiting]
        out["passed_over"] = [asdict(each) | {"why": str(each.why)} for each in self.passed_over]
        return out


def report(problem: Problem, solution: Solution, *, listed: int = LISTED) -> FairnessReport:
    """The fairness of `solution`. Equal scores count as passed over, too, so that the share of the lot shows."""
    person = np.array([a.person for a in solution.assignments], np.int64)
    role = np.array([a.role for a in solution.assignments], np.int64)
    fresh = problem.people.credits == 0
    entry = problem.roles.entry_level[role]
    found = list(_passed_over(problem, solution, person, role))
    widest = sorted(found, key=lambda p: (p.placed_score - p.score, p.role_id, p.person_id))
    placed = np.unique(person)
    return FairnessReport(
        people=problem.n_people,
        placed=len(placed),
        placements=len(person),
        first_timers=int(fresh.sum()),
        first_timers_placed=int(fresh[placed].sum()),
        first_timer_share=_share(fresh[person]),
        entry_share=_share(fresh[person[entry]]),
        waiting=_waiting(problem, solution, placed),
        reasons=dict(sorted(Counter(str(p.why) for p in found).items())),
        passed_over=tuple(widest[: max(listed, 0)]),
    )


def _share(some: np.ndarray) -> float:
    return round(float(some.mean()), 4) if len(some) else 0.0


def _waiting(problem: Problem, solution: Solution, placed: np.ndarray) -> tuple[Waiting, ...]:
    """Each person counts once in a group: as placed, or else as standing by."""
    group = np.searchsorted(WAITS, problem.people.waiting_days, side="right") - 1
    stands = np.array(sorted({s.person for row in solution.standby for s in row}), np.int64)
    stands = stands[~np.isin(stands, placed)]
    counts = [np.bincount(group[rows], minlength=len(WAITS)) for rows in (slice(None), placed, stands)]
    return tuple(Waiting(days, *(int(c[at]) for c in counts)) for at, days in enumerate(WAITS))


def _passed_over(
    problem: Problem, solution: Solution, person: np.ndarray, role: np.ndarray
) -> Iterator[PassedOver]:
    """One for each person and role, against the lowest score placed there; confirmed people last."""
    pinned = set(zip(problem.pin_person.tolist(), problem.pin_role.tolist(), strict=True))
    on: dict[int, list[tuple[bool, int, int]]] = {}
    for a in solution.assignments:
        row = ((a.person, a.role) in pinned, a.score, a.person)
        on.setdefault(a.role, []).append(row)
    of: dict[int, list[tuple[int, int]]] = {}
    for a in solution.assignments:
        of.setdefault(a.person, []).append((a.role, a.score))
    for there in sorted(on):
        fixed, least, lowest = min(on[there])
        here = [w for _, _, w in on[there]]
        rows, points = _good_enough(problem, there, least)
        better = ~np.isin(rows, here)
        for who, score in zip(rows[better].tolist(), points[better].tolist(), strict=True):
            why, other = _why(problem, there, score, least, fixed, of.get(who, []))
            yield _named(problem, who, there, score, lowest, least, why, other)


def _good_enough(problem: Problem, role: int, least: int) -> tuple[np.ndarray, np.ndarray]:
    """People who may take a role and have at least so many points, and their points; people rising."""
    if problem.is_large:
        rows, points = index_of(problem).at_least(role, least)
        order = np.argsort(rows)
        return rows[order], points[order]
    rows = eligible_people(problem, role)
    points = scores(problem, role, rows)
    return rows[points >= least], points[points >= least]


def _why(
    problem: Problem, role: int, score: int, least: int, fixed: bool, hers: list[tuple[int, int]]
) -> tuple[WhyPassedOver, int | None]:
    held = [(worth, other) for other, worth in hers if clash(problem, other, role)]
    if held:
        worth = sum(points for points, _ in held)
        better = worth >= score
        return (WhyPassedOver.BETTER_ELSEWHERE if better else WhyPassedOver.NEEDED_ELSEWHERE), max(held)[1]
    if fixed:
        return WhyPassedOver.CONFIRMED, None
    return (WhyPassedOver.LOT if score == least else WhyPassedOver.GAP), None


def _named(
    problem: Problem,
    who: int,
    role: int,
    score: int,
    lowest: int,
    least: int,
    why: WhyPassedOver,
    other: int | None,
) -> PassedOver:
    people, roles = problem.people.person_ids, problem.roles.role_ids
    return PassedOver(
        person_id=int(people[who]),
        role_id=int(roles[role]),
        score=score,
        placed_id=int(people[lowest]),
        placed_score=least,
        why=why,
        other_role_id=None if other is None else int(roles[other]),
    )
