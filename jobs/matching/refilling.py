"""Who takes a slot that came free. Nobody who is placed is moved: confirmed people keep what they have."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from jobs.matching.eligibility import eligible_people
from jobs.matching.explanation import clash
from jobs.matching.problem import Problem
from jobs.matching.scoring import scores
from jobs.matching.shortlist import Candidate, ranking
from jobs.matching.solution import Solution


def refill(
    problem: Problem,
    placed: Solution | Iterable[tuple[int, int]],
    role: int,
    k: int,
    *,
    passed_over: Iterable[int] = (),
    seed: int = 0,
) -> list[Candidate]:
    """Up to `k` people for a free slot of `role`, best first.

    `placed`: a solution, or the (person, role) positions that stand. Whoever is on the role already, or held
    by a clashing role, is out, and so is everybody in `passed_over` (she declined, or let her offer expire).
    """
    out = set(passed_over)
    stands = placed.assignments if isinstance(placed, Solution) else placed
    for person, other, *_ in stands:
        if other == role or clash(problem, other, role):
            out.add(person)
    rows = eligible_people(problem, role)
    rows = rows[~np.isin(rows, np.fromiter(out, np.int64, len(out)))]
    pinned = problem.pin_person[problem.pin_role == role]
    rows = rows[~np.isin(rows, pinned)]
    points = scores(problem, role, rows)
    best = ranking(problem, role, rows, points, seed)[: max(k, 0)]
    return [Candidate(int(rows[i]), int(points[i])) for i in best]
