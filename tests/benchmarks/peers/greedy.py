"""Greedy by score: the best pair of all that still fits, again and again."""

import numpy as np
from numba import njit

from tests.benchmarks.peers.compiled import MOST, clash, days
from tests.benchmarks.peers.task import Task


def plan(task: Task, seconds: float) -> np.ndarray:
    """Positions of the pairs taken. Pairs of one score in mixed order, or early roles would have the pick of them."""
    lot = np.random.Generator(np.random.PCG64(1)).integers(0, 1 << 40, len(task.role))
    order = np.argsort((task.score.max(initial=0) - task.score) * (1 << 40) + lot, kind="stable")
    return order[_take(order, task.person, task.role, days(task), task.travel, task.people)]


@njit(cache=True)
def _take(order, person, role, info, travel, people):
    left = info[:, 3].copy()
    held, count = np.empty((people, MOST), np.int32), np.zeros(people, np.int64)
    taken = np.zeros(len(order), np.bool_)
    for i in range(len(order)):
        o, w = role[order[i]], person[order[i]]
        if left[o] == 0 or count[w] == MOST:
            continue
        fits = True
        for k in range(count[w]):
            if clash(info, travel, o, held[w, k]):
                fits = False
                break
        if fits:
            held[w, count[w]] = o
            count[w] += 1
            left[o] -= 1
            taken[i] = True
    return taken
