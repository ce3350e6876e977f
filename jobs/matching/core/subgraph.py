"""Parts of a graph: some of its pairs, or what is still open of it."""

from __future__ import annotations

import numpy as np

from jobs.matching.core.compiled import kernel
from jobs.matching.core.graph import Graph, by_role


@kernel
def narrow(graph, people, slots, keep, number):
    """The part of a graph that is still open: those `people` int32[..], roles with `slots` int64[m], pairs
    marked in `keep` uint8[e]. `number` int32[m] is scratch, -1 all over before and after.

    The part (without lists by role; days are those of the whole), its people, roles and pairs in the whole.
    """
    n, e = 0, 0
    for w in people:
        some = False
        for k in range(graph.first_of[w], graph.first_of[w + 1]):
            o = graph.role[k]
            if keep[k] and slots[o] > 0:
                number[o] = 0
                e += 1
                some = True
        n += some
    left, first = np.empty(n, np.int32), np.zeros(n + 1, np.int64)
    role, score, origin = np.empty(e, np.int32), np.empty(e, np.int32), np.empty(e, np.int64)
    n, e = 0, 0
    for w in people:
        for k in range(graph.first_of[w], graph.first_of[w + 1]):
            o = graph.role[k]
            if keep[k] and slots[o] > 0:
                role[e], score[e], origin[e] = o, graph.score[k], k
                e += 1
        if e > first[n]:
            left[n] = w
            n += 1
            first[n] = e
    roles, m = np.empty(min(e, len(number)), np.int32), 0
    for k in range(e):
        if number[role[k]] == 0:
            number[role[k]] = 1
            roles[m] = role[k]
            m += 1
    roles = np.sort(roles[:m])
    for o in range(m):
        number[roles[o]] = o
    for k in range(e):
        role[k] = number[role[k]]
    for o in range(m):
        number[roles[o]] = -1
    info = graph.info[roles]
    for o in range(m):
        info[o, 3] = slots[roles[o]]
    none = np.zeros(0, np.int32)
    part = Graph(
        info, graph.buffer, graph.which, graph.done, graph.open, graph.rank[roles],
        graph.n_ends, graph.n_starts, first, role, score, np.zeros(m + 1, np.int64), none, none,
    )  # fmt: skip
    return part, left, roles, origin


@kernel
def _thinned(graph, keep):
    """Where each person's pairs marked in `keep` begin, and their roles and scores."""
    n, first = 0, np.zeros(len(graph.first_of), np.int64)
    for w in range(len(graph.first_of) - 1):
        for k in range(graph.first_of[w], graph.first_of[w + 1]):
            if keep[k]:
                n += 1
        first[w + 1] = n
    role, score = np.empty(n, np.int32), np.empty(n, np.int32)
    n = 0
    for k in range(len(keep)):
        if keep[k]:
            role[n], score[n] = graph.role[k], graph.score[k]
            n += 1
    return first, role, score


def thin(graph: Graph, keep: np.ndarray) -> Graph:
    """The graph of the pairs marked in `keep` uint8[e], without lists by role."""
    first, role, score = _thinned(graph, keep)
    none = np.zeros(0, np.int32)
    lists = (first, role, score, np.zeros_like(graph.first_on), none, none)
    return Graph(*graph[:8], *lists)


def sift(graph: Graph, keep: np.ndarray) -> tuple[Graph, np.ndarray]:
    """The same with lists by role, and which pairs these are."""
    first, role, score = _thinned(graph, keep)
    lists = (first, role, score, *by_role(first, role, graph.n_roles))
    return Graph(*graph[:8], *lists), np.flatnonzero(keep).astype(np.int32)
