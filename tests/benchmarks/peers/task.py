"""An instance as the peers see it: roles in order of their first day, each with its pairs side by side."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

NOBODY_BEFORE = -(10**6)
"""A day before every window: the last day of someone who has worked nowhere yet."""


class TooLarge(Exception):
    """The method is not made for so much, and would take the machine down with it."""


@dataclass(frozen=True, eq=False)
class Task:
    """Roles (m) with days, place and slots; pairs (e) sorted by (first day of the role, role, -score).

    Two roles a, b of one person with start[a] <= start[b] clash iff start[b] <= end[a] + travel[place a, place b].
    """

    people: int
    start: np.ndarray
    end: np.ndarray
    place: np.ndarray
    headcount: np.ndarray
    travel: np.ndarray
    person: np.ndarray
    role: np.ndarray
    score: np.ndarray

    @classmethod
    def load(cls, path: str) -> Task:
        """The task of an instance file. Pins are not part of a bench."""
        with np.load(path) as file:
            start = file["role_start"].astype(np.int64)
            role, score = file["pair_role"], file["pair_score"].astype(np.int64)
            rank = np.empty(len(start), np.int64)
            rank[np.lexsort((np.arange(len(start)), start))] = np.arange(len(start))
            # Equal scores in mixed order: otherwise the lowest numbers would be everybody's favourites.
            lot = np.random.Generator(np.random.PCG64(0)).integers(0, 1 << 16, len(role))
            top = int(score.max(initial=1))
            order = np.argsort((rank[role] * (top + 1) + top - score) * (1 << 16) + lot, kind="stable")
            return cls(
                people=int(file["n_people"]),
                start=start,
                end=file["role_end"].astype(np.int64),
                place=file["role_place"].astype(np.int64),
                headcount=file["role_headcount"].astype(np.int64),
                travel=file["travel_days"].astype(np.int64),
                person=file["pair_person"][order],
                role=role[order],
                score=score[order],
            )

    @cached_property
    def calendar(self) -> np.ndarray:
        """Roles in order of their first day, as their pairs are."""
        return np.lexsort((np.arange(len(self.start)), self.start))

    @cached_property
    def edges(self) -> np.ndarray:
        """int64[m + 1]: the pairs of the i-th role of the calendar stand at edges[i]:edges[i + 1]."""
        counts = np.bincount(self.role, minlength=len(self.start))[self.calendar]
        return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)

    @cached_property
    def spans(self) -> dict[int, slice]:
        """role -> where its pairs stand."""
        edges = self.edges.tolist()
        return {role: slice(edges[i], edges[i + 1]) for i, role in enumerate(self.calendar.tolist())}


class Calendars:
    """Where everybody was last, when days go by in order: what clashes with the last role is all that can clash."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.end = np.full(task.people, NOBODY_BEFORE)
        self.place = np.zeros(task.people, np.int64)

    def free(self, people: np.ndarray, role: int) -> np.ndarray:
        """bool for each of `people`: may she take `role`, which starts no earlier than what she has?"""
        task = self.task
        return task.start[role] > self.end[people] + task.travel[self.place[people], task.place[role]]

    def take(self, people: np.ndarray, role: int) -> None:
        self.end[people] = self.task.end[role]
        self.place[people] = self.task.place[role]


def save(task: Task, pairs: np.ndarray, path: str) -> None:
    """Write positions of pairs as a plan file, without prices: these methods prove nothing."""
    with open(path, "wb") as file:
        np.savez(file, person=task.person[pairs].astype(np.int32), role=task.role[pairs].astype(np.int32))
