"""Who does what in most of all full covers: what each pair believes of the others, until they agree.

Belief propagation (Pearl, 1988) with reinforcement (Chavas, Furtlehner, Mezard and Zecchina, "Survey-propagation
decimation through distributed local computations", 2005). A person tells a role how gladly she would do it, all her
other roles considered: the sum over her schedules is exact, by the sweeps of `demand`. A role tells a person how badly
it needs her, which is how little the others who could do it want to. What a pair has heard so far pulls at it, a
little more in every round, so one of the covers there are wins over the others. Prices are nearly the same; but a
price tells all people the same, their own wish among it, which is far off where few people fit a role.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from jobs.matching.core.compiled import far_exp, in_blocks, kernel, natural_log, near_exp
from jobs.matching.core.demand import PLAIN
from jobs.matching.core.graph import Graph, blocks_of
from jobs.matching.core.roster import clash
from jobs.matching.core.sweeps import by_far_tables, chance_of, desk

SURE = 20.0  # logarithm of the odds beyond which nothing is told
SPARE = 1e-6  # what it weighs that nobody does a role
DAMPED = 0.8  # of what is new in a round
FULL_PULL = 0.25  # of the odds, in the last round
LOOKS = 20, 10  # rounds between two looks at what would be done, at least; looks in all, at most


@kernel
def order_of_ends(graph):
    """The pairs of each person by the last day of their roles, as places in her list int32[e]; empty where a float
    might not hold a sum of hers, or roles are in different places.
    """
    out, info, most = np.empty(len(graph.role), np.int32), graph.info, PLAIN / (SURE * (1.0 + FULL_PULL))
    if len(graph.buffer) > 1:
        return out[:0]
    for w in range(len(graph.first_of) - 1):
        low, high = graph.first_of[w], graph.first_of[w + 1]
        last = info[graph.role[low:high], 1]
        order = np.argsort(last, kind="mergesort")
        out[low:high] = order
        count, busy = 0, 0
        for j in order:
            if count == 0 or info[graph.role[low + j], 0] > busy:
                count, busy = count + 1, last[j]
        if count > most:
            return out[:0]
    return out


@kernel
def _in_one_place(graph, at, n, order, e, a, b):
    """Forward sums a and backward sums b of n pairs that weigh e, from place `at` on; the sum of all."""
    info, role, buffer = graph.info, graph.role, graph.buffer[0, 0]
    before, total, i = 1.0, 1.0, 0
    for j in range(n):
        start = info[role[at + j], 0]
        while i < n and info[role[at + order[i]], 1] + buffer < start:
            before += a[order[i]]
            i += 1
        a[j] = before * e[j]
        total += a[j]
    after, i = 1.0, n - 1
    for t in range(n - 1, -1, -1):
        end = info[role[at + order[t]], 1] + buffer
        while i >= 0 and info[role[at + i], 0] > end:
            after += b[i]
            i -= 1
        b[order[t]] = after * e[order[t]]
    return total


@kernel
def weigh_schedules(graph, ends, need, pull, odds, low, high):
    """Write into `odds` float[e] the logarithm of the odds that the people low..high use each of their pairs, where
    pair k weighs exp(need[k] + pull[k]). `ends` are those of `order_of_ends`.
    """
    first, most, easy = graph.first_of, 1, len(ends) > 0
    for w in range(low, high):
        most = max(most, first[w + 1] - first[w])
    mine = np.empty(most, np.int32)
    e, a, b = np.empty(most), np.empty(most), np.empty(most)
    f, h, x = np.empty(most, np.int32), np.empty(most, np.int32), np.empty(most, np.int32)
    room = desk(graph, most, not easy)
    for w in range(low, high):
        at, n = first[w], first[w + 1] - first[w]
        if easy:
            for j in range(n):
                e[j] = near_exp(need[at + j] + pull[at + j])
            total = _in_one_place(graph, at, n, ends[at : at + n], e, a, b)
        else:
            for j in range(n):
                mine[j] = at + j
                e[j], f[j] = far_exp(need[at + j] + pull[at + j])
            total, power = by_far_tables(graph, mine, n, e, f, a, h, b, x, room)
        for j in range(n):
            share = (a[j] / total) * (b[j] / e[j])
            if not easy:
                share = chance_of(share, h[j] + x[j] - f[j] - power)
            share = min(max(share, 1e-14), 1.0 - 1e-14)
            odds[at + j] = natural_log(share / (1.0 - share))


@kernel
def tell_needs(graph, need, pull, hunch, odds, strength, top, rest, best):
    """One round of roles: `need` and `pull` float[e] anew from `odds`. Room per role: `top`, `rest`, `best`."""
    role = graph.role
    top[:], rest[:], best[:] = -1e9, 0.0, -1
    for k in range(len(role)):
        gladly = odds[k] - need[k]
        if gladly > top[role[k]]:
            top[role[k]], best[role[k]] = gladly, k
    for k in range(len(role)):
        if best[role[k]] != k:
            rest[role[k]] += near_exp(max(odds[k] - need[k] - top[role[k]], -PLAIN))
    for k in range(len(role)):
        o, gladly = role[k], odds[k] - need[k]
        if graph.info[o, 3] <= 0:
            need[k] = -SURE
            continue
        others = rest[o] + SPARE * near_exp(min(max(-top[o], -PLAIN), PLAIN))
        if best[o] != k:
            others += 1.0 - near_exp(max(gladly - top[o], -PLAIN))
        new = -(natural_log(max(others, 1e-300)) + top[o])
        need[k] += DAMPED * (min(max(new, -SURE), SURE) - need[k])
        pull[k] = hunch[k] + strength * min(max(gladly + need[k], -SURE), SURE)


@kernel
def read_off(graph, odds, taken):
    """The surest pairs first, as far as they fit, into `taken` uint8[e]: how many."""
    order, who = np.argsort(-odds, kind="mergesort"), np.empty(len(odds), np.int32)
    for w in range(len(graph.first_of) - 1):
        who[graph.first_of[w] : graph.first_of[w + 1]] = w
    done, n = np.zeros(len(graph.info), np.uint8), 0
    taken[:] = 0
    for k in order:
        o, w = graph.role[k], who[k]
        if done[o] or graph.info[o, 3] <= 0:
            continue
        fits = True
        for q in range(graph.first_of[w], graph.first_of[w + 1]):
            if taken[q] and clash(graph, graph.role[q], o):
                fits = False
                break
        if fits:
            taken[k], done[o] = 1, 1
            n += 1
    return n


@kernel
def _hunches(n, most, state):
    """float[n] by lot, between -most and most: with others, another of the covers there are is agreed on."""
    out = np.empty(n)
    for k in range(n):
        state[0] = state[0] * 48271 % 2147483647
        out[k] = most * (2.0 * (state[0] / 2147483647.0) - 1.0)
    return out


@kernel
def agree(graph, rounds, wanted, hunches, state):
    """taken uint8[e] after so many `rounds`, or when `wanted` roles are covered or nothing changes any more.
    `hunches` is the most that a pair is for or against by lot.
    """
    e, m = len(graph.role), len(graph.info)
    need, odds, hunch = np.zeros(e), np.empty(e), _hunches(e, hunches, state)
    top, rest, best = np.empty(m), np.empty(m), np.empty(m, np.int64)
    taken, before, pull = np.zeros(e, np.uint8), np.zeros(e, np.uint8), hunch.copy()
    looks, ends = max(LOOKS[0], rounds // LOOKS[1]), order_of_ends(graph)
    for turn in range(1, rounds + 1):
        weigh_schedules(graph, ends, need, pull, odds, 0, len(graph.first_of) - 1)
        tell_needs(graph, need, pull, hunch, odds, FULL_PULL * turn / rounds, top, rest, best)
        if turn % looks == 0 or turn == rounds:
            if read_off(graph, odds, taken) >= wanted or (taken == before).all():
                break
            before[:] = taken
    return taken


def agree_wide(
    graph: Graph,
    rounds: int,
    wanted: int,
    hunches: float,
    state: np.ndarray,
    workers: int,
    over: Callable[[], bool],
) -> np.ndarray:
    """The same on threads: taken uint8[e]."""
    e, m = len(graph.role), graph.n_roles
    need, odds, hunch = np.zeros(e), np.empty(e), _hunches(e, hunches, state)
    top, rest, best = np.empty(m), np.empty(m), np.empty(m, np.int64)
    taken, before, pull = np.zeros(e, np.uint8), np.zeros(e, np.uint8), hunch.copy()
    blocks, looks = blocks_of(graph.first_of, 5000), max(LOOKS[0], rounds // LOOKS[1])
    ends = order_of_ends(graph)

    def work(block: int) -> None:
        weigh_schedules(graph, ends, need, pull, odds, blocks[block], blocks[block + 1])

    for turn in range(1, rounds + 1):
        in_blocks(work, len(blocks) - 1, workers)
        tell_needs(graph, need, pull, hunch, odds, FULL_PULL * turn / rounds, top, rest, best)
        if turn % looks == 0 or turn == rounds or over():
            if read_off(graph, odds, taken) >= wanted or (taken == before).all() or over():
                break
            before[:] = taken
    return taken
