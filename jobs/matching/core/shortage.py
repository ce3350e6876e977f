"""Proof that what a plan leaves open stays open in every plan.

On one day a person is on one role at most. Say that everybody who may take a role still open is at work that day, on
roles that only people at work on these roles may take: then these roles have used up their people, and no plan has
more of their slots filled (P. Hall, "On Representatives of Subsets", 1935). They are found as in Koenig's theorem, from
the open role on: who may take it, where these are that day, who may take that.
"""

from __future__ import annotations

import numpy as np

from jobs.matching.core.compiled import kernel
from jobs.matching.core.graph import Graph

MOST = 64  # open roles that are looked at, and steps away from each: a step reads all pairs


def nothing_to_fill(
    graph: Graph, person: np.ndarray, role: np.ndarray, floor: np.ndarray, extra: np.ndarray
) -> bool:
    """Whether it is proven that no plan fills more slots than the one of `role` int64[k] of `person` int64[k], nor
    slots worth more. `floor` int64[m], above 0 where people were left out of a role's list; `extra` int64[m]: what a
    filled slot is worth. False says nothing.
    """
    short = np.bincount(role, minlength=graph.n_roles) < graph.info[:, 3]
    if short.sum() > MOST or graph.buffer.min(initial=0) < 0:
        return False
    counted = np.full(graph.n_roles, -1, np.int64)  # the day on which a role's people are all at work
    for o in np.flatnonzero(short).tolist():
        start, end = graph.info[o, :2].tolist()
        for day in range(start, end + 1) if counted[o] < 0 else ():
            inside = _used_up(graph, person, role, o, day, floor)
            if inside is not None and _counts(inside, day, counted, short, extra):
                counted[inside] = day
                break
        if counted[o] < 0:
            return False
    return True


def _counts(inside: np.ndarray, day: int, counted: np.ndarray, short: np.ndarray, extra: np.ndarray) -> bool:
    """Whether the slots open in these roles are open in every plan: counted on no other day, and the cheapest of all."""
    once = np.isin(counted[inside], (-1, day)).all()
    return bool(once and extra[inside & short].max() <= extra[inside].min())


def _used_up(
    graph: Graph, person: np.ndarray, role: np.ndarray, o: int, day: int, floor: np.ndarray
) -> np.ndarray | None:
    """bool[m]: role o and others whose people are all at work on these roles on `day`; None where none are."""
    at_work = (graph.info[role, 0] <= day) & (day <= graph.info[role, 1])
    on = np.full(graph.n_people, -1, np.int64)
    on[person[at_work]] = role[at_work]
    inside, met = np.arange(graph.n_roles) == o, np.zeros(graph.n_people, np.bool_)
    for _ in range(MOST):
        found = inside.copy()
        if floor[inside].any() or not _follow(graph, inside, on, met, found):
            return None
        if (found == inside).all():
            return inside
        inside = found
    return None


@kernel
def _follow(graph, inside, on, met, found):
    """Add to `found` bool[m] the roles that those are `on`, int64[n], who may take a role `inside`, bool[m], and note
    these people in `met` bool[n]. False, and no more, where one of them is on no role that day.
    """
    for w in range(len(met)):
        if met[w]:
            continue
        for k in range(graph.first_of[w], graph.first_of[w + 1]):
            if inside[graph.role[k]]:
                if on[w] < 0:
                    return False
                met[w], found[on[w]] = True, True
                break
    return True
