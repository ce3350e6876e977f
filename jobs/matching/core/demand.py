"""How much each role is wanted at given prices, when people choose schedules at random in favour of profit.

A schedule of profit x is drawn with weight exp(x / temperature). Its sum over all schedules of a person and
the chance that a pair is used come from a sweep forwards and one backwards over her roles in the order of
their days (forward-backward; Rabiner, 1989). A sum s is kept as (best profit h, s / exp(h / temperature)),
so that nothing over- or underflows however cold it gets, and the best profit comes for nothing.
"""

from __future__ import annotations

import numpy as np

from jobs.matching.core.compiled import FAINT, falling_exp, in_blocks, kernel
from jobs.matching.core.graph import Graph

MANY = 40  # roles of one person beyond which tables over days beat comparing each with each
NOT_TOLD = np.zeros(0)
ONE = 2.0**40  # a chance of 1 in whole numbers
REACH = 14.0  # temperatures below profit 0 at which a pair is left out


@kernel
def _few(graph, mine, profit, n, cold, h, a, back, b):
    """Forward sums (h, a) and backward sums (back, b) of n pairs, each compared with each. True: some fit."""
    info, buffer, role = graph.info, graph.buffer, graph.role
    chained = False
    for j in range(n):
        o = role[mine[j]]
        start, place = info[o, 0], info[o, 2]
        top = 0.0
        met = False
        for i in range(j):
            f = role[mine[i]]
            if start > info[f, 1] + buffer[info[f, 2], place]:
                met = True
                top = max(top, h[i])
        total = 1.0
        if met:
            chained = True
            total = falling_exp(-top * cold)
            for i in range(j):
                f = role[mine[i]]
                if start > info[f, 1] + buffer[info[f, 2], place]:
                    total += a[i] * falling_exp((h[i] - top) * cold)
        h[j], a[j] = top + profit[j], total
    for j in range(n - 1, -1, -1):
        top, total = 0.0, 1.0
        if chained:
            o = role[mine[j]]
            end, place = info[o, 1], info[o, 2]
            met = False
            for i in range(j + 1, n):
                f = role[mine[i]]
                if info[f, 0] > end + buffer[place, info[f, 2]]:
                    met = True
                    top = max(top, back[i])
            if met:
                total = falling_exp(-top * cold)
                for i in range(j + 1, n):
                    f = role[mine[i]]
                    if info[f, 0] > end + buffer[place, info[f, 2]]:
                        total += b[i] * falling_exp((back[i] - top) * cold)
        back[j], b[j] = top + profit[j], total


@kernel
def _add(h, a, x, y, cold):
    """The sum of (h, a) and (x, y)."""
    if y == 0.0:
        return h, a
    if a == 0.0:
        return x, y
    if h >= x:
        return h, a + y * falling_exp((x - h) * cold)
    return x, y + a * falling_exp((h - x) * cold)


@kernel
def _many(graph, mine, profit, n, cold, h, a, back, b, local, high, mass):
    """The same by tables: (high, mass)[g, x] sums schedules whose last role is in place g and ends among the
    first x end days; backwards, whose first role starts among the last start days.
    """
    info, which, role = graph.info, graph.which, graph.role
    places, upto = 0, 0
    for i in range(n):
        place = info[role[mine[i]], 2]
        if local[place] < 0:
            local[place] = places
            places += 1
    kinds = np.empty(places, np.int32)
    for i in range(n):
        place = info[role[mine[i]], 2]
        kinds[local[place]] = place
    mass[:places, : graph.n_ends + 1] = 0.0
    for j in range(n):
        o = role[mine[j]]
        place = info[o, 2]
        ready = graph.done[o, 0]
        while upto < ready:
            for g in range(places):
                high[g, upto + 1], mass[g, upto + 1] = _add(
                    high[g, upto + 1], mass[g, upto + 1], high[g, upto], mass[g, upto], cold
                )
            upto += 1
        x, y = 0.0, 1.0
        for g in range(places):
            at = graph.done[o, which[kinds[g], place]]
            x, y = _add(x, y, high[g, at], mass[g, at], cold)
        h[j], a[j] = x + profit[j], y
        g, at = local[place], graph.rank[o, 0] + 1
        high[g, at], mass[g, at] = _add(high[g, at], mass[g, at], h[j], y, cold)
    mass[:places, : graph.n_starts + 1] = 0.0
    upto = graph.n_starts
    for j in range(n - 1, -1, -1):
        o = role[mine[j]]
        place = info[o, 2]
        ready = graph.open[o, 0]
        while upto > ready:
            for g in range(places):
                high[g, upto - 1], mass[g, upto - 1] = _add(
                    high[g, upto - 1], mass[g, upto - 1], high[g, upto], mass[g, upto], cold
                )
            upto -= 1
        x, y = 0.0, 1.0
        for g in range(places):
            at = graph.open[o, which[place, kinds[g]]]
            x, y = _add(x, y, high[g, at], mass[g, at], cold)
        back[j], b[j] = x + profit[j], y
        g, at = local[place], graph.rank[o, 1]
        high[g, at], mass[g, at] = _add(high[g, at], mass[g, at], back[j], y, cold)
    for g in range(places):
        local[kinds[g]] = -1


@kernel
def add_demand(graph, low, high_person, prices, temperature, wanted, chance):
    """Add to `wanted` int64[m] the demand, in parts of ONE, of the people low..high_person. Where `chance`
    float[e] has room, each pair's chance goes into it.
    """
    told = len(chance) > 0
    first, role, score = graph.first_of, graph.role, graph.score
    cold, reach = 1.0 / temperature, -REACH * temperature
    most = 1
    for w in range(low, high_person):
        most = max(most, first[w + 1] - first[w])
    mine, profit = np.empty(most, np.int32), np.empty(most)
    h, a, back, b = np.empty(most), np.empty(most), np.empty(most), np.empty(most)
    local = np.full(len(graph.buffer), -1, np.int32)
    table = (len(local), max(graph.n_ends, graph.n_starts) + 1) if most > MANY else (1, 1)
    high, mass = np.empty(table), np.empty(table)
    for w in range(low, high_person):
        n = 0
        for k in range(first[w], first[w + 1]):
            gain = score[k] - prices[role[k]]
            if told:
                chance[k] = 0.0
            if gain > reach:
                mine[n] = k
                profit[n] = gain
                n += 1
        if n == 0:
            continue
        if n == 1 and not told:
            x = falling_exp(-abs(profit[0]) * cold)
            share = 1.0 / (1.0 + x) if profit[0] >= 0.0 else x / (1.0 + x)
            wanted[role[mine[0]]] += int(share * ONE)
            continue
        if n <= MANY:
            _few(graph, mine, profit, n, cold, h, a, back, b)
        else:
            _many(graph, mine, profit, n, cold, h, a, back, b, local, high, mass)
        best = 0.0
        for j in range(n):
            best = max(best, h[j])
        total = falling_exp(-best * cold)
        for j in range(n):
            total += a[j] * falling_exp((h[j] - best) * cold)
        for j in range(n):
            depth = (h[j] + back[j] - profit[j] - best) * cold
            if depth > -FAINT:
                # Rounding may lift the best schedule's depth a hair above 0.
                share = a[j] * b[j] * falling_exp(min(depth, 0.0)) / total
                wanted[role[mine[j]]] += int(share * ONE)
                if told:
                    chance[mine[j]] = share


def demand(
    graph: Graph,
    blocks: np.ndarray,
    prices: np.ndarray,
    temperature: float,
    workers: int,
    chance: np.ndarray = NOT_TOLD,
) -> np.ndarray:
    """float[m]: how many people want each role."""
    shares = min(workers, len(blocks) - 1)
    sums = np.zeros((max(shares, 1), graph.n_roles), np.int64)

    def work(share: int) -> None:
        for block in range(share, len(blocks) - 1, shares):
            add_demand(graph, blocks[block], blocks[block + 1], prices, temperature, sums[share], chance)

    in_blocks(work, shares, workers)
    return sums.sum(axis=0) / ONE
