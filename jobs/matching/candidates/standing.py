"""Who stands by: the first of each role's list whom a plan leaves free. No list is read further than it takes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from jobs.matching.core.compiled import kernel
from jobs.matching.problem import Problem


class Held(NamedTuple):
    """What a plan asks of people: roles first[w]:first[w + 1] of `role` int32; whoever is `out` bool[n] is asked for
    nothing else. `days` int64[m, 3] of every role: start, end, row of `buffer`.
    """

    first: np.ndarray
    role: np.ndarray
    out: np.ndarray
    days: np.ndarray
    buffer: np.ndarray


def held_by(problem: Problem, person: np.ndarray, role: np.ndarray, without: np.ndarray) -> Held:
    """The plan of `role` int[k] of `person` int[k], with nobody of `without`."""
    r = problem.roles
    first = np.zeros(problem.n_people + 1, np.int64)
    np.cumsum(np.bincount(person, minlength=problem.n_people), out=first[1:])
    out = np.zeros(problem.n_people, np.bool_)
    out[without] = True
    days = np.stack([r.start, r.end, problem.place_kind], axis=1).astype(np.int64)
    mine = role[np.argsort(person, kind="stable")].astype(np.int32)
    return Held(first, mine, out, days, problem.buffer_days.astype(np.int64))


@kernel
def left_free(pairs, held, k, person, score, count):
    """Write the first k of each role's `pairs`, best first, whom the plan leaves free for it: `person` and `score`
    int32[m, k], `count` int64[m].
    """
    for o in range(len(count)):
        start, end, kind = held.days[o, 0], held.days[o, 1], held.days[o, 2]
        size, at, last = 0, pairs.first[o], pairs.first[o] + pairs.kept[o]
        while at < last and size < k:
            w = pairs.person[at]
            free = not held.out[w]
            for i in range(held.first[w], held.first[w + 1]):
                f = held.role[i]
                if (
                    held.days[f, 0] <= end + held.buffer[kind, held.days[f, 2]]
                    and start <= held.days[f, 1] + held.buffer[held.days[f, 2], kind]
                ):
                    free = False
            if free:
                person[o, size], score[o, size] = w, pairs.score[at]
                size += 1
            at += 1
        count[o] = size
