"""Who stands by: the first of each role's list whom a plan leaves free. No list is read further than it takes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from jobs.matching.candidates.filtering import ALL
from jobs.matching.core.compiled import lean
from jobs.matching.problem import Problem


class Held(NamedTuple):
    """What a plan asks of people: roles first[w]:first[w + 1] of `role` int32; whoever is `out` bool[n] is asked for
    nothing else. `days` int64[m, 3] of every role: start, end, row of `buffer`. Bit d % 64 of `busy` uint64[n] is set
    where day d is asked of her, all bits of whoever is out; `exact`, where no two days share a bit.
    """

    first: np.ndarray
    role: np.ndarray
    out: np.ndarray
    days: np.ndarray
    buffer: np.ndarray
    busy: np.ndarray
    exact: bool


def held_by(problem: Problem, person: np.ndarray, role: np.ndarray, without: np.ndarray) -> Held:
    """The plan of `role` int[k] of `person` int[k], with nobody of `without`."""
    r = problem.roles
    first = np.zeros(problem.n_people + 1, np.int64)
    np.cumsum(np.bincount(person, minlength=problem.n_people), out=first[1:])
    out = np.zeros(problem.n_people, np.bool_)
    out[without] = True
    days = np.stack([r.start, r.end, problem.place_kind], axis=1).astype(np.int64)
    mine = role[np.argsort(person, kind="stable")].astype(np.int32)
    busy = np.zeros(problem.n_people, np.uint64)
    _mark_days(first, mine, days, busy)
    busy[out] = ALL
    exact = int(r.end.max(initial=0)) < 64
    return Held(first, mine, out, days, problem.buffer_days.astype(np.int64), busy, exact)


@lean
def _span(start, end):
    """Bits start..end, each modulo 64."""
    if end - start >= 63:
        return ALL
    bits, turn = (np.uint64(1) << np.uint64(end - start + 1)) - np.uint64(1), np.uint64(start & 63)
    return bits << turn | (bits >> (np.uint64(64) - turn) if turn else np.uint64(0))


@lean
def _mark_days(first, role, days, busy):
    for w in range(len(busy)):
        for i in range(first[w], first[w + 1]):
            busy[w] |= _span(days[role[i], 0], days[role[i], 1])


@lean
def left_free(pairs, held, k, low, high, person, score, count):
    """Write the first k of the `pairs` of each of the roles low:high, best first, whom the plan leaves free for it:
    `person` and `score` int32[m, k], `count` int64[m]. Most are told by their days alone.
    """
    for o in range(low, high):
        start, end, kind = held.days[o, 0], held.days[o, 1], held.days[o, 2]
        size, at, last, span = 0, pairs.first[o], pairs.first[o] + pairs.kept[o], _span(start, end)
        while at < last and size < k:
            w = pairs.person[at]
            busy = held.busy[w]
            free = not (busy and (held.out[w] or (held.exact and busy & span)))
            for i in range(held.first[w], held.first[w + 1] if free and busy else held.first[w]):
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
