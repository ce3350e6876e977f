"""Who holds what while a plan is made: the moving state shared by the auction, the chains and the polish."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from jobs.matching.core.compiled import kernel
from jobs.matching.core.graph import Graph


class Roster(NamedTuple):
    """Pairs in use, by person and by role. Never two clashing roles of a person, never more people than slots.

    Person w holds pairs `held[first[w]:first[w] + count[w]]` of roles `doing[..]`; role o has pairs
    `used[start[o]:start[o] + filled[o]]` of people `crew[..]`. `log` records takes (pair) and drops (-1 -
    pair) with the person since `size[0]` was last 0, so that they can be undone.
    """

    first: np.ndarray
    count: np.ndarray  # type: ignore[assignment]  # a column, not the method of tuples; kernels know it by this name
    held: np.ndarray
    doing: np.ndarray
    start: np.ndarray
    filled: np.ndarray
    used: np.ndarray
    crew: np.ndarray
    log: np.ndarray
    size: np.ndarray


SPARE = 3  # people a role may have too many while a chain is looked for
LOG = 4096  # takes and drops that can be undone; a piece that needs more is given up


@kernel
def most_held(graph):
    """int64[n+1]: where each person's places begin, as many as her roles that fit on different days."""
    first = np.zeros(len(graph.first_of), np.int64)
    for w in range(len(first) - 1):
        count, busy = 0, 0
        for k in range(graph.first_of[w], graph.first_of[w + 1]):
            o = graph.role[k]
            if count == 0 or graph.info[o, 0] > busy:
                count += 1
                busy = graph.info[o, 1]
            else:
                busy = min(busy, graph.info[o, 1])
        first[w + 1] = first[w] + count
    return first


def empty_roster(graph: Graph) -> Roster:
    """Nobody holds anything."""
    first = most_held(graph)
    room = np.minimum(graph.info[:, 3].astype(np.int64) + SPARE, np.diff(graph.first_on))
    start = np.concatenate([[0], np.cumsum(room, dtype=np.int64)])
    return Roster(
        first=first,
        count=np.zeros(graph.n_people, np.int32),
        held=np.zeros(first[-1], np.int32),
        doing=np.zeros(first[-1], np.int32),
        start=start,
        filled=np.zeros(graph.n_roles, np.int32),
        used=np.zeros(start[-1], np.int32),
        crew=np.zeros(start[-1], np.int32),
        log=np.zeros((LOG, 2), np.int32),
        size=np.zeros(1, np.int64),
    )


@kernel
def take(graph, roster, k, w):
    """Put person w on the role of her pair k. The caller has made room on both sides."""
    o = graph.role[k]
    at = roster.first[w] + roster.count[w]
    roster.held[at], roster.doing[at] = k, o
    roster.count[w] += 1
    at = roster.start[o] + roster.filled[o]
    roster.used[at], roster.crew[at] = k, w
    roster.filled[o] += 1


@kernel
def drop(graph, roster, k, w):
    """Take person w off the role of her pair k."""
    o = graph.role[k]
    last = roster.first[w] + roster.count[w] - 1
    at = last
    while roster.held[at] != k:
        at -= 1
    roster.held[at], roster.doing[at] = roster.held[last], roster.doing[last]
    roster.count[w] -= 1
    last = roster.start[o] + roster.filled[o] - 1
    at = last
    while roster.used[at] != k:
        at -= 1
    roster.used[at], roster.crew[at] = roster.used[last], roster.crew[last]
    roster.filled[o] -= 1


@kernel
def log_take(graph, roster, k, w):
    """`take`, and remember it."""
    take(graph, roster, k, w)
    at = roster.size[0] % LOG
    roster.log[at, 0], roster.log[at, 1] = k, w
    roster.size[0] += 1


@kernel
def log_drop(graph, roster, k, w):
    """`drop`, and remember it."""
    drop(graph, roster, k, w)
    at = roster.size[0] % LOG
    roster.log[at, 0], roster.log[at, 1] = -1 - k, w
    roster.size[0] += 1


@kernel
def undo_to(graph, roster, size):
    """Back to where the log had `size` entries. Only while it holds no more than LOG of them."""
    while roster.size[0] > size:
        roster.size[0] -= 1
        k, w = roster.log[roster.size[0], 0], roster.log[roster.size[0], 1]
        if k >= 0:
            drop(graph, roster, k, w)
        else:
            take(graph, roster, -1 - k, w)


@kernel
def clash(graph, a, b):
    """Whether one person cannot hold both roles."""
    info = graph.info
    if info[a, 0] <= info[b, 0]:
        return info[b, 0] <= info[a, 1] + graph.buffer[info[a, 2], info[b, 2]]
    return info[a, 0] <= info[b, 1] + graph.buffer[info[b, 2], info[a, 2]]


@kernel
def _seat(graph, roster, chosen):
    for w in range(len(graph.first_of) - 1):
        for k in range(graph.first_of[w], graph.first_of[w + 1]):
            if chosen[k]:
                take(graph, roster, k, w)


def seat(graph: Graph, chosen: np.ndarray) -> Roster:
    """The roster of the pairs marked in `chosen` uint8[e], which must fit."""
    roster = empty_roster(graph)
    _seat(graph, roster, chosen)
    return roster


@kernel
def total_score(graph, roster):
    """The score of everything held."""
    total = 0
    for o in range(len(roster.filled)):
        for at in range(roster.start[o], roster.start[o] + roster.filled[o]):
            total += graph.score[roster.used[at]]
    return total


@kernel
def held_pairs(roster):
    """Pairs in use and their people, by role."""
    n = 0
    for o in range(len(roster.filled)):
        n += roster.filled[o]
    pairs, people = np.empty(n, np.int64), np.empty(n, np.int64)
    n = 0
    for o in range(len(roster.filled)):
        for at in range(roster.start[o], roster.start[o] + roster.filled[o]):
            pairs[n], people[n] = roster.used[at], roster.crew[at]
            n += 1
    return pairs, people
