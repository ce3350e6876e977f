"""What one scan of the market found, and the lists and columns that answer the first half of every question about it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from jobs.matching import Weights
from jobs.matching.scoring import HALF_EXPERIENCE
from jobs.queries.packed import ANYWHERE, PERSON, positions

HUBS = PERSON["willing"].itemsize * 8
USUAL = Weights()


@dataclass(frozen=True, eq=False)
class Base:
    """What was read in one scan: people by id, what they are bound to by person, and where each role type is wanted,
    by whom who would go to each hub for it.
    """

    people: np.ndarray
    held: np.ndarray

    @cached_property
    def wanted(self) -> tuple[np.ndarray, np.ndarray]:
        """int32 rows of people by role type, and int64[types + 1] where each type's rows begin."""
        packed = _upright(self.people["wants"])
        return _joined([np.flatnonzero(_plane(packed, at)).astype(np.int32) for at in range(8 * len(packed))])

    @cached_property
    def near(self) -> tuple[np.ndarray, np.ndarray]:
        """The same by role type and hub: a person stands once for each hub she would go to."""
        rows, starts = self.wanted
        willing, types = _upright(self.people["willing"]), len(starts) - 1
        lists = [rows[:0]] * (types * HUBS)
        for hub in np.flatnonzero(np.unpackbits(np.bitwise_or.reduce(willing, axis=1))).tolist():
            found = np.flatnonzero(_plane(willing, hub)[rows])
            cuts = np.searchsorted(found, starts)
            for kind in np.flatnonzero(np.diff(cuts)).tolist():
                lists[kind * HUBS + hub] = rows[found[cuts[kind] : cuts[kind + 1]]]
        return _joined(lists)

    @cached_property
    def quick(self) -> dict[str, np.ndarray]:
        """What most people fail on and what they bring, each in an array of its own; see `brought`. `busy`: who has a
        booking or an offer.
        """
        out = brought(self.people)
        out |= {name: np.ascontiguousarray(self.people[name]) for name in ("willing", "flags")}
        busy = np.zeros(len(self.people), bool)
        busy[positions(out["ids"], np.unique(self.holders))] = True
        return out | {"busy": busy}

    @cached_property
    def holders(self) -> np.ndarray:
        """Whose each row of `held` is: in the machine's own order of bytes, which a search would make anew each time."""
        return self.held["person"].astype(np.int64)

    def prepare(self) -> None:
        """Do now what the first question would wait for."""
        self.near, self.quick, self.holders  # noqa: B018 - kept by the properties

    def wanting(self, role_type: int, hub: int) -> np.ndarray:
        """Rows of who wants the role type and would go to the hub; ANYWHERE asks nobody to go."""
        if hub == ANYWHERE:
            rows, starts = self.wanted
            return rows[starts[role_type] : starts[role_type + 1]]
        rows, starts = self.near
        at = role_type * HUBS + hub
        return rows[starts[at] : starts[at + 1]]


def brought(people: np.ndarray) -> dict[str, np.ndarray]:
    """What PERSON rows bring to any role, in the machine's own order of bytes: `ids`, `rate_floor`, `home`, `primary`,
    `first` (no job done yet), and `static`, points for experience and reliability.
    """
    w, credits = USUAL, people["credits"].astype(np.int32)
    reliable = w.reliability * people["reliability"].astype(np.int32) // 200
    return {
        "ids": people["id"].astype(np.int64),
        "rate_floor": people["rate_floor"].astype(np.int32),
        "home": people["home"].astype(np.int16),
        "primary": people["primary"].astype(np.int16),
        "first": credits == 0,
        "static": w.experience * credits // (credits + HALF_EXPERIENCE) + reliable,
    }


def _upright(packed: np.ndarray) -> np.ndarray:
    """uint8[bytes, n] of uint8[n, bytes]: one byte of everybody side by side."""
    return np.ascontiguousarray(np.ascontiguousarray(packed).T)


def _plane(upright: np.ndarray, bit: int) -> np.ndarray:
    """bool[n]: one bit of everybody."""
    return (upright[bit // 8] & (128 >> bit % 8)) > 0


def _joined(lists: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """The lists one behind the other, and int64[len + 1] where each begins."""
    starts = np.zeros(len(lists) + 1, np.int64)
    np.cumsum([len(each) for each in lists], out=starts[1:])
    return np.concatenate(lists), starts
