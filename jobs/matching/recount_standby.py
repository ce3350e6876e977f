"""The referee's look at everybody who stands by in a large market: she fits, has that score, and is free of the plan."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from jobs.matching.columns import DAY, NIGHT
from jobs.matching.problem import Problem
from jobs.matching.recount import lean, points_of
from jobs.matching.recount_sheet import END, HUB, PART, START, Sheet
from jobs.matching.solution import Standbys

SOME = 200_000  # rows that are looked at at a time


@lean
def _apart(role, travel, a, b):
    """Whether one person can do both roles: days between them for the way, and for rest after a night."""
    if role[a, START] > role[b, START]:
        a, b = b, a
    between = role[b, START] - role[a, END] - 1
    tired = role[a, PART] != DAY and role[b, PART] != NIGHT
    return between >= 0 and between >= travel[role[a, HUB], role[b, HUB]] and not (between == 0 and tired)


@lean
def _free(role, travel, first, held, who, what, ok):
    """Make `ok` False for those of `who` whom a role of the plan keeps from `what`."""
    for k in range(len(who)):
        for at in range(first[who[k]], first[who[k] + 1]):
            if not _apart(role, travel, held[at], what[k]):
                ok[k] = False


def cleared(problem: Problem, sheet: Sheet, waiting: Standbys, plan: Sequence[tuple[int, int]]) -> np.ndarray:
    """bool, for each row of `waiting`: nothing speaks against her. False where it takes a closer look to say so."""
    pairs = np.array(plan, np.int64).reshape(-1, 2)
    pairs = pairs[np.argsort(pairs[:, 0], kind="stable")]
    first = np.searchsorted(pairs[:, 0], np.arange(problem.n_people + 1))
    held, ok = np.ascontiguousarray(pairs[:, 1]), np.zeros(len(waiting.person), np.bool_)
    role = waiting.role
    for low in range(
        0, len(ok), SOME
    ):  # what is worked out of all at once would be a tenth of a nation's memory
        some = slice(low, low + SOME)
        who, what = waiting.person[some].astype(np.int64), role[some]
        known = (who >= 0) & (who < problem.n_people) & (what < problem.n_roles)
        who, what, said = who[known], what[known], waiting.score[some][known]
        points, free = points_of(problem, sheet, who, what), np.ones(len(who), np.bool_)
        _free(sheet.role, sheet.travel, first, held, who, what, free)
        ok[some][known] = free & (points > 0) & (points == said)
    return ok
