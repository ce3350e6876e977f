"""Mending a cover that is not full: people around an open role agree anew on all they do, and on that role.

Large neighbourhood search (Shaw, 1998) with `beliefs` inside. A piece grows from an open role by lot: to people who
could do it, to others who could do what those do, and so on. What is found is kept when it covers no fewer roles; the
open role is another one then, most of the time, so the next piece begins elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from jobs.matching.core.beliefs import agree
from jobs.matching.core.compiled import in_blocks, kernel
from jobs.matching.core.graph import Graph
from jobs.matching.core.pieces import draw
from jobs.matching.core.subgraph import narrow

SIZES = (
    (25, 100),
    (50, 200),
    (12, 100),
    (25, 300),
)  # people of each piece of a round, and rounds they have to agree
HUNCHES = 0.1  # so that not the same is agreed on again


@kernel
def _around(graph, holder, size, state):
    """Up to `size` people int32[..] around an open role."""
    m, n = len(graph.info), 0
    pool, people = np.empty(m + 1, np.int32), np.empty(size, np.int32)
    inside = np.zeros(len(graph.first_of) - 1, np.uint8)
    for o in range(m):
        if holder[o] < 0 and graph.info[o, 3] > 0 and graph.first_on[o + 1] > graph.first_on[o]:
            pool[n] = o
            n += 1
    target = pool[draw(state, n)]
    pool[0], n, size_now = target, 1, 0
    for _ in range(20 * size):
        o = pool[draw(state, n)]
        low = graph.first_on[o]
        w = graph.person[low + draw(state, graph.first_on[o + 1] - low)]
        if inside[w]:
            continue
        inside[w], people[size_now] = 1, w
        size_now += 1
        for k in range(graph.first_of[w], graph.first_of[w + 1]):
            if holder[graph.role[k]] == k:
                pool[n] = graph.role[k]
                n += 1
        if size_now == size:
            break
    return people[:size_now]


@kernel
def _propose(graph, holder, size, rounds, state):
    """The people of a piece, how many more roles they cover after agreeing anew, the pairs they would use, and how
    many pairs had to agree.
    """
    people = _around(graph, holder, size, state)
    slots, number = np.zeros(len(graph.info), np.int64), np.full(len(graph.info), -1, np.int32)
    keep, had = np.ones(len(graph.role), np.uint8), 0
    for w in people:
        for k in range(graph.first_of[w], graph.first_of[w + 1]):
            o = graph.role[k]
            if holder[o] == k:
                slots[o] = 1
                had += 1
            elif holder[o] < 0 and graph.info[o, 3] > 0:
                slots[o] = 1
    part, _, roles, origin = narrow(graph, people, slots, keep, number)
    taken = agree(part, rounds, len(roles), HUNCHES, state)
    return people, taken.sum() - had, origin[np.flatnonzero(taken)], len(taken)


@kernel
def _accept(graph, holder, people, pairs):
    """Write a piece; false, and nothing written, where a role of it has gone to somebody else meanwhile."""
    mine = np.zeros(len(graph.info), np.uint8)
    for w in people:
        for k in range(graph.first_of[w], graph.first_of[w + 1]):
            if holder[graph.role[k]] == k:
                mine[graph.role[k]] = 1
    for k in pairs:
        if holder[graph.role[k]] >= 0 and not mine[graph.role[k]]:
            return False
    for o in range(len(mine)):
        if mine[o]:
            holder[o] = -1
    for k in pairs:
        holder[graph.role[k]] = k
    return True


def mend(
    graph: Graph,
    taken: np.ndarray,
    effort: int,
    wanted: int,
    state: np.ndarray,
    workers: int,
    over: Callable[[], bool],
) -> None:
    """Rewrite `taken` uint8[e] to cover no fewer roles, until `wanted` are covered or the rounds of all pairs that
    had to agree come to `effort`. The pieces of a round all start from the same cover, so threads may try them; what
    fits together is kept.
    """
    holder = np.full(graph.n_roles, -1, np.int64)
    held = np.flatnonzero(taken)
    holder[graph.role[held]] = held
    sizes = [(min(size, max(graph.n_people // 3, 2)), rounds) for size, rounds in SIZES]
    while effort > 0 and (holder >= 0).sum() < wanted and not over():
        found: list[tuple[np.ndarray, int, np.ndarray, int]] = [(held, -1, held, 0)] * len(sizes)
        lots = [
            np.array([(int(state[0]) + 6007 * at) % 2147483646 + 1], np.int64) for at in range(len(sizes))
        ]

        def work(at: int, found=found, lots=lots) -> None:
            size, turns = sizes[at]
            draw(lots[at], 2)
            found[at] = _propose(graph, holder, size, turns, lots[at])

        in_blocks(work, len(sizes), workers)
        touched: set[int] = set()
        for at in sorted(range(len(sizes)), key=lambda at: (-found[at][1], at)):
            people, won, pairs, pairs_in_all = found[at]
            effort -= pairs_in_all * sizes[at][1] + 1
            if won >= 0 and touched.isdisjoint(people.tolist()) and _accept(graph, holder, people, pairs):
                touched.update(people.tolist())
        state[0] = int(lots[0][0])
    taken[:] = 0
    taken[holder[holder >= 0]] = 1
