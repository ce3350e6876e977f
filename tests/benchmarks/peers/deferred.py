"""Deferred acceptance (Gale and Shapley, 1962) with displacement: roles ask people, best first; she takes an offer
that is worth more than all it clashes with, and those roles ask on.
"""

import numpy as np
from numba import njit

from tests.benchmarks.peers.compiled import MOST, clash, days
from tests.benchmarks.peers.task import Task


def plan(task: Task, seconds: float) -> np.ndarray:
    """Positions of the pairs taken. Ends because each pair is asked once."""
    rank = np.empty(len(task.start), np.int64)
    rank[task.calendar] = np.arange(len(task.start))
    return np.flatnonzero(
        _ask(
            task.edges,
            task.calendar,
            rank,
            task.person,
            task.role,
            task.score,
            days(task),
            task.travel,
            task.people,
        )
    )


@njit(cache=True)
def _ask(edges, calendar, rank, person, role, score, info, travel, people):
    m = len(calendar)
    asked, left = edges[:-1].copy(), info[:, 3].copy()
    held, count = np.empty((people, MOST), np.int64), np.zeros(people, np.int64)
    taken = np.zeros(len(person), np.bool_)
    waiting, waits, top = calendar[::-1].copy(), np.ones(m, np.bool_), m
    while top:
        top -= 1
        o = waiting[top]
        waits[o] = False
        while left[o] and asked[rank[o]] < edges[rank[o] + 1]:
            pair = asked[rank[o]]
            asked[rank[o]] += 1
            w, against = person[pair], 0
            for k in range(count[w]):
                if clash(info, travel, o, role[held[w, k]]):
                    against += score[held[w, k]]
            if against >= score[pair] or (against == 0 and count[w] == MOST):
                continue
            kept = 0
            for k in range(count[w]):
                other = held[w, k]
                loser = role[other]
                if clash(info, travel, o, loser):
                    taken[other] = False
                    left[loser] += 1
                    if not waits[loser]:
                        waiting[top], waits[loser] = loser, True
                        top += 1
                else:
                    held[w, kept] = other
                    kept += 1
            held[w, kept], count[w] = pair, kept + 1
            taken[pair] = True
            left[o] -= 1
    return taken
