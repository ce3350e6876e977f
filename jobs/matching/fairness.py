"""How fairly a plan treats people: first-timers, who waits how long, and who was better and still left out.

Plain counting over a problem and its solution; nothing here decides anything. All ids are database ids, so
a report can be kept as JSON beside its run.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np

from jobs.matching.conflicts import clash
from jobs.matching.eligibility import eligible_people
from jobs.matching.problem import Problem
from jobs.matching.scoring import scores
from jobs.matching.solution import Solution, Standbys

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
    reasons: Counter[str] = Counter()
    widest: list[PassedOver] = []
    for there in _passed_over(problem, solution, max(listed, 0)):
        reasons += there.reasons
        if there.widest and (len(widest) < listed or _width(there.widest[0]) < _width(widest[-1])):
            widest = heapq.nsmallest(max(listed, 0), [*widest, *there.widest], key=_width)
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
        reasons=dict(sorted(reasons.items())),
        passed_over=tuple(widest),
    )


def _share(some: np.ndarray) -> float:
    return round(float(some.mean()), 4) if len(some) else 0.0


def _waiting(problem: Problem, solution: Solution, placed: np.ndarray) -> tuple[Waiting, ...]:
    """Each person counts once in a group: as placed, or else as standing by."""
    group = np.searchsorted(WAITS, problem.people.waiting_days, side="right") - 1
    stands = np.unique(Standbys.of(solution.standby).person)
    stands = stands[~np.isin(stands, placed)]
    counts = [np.bincount(group[rows], minlength=len(WAITS)) for rows in (slice(None), placed, stands)]
    return tuple(Waiting(days, *(int(c[at]) for c in counts)) for at, days in enumerate(WAITS))


class _There(NamedTuple):
    """Who is passed over for one role: how many for each reason, and the `listed` widest."""

    reasons: Counter[str]
    widest: list[PassedOver]


def _width(one: PassedOver) -> tuple[int, int, int]:
    return one.placed_score - one.score, one.role_id, one.person_id


def _passed_over(problem: Problem, solution: Solution, listed: int) -> Iterator[_There]:
    """Role by role, against the lowest score placed there; confirmed people last."""
    pinned = set(zip(problem.pin_person.tolist(), problem.pin_role.tolist(), strict=True))
    on: dict[int, list[tuple[bool, int, int]]] = {}
    of: dict[int, list[tuple[int, int]]] = {}
    for a in solution.assignments:
        on.setdefault(a.role, []).append(((a.person, a.role) in pinned, a.score, a.person))
        of.setdefault(a.person, []).append((a.role, a.score))
    busy = np.zeros(problem.n_people, np.bool_)
    busy[list(of)] = True
    good_enough = _Ranks(problem)
    r = problem.roles
    for there in sorted(on, key=lambda o: (r.role_type[o], r.hub[o], o)):  # people of one list are read once
        fixed, least, lowest = min(on[there])
        rows, points = good_enough(there, least)
        better = ~np.isin(rows, [w for _, _, w in on[there]])
        rows, points = rows[better], points[better]
        reasons: Counter[str] = Counter()
        for score, people in zip(*np.unique(points[~busy[rows]], return_counts=True), strict=True):
            reasons[str(_why(problem, there, int(score), least, fixed, [])[0])] += int(people)
        for who, score in zip(rows[busy[rows]].tolist(), points[busy[rows]].tolist(), strict=True):
            reasons[str(_why(problem, there, score, least, fixed, of[who])[0])] += 1
        widest = []
        for at in np.lexsort((problem.people.person_ids[rows], -points))[:listed].tolist():
            who, score = int(rows[at]), int(points[at])
            why, other = _why(problem, there, score, least, fixed, of.get(who, []))
            widest.append(_named(problem, who, there, score, lowest, least, why, other))
        yield _There(reasons, widest)


class _Ranks:
    """Who may take a role and has at least so many points, with their points; of a nation from an index of its own,
    that is let go with the report.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.index = problem.__dict__.get("index")
        if self.index is None and problem.is_large:
            # Compiled: only who needs it waits for it.
            from jobs.matching.candidates.index import index_of_one

            self.index = index_of_one(problem)

    def __call__(self, role: int, least: int) -> tuple[np.ndarray, np.ndarray]:
        if self.index is not None:
            return self.index.at_least(role, least)
        rows = eligible_people(self.problem, role)
        points = scores(self.problem, role, rows)
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
