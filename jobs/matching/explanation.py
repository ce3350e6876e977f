"""From a plan to reasons: why this one, why not that one, what would change it. Codes and facts only, no
sentences.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from jobs.matching.barriers import Barrier, BarrierFact
from jobs.matching.candidates import index_of
from jobs.matching.conflicts import clash
from jobs.matching.eligibility import HARD_RULES, barriers, bars_by_rule
from jobs.matching.fairness import WhyPassedOver
from jobs.matching.problem import Problem
from jobs.matching.scoring import Contribution, contributions, score
from jobs.matching.solution import Assignment, Solution


class Status(StrEnum):
    """Where one person stands with one role in a plan."""

    CHOSEN = "chosen"
    STANDBY = "standby"
    ELIGIBLE_NOT_CHOSEN = "eligible_not_chosen"
    NOT_ELIGIBLE = "not_eligible"


@dataclass(frozen=True)
class Explanation:
    """Everything there is to say about one pair.

    `pinned`: it stood before the run. `place`: rank on the standby list, from 1. `chosen`: who is on the
    role, best score first. `clashes`: her own assignments of this plan that keep her from it.
    `passed_over`: why somebody of no better score is on the role and she is not. Persons and roles are positions.
    """

    status: Status
    score: int
    contributions: tuple[Contribution, ...]
    barriers: tuple[BarrierFact, ...]
    pinned: bool = False
    place: int | None = None
    chosen: tuple[Assignment, ...] = ()
    clashes: tuple[Assignment, ...] = ()
    passed_over: WhyPassedOver | None = None


@dataclass(frozen=True)
class RequirementCost:
    """What one hard rule does to a role. `bars`: people it keeps out, whatever else does. `alone`: people who
    would be eligible without it.
    """

    barrier: Barrier
    bars: int
    alone: int


@dataclass(frozen=True)
class WhatIf:
    """How many may take a role, and what each requirement costs; rules that bar nobody are left out."""

    eligible: int
    costs: tuple[RequirementCost, ...]


def explain(problem: Problem, solution: Solution, person: int, role: int) -> Explanation:
    """Why `person` is on `role` in `solution`, or why not (positions)."""
    reasons = contributions(problem, person, role)
    points = score(problem, person, role)
    chosen = tuple(
        sorted(solution.on_role(role), key=lambda a: (-a.score, int(problem.people.person_ids[a.person])))
    )
    pinned = bool(((problem.pin_person == person) & (problem.pin_role == role)).any())
    if any(a.person == person for a in chosen):
        return Explanation(Status.CHOSEN, points, reasons, (), pinned=pinned, chosen=chosen)
    against = barriers(problem, person, role)
    if against:
        return Explanation(Status.NOT_ELIGIBLE, points, reasons, against, chosen=chosen)
    for place, standby in enumerate(solution.standby[role], start=1):
        if standby.person == person:
            why = _passed_over(problem, chosen, points, role, ())
            return Explanation(
                Status.STANDBY, points, reasons, (), place=place, chosen=chosen, passed_over=why
            )
    own = tuple(a for a in solution.of_person(person) if clash(problem, a.role, role))
    why = _passed_over(problem, chosen, points, role, own)
    return Explanation(
        Status.ELIGIBLE_NOT_CHOSEN, points, reasons, (), chosen=chosen, clashes=own, passed_over=why
    )


def _passed_over(
    problem: Problem, chosen: tuple[Assignment, ...], points: int, role: int, own: tuple[Assignment, ...]
) -> WhyPassedOver | None:
    """Why not she but the last of the chosen, where her score is no less."""
    if not chosen or points < chosen[-1].score:
        return None
    if own:
        better = sum(a.score for a in own) >= points
        return WhyPassedOver.BETTER_ELSEWHERE if better else WhyPassedOver.NEEDED_ELSEWHERE
    last = [a for a in chosen if a.score == chosen[-1].score]
    pinned = set(zip(problem.pin_person.tolist(), problem.pin_role.tolist(), strict=True))
    if all((a.person, role) in pinned for a in last):
        return WhyPassedOver.CONFIRMED
    return WhyPassedOver.LOT if points == last[0].score else WhyPassedOver.GAP


def what_if(problem: Problem, role: int) -> WhatIf:
    """How many people each requirement of `role` costs."""
    if problem.is_large:
        free, out, only = index_of(problem).tally(role)
        found = zip(HARD_RULES, out.tolist(), only.tolist(), strict=True)
        return WhatIf(free, tuple(RequirementCost(r.barrier, many, few) for r, many, few in found if many))
    bars = bars_by_rule(problem, role)
    count = bars.sum(axis=0)
    costs = tuple(
        RequirementCost(rule.barrier, int(row.sum()), int((row & (count == 1)).sum()))
        for rule, row in zip(HARD_RULES, bars, strict=True)
        if row.any()
    )
    return WhatIf(int(np.count_nonzero(count == 0)), costs)
