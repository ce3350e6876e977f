"""Who stays where she was: what a pair of the last plan is worth beside its score while the next plan is made.

A solver has no reason to prefer one of two plans that are worth the same, so the plan of tonight would shuffle the
crews of yesterday. A pair that stood counts STAY points more, while the plan is made and nowhere else: nobody is moved
to win less than that. Prices, the bound and the scores that are told know nothing of it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import numpy as np

from jobs.matching.problem import Problem

if TYPE_CHECKING:
    from jobs.matching.core.graph import Graph

STAY = 30  # points of a best score of 1100


def who_stood(
    problem: Problem, before: Collection[tuple[int, int]], without: Sequence[int] = ()
) -> np.ndarray:
    """`in_problem` but for people who are pinned, and those `without`: they have their places by other rules."""
    pairs = in_problem(problem, before)
    fixed = np.zeros(problem.n_people, np.bool_)
    fixed[problem.pin_person] = True
    fixed[np.array(without, np.int64)] = True
    return pairs[~fixed[pairs[:, 0]]]


def in_problem(problem: Problem, before: Collection[tuple[int, int]]) -> np.ndarray:
    """int64[h, 2]: pairs of ids (role, person) as positions (person, role), where both are in the problem."""
    pairs = np.array(sorted(before), np.int64).reshape(-1, 2)
    role, here = _positions(problem.roles.role_ids, pairs[:, 0])
    person, known = _positions(problem.people.person_ids, pairs[:, 1])
    return np.stack([person, role], axis=1)[here & known]


def _positions(ids: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where each of `wanted` stands among `ids`, and whether it does."""
    order = np.argsort(ids)
    at = np.searchsorted(ids, wanted, sorter=order)
    here = at < len(ids)
    out = np.zeros(len(wanted), np.int64)
    out[here] = order[at[here]]
    here[here] = ids[out[here]] == wanted[here]
    return out, here


def points_for(graph: Graph, stood: np.ndarray, people: np.ndarray, roles: np.ndarray) -> np.ndarray | None:
    """int16[e]: STAY for each pair of `graph` that stood; None where none did. `people` and `roles` are the positions of
    its rows. Whoever a hard rule keeps from her role today has no pair there.
    """
    from jobs.matching.core.graph import mark_pairs

    chosen = np.zeros(len(graph.role), np.uint8)
    mark_pairs(graph, np.argsort(people)[stood[:, 0]], np.argsort(roles)[stood[:, 1]], chosen)
    return chosen.astype(np.int16) * np.int16(STAY) if chosen.any() else None
