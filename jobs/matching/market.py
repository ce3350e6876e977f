"""What clearing works on: roles with days and slots, and the pairs that may be, each with a score. No rule
lives here.

The same shape serves a problem of ours and anybody's instance file.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

CACHED_ROLES = 20_000  # up to so many, who clashes with whom is kept: one byte for each two roles


@dataclass(frozen=True, eq=False)
class Market:
    """Roles (m), pairs (e) and buffers, in a canonical order, pins already taken out.

    Two roles a, b of one person with start[a] <= start[b] clash iff start[b] <= end[a] + buffer[kind[a],
    kind[b]]. Pairs are sorted by (role, person). `headcount` may be 0 (all slots pinned). `urgency`: small
    goes first.
    """

    n_people: int
    start: np.ndarray
    end: np.ndarray
    kind: np.ndarray
    headcount: np.ndarray
    urgency: np.ndarray
    buffer: np.ndarray
    person: np.ndarray
    role: np.ndarray
    score: np.ndarray

    @property
    def n_roles(self) -> int:
        return len(self.start)

    @property
    def n_pairs(self) -> int:
        return len(self.person)

    @cached_property
    def first_pair(self) -> np.ndarray:
        """int64[m+1]: pairs of role o are first_pair[o]:first_pair[o+1]."""
        return np.searchsorted(self.role, np.arange(self.n_roles + 1))

    @cached_property
    def _clash_rows(self) -> dict[int, np.ndarray]:
        return {}

    def clashes(self, role: int) -> np.ndarray:
        """bool[m+1]: which roles one person may not hold beside `role` (itself included); position m, "no
        role", never does.
        """
        row = self._clash_rows.get(role)
        if row is None:
            kind = self.kind[role]
            after = self.start > self.end[role] + self.buffer[kind, self.kind]
            before = self.start[role] > self.end + self.buffer[self.kind, kind]
            row = np.append(~(after | before), False)
            if self.n_roles <= CACHED_ROLES:
                self._clash_rows[role] = row
        return row


def make_market(
    *,
    n_people: int,
    start: np.ndarray,
    end: np.ndarray,
    kind: np.ndarray,
    headcount: np.ndarray,
    urgency: np.ndarray,
    buffer: np.ndarray,
    person: np.ndarray,
    role: np.ndarray,
    score: np.ndarray,
) -> Market:
    """A `Market` with its pairs put in order. Arrays as there; pairs in any order."""
    order = np.lexsort((person, role))
    return Market(
        n_people=n_people,
        start=start.astype(np.int64),
        end=end.astype(np.int64),
        kind=kind.astype(np.int64),
        headcount=headcount.astype(np.int64),
        urgency=urgency.astype(np.int64),
        buffer=buffer.astype(np.int64),
        person=person[order].astype(np.int64),
        role=role[order].astype(np.int64),
        score=score[order].astype(np.int64),
    )
