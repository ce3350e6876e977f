"""How much each role is wanted at given prices, when people choose schedules at random in favour of profit.

A schedule of profit x is drawn with weight exp(x / temperature). Its sum over all schedules of a person and
the chance that a pair is used come from the sweeps over her roles (`sweeps`), however cold it gets.
"""

from __future__ import annotations

import numpy as np

from jobs.matching.core.compiled import far_exp, in_blocks, kernel, near_exp
from jobs.matching.core.graph import Graph
from jobs.matching.core.sweeps import by_far_tables, by_pairs, by_tables, chance_of, desk

MANY = 8  # roles of one person beyond which tables over days beat comparing each with each
BEARABLE = 280.0  # temperatures of profit of one pair up to which sums are floats, made smaller together
PLAIN = 600.0  # temperatures of profit in all up to which a float holds every sum
NOT_TOLD = np.zeros(0, np.float32)
ONE = 2.0**40  # a chance of 1 in whole numbers
REACH = 14.0  # temperatures below profit 0 at which a pair is left out


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
    room = desk(graph, most, True)
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
                total, power = by_pairs(graph, mine, n, e, a, b, when), 0
                h[:n], x[:n] = 0, 0
            else:
                total, power = by_tables(graph, mine, n, e, a, h, b, x, room)
        else:
            for j in range(n):
                e[j], f[j] = far_exp(profit[j])
            total, power = by_far_tables(graph, mine, n, e, f, a, h, b, x, room)
        for j in range(n):
            share = chance_of((a[j] / total) * (b[j] / e[j]), h[j] + x[j] - f[j] - power)
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
