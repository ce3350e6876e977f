"""Rows of fixed length as bytes: what stands where, and how bits become columns.

Numbers are big-endian, days are `date.toordinal()` (0 for none), -1 is no bit. The migration that packs people writes
the same order.
"""

from __future__ import annotations

import numpy as np

RING = 384
"""Free days are kept as bits of a ring: the bit of a day is its number modulo RING, from `base` on for RING days."""

LISTED = 1
"""Of `flags`: she is open to offers and her account is alive. The next two bits are the sex she said, for casting."""

ANYWHERE = 255
"""The hub of remote work in ROLE and COMMITMENT: the last bit, which no hub is ever given. Everybody works there."""

PERSON = np.dtype(
    [
        ("id", ">i8"),
        ("base", ">i4"),
        ("rate_floor", ">i4"),
        ("born", ">i4"),
        ("waiting_since", ">i4"),
        ("appearance_until", ">i4"),
        ("credits", ">i4"),
        ("home", ">i2"),
        ("primary", ">i2"),
        ("playable_min", ">i2"),
        ("playable_max", ">i2"),
        ("height", ">i2"),
        ("reliability", ">i2"),
        ("flags", ">i2"),
        ("spare", ">i2"),
        ("willing", "u1", (32,)),
        ("languages", "u1", (8,)),
        ("wants", "u1", (24,)),
        ("skills_low", "u1", (24,)),
        ("skills_high", "u1", (24,)),
        ("free_day", "u1", (48,)),
        ("free_night", "u1", (48,)),
    ]
)

COMMITMENT = np.dtype(
    [
        ("person", ">i8"),
        ("id", ">i8"),
        ("role", ">i8"),
        ("crew", ">i8"),
        ("first", ">i4"),
        ("last", ">i4"),
        ("hub", ">i2"),
        ("part", ">i2"),
        ("offer", ">i2"),
    ]
)
"""A standing booking, or (`offer` 1) an offer that waits for her answer. `last` is worked."""

BOND = np.dtype([("person", ">i8"), ("crew", ">i8"), ("kind", ">i2"), ("value", ">i2")])
"""What a person and a crew think of each other: `kind` is one of the three below, `value` the crew's mark."""

BLOCKED, STARRED, MARKED = 1, 2, 3

ROLE = np.dtype(
    [
        ("id", ">i8"),
        ("shoot", ">i8"),
        ("crew", ">i8"),
        ("first", ">i4"),
        ("last", ">i4"),
        ("day_rate", ">i4"),
        ("role_type", ">i2"),
        ("category", ">i2"),
        ("hub", ">i2"),
        ("part", ">i2"),
        ("headcount", ">i2"),
        ("filled", ">i2"),
        ("sex", ">i2"),
        ("age_min", ">i2"),
        ("age_max", ">i2"),
        ("height_min", ">i2"),
        ("height_max", ">i2"),
        ("entry_level", ">i2"),
        ("open", ">i2"),
        ("spare", ">i2"),
        ("speaks", "u1", (8,)),
        ("must_low", "u1", (24,)),
        ("must_high", "u1", (24,)),
        ("nice", "u1", (24,)),
    ]
)


def whole(rows: np.ndarray) -> np.ndarray:
    """The same rows as so many bytes each: NumPy moves these at once, but a row with fields field by field, ten times as
    slowly.
    """
    return rows.view(np.dtype((np.void, rows.dtype.itemsize)))


def take(rows: np.ndarray, at: np.ndarray) -> np.ndarray:
    """rows[at], of rows with fields."""
    return whole(rows)[at].view(rows.dtype)


def joined(*rows: np.ndarray) -> np.ndarray:
    """Rows with the same fields one behind the other; `np.concatenate` would turn their bytes around."""
    return np.concatenate([whole(each) for each in rows]).view(rows[0].dtype)


def positions(ids: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """int64[len(wanted)]: where each wanted id stands in `ids` (ascending); those that are not in it are left out."""
    if not len(ids):
        return np.zeros(0, np.int64)
    at = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    return at[ids[at] == wanted]


def within(ids: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """bool[len(wanted)]: whether each stands in `ids` (ascending). `np.isin` would sort a country for a handful."""
    if not len(ids):
        return np.zeros(len(wanted), bool)
    return ids[np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)] == wanted


def bits(packed: np.ndarray, which: np.ndarray) -> np.ndarray:
    """bool[n, len(which)] of uint8[n, bytes]: the bits at these positions."""
    if 4 * len(which) < 8 * packed.shape[1]:
        return (packed[:, which // 8] & (128 >> which % 8).astype(np.uint8)) > 0
    flags = np.unpackbits(packed, axis=1).view(np.bool_)
    return flags[:, : len(which)] if len(which) and which[-1] == len(which) - 1 else flags[:, which]


def levels(low: np.ndarray, high: np.ndarray, which: np.ndarray) -> np.ndarray:
    """uint8[n, len(which)] of levels 0 to 3, out of their two bits."""
    return bits(low, which).view(np.uint8) + 2 * bits(high, which).view(np.uint8)


def first_bits(packed: np.ndarray, count: int) -> np.ndarray:
    """uint8[n, bytes]: the first `count` bits of each row as they are, and none behind them."""
    out = np.ascontiguousarray(packed[:, : -(-count // 8)])
    if count % 8:
        out = out & np.array([255] * (count // 8) + [256 - (256 >> count % 8)], np.uint8)
    return out


def free_days(packed: np.ndarray, base: np.ndarray, first: int, days: int) -> np.ndarray:
    """uint8[n, bytes]: as bits, the days from the one with number `first` on, out of rings that speak of RING days from
    `base` on. A ring is turned byte by byte, not day by day: a country has fifty million of them.
    """
    byte, shift = divmod(first % RING, 8)
    turned = packed[:, (byte + np.arange(-(-days // 8) + 1)) % (RING // 8)]
    out = (turned[:, :-1] << shift) | (turned[:, 1:] >> (8 - shift))
    day, cut, begin = np.arange(days), np.arange(days + 1)[:, None], base.astype(np.int64) - first
    spoken = np.packbits(day >= cut, axis=1)[np.clip(begin, 0, days)]
    spoken &= np.packbits(day < cut, axis=1)[np.clip(begin + RING, 0, days)]
    return out & spoken
