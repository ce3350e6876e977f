"""Who takes a slot that came free. Nobody who is placed is moved: confirmed people keep what they have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from jobs.matching.candidates import index_of
from jobs.matching.conflicts import clash
from jobs.matching.eligibility import eligible_people
from jobs.matching.problem import Problem
from jobs.matching.scoring import scores
from jobs.matching.shortlist import Candidate, ranking
from jobs.matching.solution import Solution


class Placed:
    """Who is on which roles, kept current as people come and go: what a refill asks, one person at a time."""

    def __init__(self, stands: Iterable[tuple[int, ...]] = ()) -> None:
        self.of: dict[int, set[int]] = {}
        for person, role, *_ in stands:
            self.add(person, role)

    def add(self, person: int, role: int) -> None:
        self.of.setdefault(person, set()).add(role)

    def drop(self, person: int, role: int) -> None:
        self.of.get(person, set()).discard(role)

    def holds(self, problem: Problem, person: int, role: int) -> bool:
        """Whether a person is on a role, or on one that clashes with it."""
        return any(other == role or clash(problem, other, role) for other in self.of.get(person, ()))


def refill(
    problem: Problem,
    placed: Solution | Placed | Iterable[tuple[int, int]],
    role: int,
    k: int,
    *,
    passed_over: Iterable[int] = (),
    seed: int = 0,
) -> list[Candidate]:
    """Up to `k` people for a free slot of `role`, best first.

    `placed`: a solution, or the (person, role) positions that stand; as `Placed` where many slots are refilled
    one after the other. Whoever is on the role already, or held by a clashing role, is out, and so is everybody
    in `passed_over` (she declined, or let her offer expire).
    """
    out = {*passed_over, *problem.pin_person[problem.pin_role == role].tolist()}
    if isinstance(placed, Placed):
        stands = placed
    else:
        stands = Placed(placed.assignments if isinstance(placed, Solution) else placed)
    found: list[Candidate] = []
    for each in _best_first(problem, role, max(k, 0), seed):
        if len(found) >= k:
            break
        if each.person not in out and not stands.holds(problem, each.person, role):
            found.append(each)
    return found


def _best_first(problem: Problem, role: int, k: int, seed: int) -> Iterator[Candidate]:
    """Everybody who may take a role, best first; of a large problem in helpings, the first ones small."""
    if not problem.is_large:
        rows = eligible_people(problem, role)
        points = scores(problem, role, rows)
        for i in ranking(problem, role, rows, points, seed).tolist():
            yield Candidate(int(rows[i]), int(points[i]))
        return
    seen, some = 0, k + 24
    while True:
        people, points = index_of(problem).best(role, some, seed=seed)
        for each in np.arange(seen, len(people)).tolist():
            yield Candidate(int(people[each]), int(points[each]))
        if len(people) < some:
            return
        seen, some = len(people), 6 * some
