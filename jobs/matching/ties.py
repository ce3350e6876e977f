"""Ties: who goes first when two are equally good.

A number from a seed and the ids, by the mixing steps of SplitMix64 (Steele, Lea and Flood, "Fast Splittable
Pseudorandom Number Generators", 2014). Old ids gain nothing by it, row order has no part in it, and the same
seed always says the same.
"""

from __future__ import annotations

import numpy as np

_STEP = np.uint64(0x9E3779B97F4A7C15)


def _mix(value: np.ndarray) -> np.ndarray:
    with np.errstate(over="ignore"):
        value = value + _STEP
        value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return value ^ (value >> np.uint64(31))


def lots(seed: int, ids: np.ndarray, salt: int = 0) -> np.ndarray:
    """uint64[len(ids)]: a lot drawn for each id. `salt` gives each role, say, a draw of its own."""
    start = _mix(np.array([seed & 0xFFFFFFFFFFFFFFFF], np.uint64)) ^ _mix(
        np.array([salt & 0xFFFFFFFFFFFFFFFF], np.uint64)
    )
    return _mix(_mix(ids.astype(np.int64).view(np.uint64)) ^ start)


def drawn_order(seed: int, ids: np.ndarray, salt: int = 0) -> np.ndarray:
    """Positions of `ids` in the order of their lots; equal lots (they do not happen in practice) by id."""
    return np.lexsort((ids, lots(seed, ids, salt)))
