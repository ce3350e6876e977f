"""What the simple methods need in their loops, compiled, so that nobody can say they were held back by Python."""

import numpy as np
from numba import njit

from tests.benchmarks.peers.task import Task

MOST = 64  # roles of one person that clash with nothing she has: a window has no more room


def days(task: Task) -> np.ndarray:
    """int64[m, 4]: start, end, place and headcount."""
    return np.stack([task.start, task.end, task.place, task.headcount], axis=1)


@njit(cache=True)
def clash(info, travel, a, b):
    if info[a, 0] > info[b, 0]:
        a, b = b, a
    return info[b, 0] <= info[a, 1] + travel[info[a, 2], info[b, 2]]
