"""The bound of an instance, worked out again by a loop of the referee's own, for markets too large for plain
Python.

Compiled, but it shares nothing with the solver: pairs sorted by person and last day, each compared with every
earlier one.
"""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True)
def _best_values(first, start, end, place, profit, buffer):
    """The sum over people of the best conflict-free profit. Person w: rows first[w]:first[w + 1], by last
    day.
    """
    total, most = 0, 0
    for w in range(len(first) - 1):
        most = max(most, first[w + 1] - first[w])
    value = np.zeros(most, np.int64)
    for w in range(len(first) - 1):
        low, best = first[w], 0
        for i in range(low, first[w + 1]):
            before = 0
            for j in range(low, i):
                if value[j - low] > before and start[i] > end[j] + buffer[place[j], place[i]]:
                    before = value[j - low]
            value[i - low] = before + profit[i]
            best = max(best, value[i - low])
        total += best
    return total


def best_values(
    person: np.ndarray,
    start: np.ndarray,
    end: np.ndarray,
    place: np.ndarray,
    profit: np.ndarray,
    buffer: np.ndarray,
) -> int:
    """The most all people together can earn from rows of profit above 0, when nobody takes two that clash.

    A schedule read by last days is a path too: of two roles that do not clash, the one that ends first
    starts first.
    """
    order = np.lexsort((start, end, person))
    _, first = np.unique(person[order], return_index=True)
    starts, ends, places, profits = (column[order].astype(np.int64) for column in (start, end, place, profit))
    firsts = np.append(first, len(order))
    return int(_best_values(firsts, starts, ends, places, profits, buffer.astype(np.int64)))
