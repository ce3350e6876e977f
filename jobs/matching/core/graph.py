"""The market as the kernels read it: each pair twice, in the list of its person and in that of its role.

Roles are numbered by start day, so a person's list is in the order in which she could do them. Compressed
sparse rows by counting sort (Knuth, "The Art of Computer Programming", 5.2).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from jobs.matching.core.compiled import kernel


class Graph(NamedTuple):
    """Pair k of person w: k in first_of[w]:first_of[w+1], of role `role[k]` worth `score[k]`, roles rising.

    Pair j of role o: j in first_on[o]:first_on[o+1], of person `person[j]`, persons rising; it is pair
    `pair[j]` above. `info[o]` is start, end, place and slots; `rank[o]` are the ranks of its end and its start
    among the distinct days of each, `n_ends` and `n_starts`. `gap` are the distinct buffers, `which` indexes it.
    `done[s, b]` counts the end days before start day s - gap[b], `open[t, b]` the start days up to end day t + gap[b].
    """

    info: np.ndarray
    buffer: np.ndarray
    which: np.ndarray
    done: np.ndarray
    open: np.ndarray
    rank: np.ndarray
    n_ends: int
    n_starts: int
    first_of: np.ndarray
    role: np.ndarray
    score: np.ndarray
    first_on: np.ndarray
    person: np.ndarray
    pair: np.ndarray

    @property
    def n_people(self) -> int:
        return len(self.first_of) - 1

    @property
    def n_roles(self) -> int:
        return len(self.first_on) - 1


@kernel
def _by(key, n):
    """first[n+1] and the positions of `key` in stable rising order."""
    first = np.zeros(n + 1, np.int64)
    for k in range(len(key)):
        first[key[k] + 1] += 1
    for i in range(n):
        first[i + 1] += first[i]
    at = first[:-1].copy()
    order = np.empty(len(key), np.int32)
    for k in range(len(key)):
        order[at[key[k]]] = k
        at[key[k]] += 1
    return first, order


@kernel
def _rows(person, role, score, n, m):
    """Both lists. Whatever the order of the pairs, the lists come out the same."""
    first_of, order = _by(person, n)
    e = len(person)
    roles = np.empty(e, np.int32)
    for k in range(e):
        roles[k] = role[order[k]]
    first_on, again = _by(roles, m)  # stable, so persons rise within a role
    at = first_of[:-1].copy()
    mine, points = np.empty(e, np.int32), np.empty(e, np.int32)
    people, pair = np.empty(e, np.int32), np.empty(e, np.int32)
    for o in range(m):
        for j in range(first_on[o], first_on[o + 1]):
            k = order[again[j]]
            w = person[k]
            p = at[w]
            at[w] += 1
            mine[p] = o
            points[p] = score[k]
            people[j] = w
            pair[j] = p
    return first_of, mine, points, first_on, people, pair


@kernel
def by_role(first_of, role, m):
    """Lists by role of lists by person."""
    first_on = np.zeros(m + 1, np.int64)
    for k in range(len(role)):
        first_on[role[k] + 1] += 1
    for o in range(m):
        first_on[o + 1] += first_on[o]
    at = first_on[:-1].copy()
    people, pair = np.empty(len(role), np.int32), np.empty(len(role), np.int32)
    for w in range(len(first_of) - 1):
        for k in range(first_of[w], first_of[w + 1]):
            j = at[role[k]]
            at[role[k]] += 1
            people[j], pair[j] = w, k
    return first_on, people, pair


@kernel
def _by_person(begin, count, person, score, number, n):
    """Lists by person of lists by role, the people of which are numbered anew."""
    first_of, first_on = np.zeros(n + 1, np.int64), np.zeros(len(begin) + 1, np.int64)
    for o in range(len(begin)):
        first_on[o + 1] = first_on[o] + count[o]
        for i in range(begin[o], begin[o] + count[o]):
            first_of[number[person[i]] + 1] += 1
    for w in range(n):
        first_of[w + 1] += first_of[w]
    at = first_of[:-1].copy()
    role, points = np.empty(first_of[n], np.int32), np.empty(first_of[n], np.int32)
    for o in range(len(begin)):
        for i in range(begin[o], begin[o] + count[o]):
            k = at[number[person[i]]]
            at[number[person[i]]] += 1
            role[k], points[k] = o, score[i]
    return first_of, role, points, first_on


def make_graph(
    *,
    n_people: int,
    start: np.ndarray,
    end: np.ndarray,
    place: np.ndarray,
    slots: np.ndarray,
    buffer: np.ndarray,
    person: np.ndarray,
    role: np.ndarray,
    score: np.ndarray,
) -> Graph:
    """The graph of some pairs, in any order. Roles must come by start day."""
    lists = _rows(
        np.ascontiguousarray(person, np.int32),
        np.ascontiguousarray(role, np.int32),
        np.ascontiguousarray(score, np.int32),
        n_people,
        len(start),
    )
    return Graph(*_days(start, end, place, slots, buffer), *lists)


def graph_of_lists(
    *,
    start: np.ndarray,
    end: np.ndarray,
    place: np.ndarray,
    slots: np.ndarray,
    buffer: np.ndarray,
    begin: np.ndarray,
    count: np.ndarray,
    person: np.ndarray,
    score: np.ndarray,
    number: np.ndarray,
) -> Graph:
    """The same of lists by role, begin[o]:begin[o] + count[o] of `person` and `score`, where person w is the one of
    place `number[w]`. It comes without lists by role of its own, a quarter of what it takes to make all.
    """
    first_of, role, points, first_on = _by_person(begin, count, person, score, number, len(number))
    none = np.zeros(0, np.int32)
    return Graph(*_days(start, end, place, slots, buffer), first_of, role, points, first_on, none, none)


def whole(graph: Graph) -> Graph:
    """The graph with its lists by role, where it came without."""
    if len(graph.person) == len(graph.role):
        return graph
    return Graph(*graph[:11], *by_role(graph.first_of, graph.role, graph.n_roles))


def _days(
    start: np.ndarray, end: np.ndarray, place: np.ndarray, slots: np.ndarray, buffer: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray, int, int]:
    """What a graph says of its roles."""
    m = len(start)
    info = np.zeros((m, 4), np.int32)
    for column, values in enumerate((start, end, place, slots)):
        info[:, column] = values
    gap, which = np.unique(np.asarray(buffer, np.int64), return_inverse=True)
    ends, starts = np.unique(info[:, 1]), np.unique(info[:, 0])
    done = np.searchsorted(ends, starts[:, None] - gap)
    opened = np.searchsorted(starts, ends[:, None] + gap, side="right")
    rank = np.stack([np.searchsorted(ends, info[:, 1]), np.searchsorted(starts, info[:, 0])], axis=1)
    return (
        info,
        np.ascontiguousarray(buffer, np.int32),
        np.ascontiguousarray(which.reshape(np.shape(buffer)), np.int32),
        done.astype(np.int32),
        opened.astype(np.int32),
        rank.astype(np.int32).reshape(m, 2),
        len(ends),
        len(starts),
    )


@kernel
def mark_pairs(graph, person, role, chosen):
    """Mark the pairs of `person` int64[k] and `role` int64[k] in `chosen` uint8[e]; what is no pair is passed over."""
    for i in range(len(person)):
        for k in range(graph.first_of[person[i]], graph.first_of[person[i] + 1]):
            if graph.role[k] == role[i]:
                chosen[k] = 1


def blocks_of(first_of: np.ndarray, pairs: int = 60_000) -> np.ndarray:
    """Cuts int64[b+1] of the people into blocks of about `pairs` pairs. Fixed by the market, not by the
    machine.
    """
    n, total = len(first_of) - 1, int(first_of[-1])
    marks = np.arange(1, max(1, total // pairs)) * pairs
    return np.unique(np.concatenate([[0], np.searchsorted(first_of, marks), [n]])).astype(np.int64)
