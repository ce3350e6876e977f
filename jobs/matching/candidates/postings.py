"""Lists by role type and hub: who looks for such work there, the best base score first, her words beside her.

The base score is what a person brings to every role of the list: experience, reliability, proximity, and whether
it is the work she names first. Counting sort (Knuth, "The Art of Computer Programming", 5.2) on base scores.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from jobs.matching.candidates.packing import static_points
from jobs.matching.core.compiled import in_blocks, kernel, threads
from jobs.matching.problem import HIGHEST_SCORE, Problem
from jobs.matching.scoring import SHORT_TRAVEL


class Postings(NamedTuple):
    """List g (role type * hubs + hub) is first[g]:first[g + 1] of `member` int32, `base` int32, `floor` int32 and
    `words` uint64[W, E].
    """

    first: np.ndarray
    member: np.ndarray
    base: np.ndarray
    floor: np.ndarray
    words: np.ndarray


@kernel
def _count(wants, willing):
    n, types = wants.shape
    hubs = willing.shape[1]
    first = np.zeros(types * hubs + 1, np.int64)
    for w in range(n):
        for t in range(types):
            if wants[w, t]:
                for h in range(hubs):
                    first[t * hubs + h + 1] += willing[w, h]
    for g in range(types * hubs):
        first[g + 1] += first[g]
    return first


@kernel
def _fill(wants, willing, first, member):
    n, types = wants.shape
    hubs = willing.shape[1]
    at = first[:-1].copy()
    for w in range(n):
        for t in range(types):
            if wants[w, t]:
                for h in range(hubs):
                    if willing[w, h]:
                        g = t * hubs + h
                        member[at[g]] = w
                        at[g] += 1


@kernel
def _arrange(g, hubs, first, static, home, primary, near, prime, figures, has, member, base, floor, words):
    """Put list g in order and its words beside it. `near[h, hub]`: points of a home h - 1, 0 for none."""
    low, high = first[g], first[g + 1]
    hub, kind = g % hubs, g // hubs
    points = np.empty(high - low, np.int32)
    top = 0
    for e in range(low, high):
        w = member[e]
        s = static[w] + near[home[w] + 1, hub]
        if primary[w] == kind:
            s += prime
        points[e - low] = s
        top = max(top, s)
    place = np.zeros(top + 2, np.int64)
    for i in range(high - low):
        place[top - points[i] + 1] += 1
    for s in range(top + 1):
        place[s + 1] += place[s]
    people = member[low:high].copy()
    for i in range(high - low):
        s = top - points[i]
        e = low + place[s]
        place[s] += 1
        member[e] = people[i]
        base[e] = points[i]
    for e in range(low, high):
        w = member[e]
        floor[e] = figures[w, 0]
        for k in range(has.shape[1]):
            words[k, e] = has[w, k]


def make_postings(
    problem: Problem, figures: np.ndarray, has: np.ndarray, workers: int | None = None
) -> Postings:
    """The lists of all role types and hubs of the problem's vocabulary."""
    p, w = problem.people, problem.weights
    workers = threads(workers)
    hubs = max(1, len(problem.vocabulary.hubs))
    wants, willing = np.ascontiguousarray(p.wants), np.ascontiguousarray(p.willing)
    first = _count(wants, willing) if len(problem.vocabulary.hubs) else np.zeros(1, np.int64)
    entries = int(first[-1])
    member, base, floor = (np.empty(entries, np.int32) for _ in range(3))
    words = np.empty((has.shape[1], entries), np.uint64)
    if entries:
        _fill(wants, willing, first, member)
    near = np.full((hubs + 1, hubs), w.near_far, np.int32)
    travel = problem.travel_days
    near[1:] = np.where(travel <= SHORT_TRAVEL, w.near_day, w.near_far) if travel.size else w.near_far
    near[np.arange(1, hubs + 1), np.arange(hubs)] = w.near_home
    static = static_points(problem)
    home, prime = np.ascontiguousarray(p.home_hub), np.ascontiguousarray(p.primary)
    assert static.max(initial=0) <= HIGHEST_SCORE

    def one(g: int) -> None:
        _arrange(
            g,
            hubs,
            first,
            static,
            home,
            prime,
            near,
            w.primary,
            figures,
            has,
            member,
            base,
            floor,
            words,
        )

    in_blocks(one, len(first) - 1, workers)
    return Postings(first, member, base, floor, words)
