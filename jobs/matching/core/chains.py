"""Filling a slot by a chain of moves: A takes the open role, B takes A's, C was free; or A's stays open.

A shortest augmenting path (Berge, 1957; Hopcroft and Karp, 1973) widened level by level, in which each role
remembers the best way to it. Only moves in which a person gives up at most one role are followed, and nobody
moves twice in one chain. Worth is score plus `bonus` of the role; with a bonus greater than any chain of
scores a filled slot comes before all scores.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from jobs.matching.core.compiled import kernel
from jobs.matching.core.graph import Graph
from jobs.matching.core.roster import clash, log_drop, log_take

LONGEST = 8  # people moved by one chain
WIDEST = 1000  # roles one search may look at


class Search(NamedTuple):
    """Per role: the round it was reached in, worth won on the way, pair taken from `source` by `who`, pair
    given up here.
    """

    seen: np.ndarray
    gain: np.ndarray
    taken: np.ndarray
    given: np.ndarray
    who: np.ndarray
    source: np.ndarray
    level: np.ndarray
    following: np.ndarray
    round: np.ndarray


def new_search(graph: Graph) -> Search:
    """Room for searches over a market."""
    m = max(graph.n_roles, 1)
    seen, gain = np.zeros(m, np.int64), np.zeros(m, np.int64)
    taken, given, who, source, level, following = (np.zeros(m, np.int32) for _ in range(6))
    return Search(seen, gain, taken, given, who, source, level, following, np.zeros(1, np.int64))


@kernel
def _moves_already(search, target, o, w):
    """Whether w moves on the way to o."""
    while o != target:
        if search.who[o] == w:
            return True
        o = search.source[o]
    return False


@kernel
def _look(graph, roster, search, bonus, target, o, end, best, size):
    """Try everybody for o. `end`: best end of a chain so far (role, pair, person); its worth in and out."""
    mark = search.round[0]
    for j in range(graph.first_on[o], graph.first_on[o + 1]):
        w, k = graph.person[j], graph.pair[j]
        worth = search.gain[o] + graph.score[k] + bonus[o]
        given, lost = -1, 0
        for i in range(roster.first[w], roster.first[w] + roster.count[w]):
            f = roster.doing[i]
            if f == o:
                lost = 2
                break
            if clash(graph, o, f):
                lost += 1
                given = roster.held[i]
                if lost > 1:
                    break
        if lost > 1:
            continue
        if lost == 0:
            if worth > best and not _moves_already(search, target, o, w):
                best = worth
                end[0], end[1], end[2], end[3] = o, k, w, -1
            continue
        f = graph.role[given]
        worth -= graph.score[given] + bonus[f]
        fresh = search.seen[f] != mark
        if worth > best and not _moves_already(search, target, o, w):
            best = worth
            end[0], end[1], end[2], end[3] = o, k, w, given
        if fresh and f != target and not _moves_already(search, target, o, w):
            search.seen[f] = mark
            search.gain[f], search.taken[f], search.given[f] = worth, k, given
            search.who[f], search.source[f] = w, o
            search.following[size] = f
            size += 1
    return best, size


@kernel
def best_chain(graph, roster, search, bonus, target, longest, widest, end, low):
    """The best chain into one slot of `target` worth more than `low`, as its `end`; its worth, or `low`."""
    search.round[0] += 1
    search.seen[target] = search.round[0]
    search.gain[target] = 0
    search.level[0] = target
    width, best, looks = 1, low, 0
    for _ in range(longest):
        size = 0
        for at in range(width):
            looks += 1
            if looks > widest:
                break
            best, size = _look(graph, roster, search, bonus, target, search.level[at], end, best, size)
        if size == 0 or best > low or looks > widest:
            break
        search.level[:size] = search.following[:size]
        width = size
    return best


@kernel
def move(graph, roster, search, target, end):
    """Carry out the chain with this `end`: first all leave, then all take."""
    if end[3] >= 0:
        log_drop(graph, roster, end[3], end[2])
    o = end[0]
    while o != target:
        log_drop(graph, roster, search.given[o], search.who[o])
        o = search.source[o]
    log_take(graph, roster, end[1], end[2])
    o = end[0]
    while o != target:
        log_take(graph, roster, search.taken[o], search.who[o])
        o = search.source[o]


@kernel
def fill_by_chains(graph, roster, search, bonus, order, longest):
    """Chains into all open slots, in `order`, as long as they gain; the role a chain leaves open tries again."""
    end = np.zeros(4, np.int32)
    again = np.empty(len(order) + 1, np.int32)
    for first in order:
        again[0], n, tries = first, 1, 0
        while n > 0 and tries < 1000:
            o = again[n - 1]
            if roster.filled[o] >= graph.info[o, 3]:
                n -= 1
                continue
            tries += 1
            if best_chain(graph, roster, search, bonus, o, longest, WIDEST, end, 0) <= 0:
                n -= 1
                continue
            move(graph, roster, search, o, end)
            roster.size[0] = 0
            if end[3] >= 0 and n < len(order):
                again[n] = graph.role[end[3]]
                n += 1
