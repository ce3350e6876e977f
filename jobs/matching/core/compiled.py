"""Compiled loops: one decorator, and numbers that come out the same on every machine.

`kernel` compiles a function with Numba on its first call and keeps the machine code beside the module
(`NUMBA_CACHE_DIR` moves it), so only the very first run on a machine waits for a compiler; `warm` has that
wait in the background. `NUMBA_BOUNDSCHECK=1` checks every index, `NUMBA_DISABLE_JIT=1` interprets the same
code, slowly and with the same answers: there is one path, not a fast one and a safe one.

Kernels let go of the interpreter lock, so `in_blocks` runs them on threads. No kernel adds floats of
different threads; sums that cross a block are whole numbers, which add up the same in any order. Exponential
and logarithm are spelled out in additions and products, which IEEE 754 rounds alike everywhere; those of the
C library differ in the last bit from machine to machine.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numba import njit

kernel = njit(cache=True, nogil=True, error_model="python")
# The same for loops that make no arrays: nobody counts who holds those they are given. Two threads that count on one
# array wait for each other at every call; where such calls are short, that was a third of the time.
_UNCOUNTED: dict[str, Any] = {"_nrt": False}  # Numba knows it, its types do not
lean = njit(cache=True, nogil=True, error_model="python", **_UNCOUNTED)

_LOG2E = 1.4426950408889634
_LN2_HIGH, _LN2_LOW = 0.6931471803691238, 1.9082149292705877e-10
_C2, _C3, _C4, _C5, _C6, _C7, _C8, _C9 = (1.0 / math.factorial(n) for n in range(2, 10))
_DIGITS = 128
_POWERS = 2.0 ** np.arange(-1000.0, 1001.0)
FAR = 2.0 ** (2 * _DIGITS)  # the base of numbers beyond what a float holds


@kernel
def far_exp(x):
    """exp(x) as (a, h) for a * FAR ** h, to 1e-9 of itself, |x| < 1e6. Taylor after reduction by powers of two
    (Tang, 1989).
    """
    k = math.floor(x * _LOG2E + 0.5)
    r = (x - k * _LN2_HIGH) - k * _LN2_LOW
    s = r * r
    p = (1.0 + r) + s * (
        (_C2 + r * _C3) + s * ((_C4 + r * _C5) + s * ((_C6 + r * _C7) + s * (_C8 + r * _C9)))
    )
    k = int(k)
    h = (k + _DIGITS) // (2 * _DIGITS)
    return p * _POWERS[k - 2 * _DIGITS * h + 1000], h


@kernel
def near_exp(x):
    """The same for |x| < 690, as a float."""
    k = math.floor(x * _LOG2E + 0.5)
    r = (x - k * _LN2_HIGH) - k * _LN2_LOW
    s = r * r
    p = (1.0 + r) + s * (
        (_C2 + r * _C3) + s * ((_C4 + r * _C5) + s * ((_C6 + r * _C7) + s * (_C8 + r * _C9)))
    )
    return p * _POWERS[int(k) + 1000]


@kernel
def natural_log(x: float) -> float:
    """log(x) for x > 0, to 1e-9. The series of the inverse hyperbolic tangent on [1/sqrt 2, sqrt 2]."""
    m, k = math.frexp(x)
    if m < 0.7071067811865476:
        m, k = 2.0 * m, k - 1
    t = (m - 1.0) / (m + 1.0)
    s = t * t
    p = 1.0 / 15.0
    for odd in (13.0, 11.0, 9.0, 7.0, 5.0, 3.0):
        p = 1.0 / odd + s * p
    return 2.0 * t * (1.0 + s * p) + k * 0.6931471805599453


def threads(asked: int | None = None) -> int:
    """How many threads to use: what was asked for, else the processors of this process."""
    if asked:
        return max(1, asked)
    count = getattr(os, "process_cpu_count", None)
    return (
        count() if count else len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    ) or 1


def in_blocks(task: Callable[[int], None], blocks: int, workers: int) -> None:
    """Call `task(0)` .. `task(blocks - 1)`, on threads where there are several. Blocks never share what they
    write.
    """
    if workers <= 1 or blocks <= 1:
        for block in range(blocks):
            task(block)
        return
    with ThreadPoolExecutor(min(workers, blocks)) as pool:
        list(pool.map(task, range(blocks)))
