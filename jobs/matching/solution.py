"""What a solve answers: who goes where, what stays empty and why, who stands by, and the proof of how good it
is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple, overload

import numpy as np


class Assignment(NamedTuple):
    """A person on a role (positions in the problem), with the score of the pair. Pins are among them."""

    person: int
    role: int
    score: int


class WhyUnfilled(StrEnum):
    """Why slots of a role stay empty."""

    NOBODY_ELIGIBLE = "nobody_eligible"
    TOO_FEW_ELIGIBLE = "too_few_eligible"
    TAKEN_ELSEWHERE = "taken_elsewhere"


class Unfilled(NamedTuple):
    """Open slots of one role. `eligible`: people whom no hard rule keeps from it, pins included."""

    role: int
    slots: int
    reason: WhyUnfilled
    eligible: int


class Standby(NamedTuple):
    """A person who may take the role, is not on it, and is not held by a clashing role of this plan."""

    person: int
    score: int


class Standbys(Sequence[tuple[Standby, ...]]):
    """Who stands by, role by role, kept as columns: a nation has one and a half million of them. Of role o the rows
    first[o]:first[o + 1] of `person` int32 and `score` int32, the next in line first.
    """

    def __init__(self, first: np.ndarray, person: np.ndarray, score: np.ndarray) -> None:
        self.first, self.person, self.score = first, person, score

    @classmethod
    def of(cls, rows: Iterable[Sequence[tuple[int, int]]]) -> Standbys:
        """The same of rows of (person, score)."""
        if isinstance(rows, Standbys):
            return rows
        kept = list(rows)
        first = np.cumsum([0, *(len(row) for row in kept)]).astype(np.int64)
        flat = np.array([each[:2] for row in kept for each in row], np.int64).reshape(-1, 2)
        flat = flat.clip(-1, 2**31 - 1)  # whoever is out of range stays so
        return cls(first, flat[:, 0].astype(np.int32), flat[:, 1].astype(np.int32))

    @property
    def role(self) -> np.ndarray:
        """int64: the role of each row."""
        return np.repeat(np.arange(len(self)), np.diff(self.first))

    def __len__(self) -> int:
        return len(self.first) - 1

    @overload
    def __getitem__(self, at: int) -> tuple[Standby, ...]: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[tuple[Standby, ...]]: ...
    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return tuple(self[o] for o in range(*at.indices(len(self))))
        if not 0 <= at < len(self):
            raise IndexError(at)
        rows = slice(int(self.first[at]), int(self.first[at + 1]))
        found = zip(self.person[rows].tolist(), self.score[rows].tolist(), strict=True)
        return tuple(Standby(person, score) for person, score in found)

    def __iter__(self) -> Iterator[tuple[Standby, ...]]:
        return (self[o] for o in range(len(self)))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Standbys):
            mine, theirs = (vars(each).values() for each in (self, other))
            return all(np.array_equal(a, b) for a, b in zip(mine, theirs, strict=True))
        return isinstance(other, tuple) and tuple(self) == other

    def __hash__(self) -> int:
        return hash((self.first.tobytes(), self.person.tobytes(), self.score.tobytes()))


class Score(NamedTuple):
    """The ordered objective: smaller is better, and compared from the left."""

    broken_hard: int
    unfilled: int
    minus_score: int


@dataclass(frozen=True)
class Solution:
    """A plan. Positions are rows of the problem; tuples are ordered by database id, so that row order leaves
    no trace.

    `standby[role]` and `prices[role]` go by role position. `bound` is proven by `prices` and
    `premiums`: no plan that fills as many slots, as early, has a greater score; with no premiums no plan at all has.
    `guide` are the prices that made the plan, for a later run to start from.
    """

    assignments: tuple[Assignment, ...]
    unfilled: tuple[Unfilled, ...]
    standby: Sequence[tuple[Standby, ...]]
    prices: tuple[int, ...]
    objective: int
    bound: int
    seed: int
    rules_version: int
    premiums: tuple[int, ...] = ()
    guide: tuple[int, ...] = ()

    @property
    def gap(self) -> float:
        """(bound - objective) / bound; 0.0 is a proven optimum of the ordered objective's
        score.
        """
        return (self.bound - self.objective) / self.bound if self.bound else 0.0

    @property
    def score(self) -> Score:
        """(broken hard rules, unfilled slots, -score). A solve never breaks a hard rule; `verify` counts for
        itself.
        """
        return Score(0, sum(u.slots for u in self.unfilled), -self.objective)

    def on_role(self, role: int) -> tuple[Assignment, ...]:
        """The assignments of one role."""
        return tuple(a for a in self.assignments if a.role == role)

    def of_person(self, person: int) -> tuple[Assignment, ...]:
        """The assignments of one person."""
        return tuple(a for a in self.assignments if a.person == person)
