"""Numbers drawn by counting: draw number k of a column is a function of the seed, the column and k.

The stream of SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014), read at
any place. Only whole numbers, so every machine, every version of NumPy and every number of threads draws the
same market.
"""

from __future__ import annotations

import zlib

import numpy as np

from jobs.matching.core.compiled import kernel

_STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_30, _27, _31, _32 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(32)


@kernel
def mixed(value):
    """uint64 to uint64, every bit of it moved by every other."""
    value = (value ^ (value >> _30)) * _FIRST
    value = (value ^ (value >> _27)) * _SECOND
    return value ^ (value >> _31)


@kernel
def drawn(key, k):
    """The k-th uint64 of the column `key`."""
    return mixed(key + np.uint64(k) * _STEP)


@kernel
def below(key, k, n):
    """The k-th whole number in 0..n-1 of the column `key`; n below 2^31."""
    return np.int64(((drawn(key, k) >> _32) * np.uint64(n)) >> _32)


@kernel
def _fill(key, n, out):
    for k in range(len(out)):
        out[k] = below(key, k, n)


def key(seed: int, column: str) -> np.uint64:
    """The key of a column by name."""
    word = (seed * 0x2545F4914F6CDD1D + (zlib.crc32(column.encode()) << 17)) & 0xFFFFFFFFFFFFFFFF
    return np.uint64(mixed(np.uint64(word)))


def numbers(seed: int, column: str, n: int, size: int) -> np.ndarray:
    """int64[size] of numbers in 0..n-1."""
    out = np.empty(size, np.int64)
    _fill(key(seed, column), n, out)
    return out


def from_weights(seed: int, column: str, weights: np.ndarray, size: int) -> np.ndarray:
    """int64[size] of positions of `weights` (whole numbers), each as often as it weighs."""
    ends = np.cumsum(weights)
    return np.searchsorted(ends, numbers(seed, column, int(ends[-1]), size), side="right")
