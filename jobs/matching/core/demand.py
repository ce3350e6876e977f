"""How much each role is wanted at given prices, when people choose schedules at random in favour of profit.

A schedule of profit x is drawn with weight exp(x / temperature). Its sum over all schedules of a person and
the chance that a pair is used come from a sweep forwards and one backwards over her roles in the order of
their days (forward-backward; Rabiner, 1989). Tables over days add up what is over by then. All sums of a person
are made smaller together, by FAR, when they grow too large; where one pair alone would be too much, each is kept as
(a, h) for a * FAR ** h, however cold it gets. Either way a pair costs one exponential and a few sums and products.
"""

from __future__ import annotations

import numpy as np

from jobs.matching.core.compiled import FAR, far_exp, in_blocks, kernel, near_exp
from jobs.matching.core.graph import Graph

MANY = 8  # roles of one person beyond which tables over days beat comparing each with each
BEARABLE = 280.0  # temperatures of profit of one pair up to which sums are floats, made smaller together
PLAIN = 600.0  # temperatures of profit in all up to which a float holds every sum
NOT_TOLD = np.zeros(0, np.float32)
ONE = 2.0**40  # a chance of 1 in whole numbers
REACH = 14.0  # temperatures below profit 0 at which a pair is left out
LOW, HIGH = FAR**-0.5, FAR**0.5


@kernel
def _few(graph, mine, n, e, a, b, when):
    """Forward sums a and backward sums b of n pairs that weigh e, each compared with each; the sum of all."""
    info, buffer, role = graph.info, graph.buffer, graph.role
    for j in range(n):
        o = role[mine[j]]
        when[j, 0], when[j, 1], when[j, 2] = info[o, 0], info[o, 1], info[o, 2]
    total = 1.0
    for j in range(n):
        start, place, before = when[j, 0], when[j, 2], 1.0
        for i in range(j):
            if start > when[i, 1] + buffer[when[i, 2], place]:
                before += a[i]
        a[j], b[j] = before * e[j], 1.0
        total += a[j]
    for j in range(n - 1, -1, -1):
        b[j] *= e[j]
        start, place = when[j, 0], when[j, 2]
        for i in range(j):
            if start > when[i, 1] + buffer[when[i, 2], place]:
                b[i] += b[j]
    return total


@kernel
def _add(a, h, b, x):
    """a * FAR ** h + b * FAR ** x as such a number. 0 goes with any h."""
    if h == x:
        a += b
    elif a == 0.0 or (b != 0.0 and x > h):
        a, h = (b + a / FAR if x == h + 1 else b), x
    elif b != 0.0 and x == h - 1:
        a += b / FAR
    if a >= HIGH:
        return a / FAR, h + 1
    return a, h


@kernel
def _times(a, h, b, x):
    """The product of two such numbers above 0."""
    a, h = a * b, h + x
    if a >= HIGH:
        return a / FAR, h + 1
    if a < LOW:
        return a * FAR, h - 1
    return a, h


@kernel
def _places(graph, mine, n, local, kinds):
    """Number the places of n pairs in `local`, and list them in `kinds`: how many."""
    places = 0
    for i in range(n):
        place = graph.info[graph.role[mine[i]], 2]
        if local[place] < 0:
            local[place] = places
            kinds[places] = place
            places += 1
    return places


@kernel
def _tables(graph, mine, n, e, a, h, b, x, local, kinds, mass):
    """The same sums by tables, pair j's times FAR ** h[j] and FAR ** x[j], and that of all as (total, power): mass[g, d]
    sums schedules whose last role is in place g and ends among the first d end days; backwards, whose first role
    starts among the last start days.
    """
    info, which, role, rank = graph.info, graph.which, graph.role, graph.rank
    places, upto, total, none, power = _places(graph, mine, n, local, kinds), 0, 1.0, 1.0, 0
    mass[:places, : graph.n_ends + 1] = 0.0
    for j in range(n):
        o, before = role[mine[j]], none
        while upto < graph.done[o, 0]:
            for g in range(places):
                mass[g, upto + 1] += mass[g, upto]
            upto += 1
        for g in range(places):
            before += mass[g, graph.done[o, which[kinds[g], info[o, 2]]]]
        a[j], h[j] = before * e[j], power
        total += a[j]
        mass[local[info[o, 2]], rank[o, 0] + 1] += a[j]
        while total > FAR:
            mass[:places] /= FAR
            total, none, power = total / FAR, none / FAR, power + 1
    mass[:places, : graph.n_starts + 1] = 0.0
    upto, all_after, none, less = graph.n_starts, 1.0, 1.0, 0
    for j in range(n - 1, -1, -1):
        o, after = role[mine[j]], none
        while upto > graph.open[o, 0]:
            for g in range(places):
                mass[g, upto - 1] += mass[g, upto]
            upto -= 1
        for g in range(places):
            after += mass[g, graph.open[o, which[info[o, 2], kinds[g]]]]
        b[j], x[j] = after * e[j], less
        all_after += b[j]
        mass[local[info[o, 2]], rank[o, 1]] += b[j]
        while all_after > FAR:
            mass[:places] /= FAR
            all_after, none, less = all_after / FAR, none / FAR, less + 1
    for g in range(places):
        local[kinds[g]] = -1
    return total, power


@kernel
def _many(graph, mine, n, e, f, a, h, b, x, local, kinds, mass, far):
    """`_tables` in far numbers, however large a weight."""
    info, which, role = graph.info, graph.which, graph.role
    places, upto, all_a, all_h = _places(graph, mine, n, local, kinds), 0, 1.0, 0
    mass[:places, : graph.n_ends + 1] = 0.0
    for j in range(n):
        o = role[mine[j]]
        place = info[o, 2]
        while upto < graph.done[o, 0]:
            for g in range(places):
                if mass[g, upto] > 0.0:
                    mass[g, upto + 1], far[g, upto + 1] = _add(
                        mass[g, upto + 1], far[g, upto + 1], mass[g, upto], far[g, upto]
                    )
            upto += 1
        sum_a, sum_h = 1.0, 0
        for g in range(places):
            at = graph.done[o, which[kinds[g], place]]
            sum_a, sum_h = _add(sum_a, sum_h, mass[g, at], far[g, at])
        a[j], h[j] = _times(sum_a, sum_h, e[j], f[j])
        all_a, all_h = _add(all_a, all_h, a[j], h[j])
        g, at = local[place], graph.rank[o, 0] + 1
        mass[g, at], far[g, at] = _add(mass[g, at], far[g, at], a[j], h[j])
    mass[:places, : graph.n_starts + 1] = 0.0
    upto = graph.n_starts
    for j in range(n - 1, -1, -1):
        o = role[mine[j]]
        place = info[o, 2]
        while upto > graph.open[o, 0]:
            for g in range(places):
                if mass[g, upto] > 0.0:
                    mass[g, upto - 1], far[g, upto - 1] = _add(
                        mass[g, upto - 1], far[g, upto - 1], mass[g, upto], far[g, upto]
                    )
            upto -= 1
        sum_a, sum_h = 1.0, 0
        for g in range(places):
            at = graph.open[o, which[place, kinds[g]]]
            sum_a, sum_h = _add(sum_a, sum_h, mass[g, at], far[g, at])
        b[j], x[j] = _times(sum_a, sum_h, e[j], f[j])
        g, at = local[place], graph.rank[o, 1]
        mass[g, at], far[g, at] = _add(mass[g, at], far[g, at], b[j], x[j])
    for g in range(places):
        local[kinds[g]] = -1
    return all_a, all_h


@kernel
def _chance(a, h):
    """a * FAR ** h as a plain number up to 1; 0 where it is further away than any chance."""
    if h <= -3 or h >= 3:
        return 0.0
    while h < 0:
        a /= FAR
        h += 1
    while h > 0:
        a *= FAR
        h -= 1
    return min(a, 1.0)


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
    mine, profit, when = np.empty(most, np.int32), np.empty(most), np.empty((MANY + 1, 3), np.int32)
    e, a, b = np.empty(most), np.empty(most), np.empty(most)
    f, h, x = np.empty(most, np.int32), np.empty(most, np.int32), np.empty(most, np.int32)
    local, kinds = np.full(len(graph.buffer), -1, np.int32), np.empty(len(graph.buffer), np.int32)
    table = (len(local), max(graph.n_ends, graph.n_starts) + 1)
    mass, far = np.empty(table), np.zeros(table, np.int32)
    for w in range(low, high_person):
        n, best = 0, 0.0
        for k in range(first[w], first[w + 1]):
            gain = score[k] - prices[role[k]]
            if told:
                chance[k] = 0.0
            if gain > reach:
                mine[n] = k
                profit[n] = gain * cold
                best = max(best, profit[n])
                n += 1
        if n == 0:
            continue
        if best < BEARABLE:
            for j in range(n):
                e[j], f[j] = near_exp(profit[j]), 0
            if n <= MANY and best * n < PLAIN:
                total, power = _few(graph, mine, n, e, a, b, when), 0
                h[:n], x[:n] = 0, 0
            else:
                total, power = _tables(graph, mine, n, e, a, h, b, x, local, kinds, mass)
        else:
            for j in range(n):
                e[j], f[j] = far_exp(profit[j])
            total, power = _many(graph, mine, n, e, f, a, h, b, x, local, kinds, mass, far)
        for j in range(n):
            share = _chance((a[j] / total) * (b[j] / e[j]), h[j] + x[j] - f[j] - power)
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
    """float[m]: how many people want each role. The chance that a pair is used goes into `chance` float32[e], where that
    is given.
    """
    shares = min(workers, len(blocks) - 1)
    sums = np.zeros((max(shares, 1), graph.n_roles), np.int64)

    def work(share: int) -> None:
        for block in range(share, len(blocks) - 1, shares):
            add_demand(graph, blocks[block], blocks[block + 1], prices, temperature, sums[share], chance)

    in_blocks(work, shares, workers)
    return sums.sum(axis=0) / ONE
