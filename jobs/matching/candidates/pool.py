"""The pairs of one clearing: the best of each role and the floor they prove, or all pairs where people are few.

Keeping the best K of a role and its price at or above the best score left out changes no bound: a pair left out
would earn nothing at such a price. K grows where a price sits on that floor and slots stay open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from jobs.matching.candidates.index import Index, index_of_one
from jobs.matching.flags import in_chunks
from jobs.matching.problem import Problem
from jobs.matching.solution import Standbys

# Pairs kept of a role, and for each of its slots: the best of a crowd have other roles, too.
LEAST, PER_SLOT = 40, 16
TIGHT = 0.15  # days of work over free days, from where on all pairs are kept
MOST_PAIRS = 25_000_000  # and as long as they are not more than these
WIDER = 8  # times as many pairs where a floor binds


class Pool:
    """Pairs of a problem and how to get more. The index is let go when the pairs are made, and made again for
    the rare question that needs it.
    """

    def __init__(self, problem: Problem, seed: int, tell: Callable[[int, int], None] | None = None) -> None:
        self.problem, self.seed = problem, seed
        self._index: Index | None = index_of_one(problem)
        held = np.bincount(problem.pin_role, minlength=problem.n_roles)
        self.limit = LEAST + PER_SLOT * (problem.roles.headcount.astype(np.int64) - held)
        if problem.n_roles and strain(problem) > TIGHT:
            counts = self.index.counts()
            if counts.sum() <= MOST_PAIRS:
                self.limit = counts
        self.pairs = self.index.pairs(self.limit, seed=seed, tell=tell)

    @property
    def index(self) -> Index:
        if self._index is None:
            self._index = index_of_one(self.problem)
        return self._index

    def let_go(self) -> None:
        """Forget the index, a few hundred megabytes of a nation."""
        self._index = None

    def forget(self) -> None:
        """Forget the pairs, too; what was left out of them stays known."""
        none = np.zeros(0, np.int32)
        self.pairs = self.pairs._replace(person=none, score=none)

    def widen(self, roles: np.ndarray) -> bool:
        """Keep more pairs of these roles (bool[m]); False where nobody was left out of them."""
        more = roles & (self.pairs.tau > 0)
        if not more.any():
            return False
        self.limit = np.where(more, self.limit * WIDER, self.limit)
        self.pairs = self.index.pairs(self.limit, seed=self.seed)
        return True

    def flat(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(person, role, score) of every pair kept."""
        pairs = self.pairs
        room = np.diff(pairs.first)
        if (room == pairs.kept).all():
            used: slice | np.ndarray = slice(None)
        else:
            role = np.repeat(np.arange(len(room), dtype=np.int32), room)
            used = np.arange(pairs.first[-1]) - pairs.first[role] < pairs.kept[role]
        role = np.repeat(np.arange(len(room), dtype=np.int32), pairs.kept)
        return pairs.person[used], role, pairs.score[used]

    def eligible(self, role: int) -> int:
        """How many may take a role, pins not counted."""
        if not self.pairs.tau[role]:
            return int(self.pairs.kept[role])
        return self.index.eligible(role)

    def standing_by(self, person: np.ndarray, role: np.ndarray, k: int, without: Sequence[int]) -> Standbys:
        """Of each role the best k who are not on it nor held by a clashing role of the plan `person`, `role`; nobody
        of `without`.
        """
        index = self.index.beside(person, role, without)
        pairs = index.pairs(np.full(self.problem.n_roles, k, np.int64), seed=self.seed, proof=False)
        used = np.arange(k) < pairs.kept[:, None]
        first = np.concatenate([[0], np.cumsum(pairs.kept)])
        return Standbys(first, pairs.person[used.reshape(-1)], pairs.score[used.reshape(-1)])


def strain(problem: Problem) -> float:
    """Days of work over the days people are free, for those who look for any work here."""
    r, p = problem.roles, problem.people
    work = float((r.headcount.astype(np.int64) * (r.end - r.start + 1)).sum())
    asked = np.zeros(p.wants.shape[1], np.bool_)
    asked[r.role_type] = True
    free = 0.0
    for low, high in in_chunks(len(p.wants)):
        looking = p.wants[low:high][:, asked].any(axis=1)
        free += float((p.free_day[low:high] | p.free_night[low:high])[looking].sum())
    return work / free if free else np.inf
