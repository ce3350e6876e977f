"""The best schedule of each person at whole-number prices, exactly: weighted interval scheduling (Kleinberg
and Tardos, "Algorithm Design", 6.1), with buffers between places.

With the triangle condition on buffers a schedule is a path: each role need only fit the one before it. Pairs
without profit are in no best schedule, so few are left to look at.
"""

from __future__ import annotations

from operator import mul
from typing import NamedTuple

import numpy as np

from jobs.matching.core.compiled import in_blocks, kernel, lean
from jobs.matching.core.graph import Graph

MANY = 48  # see `demand`


class Slate(NamedTuple):
    """Room for the best schedule of one person. Of the pairs `mine` of profit above 0, roles rising: their `profit`, the
    `value` of the best schedule that ends with each, the most of those so far (`peak`), the one `before` it there, -1 for
    none, and last day and place.
    """

    mine: np.ndarray
    profit: np.ndarray
    value: np.ndarray
    peak: np.ndarray
    before: np.ndarray
    last: np.ndarray


@kernel
def new_slate(most):
    """A slate for people with up to `most` pairs."""
    return Slate(
        np.empty(most, np.int32), np.empty(most, np.int64), np.empty(most, np.int64), np.empty(most, np.int64),
        np.empty(most, np.int32), np.empty((most, 2), np.int32),
    )  # fmt: skip


@lean
def best_end(graph, n, slate):
    """Fill `value` and `before` of n > 0 pairs; the pair that ends the best schedule, of equal ones the first. Whoever
    looks for what comes before looks back no further than something better may still be.
    """
    info, buffer = graph.info, graph.buffer
    value, peak, last, best = slate.value, slate.peak, slate.last, 0
    for j in range(n):
        o = graph.role[slate.mine[j]]
        start, place = info[o, 0], info[o, 2]
        last[j, 0], last[j, 1] = info[o, 1], place
        top, at, i = 0, -1, j - 1
        while i >= 0 and peak[i] >= top:
            if value[i] >= top and start > last[i, 0] + buffer[last[i, 1], place]:
                top, at = value[i], i
            i -= 1
        value[j], slate.before[j] = top + slate.profit[j], at
        if value[j] > value[best]:
            best = j
        peak[j] = value[best]
    return best


@kernel
def _best_of_many(graph, n, slate, local, table, who):
    """The same by tables: (table, who)[g, x] is the best schedule whose last role is in place g and ends among the
    first x end days.
    """
    info, which, role, mine = graph.info, graph.which, graph.role, slate.mine
    places, best = 0, 0
    for i in range(n):
        place = info[role[mine[i]], 2]
        if local[place] < 0:
            local[place] = places
            places += 1
    kinds = np.empty(places, np.int32)
    for i in range(n):
        place = info[role[mine[i]], 2]
        kinds[local[place]] = place
    table[:places] = 0
    who[:places] = -1
    upto = 0
    for j in range(n):
        o = role[mine[j]]
        place, day = info[o, 2], graph.rank[o, 1]
        while upto < graph.done[day, 0]:
            for g in range(places):
                if table[g, upto] > table[g, upto + 1]:
                    table[g, upto + 1], who[g, upto + 1] = table[g, upto], who[g, upto]
            upto += 1
        top, at = 0, -1
        for g in range(places):
            x = graph.done[day, which[kinds[g], place]]
            if table[g, x] > top:
                top, at = table[g, x], who[g, x]
        value = top + slate.profit[j]
        slate.value[j], slate.before[j] = value, at
        g, x = local[place], graph.rank[o, 0] + 1
        if value > table[g, x]:
            table[g, x], who[g, x] = value, j
        if value > slate.value[best]:
            best = j
    for g in range(places):
        local[kinds[g]] = -1
    return best


@kernel
def best_schedules(graph, low, high, prices, grain, worth, chosen):
    """Fill worth int64[n] with the value of each person's best schedule, low..high, and mark its pairs in
    `chosen` uint8[e]. Of equal ones the first met counts. Whole prices and a `grain` of 1 are exact; other
    profits are compared in whole parts of 1 / grain.
    """
    first, role, score = graph.first_of, graph.role, graph.score
    most = 1
    for w in range(low, high):
        most = max(most, first[w + 1] - first[w])
    slate = new_slate(most)
    local = np.full(len(graph.buffer), -1, np.int32)
    size = (len(local), graph.n_ends + 1) if most > MANY else (1, 1)
    table, who = np.empty(size, np.int64), np.empty(size, np.int32)
    for w in range(low, high):
        n = 0
        for k in range(first[w], first[w + 1]):
            gain = int((score[k] - prices[role[k]]) * grain)
            if gain > 0:
                slate.mine[n], slate.profit[n] = k, gain
                n += 1
        worth[w] = 0
        if n == 0:
            continue
        at = best_end(graph, n, slate) if n <= MANY else _best_of_many(graph, n, slate, local, table, who)
        worth[w] = slate.value[at]
        while at >= 0:
            chosen[slate.mine[at]] = 1
            at = slate.before[at]


def best_plan(
    graph: Graph, blocks: np.ndarray, prices: np.ndarray, workers: int
) -> tuple[np.ndarray, np.ndarray]:
    """(worth int64[n], chosen uint8[e]) of everybody at int64 prices."""
    worth = np.zeros(graph.n_people, np.int64)
    chosen = np.zeros(len(graph.role), np.uint8)
    in_blocks(
        lambda b: best_schedules(graph, blocks[b], blocks[b + 1], prices, 1, worth, chosen),
        len(blocks) - 1,
        workers,
    )
    return worth, chosen


def bound_at(graph: Graph, blocks: np.ndarray, prices: np.ndarray, workers: int) -> int:
    """The bound that whole-number prices prove: see `prices`."""
    worth, _ = best_plan(graph, blocks, prices, workers)
    return asked_for(graph, prices) + int(worth.sum())


def asked_for(graph: Graph, prices: np.ndarray) -> int:
    """What all slots cost, in numbers as large as it takes: slots times a price need not fit 64 bits in all."""
    return sum(map(mul, graph.info[:, 3].tolist(), prices.tolist()))
