"""The columns of a problem, each with its type, its shape and its range, and the check that reads them.

A column is a NumPy array with one row a person or a role. Letters name the lengths: n people, m roles, T role
types, S skills, P hubs, L languages, C companies, K looks, D days of the window, B bookings. Days are counted
from the first day of the window (day 0); days before it are negative. Money is whole yuan a day. -1 in an index
column means "none"; looks count from 1, and 0 means "none".

Columns with a default may be left out: they are filled with nothing said.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Annotated, cast, get_type_hints

import numpy as np

from jobs.matching.flags import Flags, Levels

NEVER = -1_000_000  # a day index long before any window: "has not happened"
MAX_DAY = 1_000_000
MAX_YUAN = 10_000_000

DAY, NIGHT, BOTH = 1, 2, 3  # the parts of a shoot day; a role takes one or both on each of its days
ANY, FEMALE, MALE = 0, 1, 2
PRODUCTION, LEADS, EXTRAS = 0, 1, 2


class InvalidProblem(ValueError):
    """A problem or an instance that cannot be solved as given. Names the `array` and, where one row is at
    fault, its `index`.
    """

    def __init__(self, array: str, index: int | None, problem: str) -> None:
        self.array, self.index, self.problem = array, index, problem
        super().__init__(f"{array}{'' if index is None else f'[{index}]'}: {problem}")


@dataclass(frozen=True)
class Column:
    """What `check_columns` asks of an array: `high` is a number, or the letter of a length and then
    exclusive.
    """

    dtype: str
    shape: str
    low: int | None = None
    high: int | str | None = None


UNSAID = cast(np.ndarray, None)


@cache
def specs(table: type) -> dict[str, Column]:
    """The columns of a table by name. Kept: reading annotations takes longer than checking a small problem."""
    return {name: hint.__metadata__[0] for name, hint in get_type_hints(table, include_extras=True).items()}


def specs_of(table: People | Roles) -> dict[str, Column]:
    """The same of a table at hand."""
    kind: type = cast(type, type(table))  # mypy looks for the hash of a row where the class is the key
    return specs(kind)


def fill_neutral(table: People | Roles, rows: int, lengths: dict[str, int]) -> None:
    """Give each column that was left out its neutral values: zeros, and NEVER for days."""
    for name, spec in specs_of(table).items():
        if getattr(table, name) is None:
            shape = [rows, *(lengths.get(letter, 0) for letter in spec.shape[1:])]
            # Zeros that nobody writes to take no memory; filled ones would.
            never = spec.low == NEVER
            neutral = np.full(shape, NEVER, spec.dtype) if never else np.zeros(shape, spec.dtype)
            object.__setattr__(table, name, neutral)


@dataclass(frozen=True, eq=False)
class People:
    """Who looks for work, one row a person."""

    person_ids: Annotated[np.ndarray, Column("int64", "n")]
    wants: Annotated[np.ndarray, Column("bool", "nT")]  # role types she looks for
    primary: Annotated[np.ndarray, Column("int32", "n", -1, "T")]  # the role type she names first
    skills: Annotated[np.ndarray, Column("uint8", "nS", 0, 3)]  # 0 not held, 1 learnt, 2 practised, 3 expert
    rate_floor: Annotated[np.ndarray, Column("int64", "n", 0, MAX_YUAN)]  # yuan a day
    home_hub: Annotated[np.ndarray, Column("int32", "n", -1, "P")]
    willing: Annotated[np.ndarray, Column("bool", "nP")]  # hubs she would work in
    languages: Annotated[np.ndarray, Column("bool", "nL")]  # languages and dialects alike
    birth_day: Annotated[np.ndarray, Column("int64", "n", 0, 4_000_000)]  # date.toordinal(); 0 not said
    guardian_consent: Annotated[np.ndarray, Column("bool", "n")]  # on file; matters at 16 and 17 only
    sex: Annotated[np.ndarray, Column("int8", "n", 0, 2)]  # 0 not said, 1 female, 2 male
    playable_min: Annotated[
        np.ndarray, Column("int16", "n", 0, 120)
    ]  # youngest character; both 0: does no acting
    playable_max: Annotated[np.ndarray, Column("int16", "n", 0, 120)]
    height_cm: Annotated[np.ndarray, Column("int16", "n", 0, 300)]  # 0 not said
    appearance_until: Annotated[
        np.ndarray, Column("int32", "n", NEVER, MAX_DAY)
    ]  # last day she may not be on camera
    free_day: Annotated[np.ndarray, Column("bool", "nD")]
    free_night: Annotated[np.ndarray, Column("bool", "nD")]
    credits: Annotated[np.ndarray, Column("int32", "n", 0, 100_000)]  # completed bookings
    reliability: Annotated[np.ndarray, Column("int16", "n", 0, 200)]
    last_company: Annotated[np.ndarray, Column("int32", "n", -1, "C")]
    last_hub: Annotated[np.ndarray, Column("int32", "n", -1, "P")]
    last_end: Annotated[np.ndarray, Column("int32", "n", NEVER, MAX_DAY)]
    waiting_days: Annotated[np.ndarray, Column("int32", "n", 0, MAX_DAY)]
    booked_person: Annotated[
        np.ndarray, Column("int32", "B", 0, "n")
    ]  # bookings outside this problem's roles
    booked_start: Annotated[np.ndarray, Column("int32", "B", NEVER, MAX_DAY)]
    booked_end: Annotated[np.ndarray, Column("int32", "B", NEVER, MAX_DAY)]
    booked_hub: Annotated[np.ndarray, Column("int32", "B", 0, "P")]
    booked_part: Annotated[np.ndarray, Column("int8", "B", DAY, BOTH)]
    # The look her current commitments need (the strictest one), and the last day they need it.
    look: Annotated[np.ndarray, Column("int8", "n", 0, "K")] = UNSAID
    look_until: Annotated[np.ndarray, Column("int32", "n", NEVER, MAX_DAY)] = UNSAID
    stars: Annotated[np.ndarray, Column("bool", "nT")] = UNSAID  # role types she has starred

    def __post_init__(self) -> None:
        fill_neutral(self, len(self.person_ids), {"T": self.wants.shape[1]} if self.wants.ndim == 2 else {})


@dataclass(frozen=True, eq=False)
class Roles:
    """What is open, one row a role. `headcount` counts every slot to fill in this problem, those held by pins
    included.
    """

    role_ids: Annotated[np.ndarray, Column("int64", "m")]
    shoot: Annotated[np.ndarray, Column("int64", "m")]  # any number that names the shoot
    company: Annotated[np.ndarray, Column("int32", "m", 0, "C")]  # the hiring crew
    role_type: Annotated[np.ndarray, Column("int32", "m", 0, "T")]
    category: Annotated[np.ndarray, Column("int8", "m", PRODUCTION, EXTRAS)]  # leads and extras are cast
    start: Annotated[np.ndarray, Column("int32", "m", 0, "D")]  # first and last day, both worked
    end: Annotated[np.ndarray, Column("int32", "m", 0, "D")]
    part: Annotated[np.ndarray, Column("int8", "m", DAY, BOTH)]
    hub: Annotated[np.ndarray, Column("int32", "m", 0, "P")]
    headcount: Annotated[np.ndarray, Column("int32", "m", 1, 1_000_000)]
    day_rate: Annotated[np.ndarray, Column("int64", "m", 0, MAX_YUAN)]
    must: Annotated[np.ndarray, Column("uint8", "mS", 0, 3)]  # least level of each skill; 0 not asked
    nice: Annotated[np.ndarray, Column("bool", "mS")]
    speaks_all: Annotated[np.ndarray, Column("bool", "mL")]  # every one of these
    speaks_any: Annotated[np.ndarray, Column("bool", "mL")]  # and, where any is set, at least one of these
    age_min: Annotated[np.ndarray, Column("int16", "m", 0, 120)]  # of the character; both 0: not asked
    age_max: Annotated[np.ndarray, Column("int16", "m", 0, 120)]
    sex: Annotated[np.ndarray, Column("int8", "m", 0, 2)]  # of the character; 0 not asked
    height_min: Annotated[np.ndarray, Column("int16", "m", 0, 300)]  # 0 not asked
    height_max: Annotated[np.ndarray, Column("int16", "m", 0, 300)]
    entry_level: Annotated[np.ndarray, Column("bool", "m")]  # friendly to a first job
    hazard: Annotated[np.ndarray, Column("bool", "m")]  # wire work, fire, water, height
    urgency: Annotated[
        np.ndarray, Column("int32", "m", 0, MAX_DAY)
    ]  # days until its first day: small is urgent
    look: Annotated[np.ndarray, Column("int8", "m", 0, "K")] = UNSAID  # the part needs it; cast only

    def __post_init__(self) -> None:
        fill_neutral(self, len(self.role_ids), {})


def check_columns(table: People | Roles, lengths: dict[str, int]) -> None:
    """Raise `InvalidProblem` for the first column of the wrong type, shape or range. A length not yet known
    is learnt.
    """
    name = type(table).__name__.lower()
    for each, spec in specs_of(table).items():
        where, array = f"{name}.{each}", getattr(table, each)
        known = isinstance(array, np.ndarray | Flags | Levels)
        if not known or array.dtype != np.dtype(spec.dtype):
            found = array.dtype if known else type(array).__name__
            raise InvalidProblem(where, None, f"needs dtype {spec.dtype}, found {found}")
        shape = tuple(
            lengths.setdefault(letter, size) for letter, size in zip(spec.shape, array.shape, strict=False)
        )
        if array.ndim != len(spec.shape) or array.shape != shape:
            raise InvalidProblem(
                where, None, f"needs shape {shape} ({', '.join(spec.shape)}), found {array.shape}"
            )
        _check_range(where, array, spec.low, spec.high, lengths)


def _check_range(
    where: str, array: np.ndarray, low: int | None, high: int | str | None, lengths: dict[str, int]
) -> None:
    if low is None or array.size == 0:
        return
    top = lengths[high] - 1 if isinstance(high, str) else high
    if array.min() >= low and array.max() <= top:  # no table of flags as large as the column
        return
    outside = (array < low) | (array > top)
    if outside.any():
        index = int(np.argwhere(outside)[0][0])
        raise InvalidProblem(where, index, f"{int(array[outside][0])} is not within {low}..{top}")


def check_unique(where: str, *keys: np.ndarray) -> None:
    """Raise for the first row whose key already stands in an earlier row."""
    if len(keys) == 1 and (len(keys[0]) < 2 or (keys[0][1:] > keys[0][:-1]).all()):
        return  # in order, as the database gives them: nothing to remember for millions of rows
    seen: dict[tuple[int, ...], int] = {}
    for index, key in enumerate(zip(*(k.tolist() for k in keys), strict=True)):
        if key in seen:
            raise InvalidProblem(where, index, f"repeats row {seen[key]}")
        seen[key] = index


def check_triangle(where: str, buffer: np.ndarray) -> None:
    """Raise unless buffer[a, c] <= buffer[a, b] + buffer[b, c] + 1 for all hubs.

    Only then may roles that follow each other be chained pair by pair: a schedule is a path.
    """
    for b in range(len(buffer)):
        far = buffer > buffer[:, b][:, None] + buffer[b, :][None, :] + 1
        if far.any():
            a, c = (int(i) for i in np.argwhere(far)[0])
            raise InvalidProblem(
                where, a, f"{a} to {c} takes {int(buffer[a, c])} days, longer than over {b} and a day there"
            )
