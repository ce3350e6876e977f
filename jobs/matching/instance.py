"""Clearing instances and plans as NumPy `.npz` files, so that any solver can do the same work.

Instance: `format` (1), `n_people`; `role_start`, `role_end`, `role_place`, `role_headcount` (int32, m);
`travel_days` (int32, p by p); `pair_person`, `pair_role`, `pair_score` (int32, e); optionally `pin_person`,
`pin_role` (int32, q). Plan: `person`, `role` (int32, k) and, where proven, `price` (int64, m). Pins are pairs
of the plan; a pin that is not among the pairs scores 0.
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from jobs.matching.columns import InvalidProblem, check_triangle, check_unique

FORMAT = 1


def _no_pins() -> np.ndarray:
    return np.zeros(0, np.int32)


def _rises(major: np.ndarray, minor: np.ndarray) -> bool:
    return bool(((major[1:] > major[:-1]) | ((major[1:] == major[:-1]) & (minor[1:] > minor[:-1]))).all())


@dataclass(frozen=True, eq=False)
class Instance:
    """A checked clearing instance, arrays as in the file. Raises `InvalidProblem` with the array and the
    index at fault.
    """

    n_people: int
    role_start: np.ndarray
    role_end: np.ndarray
    role_place: np.ndarray
    role_headcount: np.ndarray
    travel_days: np.ndarray
    pair_person: np.ndarray
    pair_role: np.ndarray
    pair_score: np.ndarray
    pin_person: np.ndarray = field(default_factory=_no_pins)
    pin_role: np.ndarray = field(default_factory=_no_pins)

    def __post_init__(self) -> None:
        if self.n_people < 0:
            raise InvalidProblem("n_people", None, f"{self.n_people} is less than 0")
        m, p, e = self.role_start.shape, len(self.travel_days), self.pair_person.shape
        for name, shape in (
            *((name, m) for name in ("role_start", "role_end", "role_place", "role_headcount")),
            ("travel_days", (p, p)),
            *((name, e) for name in ("pair_person", "pair_role", "pair_score")),
            *((name, self.pin_person.shape) for name in ("pin_person", "pin_role")),
        ):
            array = getattr(self, name)
            if array.dtype != np.int32:
                raise InvalidProblem(name, None, f"needs dtype int32, found {array.dtype}")
            if array.shape != shape or (name != "travel_days" and array.ndim != 1):
                raise InvalidProblem(
                    name, None, f"found shape {array.shape}, which does not fit the other arrays"
                )
        self._check_values(m[0], p)
        self._check_pins()

    def _check_values(self, m: int, p: int) -> None:
        for name, low, high in (
            ("role_place", 0, p - 1),
            ("role_headcount", 1, None),
            ("pair_person", 0, self.n_people - 1),
            ("pair_role", 0, m - 1),
            ("pair_score", 1, None),
            ("pin_person", 0, self.n_people - 1),
            ("pin_role", 0, m - 1),
        ):
            array = getattr(self, name)
            wrong = np.flatnonzero((array < low) | (array > high) if high is not None else array < low)
            if len(wrong):
                span = f"{low}..{high}" if high is not None else f"{low} and above"
                raise InvalidProblem(name, int(wrong[0]), f"{int(array[wrong[0]])} is not within {span}")
        wrong = np.flatnonzero(self.role_start > self.role_end)
        if len(wrong):
            at = int(wrong[0])
            raise InvalidProblem(
                "role_start", at, f"{int(self.role_start[at])} is after role_end {int(self.role_end[at])}"
            )
        if (self.travel_days < 0).any():
            raise InvalidProblem(
                "travel_days", int(np.argwhere(self.travel_days < 0)[0][0]), "a negative number of days"
            )
        check_triangle("travel_days", self.travel_days.astype(np.int64))
        if _rises(self.pair_role, self.pair_person) or _rises(self.pair_person, self.pair_role):
            return  # in order, by role or by person: no pair twice
        keys = self.pair_person.astype(np.int64) * max(m, 1) + self.pair_role
        if (np.diff(np.sort(keys)) == 0).any():
            order = np.argsort(keys, kind="stable")
            at = int(order[np.flatnonzero(np.diff(keys[order]) == 0) + 1].min())
            raise InvalidProblem(
                "pair_person",
                at,
                f"person {self.pair_person[at]} and role {self.pair_role[at]} stand there twice",
            )

    def _check_pins(self) -> None:
        check_unique("pin_person", self.pin_person, self.pin_role)
        held: dict[int, int] = {}
        of: dict[int, list[int]] = {}
        for index, (person, role) in enumerate(
            zip(self.pin_person.tolist(), self.pin_role.tolist(), strict=True)
        ):
            held[role] = held.get(role, 0) + 1
            if held[role] > self.role_headcount[role]:
                raise InvalidProblem(
                    "pin_role", index, f"role {role} has {int(self.role_headcount[role])} slots"
                )
            for other in of.setdefault(person, []):
                if self.clash(role, other):
                    raise InvalidProblem(
                        "pin_person", index, f"person {person} cannot hold roles {other} and {role} together"
                    )
            of[person].append(role)

    def clash(self, a: int, b: int) -> bool:
        """Whether one person cannot hold both roles."""
        if (self.role_start[a], a) > (self.role_start[b], b):
            a, b = b, a
        buffer = int(self.travel_days[self.role_place[a], self.role_place[b]])
        if self.role_start[a] == self.role_start[b]:
            return True
        return int(self.role_start[b]) <= int(self.role_end[a]) + buffer


@dataclass(frozen=True, eq=False)
class PlanFile:
    """A plan for an instance: pairs, and prices where the solver proves a bound."""

    person: np.ndarray
    role: np.ndarray
    price: np.ndarray | None = None


def _read(path: str | Path, required: tuple[str, ...], optional: tuple[str, ...]) -> dict[str, np.ndarray]:
    try:
        if not zipfile.is_zipfile(path):
            Path(path).open("rb").close()  # says why, where it cannot even be read
            raise InvalidProblem(str(path), None, "is not an .npz file: cut short, or of another kind")
        with np.load(path, allow_pickle=False) as file:
            found = {}
            for name in (*required, *optional):
                if name not in file:
                    if name in required:
                        raise InvalidProblem(name, None, "is missing")
                    continue
                try:
                    found[name] = file[name]
                except (ValueError, EOFError, OSError, zlib.error, zipfile.BadZipFile) as error:
                    raise InvalidProblem(name, None, f"cannot be read: {error}") from error
                if not isinstance(found[name], np.ndarray):
                    raise InvalidProblem(name, None, "is not a NumPy array")
            return found
    except OSError as error:
        raise InvalidProblem(str(path), None, f"cannot be read: {error.strerror or error}") from error
    except (zipfile.BadZipFile, EOFError, TypeError, ValueError) as error:
        if isinstance(error, InvalidProblem):
            raise
        raise InvalidProblem(str(path), None, f"is not an .npz file that can be read: {error}") from error


_PAIRS = ("pair_person", "pair_role", "pair_score")
_ROLES = ("role_start", "role_end", "role_place", "role_headcount", "travel_days")


def load_instance(path: str | Path) -> Instance:
    """The instance in `path`. Raises `InvalidProblem`."""
    found = _read(path, ("format", "n_people", *_ROLES, *_PAIRS), ("pin_person", "pin_role"))
    for name in ("format", "n_people"):
        value = found[name]
        if value.dtype != np.int64 or value.shape != ():
            raise InvalidProblem(
                name, None, f"needs a single int64, found {value.dtype} of shape {value.shape}"
            )
    if int(found.pop("format")) != FORMAT:
        raise InvalidProblem("format", None, f"only format {FORMAT} is known")
    if ("pin_person" in found) != ("pin_role" in found):
        raise InvalidProblem("pin_role" if "pin_person" in found else "pin_person", None, "is missing")
    for name, array in found.items():
        if name != "n_people" and array.ndim != (2 if name == "travel_days" else 1):
            raise InvalidProblem(name, None, f"found shape {array.shape}")
    return Instance(n_people=int(found.pop("n_people")), **found)


def save_instance(instance: Instance, path: str | Path) -> None:
    """Write `instance` to `path`."""
    arrays: dict[str, Any] = {name: getattr(instance, name) for name in (*_ROLES, *_PAIRS)}
    if len(instance.pin_person):
        arrays |= {"pin_person": instance.pin_person, "pin_role": instance.pin_role}
    with open(path, "wb") as file:
        # Not compressed: a nation is read in a tenth of a second that way, and written as fast.
        np.savez(file, format=np.int64(FORMAT), n_people=np.int64(instance.n_people), **arrays)


def load_plan(path: str | Path, instance: Instance) -> PlanFile:
    """The plan in `path`, its shape checked against `instance`. Whether it is good is for the verifier."""
    found = _read(path, ("person", "role"), ("price",))
    for name, array in found.items():
        needed = np.dtype(np.int64 if name == "price" else np.int32)
        if array.dtype != needed or array.ndim != 1:
            raise InvalidProblem(
                name, None, f"needs a flat {needed} array, found {array.dtype} of shape {array.shape}"
            )
    if len(found["person"]) != len(found["role"]):
        raise InvalidProblem(
            "role", None, f"has {len(found['role'])} rows, person has {len(found['person'])}"
        )
    if "price" in found and len(found["price"]) != len(instance.role_start):
        raise InvalidProblem(
            "price", None, f"has {len(found['price'])} rows for {len(instance.role_start)} roles"
        )
    return PlanFile(found["person"], found["role"], found.get("price"))


def save_plan(plan: PlanFile, path: str | Path) -> None:
    """Write `plan` to `path`."""
    price: dict[str, Any] = {} if plan.price is None else {"price": plan.price}
    with open(path, "wb") as file:
        np.savez_compressed(file, person=plan.person, role=plan.role, **price)
