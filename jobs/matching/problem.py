"""The frozen input of the engine: people, open roles and what binds them, in columns, checked when made."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np

from jobs.matching.checking import check_problem
from jobs.matching.columns import DAY, NIGHT, InvalidProblem, People, Roles

RULES_VERSION = 2
HIGHEST_SCORE = 1100
LARGE = 5_000_000  # pairs


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
    marked: int = 80  # the hiring crew has marked her: this much more or less at the ends of the scale
    starred: int = 40  # she has starred the crew; half of it for the role type alone

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if type(value) is not int or value < 0:
                raise InvalidProblem(f"weights.{name}", None, f"{value!r} is not a whole number of points")
        best = (
            self.skills
            + max(self.experience, self.first_job)  # who has experience has had her first job
            + self.reliability
            + max(self.near_home, self.near_day, self.near_far)
            + self.primary
            + max(self.same_company, self.same_hub)
            + self.headroom
            + self.marked
            + self.starred
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
    looks: tuple[str | int, ...] = ()  # a look's number is its position and one


@dataclass(frozen=True)
class Unit:
    """People (positions) who move together: "all" of them on roles of one shoot or none, "at_least" so many of
    them or none, or "split" as it comes.
    """

    people: tuple[int, ...]
    keep: Literal["all", "at_least", "split"] = "all"
    least: int = 0


def _none() -> np.ndarray:
    return np.zeros(0, np.int32)


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
    takes a slot and blocks the person's days, and its eligibility is not asked again. `mark` is what a crew
    thinks of a person it has had, 1 (never again) to 6 (any time); a star is a person's liking for a crew.
    Raises `InvalidProblem` with the array and the index at fault.
    """

    window_start: dt.date
    days: int
    vocabulary: Vocabulary
    people: People
    roles: Roles
    travel_days: np.ndarray
    pin_person: np.ndarray = field(default_factory=_none)
    pin_role: np.ndarray = field(default_factory=_none)
    block_person: np.ndarray = field(default_factory=_none)
    block_company: np.ndarray = field(default_factory=_none)
    mark_person: np.ndarray = field(default_factory=_none)
    mark_company: np.ndarray = field(default_factory=_none)
    mark: np.ndarray = field(default_factory=_none)
    star_person: np.ndarray = field(default_factory=_none)
    star_company: np.ndarray = field(default_factory=_none)
    units: tuple[Unit, ...] = ()
    weights: Weights = field(default_factory=Weights)
    rules_version: int = RULES_VERSION

    def __post_init__(self) -> None:
        check_problem(self)

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

    @property
    def is_large(self) -> bool:
        """Whether an index pays for one question already."""
        return self.n_people * self.n_roles > LARGE or "index" in self.__dict__

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
