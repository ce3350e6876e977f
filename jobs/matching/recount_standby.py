"""The referee's look at everybody who stands by in a large market: she fits, has that score, and is free of the plan."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from jobs.matching.problem import Problem
from jobs.matching.recount import Sheet, _lean, points_of
from jobs.matching.solution import Standbys


@_lean
def _apart(role, travel, a, b):
    """Whether one person can do both roles: days between them for the way, and for rest after a night."""
    if role[a, 1] > role[b, 1]:
        a, b = b, a
    between = role[b, 1] - role[a, 2] - 1
    tired = role[a, 3] != 1 and role[b, 3] != 2
    return between >= 0 and between >= travel[role[a, 4], role[b, 4]] and not (between == 0 and tired)


@_lean
def _free(role, travel, first, held, who, what, ok):
    """Make `ok` False for those of `who` whom a role of the plan keeps from `what`."""
    for k in range(len(who)):
        for at in range(first[who[k]], first[who[k] + 1]):
            if not _apart(role, travel, held[at], what[k]):
                ok[k] = False


def cleared(problem: Problem, sheet: Sheet, waiting: Standbys, plan: Sequence[tuple[int, int]]) -> np.ndarray:
    """bool, for each row of `waiting`: nothing speaks against her. False where it takes a closer look to say so."""
    who, what = waiting.person.astype(np.int64), waiting.role
    known = (who >= 0) & (who < problem.n_people) & (what < problem.n_roles)
    ok = np.zeros(len(who), np.bool_)
    points = points_of(problem, sheet, who[known], what[known])
    pairs = np.array(plan, np.int64).reshape(-1, 2)
    pairs = pairs[np.argsort(pairs[:, 0], kind="stable")]
    first = np.searchsorted(pairs[:, 0], np.arange(problem.n_people + 1))
    free = np.ones(len(points), np.bool_)
    _free(sheet.role, sheet.travel, first, np.ascontiguousarray(pairs[:, 1]), who[known], what[known], free)
    ok[known] = free & (points > 0) & (points == waiting.score[known])
    return ok
