"""First come, first served: roles in the order of the calendar, each takes the best people who are free."""

import numpy as np

from tests.benchmarks.peers.task import Calendars, Task


def plan(task: Task, seconds: float) -> np.ndarray:
    """Positions of the pairs taken."""
    calendars = Calendars(task)
    taken: list[np.ndarray] = [np.zeros(0, np.int64)]
    for role in task.calendar.tolist():
        span = task.spans[role]
        free = calendars.free(task.person[span], role)
        chosen = span.start + np.flatnonzero(free)[: task.headcount[role]]  # best first already
        calendars.take(task.person[chosen], role)
        taken.append(chosen)
    return np.concatenate(taken)
