"""The hard rules over a chunk of a list: planes of bits for all at once, then the rarer rules for whoever passes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from jobs.matching.candidates.packing import (
    ADULTS,
    AGE_HIGH,
    AGE_LOW,
    ANY_OF,
    BIRTH,
    BLOCKED,
    BUSY,
    CAMERA,
    CAST,
    CREW,
    FLAGS,
    GROUP,
    HEIGHT,
    HIGH,
    KIND,
    KNOWN,
    LAST,
    LOOK,
    LOOK_UNTIL,
    LOW,
    MINOR,
    MINORS,
    NEEDED,
    NEEDS_LOOK,
    OLDEST,
    RATE,
    SEX,
    SEX_AT,
    START,
    YOUNGEST,
)
from jobs.matching.candidates.postings import CHUNK
from jobs.matching.core.compiled import lean

ALL = np.uint64(0xFFFFFFFFFFFFFFFF)


class Crowd(NamedTuple):
    """The people: ids int64[n], figures int32[n, 16], starred role types bool[n, T]; the lists; the relations;
    the buffers between kinds of places; points as (skills, same company, same hub, first job, headroom, marked,
    starred); where skills and languages stand among the words; how many skills there are.
    """

    ids: np.ndarray
    figures: np.ndarray
    stars: np.ndarray
    first: np.ndarray
    last: np.ndarray
    member: np.ndarray
    base: np.ndarray
    floor: np.ndarray
    planes: np.ndarray
    first_busy: np.ndarray
    busy: np.ndarray
    first_known: np.ndarray
    known: np.ndarray
    buffer: np.ndarray
    points: np.ndarray
    at: np.ndarray
    skills: int


@lean
def ones(x):
    """How many bits are set (Warren, "Hacker's Delight", 5-1)."""
    x = x - ((x >> np.uint64(1)) & np.uint64(0x5555555555555555))
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((x * np.uint64(0x0101010101010101)) >> np.uint64(56))


@lean
def lowest(word):
    """Which bit of a word is the lowest that is set."""
    return ones((word & (~word + np.uint64(1))) - np.uint64(1))


@lean
def among(low, begin, end):
    """The entries begin:end in the word that begins with entry `low`."""
    left = ALL << np.uint64(max(0, begin - low))
    return left & ~(ALL << np.uint64(end - low)) if end - low < 64 else left


@lean
def lacking_nothing(chunk, plane, first, q, left):
    """Those of `left`, people of word q of a chunk, who have the days, skills and languages that a role needs;
    first[k]:first[k + 1] of `plane` are its planes.
    """
    for k in range(first[NEEDED], first[NEEDED + 1]):
        left &= chunk[plane[k], q]
        if left == 0:
            return left
    if first[ANY_OF] < first[ANY_OF + 1]:
        some = ~ALL
        for k in range(first[ANY_OF], first[ANY_OF + 1]):
            some |= chunk[plane[k], q]
        left &= some
    return left


@lean
def passing(crowd, openings, o, begin, end, found):
    """Entries begin:end, of one chunk, that lack nothing of the days, skills, languages and pay of role o, into
    `found`; how many.
    """
    pay, plane, first, floor = openings.figures[o, RATE], openings.plane, openings.first_plane[o], crowd.floor
    chunk, size = crowd.planes[begin // CHUNK], 0
    for low in range(begin - begin % 64, end, 64):
        left = lacking_nothing(chunk, plane, first, low % CHUNK // 64, among(low, begin, end))
        while left:
            e = low + lowest(left)
            left &= left - np.uint64(1)
            if floor[e] <= pay:
                found[size] = e
                size += 1
    return size


@lean
def unbarred(crowd, openings, o, found, scores, size, skip):
    """How many of the first `size` of `found` no rarer rule keeps from role o; they, and their scores, are moved to
    the front. `skip`: so does a pin on it.

    Loops over many, not calls for each: a call with arrays costs more than the rules themselves.
    """
    role, member, figures, known = openings.figures[o], crowd.member, crowd.figures, crowd.known
    adults, minors, crew, cast, kept = role[ADULTS], role[MINORS], role[CREW], role[CAST], 0
    for i in range(size):
        w = member[found[i]]
        flags = figures[w, FLAGS]
        out = figures[w, BIRTH] > adults and figures[w, MINOR] > minors
        if flags & KNOWN and not out:
            for k in range(crowd.first_known[w], crowd.first_known[w + 1]):
                out |= known[k, 1] == BLOCKED and known[k, 0] == crew
        if flags & BUSY and not out:
            out = promised(
                role, o, crowd.first_busy[w], crowd.first_busy[w + 1], crowd.busy, crowd.buffer, skip
            )
        if not out:
            found[kept], scores[kept] = found[i], scores[i]
            kept += 1
    return cast_for(role, member, figures, found, scores, kept) if cast else kept


@lean
def cast_for(role, member, figures, found, scores, size):
    """The same for a character's age, sex, height, the camera and a look."""
    low, high, sex, least, most = role[AGE_LOW], role[AGE_HIGH], role[SEX], role[LOW], role[HIGH]
    start, look, kept = role[START], role[NEEDS_LOOK], 0
    for i in range(size):
        w = member[found[i]]
        oldest, tall, worn = figures[w, OLDEST], figures[w, HEIGHT], figures[w, LOOK]
        out = high > 0 and (oldest == 0 or oldest < low or figures[w, YOUNGEST] > high)
        out |= sex > 0 and (figures[w, FLAGS] >> SEX_AT) & 3 != sex
        out |= (least > 0 or most > 0) and (tall == 0 or tall < least or (most > 0 and tall > most))
        out |= figures[w, CAMERA] >= start
        out |= look > 0 and worn > 0 and worn != look and figures[w, LOOK_UNTIL] >= start
        if not out:
            found[kept], scores[kept] = found[i], scores[i]
            kept += 1
    return kept


@lean
def promised(role, o, low, high, busy, buffer, skip):
    """Whether commitments low:high leave no time for role o, or need another look."""
    for k in range(low, high):
        if busy[k, 3] == o:
            if skip:
                return True
            continue
        start, end, kind, look, mine = busy[k, 0], busy[k, 1], busy[k, 2], busy[k, 4], role[KIND]
        if start <= role[LAST] + buffer[mine, kind] and role[START] <= end + buffer[kind, mine]:
            return True
        if role[NEEDS_LOOK] and look and look != role[NEEDS_LOOK] and end >= role[START]:
            return True
    return False


@lean
def eligible_of(crowd, openings, o, skip, found, scores):
    """How many may take role o; `found` and `scores` are room for a chunk."""
    group = openings.figures[o, GROUP]
    last, count = crowd.last[group], 0
    for begin in range(crowd.first[group], last, CHUNK):
        size = passing(crowd, openings, o, begin, min(begin + CHUNK, last), found)
        count += unbarred(crowd, openings, o, found, scores, size, skip)
    return count


@lean
def eligible_of_many(crowd, openings, roles, found, scores, count):
    """`eligible_of` without pins, role by role."""
    for o in roles:
        count[o] = eligible_of(crowd, openings, o, True, found, scores)
