"""The best k people for one role, the best k roles for one person. Looks at one role or person alone: nothing
is cleared.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jobs.matching.candidates import index_of
from jobs.matching.eligibility import eligible_people
from jobs.matching.problem import Problem
from jobs.matching.scoring import scores, scores_on
from jobs.matching.ties import lots


@dataclass(frozen=True)
class Candidate:
    """A person (position) and her score on the role that was asked about."""

    person: int
    score: int


@dataclass(frozen=True)
class Opening:
    """A role (position) and the score of the person who was asked about."""

    role: int
    score: int


def best_people(problem: Problem, role: int, k: int, *, seed: int = 0) -> list[Candidate]:
    """Up to `k` eligible people for `role`, best first; ties by a lot drawn from the seed, the role and the
    person.
    """
    if problem.is_large:
        people, best = index_of(problem).best(role, max(k, 0), seed=seed)
        return [Candidate(*each) for each in zip(people.tolist(), best.tolist(), strict=True)]
    rows = eligible_people(problem, role)
    points = scores(problem, role, rows)
    return [
        Candidate(int(rows[i]), int(points[i]))
        for i in ranking(problem, role, rows, points, seed)[: max(k, 0)]
    ]


def ranking(problem: Problem, role: int, rows: np.ndarray, points: np.ndarray, seed: int) -> np.ndarray:
    """Indices into `rows`, best first."""
    ids = problem.people.person_ids[rows]
    return np.lexsort((ids, lots(seed, ids, int(problem.roles.role_ids[role])), -points))


def best_roles(problem: Problem, person: int, k: int, *, seed: int = 0) -> list[Opening]:
    """Up to `k` roles that `person` may be on, best first; ties by a lot drawn from the seed, the person and
    the role.
    """
    person_ids, role_ids = problem.people.person_ids, problem.roles.role_ids
    if problem.is_large:
        roles, best = index_of(problem).roles_of(person)
        draw = lots(seed, role_ids[roles], int(person_ids[person]))
        order = np.lexsort((role_ids[roles], draw, -best))[: max(k, 0)]
        return [Opening(int(roles[i]), int(best[i])) for i in order]
    row = np.array([person])
    points = np.array(scores_on(problem, person), np.int64)
    # Hard rules cost more than points: they are asked from the best role down, until enough are found.
    found: list[Opening] = []
    for role in np.lexsort((role_ids, lots(seed, role_ids, int(person_ids[person])), -points)).tolist():
        if len(found) >= k:
            break
        if len(eligible_people(problem, role, row)):
            found.append(Opening(role, int(points[role])))
    return found
