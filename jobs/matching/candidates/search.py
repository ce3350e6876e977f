"""One role reads its list: the best k of those whom no rule keeps from it.

The list comes by falling base score, so it may be left as soon as base plus everything a role can add is less
than the worst of the k best, and no more than the best of the others (the threshold algorithm of Fagin, Lotem and
Naor, 2003, on one list). What is kept never depends on the order of the rows: equal scores go by lot.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from jobs.matching.candidates.filtering import CHUNK, bar, lacking
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
    NAMED,
    PLACE,
    RATE,
    REST,
    STARRED,
    START,
    TYPE,
)
from jobs.matching.core.compiled import kernel
from jobs.matching.problem import HIGHEST_SCORE
from jobs.matching.scoring import RECENT_DAYS, SKILLS_COUNTED


@kernel
def mix(value):
    """One step of SplitMix64, as in `ties`."""
    value = value + np.uint64(0x9E3779B97F4A7C15)
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


@kernel
def _ones(x):
    """How many bits are set (Warren, "Hacker's Delight", 5-1)."""
    x = x - ((x >> np.uint64(1)) & np.uint64(0x5555555555555555))
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((x * np.uint64(0x0101010101010101)) >> np.uint64(56))


@kernel
def rate(crowd, openings, o, begin, size, least, miss, scores):
    """Scores on role o of the entries that `miss` lets through; 0 for the others, and for who cannot reach
    `least`.
    """
    role, named = openings.figures[o], openings.named[o]
    member, base, floors, figures, words = crowd.member, crowd.base, crowd.floor, crowd.figures, crowd.words
    points, known, skill, plane = crowd.points, crowd.known, crowd.at[0], crowd.at[1]
    pay, start, crew, place, rest = role[RATE], role[START], role[CREW], role[PLACE], role[REST]
    share = SKILLS_COUNTED * role[NAMED]
    for i in range(size):
        scores[i] = 0
        e = begin + i
        s = np.int64(base[e])
        if miss[i] or max(1, s + rest) < least:
            continue
        w = member[e]
        if share:
            held = 0
            for k in range(plane):
                for level in range(3):
                    held += _ones(words[skill + level * plane + k, e] & named[k])
            s += points[0] * held // share
        if figures[w, COMPANY] == crew:
            s += points[1]
        elif figures[w, HUB] == place and 0 <= start - figures[w, END] <= RECENT_DAYS:
            s += points[2]
        flags, floor = figures[w, FLAGS], np.int64(floors[e])
        if role[ENTRY] and flags & FIRST_TIMER:
            s += points[3]
        if floor == 0 or pay >= 2 * floor:
            s += points[4]
        elif pay > floor:
            s += points[4] * (pay - floor) // floor
        liked = np.int64(0)
        if flags & FAN and crowd.stars[w, role[TYPE]]:
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
    """The best so far, the worst of them at the root of a heap: scores, lots, places in the list; and a stretch's
    scores and what it lacks.
    """

    score: np.ndarray
    lot: np.ndarray
    entry: np.ndarray
    scores: np.ndarray
    miss: np.ndarray


@kernel
def _worse(score, lot, a, b):
    return score[a] < score[b] or (score[a] == score[b] and lot[a] > lot[b])


@kernel
def _swap(score, lot, entry, a, b):
    score[a], score[b] = score[b], score[a]
    lot[a], lot[b] = lot[b], lot[a]
    entry[a], entry[b] = entry[b], entry[a]


@kernel
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


@kernel
def best_of(crowd, openings, o, k, start, skip, proof, best):
    """(found, tau): the best k for role o into `best`, best first, and the best score not among them, 0 for none.

    `start` is the mixed seed of the lots; without `proof` tau is not looked for to the end and may be too small.
    """
    score, lot, entry, scores, miss = best.score, best.lot, best.entry, best.scores, best.miss
    member, bases, ids, rest = crowd.member, crowd.base, crowd.ids, openings.figures[o, REST]
    group = openings.figures[o, GROUP]
    high = crowd.first[group + 1]
    draw = start ^ mix(np.uint64(openings.ids[o]))
    size, tau = 0, 0
    for begin in range(crowd.first[group], high, CHUNK):
        # Nobody from here on can be among the best, nor, for the proof, be the best of the others.
        least = 0 if size < k or k == 0 else min(score[0], tau + 1) if proof else score[0]
        if (size == k and max(1, bases[begin] + rest) < least) or (k == 0 and not proof):
            break
        length = min(high - begin, CHUNK)
        lacking(crowd, openings, o, begin, length, miss)
        bar(crowd, openings, o, begin, length, skip, miss)
        rate(crowd, openings, o, begin, length, least, miss, scores)
        for i in range(length):
            s = scores[i]
            if s == 0:
                continue
            if size == k and (k == 0 or s < score[0]):
                tau = max(tau, s)
                continue
            drawn = mix(mix(np.uint64(ids[member[begin + i]])) ^ draw)
            if size < k:
                score[size], lot[size], entry[size] = s, drawn, begin + i
                size += 1
                if size == k:
                    for at in range(k // 2 - 1, -1, -1):
                        _sink(score, lot, entry, at, k)
            elif s > score[0] or drawn < lot[0]:
                tau = max(tau, score[0])
                score[0], lot[0], entry[0] = s, drawn, begin + i
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


@kernel
def best_of_many(crowd, openings, roles, limit, start, best, first, count, tau, person, score):
    """`best_of` for the proof, role by role, each into its own stretch of `person` and `score`."""
    for o in roles:
        count[o], tau[o] = best_of(crowd, openings, o, limit[o], start, True, True, best)
        for i in range(count[o]):
            person[first[o] + i] = crowd.member[best.entry[i]]
            score[first[o] + i] = best.score[i]
