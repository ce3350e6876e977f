"""Wide tables of a nation kept as bits: read like the arrays they stand for, at an eighth of the memory and less.

A column of flags or levels that has one byte for each person and code fills half a gigabyte for a nation; the same
in bits fills sixty megabytes. Whoever asks for some rows gets them as plain arrays; the compiled loops take some ten
thousand rows at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np

PLAIN = 50_000  # rows up to which a plain array is small enough, and quicker
CHUNK = 1 << 15  # rows that are unpacked at a time


class Flags:
    """bool[n, width] as uint8[n, bytes], the first flag in the highest bit. Never changed."""

    dtype = np.dtype(np.bool_)
    ndim = 2

    def __init__(self, packed: np.ndarray, width: int) -> None:
        self.packed = np.ascontiguousarray(packed)
        self.shape = (len(packed), width)

    def __len__(self) -> int:
        return self.shape[0]

    @property
    def size(self) -> int:
        return self.shape[0] * self.shape[1]

    def __getitem__(self, key: Any) -> np.ndarray:
        """What `array[key]` is: rows, or (rows, columns)."""
        rows, columns = key if isinstance(key, tuple) else (key, slice(None))
        if isinstance(columns, slice | np.ndarray) and isinstance(rows, slice):
            return self._plain(self.packed[rows])[:, columns]
        if isinstance(columns, slice):
            return self._plain(self.packed[rows])[..., columns]
        at = np.asarray(columns)
        return (self.packed[rows, at >> 3] >> (7 - (at & 7)).astype(np.uint8) & 1).astype(np.bool_)

    def _plain(self, packed: np.ndarray) -> np.ndarray:
        return np.unpackbits(packed, axis=-1, count=self.shape[1]).view(np.bool_)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return self[:].astype(dtype or self.dtype, copy=False)

    def copy(self) -> np.ndarray:
        """As a plain array, which may be changed."""
        return self[:]

    def tolist(self) -> list[list[bool]]:
        return self[:].tolist()


class Levels:
    """uint8[n, width] of 0 to 3 as two tables of flags: the low bit and the high bit of each level."""

    dtype = np.dtype(np.uint8)
    ndim = 2

    def __init__(self, low: Flags, high: Flags) -> None:
        self.low, self.high, self.shape, self.size = low, high, low.shape, low.size

    def __len__(self) -> int:
        return self.shape[0]

    def __getitem__(self, key: Any) -> np.ndarray:
        return self.low[key].view(np.uint8) + 2 * self.high[key].view(np.uint8)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return self[:].astype(dtype or self.dtype, copy=False)

    def min(self) -> int:
        return 0

    def max(self) -> int:
        return 3

    def tolist(self) -> list[list[int]]:
        return self[:].tolist()


def kept(packed: np.ndarray, width: int) -> np.ndarray:
    """bool[n, width] of uint8[n, bytes], which is left as it is where there are many rows: see `Flags`."""
    bits = Flags(packed, width)
    return bits[:] if len(packed) <= PLAIN else cast(np.ndarray, bits)


def flags(rows: int, width: int, some: Callable[[slice], np.ndarray]) -> np.ndarray:
    """`some(slice(None))`, bool[rows, width]; of many rows as `Flags`, made from some of them at a time."""
    if rows <= PLAIN:
        return some(slice(None))
    packed = np.empty((rows, -(-width // 8)), np.uint8)
    for low, high in in_chunks(rows):
        packed[low:high] = np.packbits(some(slice(low, high)), axis=1)
    return kept(packed, width)


def some_rows(table: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """`table[rows]` as it is kept: bits stay bits."""
    kept: Any = table
    if isinstance(kept, Flags):
        return cast(np.ndarray, Flags(kept.packed[rows], kept.shape[1]))
    if isinstance(kept, Levels):
        halves = (Flags(half.packed[rows], half.shape[1]) for half in (kept.low, kept.high))
        return cast(np.ndarray, Levels(*halves))
    return table[rows]


def in_chunks(rows: int) -> list[tuple[int, int]]:
    """(low, high) of the chunks of a table."""
    return [(low, min(rows, low + CHUNK)) for low in range(0, rows, CHUNK)]
