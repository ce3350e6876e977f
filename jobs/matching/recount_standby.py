"""The referee's look at the days of a large market: whoever has two roles that clash, and everybody who stands by, who
fits, has that score, and is free of the plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from jobs.matching.columns import DAY, NIGHT
from jobs.matching.problem import Problem
from jobs.matching.recount import THREADS, lean, points_of
from jobs.matching.recount_sheet import END, HUB, PART, START, Sheet
from jobs.matching.solution import Standbys

SOME = 100_000  # rows that a thread looks at at a time: what is worked out of all at once would be a tenth of a nation's
# memory


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


@lean
def _entangled(role, travel, first, held, clashes):
    """Make `clashes` True for whoever has two roles that one person cannot do."""
    for w in range(len(clashes)):
        for i in range(first[w], first[w + 1]):
            for j in range(first[w], i):
                if not _apart(role, travel, held[i], held[j]):
                    clashes[w] = True


def _by_person(problem: Problem, plan: Sequence[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    """Person w has the roles held[first[w]:first[w + 1]] of the plan: (first, held)."""
    pairs = np.array(plan, np.int64).reshape(-1, 2)
    pairs = pairs[np.argsort(pairs[:, 0], kind="stable")]
    first = np.searchsorted(pairs[:, 0], np.arange(problem.n_people + 1))
    return first, np.ascontiguousarray(pairs[:, 1])


def entangled(problem: Problem, sheet: Sheet, plan: Sequence[tuple[int, int]]) -> set[int]:
    """The people whose roles of the plan clash, one with another."""
    clashes = np.zeros(problem.n_people, np.bool_)
    _entangled(sheet.role, sheet.travel, *_by_person(problem, plan), clashes)
    return set(np.flatnonzero(clashes).tolist())


def cleared(problem: Problem, sheet: Sheet, waiting: Standbys, plan: Sequence[tuple[int, int]]) -> np.ndarray:
    """bool, for each row of `waiting`: nothing speaks against her. False where it takes a closer look to say so."""
    first, held = _by_person(problem, plan)
    ok, role = np.zeros(len(waiting.person), np.bool_), waiting.role

    def look(low: int) -> None:
        some = slice(low, low + SOME)
        who, what = waiting.person[some].astype(np.int64), role[some]
        known = (who >= 0) & (who < problem.n_people) & (what < problem.n_roles)
        who, what, said = who[known], what[known], waiting.score[some][known]
        points, free = points_of(problem, sheet, who, what), np.ones(len(who), np.bool_)
        _free(sheet.role, sheet.travel, first, held, who, what, free)
        ok[some][known] = free & (points > 0) & (points == said)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(look, range(0, len(ok), SOME)))
    return ok
