"""The hard rules over a stretch of a list: a branch-free filter over words, then the rarer rules for whoever passes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from jobs.matching.candidates.packing import (
    ADULTS,
    AGE_HIGH,
    AGE_LOW,
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
    NEEDS_LOOK,
    OLDEST,
    RATE,
    SEX,
    SEX_AT,
    SPEAKS_ANY,
    START,
    YOUNGEST,
)
from jobs.matching.core.compiled import kernel

CHUNK = 256


class Crowd(NamedTuple):
    """The people: ids int64[n], figures int32[n, 16], starred role types bool[n, T]; the lists; the relations;
    the buffers between kinds of places; points as (skills, same company, same hub, first job, headroom, marked,
    starred); where skills and languages stand among the words.
    """

    ids: np.ndarray
    figures: np.ndarray
    stars: np.ndarray
    first: np.ndarray
    member: np.ndarray
    base: np.ndarray
    floor: np.ndarray
    words: np.ndarray
    first_busy: np.ndarray
    busy: np.ndarray
    first_known: np.ndarray
    known: np.ndarray
    buffer: np.ndarray
    points: np.ndarray
    at: np.ndarray


@kernel
def lacking(crowd, openings, o, begin, size, miss):
    """What `size` entries of a list lack in days, skills, languages and pay: 0 in `miss` where nothing."""
    pay, needs = openings.figures[o, RATE], openings.needs[o]
    floor = crowd.floor[begin : begin + size]
    for i in range(size):
        miss[i] = np.uint64(floor[i] > pay)
    for k in range(len(needs)):
        need = needs[k]
        if need:
            has = crowd.words[k, begin : begin + size]
            for i in range(size):
                miss[i] |= need & ~has[i]


@kernel
def bar(crowd, openings, o, begin, size, skip, miss):
    """Mark in `miss` whom one of the rarer rules keeps from role o, of `size` entries from `begin` on; `skip`: so
    does her pin on it.

    Loops over a stretch, not calls for each entry: a call with arrays costs more than the rules themselves.
    """
    role, one_of = openings.figures[o], openings.one_of[o]
    member, figures, words, known, speech = crowd.member, crowd.figures, crowd.words, crowd.known, crowd.at[2]
    adults, minors, speaks, cast = role[ADULTS], role[MINORS], role[SPEAKS_ANY], role[CAST]
    for i in range(size):
        if miss[i]:
            continue
        w = member[begin + i]
        flags = figures[w, FLAGS]
        out = figures[w, BIRTH] > adults and figures[w, MINOR] > minors
        if speaks and not out:
            some = np.uint64(0)
            for k in range(len(one_of)):
                some |= one_of[k] & words[speech + k, begin + i]
            out = some == 0
        if flags & KNOWN and not out:
            for k in range(crowd.first_known[w], crowd.first_known[w + 1]):
                out |= known[k, 1] == BLOCKED and known[k, 0] == role[CREW]
        if flags & BUSY and not out:
            out = promised(
                role, o, crowd.first_busy[w], crowd.first_busy[w + 1], crowd.busy, crowd.buffer, skip
            )
        if out:
            miss[i] = 1
    if cast:
        miscast(role, member[begin : begin + size], figures, miss)


@kernel
def miscast(role, member, figures, miss):
    """Mark whom a character's age, sex, height, the camera or a look keeps from a part."""
    low, high, sex, least, most = role[AGE_LOW], role[AGE_HIGH], role[SEX], role[LOW], role[HIGH]
    start, look = role[START], role[NEEDS_LOOK]
    for i in range(len(member)):
        if miss[i]:
            continue
        w = member[i]
        oldest, tall = figures[w, OLDEST], figures[w, HEIGHT]
        out = high > 0 and (oldest == 0 or oldest < low or figures[w, YOUNGEST] > high)
        out |= sex > 0 and (figures[w, FLAGS] >> SEX_AT) & 3 != sex
        out |= (least > 0 or most > 0) and (tall == 0 or tall < least or (most > 0 and tall > most))
        out |= figures[w, CAMERA] >= start
        kept = figures[w, LOOK]
        out |= look > 0 and kept > 0 and kept != look and figures[w, LOOK_UNTIL] >= start
        if out:
            miss[i] = 1


@kernel
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


@kernel
def eligible_of(crowd, openings, o, skip, miss):
    """How many may take role o."""
    group = openings.figures[o, GROUP]
    high, count = crowd.first[group + 1], 0
    for begin in range(crowd.first[group], high, CHUNK):
        length = min(high - begin, CHUNK)
        lacking(crowd, openings, o, begin, length, miss)
        bar(crowd, openings, o, begin, length, skip, miss)
        for i in range(length):
            count += miss[i] == 0
    return count


@kernel
def eligible_of_many(crowd, openings, roles, miss, count):
    """`eligible_of` without pins, role by role."""
    for o in roles:
        count[o] = eligible_of(crowd, openings, o, True, miss)
