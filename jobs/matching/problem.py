"""The frozen input of the engine: people, open roles and what binds them, in columns, checked when made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from jobs.matching.columns import (
    DAY,
    NEVER,
    NIGHT,
    InvalidProblem,
    People,
    Roles,
    check_columns,
    check_triangle,
    check_unique,
)

if TYPE_CHECKING:
    from jobs.matching.rows import PersonRow, RoleRow

RULES_VERSION = 1
HIGHEST_SCORE = 1100


@dataclass(frozen=True)
class Weights:
    """The most each soft rule may give, in points. Stored with the run; the best of all together may not pass
    1100.
    """

    skills: int = 210
    experience: int = 200
    reliability: int = 200
    near_home: int = 150  # lives in the hub of the role
    near_day: int = 80  # lives a travel day or less away
    near_far: int = 30  # further
    primary: int = 60
    same_company: int = 100
    same_hub: int = 50  # or: her last shoot was in this hub, and not long ago
    first_job: int = 120
    headroom: int = 60

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            if type(value) is not int or value < 0:
                raise InvalidProblem(f"weights.{name}", None, f"{value!r} is not a whole number of points")
        best = (
            self.skills
            + self.experience
            + self.reliability
            + max(self.near_home, self.near_day, self.near_far)
            + self.primary
            + max(self.same_company, self.same_hub)
            + self.first_job
            + self.headroom
        )
        if best > HIGHEST_SCORE:
            raise InvalidProblem("weights", None, f"together {best} points, more than {HIGHEST_SCORE}")


@dataclass(frozen=True)
class Vocabulary:
    """What the index columns count: position k of each tuple is the code that index k stands for."""

    role_types: tuple[str | int, ...] = ()
    skills: tuple[str | int, ...] = ()
    hubs: tuple[str | int, ...] = ()
    languages: tuple[str | int, ...] = ()
    companies: tuple[str | int, ...] = ()


@dataclass(frozen=True, eq=False)
class Commitments:
    """Everything that already takes a person's days: bookings elsewhere (`role` -1) and pins (the pinned
    role).
    """

    person: np.ndarray
    start: np.ndarray
    end: np.ndarray
    hub: np.ndarray
    part: np.ndarray
    role: np.ndarray


@dataclass(frozen=True, eq=False)
class Problem:
    """People, roles and rules of one run. Rows are addressed by position; ids are only carried along.

    `travel_days[a, b]` counts full days needed between the last day in hub a and the first in hub b.
    `pin_person`/`pin_role` are positions of pairs that must stay (confirmed bookings of these roles): each
    takes a slot and blocks the person's days, and its eligibility is not asked again. Raises `InvalidProblem`
    with the array and the index at fault.
    """

    window_start: dt.date
    days: int
    vocabulary: Vocabulary
    people: People
    roles: Roles
    travel_days: np.ndarray
    pin_person: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int32))
    pin_role: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int32))
    block_person: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int32))
    block_company: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int32))
    weights: Weights = field(default_factory=Weights)
    rules_version: int = RULES_VERSION

    def __post_init__(self) -> None:
        self.check()

    @classmethod
    def build(
        cls,
        *,
        window_start: dt.date,
        days: int,
        people: Iterable[PersonRow],
        roles: Iterable[RoleRow],
        travel_days: dict[tuple[str | int, str | int], int] | None = None,
        pins: Iterable[tuple[int, int]] = (),
        blocks: Iterable[tuple[int, str | int]] = (),
        weights: Weights | None = None,
    ) -> Problem:
        """A problem from readable rows; see `rows.build_problem` for the units."""
        from jobs.matching.rows import build_problem  # rows stand on this module

        return build_problem(
            window_start=window_start,
            days=days,
            people=people,
            roles=roles,
            travel_days=travel_days or {},
            pins=pins,
            blocks=blocks,
            weights=weights or Weights(),
        )

    @property
    def n_people(self) -> int:
        return len(self.people.person_ids)

    @property
    def n_roles(self) -> int:
        return len(self.roles.role_ids)

    def date(self, day: int | np.integer) -> dt.date:
        """The calendar date of day index `day`."""
        return self.window_start + dt.timedelta(days=int(day))

    @cached_property
    def commitments(self) -> Commitments:
        """Bookings and pins in one table, in no order that matters."""
        p, r, pin = self.people, self.roles, self.pin_role
        return Commitments(
            person=np.concatenate([p.booked_person, self.pin_person]),
            start=np.concatenate([p.booked_start, r.start[pin]]),
            end=np.concatenate([p.booked_end, r.end[pin]]),
            hub=np.concatenate([p.booked_hub, r.hub[pin]]),
            part=np.concatenate([p.booked_part, r.part[pin]]),
            role=np.concatenate([np.full(len(p.booked_person), -1, np.int32), pin]),
        )

    @cached_property
    def place_kind(self) -> np.ndarray:
        """int32[m]: hub and part of each role as one number, the row of `buffer_days` it uses."""
        return (self.roles.hub * 3 + self.roles.part - 1).astype(np.int32)

    @cached_property
    def buffer_days(self) -> np.ndarray:
        """int32[3P, 3P]: full free days between two roles of one person, for travel and for rest.

        A night ends at 05:00, when the next shoot day begins: a day part may not follow it at once. Rest adds
        at most one day, so the buffer keeps the triangle condition of `travel_days`.
        """
        part = np.arange(3 * len(self.travel_days)) % 3 + 1
        rest = ((part[:, None] & NIGHT) > 0) & ((part[None, :] & DAY) > 0)
        return np.maximum(np.repeat(np.repeat(self.travel_days, 3, 0), 3, 1), rest).astype(np.int32)

    def check(self) -> None:
        """Raise `InvalidProblem` for the first thing that is wrong."""
        v = self.vocabulary
        if type(self.days) is not int or self.days < 1:
            raise InvalidProblem("days", None, f"{self.days!r} is not a number of days")
        lengths = {
            "T": len(v.role_types),
            "S": len(v.skills),
            "P": len(v.hubs),
            "L": len(v.languages),
            "C": len(v.companies),
            "D": self.days,
        }
        check_columns(self.people, lengths)
        check_columns(self.roles, lengths)
        self._check_rows()
        self._check_travel(lengths["P"])
        self._check_pairs("pin_person", self.pin_person, self.n_people)
        self._check_pairs("pin_role", self.pin_role, self.n_roles, len(self.pin_person))
        self._check_pairs("block_person", self.block_person, self.n_people)
        self._check_pairs("block_company", self.block_company, lengths["C"], len(self.block_person))
        self._check_pins()

    def _check_rows(self) -> None:
        p, r = self.people, self.roles
        check_unique("people.person_ids", p.person_ids)
        check_unique("roles.role_ids", r.role_ids)
        for where, low, high in (
            ("people.booked_start", p.booked_start, p.booked_end),
            ("people.playable_min", p.playable_min, p.playable_max),
            ("roles.start", r.start, r.end),
            ("roles.age_min", r.age_min, r.age_max),
            ("roles.height_min", r.height_min, np.where(r.height_max == 0, 300, r.height_max)),
        ):
            wrong = np.flatnonzero(low > high)
            if len(wrong):
                raise InvalidProblem(
                    where, int(wrong[0]), f"{int(low[wrong[0]])} is after {int(high[wrong[0]])}"
                )

    def _check_travel(self, hubs: int) -> None:
        travel = self.travel_days
        if not isinstance(travel, np.ndarray) or travel.dtype != np.int32 or travel.shape != (hubs, hubs):
            raise InvalidProblem("travel_days", None, f"needs an int32 table of {hubs} by {hubs}")
        if travel.size and (travel.min() < 0 or travel.max() > -NEVER):
            raise InvalidProblem(
                "travel_days",
                int(np.argwhere((travel < 0) | (travel > -NEVER))[0][0]),
                "not a number of days",
            )
        check_triangle("travel_days", travel)

    @staticmethod
    def _check_pairs(where: str, array: np.ndarray, length: int, size: int | None = None) -> None:
        if not isinstance(array, np.ndarray) or array.dtype != np.int32 or array.ndim != 1:
            raise InvalidProblem(where, None, "needs a flat int32 array")
        if size is not None and len(array) != size:
            raise InvalidProblem(where, None, f"needs {size} rows, found {len(array)}")
        outside = np.flatnonzero((array < 0) | (array >= length))
        if len(outside):
            raise InvalidProblem(
                where, int(outside[0]), f"{int(array[outside[0]])} is not within 0..{length - 1}"
            )

    def _check_pins(self) -> None:
        """No pin twice, no role over its headcount, no person in two places on one day.

        Two bookings with too little travel between them are people's own affair once confirmed: kept, not
        refused.
        """
        check_unique("pin_person", self.pin_person, self.pin_role)
        held: dict[int, int] = {}
        days: dict[int, list[tuple[int, int, int]]] = {}
        for index, (person, role) in enumerate(
            zip(self.pin_person.tolist(), self.pin_role.tolist(), strict=True)
        ):
            held[role] = held.get(role, 0) + 1
            if held[role] > self.roles.headcount[role]:
                raise InvalidProblem(
                    "pin_role", index, f"role {role} has {int(self.roles.headcount[role])} slots"
                )
            span = (int(self.roles.start[role]), int(self.roles.end[role]))
            for start, end, other in days.setdefault(person, []):
                if start <= span[1] and span[0] <= end:
                    raise InvalidProblem(
                        "pin_person",
                        index,
                        f"person {person} is already pinned to role {other} on these days",
                    )
            days[person].append((*span, role))
