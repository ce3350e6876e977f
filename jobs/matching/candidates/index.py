"""The object to keep: the people of a problem packed and listed once, and its roles' questions answered from it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, partial
from typing import NamedTuple

import numpy as np

from jobs.matching.candidates.filtering import Crowd, eligible_of, eligible_of_many
from jobs.matching.candidates.hoping import make_room
from jobs.matching.candidates.packing import (
    GROUP,
    Openings,
    layout_of,
    pack_figures,
    pack_relations,
    pack_roles,
    pack_words,
)
from jobs.matching.candidates.postings import CHUNK, Postings, make_postings, stand_up
from jobs.matching.candidates.search import Best, best_of, best_of_many, mix
from jobs.matching.candidates.tally import DANGER, NIGHT_WORK, roles_of, tally
from jobs.matching.columns import NIGHT
from jobs.matching.core.compiled import in_blocks, threads
from jobs.matching.eligibility import HARD_RULES, LEAST_AGE, latest_birth
from jobs.matching.flags import PLAIN
from jobs.matching.problem import Problem

STRETCH = 32  # roles of one list that a thread takes at a time


class Pairs(NamedTuple):
    """Pairs of role o: first[o]:first[o] + kept[o] of `person` int32 and `score` int16, best first. `tau`
    int64[m]: the best score of a pair left out, 0 where none is.
    """

    first: np.ndarray
    kept: np.ndarray
    person: np.ndarray
    score: np.ndarray
    tau: np.ndarray


class Index:
    """People of a problem packed and listed; its roles packed.

    Building takes about a second for 690,000 people. Reading is safe from several threads. One that is not `whole`
    has the lists that its roles ask for and reads them section by section, in half the memory: for one clearing, not
    for questions one by one.
    """

    def __init__(self, problem: Problem, *, workers: int | None = None, whole: bool = True) -> None:
        self.problem, self.whole, self._workers = problem, whole, workers
        self._near: tuple[int, Crowd] | None = None
        self.layout = layout = layout_of(problem)
        relations = pack_relations(problem)
        figures = pack_figures(problem, relations)
        self.has = pack_words(problem, layout, workers)
        lists = make_postings(problem, figures, workers, whole=whole)
        if whole:
            lists = stand_up(problem, lists, (self.has, figures), 0, len(lists.first), workers)
        w = problem.weights
        points = (w.skills, w.same_company, w.same_hub, w.first_job, w.headroom, w.marked, w.starred)
        self.crowd = Crowd(
            ids=np.ascontiguousarray(problem.people.person_ids),
            figures=figures,
            stars=np.ascontiguousarray(problem.people.stars),
            **lists._asdict(),
            **relations._asdict(),
            buffer=problem.buffer_days.astype(np.int64),
            points=np.array(points, np.int64),
            at=np.array([layout.skill, layout.plane, layout.speech], np.int64),
            skills=len(problem.vocabulary.skills),
        )
        self.openings: Openings = pack_roles(problem, layout)
        self._by_group: tuple[np.ndarray, np.ndarray] | None = None

    def best(self, role: int, k: int, *, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
        """(people int32, scores int64): up to k eligible people of a role, best first, equal scores by lot."""
        best, crowd = _desk(k), self._crowd_of(role)
        size, _ = best_of(crowd, self.openings, role, k, _start(seed), False, False, best)
        return crowd.member[best.entry[:size]], best.score[:size]

    def eligible(self, role: int, *, pinned: bool = True) -> int:
        """How many people no hard rule keeps from a role; those `pinned` on it among them, or not."""
        room = _desk(0)
        crowd = self._crowd_of(role)
        return int(eligible_of(crowd, self.openings, role, not pinned, room.found, room.scores))

    def at_least(self, role: int, points: int) -> tuple[np.ndarray, np.ndarray]:
        """The same for everybody of so many points and more on a role."""
        k = 64
        while True:
            people, score = self.best(role, k)
            if len(people) < k or score[-1] < points:
                return people[score >= points], score[score >= points]
            k *= 4

    def roles_of(self, person: int) -> tuple[np.ndarray, np.ndarray]:
        """(roles, scores) int64: every role that a person may take, roles rising."""
        group = self.openings.figures[:, GROUP]
        if self._by_group is None:
            order = np.argsort(group, kind="stable")
            cuts = np.searchsorted(group[order], np.arange(len(self.crowd.first) + 1))
            self._by_group = order, cuts
        found, points = roles_of(
            self._crowd(0, len(self.crowd.first)),
            self.openings,
            self._by_group[0],
            self._by_group[1],
            *self._looking,
            person,
            _desk(0),
        )
        order = np.argsort(found)
        return found[order], points[order]

    @cached_property
    def _looking(self) -> tuple[np.ndarray, np.ndarray]:
        """What people look for, and where: plain, however it is kept; unpacked once, for whoever asks at all."""
        p = self.problem.people
        return np.ascontiguousarray(p.wants), np.ascontiguousarray(p.willing)

    def tally(self, role: int) -> tuple[int, np.ndarray, np.ndarray]:
        """(how many may take a role, people each hard rule keeps out, people it alone keeps out)."""
        r = self.problem.roles
        bars, alone = np.zeros((2, len(HARD_RULES)), np.int64)
        young = latest_birth(self.problem.date(r.start[role]), LEAST_AGE)
        closed = (NIGHT_WORK if r.part[role] & NIGHT else 0) | (DANGER if r.hazard[role] else 0)
        free = tally(
            self.crowd, self.openings, role, *self._looking, self.has, young, closed,
            self.problem.travel_days.astype(np.int64), bars, alone,
        )  # fmt: skip
        return int(free), bars, alone

    def counts(self, workers: int | None = None) -> np.ndarray:
        """int64[m]: how many people may take each role, its pins not counted."""
        out = np.zeros(self.problem.n_roles, np.int64)

        def one(crowd: Crowd, stretches: list[np.ndarray], block: int) -> None:
            room = _desk(0)
            eligible_of_many(crowd, self.openings, stretches[block], room.found, room.scores, out)

        for crowd, stretches in self._sections():
            in_blocks(partial(one, crowd, stretches), len(stretches), threads(workers))
        return out

    def pairs(
        self, limit: np.ndarray, *, seed: int = 0, workers: int | None = None, tell=None, proof: bool = True
    ) -> Pairs:
        """The best `limit[o]` pairs of each role, pins left out, and what was left out at best; without `proof` that
        is not looked for to the end.
        """
        first = np.zeros(len(limit) + 1, np.int64)
        np.cumsum(limit, out=first[1:])
        person, score = np.empty(first[-1], np.int32), np.empty(first[-1], np.int16)
        count, tau = np.zeros(len(limit), np.int64), np.zeros(len(limit), np.int64)
        start, most = _start(seed), int(limit.max(initial=0))
        done = 0

        def one(crowd: Crowd, stretches: list[np.ndarray], block: int) -> None:
            best_of_many(
                crowd, self.openings, stretches[block], limit, start, proof, _desk(most), first, count, tau, person,
                score,
            )  # fmt: skip

        for crowd, stretches in self._sections():
            for low in range(0, len(stretches), ROUND):
                some = stretches[low : low + ROUND]
                in_blocks(partial(one, crowd, some), len(some), threads(workers))
                done += sum(len(each) for each in some)
                if tell:
                    tell(done, len(limit))
            del crowd  # or two sections would stand side by side
        return Pairs(first, count, person, score, tau)

    def _crowd(self, low: int, high: int) -> Crowd:
        """The people with what they have beside lists low:high."""
        if self.whole:
            return self.crowd
        lists = Postings(*(getattr(self.crowd, name) for name in Postings._fields))
        people = self.has, self.crowd.figures
        standing = stand_up(self.problem, lists, people, low, high, self._workers)
        return self.crowd._replace(**standing._asdict())

    def _crowd_of(self, role: int) -> Crowd:
        group = int(self.openings.figures[role, GROUP])
        if self.whole:
            return self.crowd
        if self._near is None or self._near[0] != group:  # one role of a list seldom comes alone
            self._near = group, self._crowd(group, group + 1)
        return self._near[1]

    def _sections(self) -> Iterator[tuple[Crowd, list[np.ndarray]]]:
        """Lists to read at a time, and stretches of the roles of each: those of one list side by side, so that it is
        read while it is near.
        """
        group = self.openings.figures[:, GROUP]
        order = np.argsort(group, kind="stable")
        ends = np.append(self.crowd.first[1:], len(self.crowd.member)) // CHUNK
        section = np.zeros(len(ends), np.int64) if self.whole else ends // SECTION
        for number in np.unique(section):
            low, high = np.searchsorted(section, [number, number + 1])
            mine = order[slice(*np.searchsorted(group[order], [low, high]))]
            if len(mine):
                cuts = np.flatnonzero(np.diff(group[mine])) + 1
                yield (
                    self._crowd(low, high),
                    [
                        part[at : at + STRETCH]
                        for part in np.split(mine, cuts)
                        for at in range(0, len(part), STRETCH)
                    ],
                )


def index_of_one(problem: Problem) -> Index:
    """The index that is kept with a problem, or one for a single clearing: of many people it is not `whole`."""
    kept: Index | None = problem.__dict__.get("index")
    return kept or Index(problem, whole=problem.n_people <= PLAIN)


ROUND = 256  # stretches between two words of progress
SECTION = 2000  # chunks of lists that stand beside what their people have at a time, some thirty megabytes


def _start(seed: int) -> np.uint64:
    return np.uint64(mix(np.uint64(seed & 0xFFFFFFFFFFFFFFFF)))


def _desk(k: int) -> Best:
    size = max(k, 1)
    return Best(
        np.empty(size, np.int64),
        np.empty(size, np.uint64),
        np.empty(size, np.int64),
        np.empty(CHUNK, np.int64),
        np.empty(CHUNK, np.int64),
        make_room(),
    )
