"""Deferred acceptance (Gale and Shapley, 1962) with displacement: roles ask people, best first; she takes an offer
that is worth more than all it clashes with, and those roles ask on.
"""

import numpy as np

from tests.benchmarks.peers.task import Task


def plan(task: Task, seconds: float) -> np.ndarray:
    """Positions of the pairs taken. Ends because each pair is asked once."""
    asked = {role: span.start for role, span in task.spans.items()}
    stop = {role: span.stop for role, span in task.spans.items()}
    left = task.headcount.tolist()
    held: dict[int, list[int]] = {}  # person -> pairs
    person, role_of, score = task.person, task.role, task.score
    waiting = task.calendar.tolist()[::-1]
    while waiting:
        role = waiting.pop()
        while left[role] and asked[role] < stop[role]:
            pair = asked[role]
            asked[role] += 1
            mine = held.setdefault(int(person[pair]), [])
            against = [other for other in mine if task.clash(role, int(role_of[other]))]
            if sum(int(score[other]) for other in against) >= score[pair]:
                continue
            for other in against:
                mine.remove(other)
                loser = int(role_of[other])
                if not left[loser]:
                    waiting.append(loser)
                left[loser] += 1
            mine.append(pair)
            left[role] -= 1
    return np.array([pair for mine in held.values() for pair in mine], np.int64)
