"""The pairs of one clearing: the best of each role and the floor they prove, or all pairs where people are few.

Keeping the best K of a role and its price at or above the best score left out changes no bound: a pair left out
would earn nothing at such a price. K grows where a price sits on that floor and slots stay open.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from jobs.matching.candidates.index import Index
from jobs.matching.core.compiled import kernel
from jobs.matching.flags import PLAIN, in_chunks
from jobs.matching.problem import Problem
from jobs.matching.solution import Standbys

LEAST, PER_SLOT = 60, 6  # pairs kept of a role, and for each of its slots
TIGHT = 0.15  # days of work over free days, from where on all pairs are kept
MOST_PAIRS = 25_000_000  # and as long as they are not more than these
WIDER = 8  # times as many pairs where a floor binds


class Pool:
    """Pairs of a problem and how to get more. The index is let go when the pairs are made, and made again for
    the rare question that needs it.
    """

    def __init__(self, problem: Problem, seed: int, tell: Callable[[int, int], None] | None = None) -> None:
        self.problem, self.seed = problem, seed
        self._index: Index | None = problem.__dict__.get("index") or Index(problem, whole=not self._wide)
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
            self._index = Index(self.problem, whole=not self._wide)
        return self._index

    @property
    def _wide(self) -> bool:
        return self.problem.n_people > PLAIN

    def let_go(self) -> None:
        """Forget the index, a few hundred megabytes of a nation."""
        self._index = None

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

    def standing_by(self, person: np.ndarray, role: np.ndarray, k: int) -> Standbys:
        """Of each role the best k who are not on it nor held by a clashing role of this plan."""
        p, r = self.problem, self.problem.roles
        order = np.argsort(person, kind="stable")
        first = np.zeros(p.n_people + 1, np.int64)
        np.cumsum(np.bincount(person, minlength=p.n_people), out=first[1:])
        held = np.asarray(role, np.int64)[order]
        spans = np.stack([r.start, r.end, p.place_kind], axis=1).astype(np.int64).reshape(-1, 3)
        buffer = p.buffer_days.astype(np.int64)
        found = np.zeros((p.n_roles, max(k, 0)), np.int64)
        size = np.zeros(p.n_roles, np.int64)
        pairs = self.pairs
        _stand_by(pairs.first, pairs.kept, pairs.person, spans, buffer, first, held, found, size)
        far = np.flatnonzero((size < k) & (pairs.tau > 0))
        size[far] = 0
        used = np.arange(max(k, 0)) < size[:, None]
        near = Standbys(
            np.concatenate([[0], np.cumsum(size)]), pairs.person[found[used]], pairs.score[found[used]]
        )
        return near.with_rows({o: self._further(o, k, spans, buffer, first, held) for o in far.tolist()})

    def _further(self, role: int, k: int, spans, buffer, first, held) -> tuple[np.ndarray, np.ndarray]:
        """The same of one role, looking beyond the pairs that were kept."""
        some = int(self.limit[role])
        while True:
            some *= 4
            people, score = self.index.best(role, some, seed=self.seed)
            found, size = np.empty((1, k), np.int64), np.zeros(1, np.int64)
            one = np.array([0, len(people)], np.int64)
            spans_of = np.concatenate([spans[role : role + 1], spans])  # its own first, then all by number
            _stand_by(one, one[1:], people, spans_of, buffer, first, held + 1, found, size)
            if size[0] == k or len(people) < some:
                at = found[0, : size[0]]
                return people[at], score[at]


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


@kernel
def _stand_by(first, count, person, spans, buffer, first_held, held, found, size):
    """Positions of the first people of each role's pairs who are free; a person on the role is not."""
    for o in range(len(size)):
        start, end, kind = spans[o, 0], spans[o, 1], spans[o, 2]
        for at in range(first[o], first[o] + count[o]):
            if size[o] == found.shape[1]:
                break
            w = person[at]
            free = True
            for k in range(first_held[w], first_held[w + 1]):
                other = held[k]
                other_kind = spans[other, 2]
                free &= (
                    spans[other, 0] > end + buffer[kind, other_kind]
                    or start > spans[other, 1] + buffer[other_kind, kind]
                )
            if free:
                found[o, size[o]] = at
                size[o] += 1
