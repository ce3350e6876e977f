"""Counts that everybody may read: rounded to fives cell by cell, so that no sum and no difference finds one person.

The method is random rounding (as offices of statistics use it), made additive. A cell is the finest thing ever counted
for the public; each has a lot of 0 to 4 that nobody outside knows and that stays the same for ever. A count is shown as
the multiple of five below count + lot. What is shown of a hub, a department, a month or a year is the sum of such cells
and of nothing else, so taking parts from a whole only leads back to cells. Of a cell, whatever else is shown, each shown
number stands for at least five true ones.

What happens day by day is rounded as a running sum of its month: the days of a month add up to what the month shows.
"""

from collections.abc import Hashable, Sequence
from functools import cache
from hashlib import blake2b

import numpy as np
from django.conf import settings

STEP = 5


@cache
def _secret() -> bytes:
    return blake2b(settings.SECRET_KEY.encode(), person=b"market-rounding").digest()


def lots(key: Hashable, count: int) -> np.ndarray:
    """int64[count]: the lots of a cell, 0 to 4, one for each thing counted of it; the same for the same key for ever."""
    drawn = blake2b(repr(key).encode(), key=_secret(), digest_size=count).digest()
    return np.frombuffer(drawn, np.uint8).astype(np.int64) % STEP


def stock(counts: np.ndarray, lot: np.ndarray) -> np.ndarray:
    """What is shown of counts that stand: the multiple of five below count + lot. 0 stays 0, and 5 stays 5."""
    return STEP * ((counts + lot) // STEP)


def lots_of(keys: Sequence[Hashable], count: int) -> np.ndarray:
    """int64[len(keys), count]: the lots of many cells, each as `lots` draws it."""
    drawn = b"".join(blake2b(repr(key).encode(), key=_secret(), digest_size=count).digest() for key in keys)
    return np.frombuffer(drawn, np.uint8).astype(np.int64).reshape(len(keys), count) % STEP


def flow(counts: np.ndarray, lot: np.ndarray) -> np.ndarray:
    """What is shown of counts[days, ..., things] of a month, in the order of days: steps of the rounded sums."""
    return np.diff(stock(np.cumsum(counts, axis=0), lot), axis=0, prepend=0)


def one(count: int, *key: Hashable) -> int:
    """A single count that stands, rounded with the lot of its key."""
    return int(stock(np.array([count]), lots(key, 1))[0])


def pairs(counts: Sequence[tuple[int, int]], keys: Sequence[tuple]) -> list[tuple[int, int]]:
    """Two counts of each key, both rounded with lots of their own."""
    if not keys:
        return []
    return [(int(a), int(b)) for a, b in stock(np.array(counts, np.int64), lots_of(keys, 2))]
