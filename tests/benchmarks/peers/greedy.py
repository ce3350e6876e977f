"""Greedy by score: the best pair of all that still fits, again and again."""

import numpy as np

from tests.benchmarks.peers.task import Task

AT_ONCE = 100_000


def plan(task: Task, seconds: float) -> np.ndarray:
    """Positions of the pairs taken."""
    order = np.argsort(-task.score, kind="stable")
    order = np.concatenate([np.zeros(0, np.int64), *_mixed(task, order)])
    left = task.headcount.copy()
    held: dict[int, list[int]] = {}
    taken: list[int] = []
    for begin in range(0, len(order), AT_ONCE):
        if not left.any():
            break
        part = order[begin : begin + AT_ONCE]
        part = part[left[task.role[part]] > 0]
        for pair in part.tolist():
            role, person = int(task.role[pair]), int(task.person[pair])
            mine = held.get(person, ())
            if left[role] and not any(task.clash(role, other) for other in mine):
                left[role] -= 1
                held.setdefault(person, []).append(role)
                taken.append(pair)
    return np.array(taken, np.int64)


def _mixed(task: Task, order: np.ndarray) -> list[np.ndarray]:
    """Pairs of one score in mixed order, or early roles would have the pick of them."""
    draw = np.random.Generator(np.random.PCG64(1))
    edges = np.flatnonzero(np.diff(task.score[order])) + 1
    return [draw.permutation(part) for part in np.split(order, edges)]
