"""Covering every role when all pairs are worth the same: who does what matters only to who else can.

Tabu search over partial covers (Blochliger and Zufferey, "A graph coloring heuristic using partial solutions and
a reactive tabu scheme", 2008), for interval graphs with a list of people per role: an open role is given to
somebody, whatever clashes with it opens, and may not go back to her for a while. Roles that stay open gain
weight (breakout; Morris, 1993), so that in time others give way. A swap of everything after some day is a chain
of such moves. Where that leaves roles open, all begin anew with what they believe of each other (`beliefs`), and
pieces around what is still open are agreed upon again (`mending`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from jobs.matching.core.beliefs import agree_wide
from jobs.matching.core.compiled import kernel
from jobs.matching.core.graph import Graph
from jobs.matching.core.mending import mend
from jobs.matching.core.roster import clash

QUICK = 20_000  # moves of the search
ATTEMPTS = (100, 200, 400, 100, 800, 200)  # rounds of belief among all, in turn
HUNCHES = 0.1
MENDING = 3  # times the work of an attempt that goes into mending what it leaves open
# Without a time limit: pairs that agree, in all rounds; attempts at least and at most.
EFFORT, FEWEST, MOST = 200_000_000, 2, 20


class Cover(NamedTuple):
    """`holder[o]` is the pair that does role o, -1 while it is open; open roles stand in `open[:n_open[0]]`, role
    o at `spot[o]`. `cost[k]` is the weight that would open if pair k were used; `until[k]`: not before that turn.
    """

    holder: np.ndarray
    weight: np.ndarray
    cost: np.ndarray
    until: np.ndarray
    open: np.ndarray
    spot: np.ndarray
    n_open: np.ndarray


@kernel
def _reach(graph):
    """int64[m, 2]: the roles among which all that clash with a role are found, roles being in order of start."""
    info, m = graph.info, len(graph.info)
    longest, buffer = 0, 0
    for o in range(m):
        longest = max(longest, info[o, 1] - info[o, 0])
    for a in range(len(graph.buffer)):
        for b in range(len(graph.buffer)):
            buffer = max(buffer, graph.buffer[a, b])
    starts = info[:, 0].copy().astype(np.int64)
    out = np.empty((m, 2), np.int64)
    for o in range(m):
        out[o, 0] = np.searchsorted(starts, info[o, 0] - longest - buffer, side="left")
        out[o, 1] = np.searchsorted(starts, info[o, 1] + buffer, side="right")
    return out


@kernel
def _weigh(graph, cover, reach, w, f, by):
    """Role f, of weight `by`, comes to (or with -by leaves) person w."""
    low, high = graph.first_of[w], graph.first_of[w + 1]
    k = low + np.searchsorted(graph.role[low:high], reach[f, 0])
    while k < high and graph.role[k] < reach[f, 1]:
        if clash(graph, graph.role[k], f):
            cover.cost[k] += by
        k += 1


@kernel
def _give(graph, cover, reach, k, w):
    """Person w takes the open role of her pair k."""
    o = graph.role[k]
    at, last = cover.spot[o], cover.open[cover.n_open[0] - 1]
    cover.open[at], cover.spot[last] = last, at
    cover.n_open[0] -= 1
    cover.holder[o] = k
    _weigh(graph, cover, reach, w, o, cover.weight[o])


@kernel
def _free(graph, cover, reach, o, w):
    """Role o of person w opens."""
    cover.holder[o] = -1
    cover.spot[o] = cover.n_open[0]
    cover.open[cover.n_open[0]] = o
    cover.n_open[0] += 1
    _weigh(graph, cover, reach, w, o, -cover.weight[o])


@kernel
def _begin(graph, cover, reach, chosen):
    """Open every role that anybody can do, then fill what `chosen` fills."""
    for o in range(len(graph.info)):
        if graph.first_on[o + 1] > graph.first_on[o] and graph.info[o, 3] > 0:
            cover.spot[o] = cover.n_open[0]
            cover.open[cover.n_open[0]] = o
            cover.n_open[0] += 1
    for w in range(len(graph.first_of) - 1):
        for k in range(graph.first_of[w], graph.first_of[w + 1]):
            if chosen[k]:
                _give(graph, cover, reach, k, w)


@kernel
def cover_all(graph, chosen, turns, state):
    """From the pairs `chosen` uint8[e] (no two clash, one slot a role) to a cover of as many roles as `turns`
    moves find: `chosen` is rewritten to the best. True when every role that anybody can do is covered.
    """
    m, e = len(graph.info), len(graph.role)
    cover = Cover(
        np.full(m, -1, np.int64), np.ones(m, np.int64), np.zeros(e, np.int64), np.zeros(e, np.int64),
        np.empty(m, np.int64), np.empty(m, np.int64), np.zeros(1, np.int64),
    )  # fmt: skip
    reach = _reach(graph)
    _begin(graph, cover, reach, chosen)
    best = cover.n_open[0]
    for turn in range(turns):
        if best == 0:
            return True
        lowest, ties, at, who = 2**62, 0, -1, -1
        for i in range(cover.n_open[0]):
            o = cover.open[i]
            for j in range(graph.first_on[o], graph.first_on[o + 1]):
                k = graph.pair[j]
                cost = cover.cost[k] - cover.weight[o]
                if cost > lowest or cover.until[k] > turn:
                    continue
                ties = ties + 1 if cost == lowest else 1
                state[0] = state[0] * 48271 % 2147483647
                if cost < lowest or state[0] % ties == 0:
                    lowest, at, who = cost, k, graph.person[j]
        if at < 0:
            continue
        if lowest >= 0:
            for i in range(cover.n_open[0]):
                cover.weight[cover.open[i]] += 1
        o = graph.role[at]
        low, high = graph.first_of[who], graph.first_of[who + 1]
        k = low + np.searchsorted(graph.role[low:high], reach[o, 0])
        while k < high and graph.role[k] < reach[o, 1]:
            f = graph.role[k]
            if cover.holder[f] == k and clash(graph, f, o):
                _free(graph, cover, reach, f, who)
                state[0] = state[0] * 48271 % 2147483647
                cover.until[k] = turn + 5 + cover.n_open[0] // 2 + state[0] % 10
            k += 1
        _give(graph, cover, reach, at, who)
        if cover.n_open[0] < best:
            best = cover.n_open[0]
            _write(cover, chosen)
    return best == 0


@kernel
def _write(cover, chosen):
    """Mark the pairs that the cover holds."""
    chosen[:] = 0
    for f in range(len(cover.holder)):
        if cover.holder[f] >= 0:
            chosen[cover.holder[f]] = 1


@kernel
def _in_turn(graph, chosen):
    """Role after role by start, to whoever can and has waited least (then: whoever can do fewest roles)."""
    n = len(graph.first_of) - 1
    last = np.full(n, -1, np.int64)
    for o in range(len(graph.info)):
        if graph.info[o, 3] <= 0:
            continue
        at, wait, few = -1, 2**62, 0
        for j in range(graph.first_on[o], graph.first_on[o + 1]):
            w = graph.person[j]
            if last[w] >= 0 and clash(graph, last[w], o):
                continue
            idle = graph.info[o, 0] - (graph.info[last[w], 1] if last[w] >= 0 else graph.info[0, 0])
            roles = graph.first_of[w + 1] - graph.first_of[w]
            if idle < wait or (idle == wait and roles < few):
                at, wait, few = j, idle, roles
        if at >= 0:
            chosen[graph.pair[at]] = 1
            last[graph.person[at]] = o


def even(graph: Graph) -> bool:
    """Whether all pairs are worth the same and no role has two slots: then `cover` is meant."""
    return bool((graph.score == graph.score[0]).all() and graph.info[:, 3].max() <= 1)


def cover(
    graph: Graph, state: np.ndarray, workers: int, over: Callable[[], bool], use_up: bool = False
) -> tuple[np.ndarray, bool]:
    """The best cover found, as taken uint8[e], and whether it is full. First in turn; then by belief, each time
    more slowly. With `use_up` until it is full or `over`, else a fixed number of times.
    """
    chosen, most = np.zeros(len(graph.role), np.uint8), _coverable(graph)
    _in_turn(graph, chosen)
    cover_all(graph, chosen, QUICK, state)
    turn, left = 0, EFFORT
    while chosen.sum() < most and not over() and (use_up or turn < FEWEST or (left > 0 and turn < MOST)):
        rounds = ATTEMPTS[turn % len(ATTEMPTS)]
        taken = agree_wide(graph, rounds, most, HUNCHES, state, workers, over)
        cover_all(graph, taken, QUICK, state)
        if taken.sum() >= chosen.sum():
            chosen = taken
        if not over():
            mend(graph, chosen, MENDING * rounds * len(graph.role), most, state, workers, over)
        turn, left = turn + 1, left - (1 + MENDING) * rounds * len(graph.role)
    return chosen, bool(chosen.sum() == most)


def _coverable(graph: Graph) -> int:
    return int(((np.diff(graph.first_on) > 0) & (graph.info[:, 3] > 0)).sum())
