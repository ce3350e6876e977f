"""One role reads its list: the best k of those whom no rule keeps from it.

The list comes by falling base score, so it may be left as soon as base plus everything a role can add is less
than the worst of the k best, and no more than the best of the others (the threshold algorithm of Fagin, Lotem and
Naor, 2003, on one list). What is kept never depends on the order of the rows: equal scores go by lot.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from jobs.matching.candidates.filtering import unbarred
from jobs.matching.candidates.hoping import Room, hopeful
from jobs.matching.candidates.packing import (
    COMPANY,
    CREW,
    END,
    ENTRY,
    FAN,
    FIRST_TIMER,
    FLAGS,
    GROUP,
    HUB,
    KNOWN,
    MARKED,
    PLACE,
    REST,
    STARRED,
    START,
    TYPE,
)
from jobs.matching.candidates.postings import CHUNK
from jobs.matching.core.compiled import lean
from jobs.matching.problem import HIGHEST_SCORE
from jobs.matching.scoring import RECENT_DAYS


@lean
def mix(value):
    """One step of SplitMix64, as in `ties`."""
    value = value + np.uint64(0x9E3779B97F4A7C15)
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


@lean
def rate(crowd, openings, o, found, scores, size):
    """Make what `hopeful` wrote whole: continuity, a first job, marks and stars."""
    role, member, figures, points, known = (
        openings.figures[o],
        crowd.member,
        crowd.figures,
        crowd.points,
        crowd.known,
    )
    start, crew, place, kind, entry = role[START], role[CREW], role[PLACE], role[TYPE], role[ENTRY]
    for i in range(size):
        w, s = member[found[i]], scores[i]
        if figures[w, COMPANY] == crew:
            s += points[1]
        elif figures[w, HUB] == place and 0 <= start - figures[w, END] <= RECENT_DAYS:
            s += points[2]
        flags = figures[w, FLAGS]
        if entry and flags & FIRST_TIMER:
            s += points[3]
        liked = np.int64(0)
        if flags & FAN and crowd.stars[w, kind]:
            liked = points[6] // 2
        if flags & KNOWN:
            for k in range(crowd.first_known[w], crowd.first_known[w + 1]):
                if known[k, 0] == crew:
                    if known[k, 1] == MARKED:
                        s += points[5] * (2 * known[k, 2] - 7) // 5
                    elif known[k, 1] == STARRED:
                        liked = points[6]
        scores[i] = min(max(s + liked, 1), HIGHEST_SCORE)


class Best(NamedTuple):
    """The best so far, the worst of them at the root of a heap: scores, lots, entries of the lists; and room for
    who passes of a chunk, and to find them.
    """

    score: np.ndarray
    lot: np.ndarray
    entry: np.ndarray
    scores: np.ndarray
    found: np.ndarray
    room: Room


@lean
def _worse(score, lot, a, b):
    return score[a] < score[b] or (score[a] == score[b] and lot[a] > lot[b])


@lean
def _swap(score, lot, entry, a, b):
    score[a], score[b] = score[b], score[a]
    lot[a], lot[b] = lot[b], lot[a]
    entry[a], entry[b] = entry[b], entry[a]


@lean
def _sink(score, lot, entry, at, size):
    while True:
        child = 2 * at + 1
        if child >= size:
            return
        if child + 1 < size and _worse(score, lot, child + 1, child):
            child += 1
        if not _worse(score, lot, child, at):
            return
        _swap(score, lot, entry, at, child)
        at = child


@lean
def best_of(crowd, openings, o, k, start, skip, proof, best):
    """(found, tau): the best k for role o into `best`, best first, and the best score not among them, 0 for none.

    `start` is the mixed seed of the lots; without `proof` tau is not looked for to the end and may be too small.
    """
    score, lot, entry, scores, found = best.score, best.lot, best.entry, best.scores, best.found
    member, bases, ids, rest = crowd.member, crowd.base, crowd.ids, openings.figures[o, REST]
    group = openings.figures[o, GROUP]
    last = crowd.last[group]
    draw = start ^ mix(np.uint64(openings.ids[o]))
    size, tau = 0, 0
    for begin in range(crowd.first[group], last, CHUNK):
        # Nobody from here on can be among the best, nor, for the proof, be the best of the others.
        least = 0 if size < k or k == 0 else min(score[0], tau + 1) if proof else score[0]
        if (size == k and max(1, bases[begin] + rest) < least) or (k == 0 and not proof):
            break
        some = hopeful(crowd, openings, o, begin, min(begin + CHUNK, last), least, best.room, found, scores)
        some = unbarred(crowd, openings, o, found, scores, some, skip)
        rate(crowd, openings, o, found, scores, some)
        for i in range(some):
            s = scores[i]
            if size == k and (k == 0 or s < score[0]):
                tau = max(tau, s)
                continue
            drawn = mix(mix(np.uint64(ids[member[found[i]]])) ^ draw)
            if size < k:
                score[size], lot[size], entry[size] = s, drawn, found[i]
                size += 1
                if size == k:
                    for at in range(k // 2 - 1, -1, -1):
                        _sink(score, lot, entry, at, k)
            elif s > score[0] or drawn < lot[0]:
                tau = max(tau, score[0])
                score[0], lot[0], entry[0] = s, drawn, found[i]
                _sink(score, lot, entry, 0, k)
            else:
                tau = max(tau, s)
    if size < k:
        for at in range(size // 2 - 1, -1, -1):
            _sink(score, lot, entry, at, size)
    for last in range(size - 1, 0, -1):
        _swap(score, lot, entry, 0, last)
        _sink(score, lot, entry, 0, last)
    return size, tau


@lean
def best_of_many(crowd, openings, roles, limit, start, proof, best, first, count, tau, person, score):
    """`best_of` without pins, role by role, each into its own stretch of `person` and `score`."""
    for o in roles:
        count[o], tau[o] = best_of(crowd, openings, o, limit[o], start, True, proof, best)
        for i in range(count[o]):
            person[first[o] + i] = crowd.member[best.entry[i]]
            score[first[o] + i] = best.score[i]
