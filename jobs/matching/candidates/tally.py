"""Everybody before one role, rule by rule: how many each rule keeps out, and how many it alone. One person before
all roles: which she may take.

Bits stand in the order of `eligibility.HARD_RULES`; a test compares the counts.
"""

from __future__ import annotations

import numpy as np

from jobs.matching.candidates.filtering import unbarred
from jobs.matching.candidates.hoping import hopeful
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
    FLOOR,
    HEIGHT,
    HIGH,
    KIND,
    KNOWN,
    LAST,
    LATER,
    LOOK,
    LOOK_UNTIL,
    LOW,
    MINOR,
    NEEDS_LOOK,
    OLDEST,
    PLACE,
    RATE,
    SEX,
    SEX_AT,
    SPEAKS_ANY,
    START,
    TYPE,
    YOUNGEST,
)
from jobs.matching.candidates.search import rate
from jobs.matching.core.compiled import kernel

NIGHT_WORK, DANGER = 1, 2  # what a minor may not do


@kernel
def tally(crowd, openings, o, wants, willing, has, young, closed, travel, bars, alone):
    """Count into `bars` and `alone`, one place a rule, and answer how many may take role o.

    `young`: last birth date of who is old enough to work at all; `closed`: NIGHT_WORK and DANGER of this role.
    """
    role, figures = openings.figures[o], crowd.figures
    kind, place, pay, start, adults = role[TYPE], role[PLACE], role[RATE], role[START], role[ADULTS]
    skill, plane, speech, free = crowd.at[0], crowd.at[1], crowd.at[2], 0
    for w in range(len(figures)):
        bits, birth = 0, figures[w, BIRTH]
        bits |= (not wants[w, kind]) << 0 | (not willing[w, place]) << 1 | (figures[w, FLOOR] > pay) << 2
        lacks, low = np.uint64(0), np.uint64(0)
        for k in range(plane):
            any_level = has[w, skill + k]
            for level in range(3):
                need = openings.needs[o, skill + level * plane + k]
                lacks |= need & ~any_level
                low |= need & any_level & ~has[w, skill + level * plane + k]
        speaks = np.uint64(0)
        some = role[SPEAKS_ANY] == 0
        for k in range(speech, has.shape[1]):
            speaks |= openings.needs[o, k] & ~has[w, k]
            some |= (openings.one_of[o, k - speech] & has[w, k]) != 0
        away = np.uint64(0)
        for k in range(skill):
            away |= openings.needs[o, k] & ~has[w, k]
        bits |= (lacks != 0) << 3 | (low != 0) << 4 | (speaks != 0 or not some) << 5 | (away != 0) << 6
        if birth == LATER:
            bits |= 1 << 7
        elif birth > adults:
            bits |= (birth > young) << 8 | (birth <= young and figures[w, MINOR] == LATER) << 9
            bits |= ((closed & NIGHT_WORK) != 0) << 10 | ((closed & DANGER) != 0) << 11
        if role[CAST]:
            bits |= _cast_bits(role, figures, w, start)
        flags = figures[w, FLAGS]
        if flags & BUSY:
            for k in range(crowd.first_busy[w], crowd.first_busy[w + 1]):
                bits |= _busy_bits(role, o, crowd.busy, k, travel)
        if flags & KNOWN:
            for k in range(crowd.first_known[w], crowd.first_known[w + 1]):
                if crowd.known[k, 1] == BLOCKED and crowd.known[k, 0] == role[CREW]:
                    bits |= 1 << 20
        if bits == 0:
            free += 1
        for rule in range(len(bars)):
            if bits >> rule & 1:
                bars[rule] += 1
                alone[rule] += bits == 1 << rule
    return free


@kernel
def _cast_bits(role, figures, w, start):
    low, high, sex, least, most = role[AGE_LOW], role[AGE_HIGH], role[SEX], role[LOW], role[HIGH]
    oldest, tall, kept, look = figures[w, OLDEST], figures[w, HEIGHT], figures[w, LOOK], role[NEEDS_LOOK]
    bits = 0
    if high > 0 and (oldest == 0 or oldest < low or figures[w, YOUNGEST] > high):
        bits |= 1 << 12
    if sex > 0 and (figures[w, FLAGS] >> SEX_AT) & 3 != sex:
        bits |= 1 << 13
    if (least > 0 or most > 0) and (tall == 0 or tall < least or (most > 0 and tall > most)):
        bits |= 1 << 14
    if figures[w, CAMERA] >= start:
        bits |= 1 << 15
    if look > 0 and kept > 0 and kept != look and figures[w, LOOK_UNTIL] >= start:
        bits |= 1 << 16
    return bits


@kernel
def _busy_bits(role, o, busy, k, travel):
    """Booked 17, travel 18, rest 19; and the look of a pin, 16."""
    start, end, kind, look = busy[k, 0], busy[k, 1], busy[k, 2], busy[k, 4]
    if busy[k, 3] == o:
        return 0
    bits = 0
    if role[NEEDS_LOOK] and look and look != role[NEEDS_LOOK] and end >= role[START]:
        bits |= 1 << 16
    if start <= role[LAST] and end >= role[START]:
        return bits | 1 << 17
    first, second, between = kind, role[KIND], role[START] - end - 1
    if end >= role[START]:
        first, second, between = role[KIND], kind, start - role[LAST] - 1
    bits |= (between < travel[first // 3, second // 3]) << 18
    # Parts are 1 day, 2 night, 3 both: a night (2, 3) before a day (1, 3).
    bits |= (between == 0 and first % 3 >= 1 and second % 3 != 1) << 19
    return bits


@kernel
def roles_of(crowd, openings, by_group, cut, wants, willing, w, best):
    """(role, score) of every role that person w may take, as two arrays."""
    m = len(by_group)
    found, points, size = np.empty(m, np.int64), np.empty(m, np.int64), 0
    hubs = willing.shape[1]
    for g in range(wants.shape[1] * hubs):
        if cut[g] == cut[g + 1] or not wants[w, g // hubs] or not willing[w, g % hubs]:
            continue
        e = crowd.first[g]
        while crowd.member[e] != w:
            e += 1
        for at in range(cut[g], cut[g + 1]):
            o = by_group[at]
            some = hopeful(crowd, openings, o, e, e + 1, 0, best.room, best.found, best.scores)
            if some and unbarred(crowd, openings, o, best.found, best.scores, 1, False):
                rate(crowd, openings, o, best.found, best.scores, 1)
                found[size], points[size] = o, best.scores[0]
                size += 1
    return found[:size], points[:size]
