"""A solved plan in memory that answers who takes a freed slot, one drop after another, in well under a millisecond.

Beside the plan it keeps the candidates of every role, best first. Of whom few are free, or of whom nobody is, it asks
the index about everybody; only then are people moved, and only those who are not confirmed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from jobs.matching.candidates import index_of
from jobs.matching.candidates.freed import (
    LOOKS,
    Standing,
    carry_out,
    drop_out,
    join,
    leave,
    next_for,
    put_out,
)
from jobs.matching.candidates.pool import LEAST, PER_SLOT
from jobs.matching.candidates.postings import CHUNK
from jobs.matching.candidates.search import mix
from jobs.matching.problem import Problem
from jobs.matching.solution import Solution
from jobs.matching.units import bound_units

LONGEST = 5  # people who move for one slot, at most
TWICE = 2  # as many candidates of a role as a clearing keeps: most of these have work now


class Move(NamedTuple):
    """A person takes a role for `score` points and gives up `leaves`, -1 where she was free. Positions."""

    person: int
    role: int
    leaves: int
    score: int


class LivingPlan:
    """Who is on which roles, kept current as people drop out and others take their places. For one thread at a time.

    `placed`: a solution, or rows of (person, role, score). Everybody in it is confirmed and stays, but for `movable`,
    (person, role) of those who may still be moved; a chain moves up to `longest` people (1 to 5), whoever comes in last
    counted. Whoever drops out of a role is not asked for it again. People of a unit that moves together are neither
    moved nor asked. Equal scores go by lot from the `seed`, as everywhere.
    """

    def __init__(
        self,
        problem: Problem,
        placed: Solution | Iterable[tuple[int, int, int]],
        *,
        movable: Iterable[tuple[int, int]] = (),
        longest: int = 1,
        seed: int = 0,
    ) -> None:
        if not 1 <= longest <= LONGEST:
            raise ValueError(f"a chain of {longest} people; 1 to {LONGEST}")
        index = index_of(problem)
        self._crowd, self._openings = index.crowd, index.openings
        self._start = np.uint64(mix(np.uint64(seed & 0xFFFFFFFFFFFFFFFF)))
        self._rules = longest, LOOKS, self._start, np.empty(CHUNK, np.int64), np.empty(CHUNK, np.int64)
        headcount = problem.roles.headcount.astype(np.int64)
        limit = TWICE * (LEAST + PER_SLOT * headcount)
        pairs = index.pairs(limit, seed=seed, proof=False)
        rows = placed.assignments if isinstance(placed, Solution) else placed
        stands = np.array([row[:3] for row in rows], np.int64).reshape(-1, 3)
        on = np.bincount(stands[:, 1], minlength=problem.n_roles)
        self.plan = _empty(problem, int(np.maximum(headcount, on).sum()))._replace(
            first=pairs.first, kept=pairs.kept, more=pairs.kept == limit, person=pairs.person,
            score=pairs.score.astype(np.int32),
        )  # fmt: skip
        for unit in bound_units(problem):
            self.plan.bound[list(unit.people)] = True
        free = {*movable}
        for person, role, score in stands.tolist():
            join(self.plan, person, role, score, (person, role) not in free or self.plan.bound[person])

    def open(self, role: int) -> int:
        """How many slots of a role nobody is on."""
        return int(self.plan.open[role])

    def drop_out(self, person: int, role: int) -> tuple[Move, ...]:
        """`person` leaves `role` for good and her slot is filled where it can be: who moved, the first onto the slot.

        Whoever takes a place may be moved again until she is confirmed. Raise KeyError where she is not on the role.
        """
        self._room_for_one()
        size = drop_out(self.plan, self._crowd, self._openings, person, role, *self._rules)
        if size < 0:
            raise KeyError((person, role))
        return self._moves(size)

    def fill(self, role: int) -> tuple[Move, ...]:
        """Fill one open slot of a role: who moved; nobody where no slot is open or nobody can be had."""
        size = next_for(self.plan, self._crowd, self._openings, role, *self._rules)
        carry_out(self.plan, size)
        return self._moves(size)

    def leave(self, person: int, role: int) -> None:
        """`person` leaves `role`, which stays open. Raise KeyError where she is not on it."""
        if not leave(self.plan, person, role):
            raise KeyError((person, role))

    def pass_over(self, person: int, role: int) -> None:
        """Let nobody ask `person` for `role` any more."""
        self._room_for_one()
        put_out(self.plan, person, role)

    def confirm(self, person: int, role: int) -> None:
        """She said yes: from now on she is not moved from this role. Raise KeyError where she is not on it."""
        at = self._place(person, role)
        if at < 0:
            raise KeyError((person, role))
        self.plan.firm[at] = True

    def holds(self, person: int, role: int) -> bool:
        """Whether `person` is on `role`."""
        return self._place(person, role) >= 0

    def _place(self, person: int, role: int) -> int:
        at = int(self.plan.head[person])
        while at >= 0 and self.plan.doing[at] != role:
            at = int(self.plan.link[at])
        return at

    def _moves(self, size: int) -> tuple[Move, ...]:
        return tuple(Move(*row) for row in self.plan.chain[:size].tolist())

    def _room_for_one(self) -> None:
        plan = self.plan
        if plan.size[1] == len(plan.out_who):
            more = np.zeros(len(plan.out_who), np.int32)
            self.plan = plan._replace(
                out_who=np.concatenate([plan.out_who, more]), out_link=np.concatenate([plan.out_link, more])
            )


def _empty(problem: Problem, places: int) -> Standing:
    """Nobody on any role, no candidates."""
    r, m, none = problem.roles, problem.n_roles, np.zeros(0, np.int32)
    return Standing(
        role=np.stack([r.start, r.end, problem.place_kind], axis=1).astype(np.int64),
        buffer=problem.buffer_days.astype(np.int64),
        open=r.headcount.astype(np.int64),
        head=np.full(problem.n_people, -1, np.int32),
        link=np.full(places, -1, np.int32),
        doing=np.zeros(places, np.int32),
        points=np.zeros(places, np.int32),
        firm=np.zeros(places, np.bool_),
        spare=np.arange(places, dtype=np.int32)[::-1].copy(),
        size=np.array([places, 0, 0], np.int64),
        first=np.zeros(m + 1, np.int64),
        kept=np.zeros(m, np.int64),
        more=np.zeros(m, np.bool_),
        person=none,
        score=none,
        out=np.full(m, -1, np.int32),
        out_link=np.zeros(1024, np.int32),
        out_who=np.zeros(1024, np.int32),
        bound=np.zeros(problem.n_people, np.bool_),
        leaf=np.zeros(m, np.int64),
        seen=np.zeros(m, np.int64),
        chain=np.zeros((LONGEST, 4), np.int64),
    )
