"""The pairs of one clearing: the best of each role and the floor they prove, or all pairs where people are few.

Keeping the best K of a role and its price at or above the best score left out changes no bound: a pair left out
would earn nothing at such a price. K grows where a price sits on that floor and slots stay open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from jobs.matching.candidates.index import Index, index_of_one
from jobs.matching.candidates.part import part_of
from jobs.matching.candidates.standing import held_by, left_free
from jobs.matching.core.compiled import in_blocks, threads
from jobs.matching.flags import in_chunks
from jobs.matching.problem import Problem
from jobs.matching.solution import Standbys

# Pairs kept of a role, and for each of its slots: the best of a crowd have other roles, too.
LEAST, PER_SLOT = 40, 16
TIGHT = 0.15  # days of work over free days, from where on all pairs are kept
MOST_PAIRS = 25_000_000  # and as long as they are not more than these
BEYOND = 4  # times as many as are to stand by are looked at beyond: the best of a list have other work
WIDER = 8  # times as many pairs where a floor binds


class Pool:
    """Pairs of a problem and how to get more. The index is let go when the pairs are made, and made again for
    the rare question that needs it.
    """

    def __init__(
        self, problem: Problem, seed: int, tell: Callable[[int, int], None] | None = None, standby: int = 0
    ) -> None:
        self.problem, self.seed, self.reserve = problem, seed, BEYOND * max(standby, 0)
        self._index: Index | None = index_of_one(problem)
        held = np.bincount(problem.pin_role, minlength=problem.n_roles)
        self.limit = LEAST + PER_SLOT * (problem.roles.headcount.astype(np.int64) - held)
        if problem.n_roles and strain(problem) > TIGHT:
            counts = self.index.counts()
            if counts.sum() <= MOST_PAIRS:
                self.limit = counts
        self._look_up(tell)

    def _look_up(self, tell: Callable[[int, int], None] | None = None) -> None:
        """The pairs of the clearing, `kept` and `tau`, at the head of the longer lists of who may stand by."""
        self.lists = lists = self.index.pairs(self.limit + self.reserve, seed=self.seed, tell=tell)
        self.kept = np.minimum(lists.kept, self.limit)
        beyond = np.flatnonzero(lists.kept > self.limit)
        self.tau = lists.tau.copy()
        self.tau[beyond] = lists.score[lists.first[beyond] + self.limit[beyond]]

    @property
    def index(self) -> Index:
        if self._index is None:
            self._index = index_of_one(self.problem)
        return self._index

    def let_go(self) -> None:
        """Forget the index, a few hundred megabytes of a nation."""
        self._index = None

    def widen(self, roles: np.ndarray) -> bool:
        """Keep more pairs of these roles (bool[m]); False where nobody was left out of them."""
        more = roles & (self.tau > 0)
        if not more.any():
            return False
        self.limit = np.where(more, self.limit * WIDER, self.limit)
        self._look_up()
        return True

    def eligible(self, role: int) -> int:
        """How many may take a role, pins not counted."""
        if not self.lists.tau[role]:
            return int(self.lists.kept[role])
        return self.index.eligible(role, pinned=False)

    def standing_by(self, person: np.ndarray, role: np.ndarray, k: int, without: Sequence[int]) -> Standbys:
        """Of each role the best k who are not on it nor held by a clashing role of the plan `person`, `role`; nobody
        of `without`. Asked once, and last: the lists may be let go for it.
        """
        m = self.problem.n_roles
        who, points, count = *np.zeros((2, m, k), np.int32), np.zeros(m, np.int64)
        held = held_by(self.problem, person, role, np.array(without, np.int64))
        blocks = in_chunks(m)

        def look(at: int) -> None:
            left_free(self.lists, held, k, *blocks[at], who, points, count)

        in_blocks(look, len(blocks), threads())
        short = (count < k) & (self.lists.tau > 0)  # somebody who is on no list may come
        self._let_lists_go()  # an index beside them would take the most memory of all
        # One hub after another: two at a time would hold two indexes, beside all else the most of a nation's memory.
        for roles, people in self._by_hub(np.flatnonzero(short), without):
            part = part_of(self.problem, people, roles, (person, role))
            limit = np.where(np.arange(part.n_roles) < len(roles), k, 0)
            more = Index(part, whole=False).pairs(limit, seed=self.seed, proof=False)
            for at, o in enumerate(roles.tolist()):
                rows = slice(more.first[at], more.first[at] + more.kept[at])
                who[o, : more.kept[at]] = people[more.person[rows]]
                points[o, : more.kept[at]] = more.score[rows]
            count[roles] = more.kept[: len(roles)]
        used = np.arange(k) < count[:, None]
        return Standbys(np.concatenate([[0], np.cumsum(count)]), who[used], points[used])

    def _by_hub(self, roles: np.ndarray, without: Sequence[int]) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """These roles by hub, and the people who look for such work there, but those `without`: each time an index of
        few in place of one of everybody.
        """
        p, r = self.problem.people, self.problem.roles
        asked = np.zeros((p.wants.shape[1], p.willing.shape[1]), np.float32)
        asked[r.role_type[roles], r.hub[roles]] = 1
        hubs = np.flatnonzero(asked.any(axis=0))
        looking = np.zeros((len(hubs), self.problem.n_people), np.bool_)
        for low, high in in_chunks(self.problem.n_people):
            # How many of the kinds of work she wants are asked for, by hub.
            kinds = p.wants[low:high].astype(np.float32) @ asked[:, hubs]
            looking[:, low:high] = ((kinds > 0) & p.willing[low:high][:, hubs]).T
        looking[:, np.array(without, np.int64)] = False
        for hub, mine in zip(hubs.tolist(), looking, strict=True):
            yield roles[r.hub[roles] == hub], np.flatnonzero(mine)

    def _let_lists_go(self) -> None:
        none = np.zeros(0, np.int32)
        self.lists = self.lists._replace(person=none, score=none)


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
