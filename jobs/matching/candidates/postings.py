"""Lists by role type and hub: who looks for such work there, the best base score first, what she has beside her.

The base score is what a person brings to every role of the list: experience, reliability, proximity, and whether
it is the work she names first. Counting sort (Knuth, "The Art of Computer Programming", 5.2) on base scores.
What she has stands upright: for each chunk of a list one plane a bit, so that a role reads the few bits it asks for,
of 64 people in a word (O'Neil and Quass, "Improved Query Performance with Variant Indexes", 1997, bit slices).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from jobs.matching.candidates.packing import (
    COMPANY,
    FAN,
    FIRST_TIMER,
    FLAGS,
    HUB,
    KNOWN,
    plane_of_word,
    static_points,
)
from jobs.matching.core.compiled import in_blocks, kernel, lean, threads
from jobs.matching.flags import in_chunks
from jobs.matching.problem import HIGHEST_SCORE, Problem
from jobs.matching.scoring import SHORT_TRAVEL

CHUNK = 256  # entries of a list that are looked at together; a list begins where a chunk does
QUARTERS = CHUNK // 64
# The last planes of a chunk: who has never worked; whose last shoot was in the hub of the list; who has stars or whom
# a crew has dealt with; and the mark of the crew she was with last.
BEGINS, HERE, KNOWS, CREW_BITS = 0, 1, 2, 6
TRAITS = 3 + CREW_BITS


class Postings(NamedTuple):
    """List g (role type * hubs + hub) is first[g]:last[g] of `member` int32, `base` int32 and `floor` int32. Bit b of
    entry e: bit e % 64 of `planes[e // CHUNK, b, e % CHUNK // 64]`, uint64.
    """

    first: np.ndarray
    last: np.ndarray
    member: np.ndarray
    base: np.ndarray
    floor: np.ndarray
    planes: np.ndarray


@kernel
def _count(wants, willing, asked, count):
    n, types = wants.shape
    hubs = willing.shape[1]
    for w in range(n):
        for t in range(types):
            if wants[w, t]:
                for h in range(hubs):
                    count[t * hubs + h] += willing[w, h] and asked[t * hubs + h]


@kernel
def _fill(wants, willing, asked, low, at, member):
    """People from `low` on into the lists that are `asked` for, each at its place `at`, which moves on."""
    n, types = wants.shape
    hubs = willing.shape[1]
    for w in range(n):
        for t in range(types):
            if wants[w, t]:
                for h in range(hubs):
                    g = t * hubs + h
                    if willing[w, h] and asked[g]:
                        member[at[g]] = low + w
                        at[g] += 1


@kernel
def _arrange(low, high, points, figures, member, base, floor):
    """Put entries low:high in order, `points` (of person k of them) falling."""
    top = 0
    for s in points:
        top = max(top, s)
    place = np.zeros(top + 2, np.int64)
    for s in points:
        place[top - s + 1] += 1
    for s in range(top + 1):
        place[s + 1] += place[s]
    people = member[low:high].copy()
    for i in range(high - low):
        s = top - points[i]
        e = low + place[s]
        place[s] += 1
        member[e] = people[i]
        base[e] = points[i]
        floor[e] = figures[people[i], 0]


@lean
def _transpose(square):
    """Bit j of word i changes places with bit i of word j (Warren, "Hacker's Delight", 7-3)."""
    width, mask = 32, np.uint64(0x00000000FFFFFFFF)
    while width:
        shift = np.uint64(width)
        for k in range(64):
            if (k & width) == 0:
                swap = ((square[k] >> shift) ^ square[k + width]) & mask
                square[k] ^= swap << shift
                square[k + width] ^= swap
        width >>= 1
        mask ^= mask << np.uint64(width)


@lean
def crew_mark(crew):
    """A few bits of a crew, never 0; 0 for none."""
    return crew % (2**CREW_BITS - 1) + 1 if crew >= 0 else 0


@lean
def _traits(figures, w, hub):
    """The last planes of person w on a list of `hub`, in a word."""
    flags = figures[w, FLAGS]
    word = (flags & FIRST_TIMER > 0) << BEGINS | (figures[w, HUB] == hub) << HERE
    word |= (flags & (KNOWN | FAN) > 0) << KNOWS
    return np.uint64(word | crew_mark(figures[w, COMPANY]) << (TRAITS - CREW_BITS))


@kernel
def _stand_up(low, high, member, has, figures, hub, first_plane, planes):
    """What the people of entries low:high, of a list of `hub`, have, into planes."""
    square = np.empty(64, np.uint64)
    for begin in range(low, high, 64):
        size = min(64, high - begin)
        for k in range(has.shape[1]):
            square[:] = 0
            for i in range(size):
                square[i] = has[member[begin + i], k]
            _transpose(square)
            for b in range(first_plane[k + 1] - first_plane[k]):
                planes[begin // CHUNK, first_plane[k] + b, begin % CHUNK // 64] = square[b]
        square[:] = 0
        for i in range(size):
            square[i] = _traits(figures, member[begin + i], hub)
        _transpose(square)
        for b in range(TRAITS):
            planes[begin // CHUNK, first_plane[-1] + b, begin % CHUNK // 64] = square[b]


@kernel
def _points(g, hubs, member, low, high, static, home, primary, near, prime):
    """int32: base scores of the people of list g. `near[h, hub]`: points of a home h - 1, 0 for none."""
    hub, kind = g % hubs, g // hubs
    points = np.empty(high - low, np.int32)
    for i in range(high - low):
        w = member[low + i]
        points[i] = static[w] + near[home[w] + 1, hub] + (prime if primary[w] == kind else 0)
    return points


def _plain(wants: np.ndarray, willing: np.ndarray, low: int, high: int) -> tuple[np.ndarray, np.ndarray]:
    return np.ascontiguousarray(wants[low:high]), np.ascontiguousarray(willing[low:high])


def make_postings(
    problem: Problem, figures: np.ndarray, workers: int | None = None, *, whole: bool = True
) -> Postings:
    """The lists of all role types and hubs of the problem's vocabulary, or, not `whole`, of those that its roles ask
    for; what people have does not stand beside them yet, see `stand_up`.
    """
    p, w = problem.people, problem.weights
    workers = threads(workers)
    hubs = max(1, len(problem.vocabulary.hubs))
    chunks_of_people = in_chunks(problem.n_people)
    count = np.zeros(p.wants.shape[1] * hubs, np.int64)
    asked = np.full(len(count), whole)
    asked[problem.roles.role_type.astype(np.int64) * hubs + problem.roles.hub] = True
    for low, high in chunks_of_people:
        _count(*_plain(p.wants, p.willing, low, high), asked, count)
    chunks = np.concatenate([[0], np.cumsum(-(-count // CHUNK))]).astype(np.int64)
    first = chunks[:-1] * CHUNK
    last = first + count
    member, base, floor = (np.zeros(CHUNK * chunks[-1], np.int32) for _ in range(3))
    at = first.copy()
    for low, high in chunks_of_people:
        _fill(*_plain(p.wants, p.willing, low, high), asked, low, at, member)
    near = np.full((hubs + 1, hubs), w.near_far, np.int32)
    travel = problem.travel_days
    near[1:] = np.where(travel <= SHORT_TRAVEL, w.near_day, w.near_far) if travel.size else w.near_far
    near[np.arange(1, hubs + 1), np.arange(hubs)] = w.near_home
    static = static_points(problem)
    home, prime = np.ascontiguousarray(p.home_hub), np.ascontiguousarray(p.primary)
    assert static.max(initial=0) <= HIGHEST_SCORE

    def one(g: int) -> None:
        low, high = first[g], last[g]
        if low == high:
            return
        points = _points(g, hubs, member, low, high, static, home, prime, near, w.primary)
        _arrange(low, high, points, figures, member, base, floor)

    in_blocks(one, len(count), workers)
    none = np.zeros((0, plane_of_word(problem)[-1] + TRAITS, QUARTERS), np.uint64)
    return Postings(first, last, member, base, floor, none)


def stand_up(
    problem: Problem,
    lists: Postings,
    people: tuple[np.ndarray, np.ndarray],
    low: int,
    high: int,
    workers: int | None = None,
) -> Postings:
    """The lists low:high with the planes of what their people have: words and figures.
    Entries count from where list `low` begins, and only these lists may be read: the planes of all lists of a nation
    are 300 MB.
    """
    begins = np.append(lists.first, len(lists.member))
    start, stop = int(begins[low]), int(begins[high])
    first, last = lists.first - start, lists.last - start
    member, base, floor = (column[start:stop] for column in (lists.member, lists.base, lists.floor))
    first_plane = plane_of_word(problem)
    planes = np.zeros(((stop - start) // CHUNK, first_plane[-1] + TRAITS, QUARTERS), np.uint64)
    has, figures = people
    hubs = max(1, len(problem.vocabulary.hubs))

    def one(at: int) -> None:
        g = low + at
        _stand_up(first[g], last[g], member, has, figures, g % hubs, first_plane, planes)

    in_blocks(one, high - low, threads(workers))
    return Postings(first, last, member, base, floor, planes)
