"""What a solve answers: who goes where, what stays empty and why, who stands by, and the proof of how good it
is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


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
    standby: tuple[tuple[Standby, ...], ...]
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
