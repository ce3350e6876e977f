"""Wide tables of people out of packed rows: what they want, can, speak, and when they are free.

Of many people they stay bits (see `jobs.matching.flags`), made from some of the rows at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import cast

import numpy as np

from jobs.matching.flags import Flags, Levels, flags, kept
from jobs.queries import anywhere
from jobs.queries.columns import Codes
from jobs.queries.packed import bits, first_bits, free_days, positions, within

Said = Mapping[int, Collection[str]]
"""Codes of role types by profile id."""


def flags_of(packed: np.ndarray, which: np.ndarray) -> np.ndarray:
    """bool[n, len(which)]: the bits at these positions, rising, of uint8[n, bytes]."""
    if len(which) and which[-1] == len(which) - 1:
        return kept(first_bits(packed, len(which)), len(which))
    return flags(len(packed), len(which), lambda some: bits(packed[some], which))


def wants_of(rows: np.ndarray, codes: Codes, which: np.ndarray, wishes: tuple[Said, Said]) -> np.ndarray:
    """bool[n, len(which)]: the role types at these positions that people want; `wishes` add some, then take some away."""
    out = rows["wants"].copy() if any(wishes) else rows["wants"]
    bit = {codes.role_types[position]: position for position in which.tolist()}
    known = rows["id"].astype(np.int64)
    for said, value in zip(wishes, (True, False), strict=True):
        ids = np.array(sorted(said), np.int64)
        ids = ids[within(known, ids)]
        for place, person in zip(positions(known, ids).tolist(), ids.tolist(), strict=True):
            for at in (bit[code] for code in said[person] if code in bit):
                mask = 128 >> at % 8
                byte = out[place, at // 8]
                out[place, at // 8] = byte | mask if value else byte & (255 - mask)
    return flags_of(out, which)


def levels_of(rows: np.ndarray, which: np.ndarray) -> np.ndarray:
    """uint8[n, len(which)]: the levels, 0 to 3, of the skills at these positions of PERSON rows."""
    low, high = (flags_of(rows[name], which) for name in ("skills_low", "skills_high"))
    if isinstance(low, Flags) and isinstance(high, Flags):
        return cast(np.ndarray, Levels(low, high))
    return low.view(np.uint8) + 2 * high.view(np.uint8)


def willing_of(rows: np.ndarray, hubs: int, *, remote: bool) -> np.ndarray:
    """bool[n, hubs], with `remote` one place more; see `anywhere.willing`."""
    return flags(len(rows), hubs + remote, lambda some: anywhere.willing(rows[some], hubs, remote=remote))


def free_of(rows: np.ndarray, part: str, first: int, days: int) -> np.ndarray:
    """bool[n, days] from day `first` on, by `part`, "free_day" or "free_night"."""
    return kept(free_days(rows[part], rows["base"], first, days), days)
