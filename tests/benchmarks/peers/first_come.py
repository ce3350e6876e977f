"""First come, first served: roles in the order of the calendar, each takes the best people who are free."""

import numpy as np
from numba import njit

from tests.benchmarks.peers.compiled import days
from tests.benchmarks.peers.task import NOBODY_BEFORE, Task


def plan(task: Task, seconds: float) -> np.ndarray:
    """Positions of the pairs taken."""
    return np.flatnonzero(_take(task.edges, task.calendar, task.person, days(task), task.travel, task.people))


@njit(cache=True)
def _take(edges, calendar, person, info, travel, people):
    """What clashes with a person's last role is all that can clash, because days go by in order."""
    end, place = np.full(people, NOBODY_BEFORE), np.zeros(people, np.int64)
    taken = np.zeros(len(person), np.bool_)
    for i in range(len(calendar)):
        o = calendar[i]
        left = info[o, 3]
        for pair in range(edges[i], edges[i + 1]):  # best first already
            if left == 0:
                break
            w = person[pair]
            if info[o, 0] > end[w] + travel[place[w], info[o, 2]]:
                end[w], place[w] = info[o, 1], info[o, 2]
                taken[pair] = True
                left -= 1
    return taken
