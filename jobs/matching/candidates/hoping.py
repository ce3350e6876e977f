"""Who of a chunk may still reach so many points on a role: asked of 64 people at once, in bits.

What somebody brings to a list is nearly the same all over a chunk, and what a role adds to it hangs on a few facts:
how many levels of the named skills she has, whether she was here last, whether she knows the crew, whether it would be
her first job. The levels are counted upright, bit by bit, for a whole word of people (Harley and Seal; in Warren,
"Hacker's Delight", 5-1), and only whoever may reach `least` by them is looked at alone.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from jobs.matching.candidates.filtering import ALL, among, lacking_nothing, lowest
from jobs.matching.candidates.packing import CREW, ENTRY, NAMES, RATE, REST
from jobs.matching.candidates.postings import BEGINS, CHUNK, CREW_BITS, HERE, KNOWS, TRAITS, crew_mark
from jobs.matching.core.compiled import kernel, lean
from jobs.matching.scoring import SKILLS_COUNTED

SLICES = 6  # bits of a count of levels
IMPOSSIBLE = 2**SLICES * 64
# Named skills whose levels are counted at once; of more, all are hoped for.
COUNTED = (2**SLICES - 1) // SKILLS_COUNTED


class Room(NamedTuple):
    """For one thread: the slices of a count, and the levels that are missing."""

    held: np.ndarray
    missing: np.ndarray


@kernel
def make_room():
    return Room(np.empty(SLICES, np.uint64), np.empty(6, np.int64))


@lean
def count_levels(chunk, plane, first, last, skills, q, held):
    """Bit b of `held[i]`: bit i of how many levels person b has of the skills first:last of `plane`."""
    held[:] = 0
    for k in range(first, last):
        high = chunk[plane[k] + skills, q]
        low = (chunk[plane[k], q] & ~high) | chunk[plane[k] + 2 * skills, q]
        carry = held[0] & low
        held[0] ^= low
        more = held[1] & high | carry & (held[1] | high)
        held[1] ^= high ^ carry
        i = 2
        while more:
            carry = held[i] & more
            held[i] ^= more
            more = carry
            i += 1


@lean
def at_least(held, width, count):
    """The people of whom `held` says that they have so many levels; `width` bits of a count may be set."""
    more, same = ~ALL, ALL
    for i in range(width - 1, -1, -1):
        if count >> i & 1:
            same &= held[i]
        else:
            more |= same & held[i]
            same &= ~held[i]
    return more | same


@lean
def levels_missing(role, points, share, unseen, least, missing):
    """How many levels somebody must have to add `least` to her base, by what else a role adds to it: `missing[2 * d + b]`
    with d 0 who was never near, 1 who was here last, 2 who knows the crew, b 1 where it would be her first job.
    IMPOSSIBLE where no skills are enough. Levels of skills that are not counted, `unseen`, are hoped for.
    """
    first, most = points[3] if role[ENTRY] else 0, points[0] if share else 0
    for d in range(3):
        dealt = 0 if d == 0 else points[2] if d == 1 else role[REST] - most - points[4] - first
        for b in range(2):
            left = least - points[4] - dealt - b * first
            if left > most:
                missing[2 * d + b] = IMPOSSIBLE
            else:
                missing[2 * d + b] = (
                    max(0, (left * share + points[0] - 1) // points[0] - unseen) if left > 0 else 0
                )


@lean
def dealt_with(chunk, crew, q):
    """The people of word q of a chunk who may know the crew in whatever way."""
    at, mark, who = chunk.shape[0] - CREW_BITS, crew_mark(crew), ALL
    for b in range(CREW_BITS):
        who &= chunk[at + b, q] if mark >> b & 1 else ~chunk[at + b, q]
    return who | chunk[at - TRAITS + CREW_BITS + KNOWS, q]


@lean
def may_reach(chunk, crew, q, missing, held, width, counted):
    """The people of word q of a chunk who have the levels that `missing` asks of them, or before they are `counted`, of
    whom it is not IMPOSSIBLE.
    """
    at, left = chunk.shape[0] - TRAITS, ~ALL
    for d in range(3):
        if missing[2 * d + 1] == IMPOSSIBLE:
            continue
        who = ALL if d == 0 else chunk[at + HERE, q] if d == 1 else dealt_with(chunk, crew, q)
        for b in range(2):
            levels = missing[2 * d + b]
            if levels == IMPOSSIBLE or (b and levels == missing[2 * d]):
                continue
            some = who & chunk[at + BEGINS, q] if b else who
            left |= some & at_least(held, width, levels) if counted and levels else some
    return left


@lean
def levels_of(chunk, plane, first, last, skills, q, bit, held, width):
    """The levels that person `bit` of word q has: as counted, and of the skills first:last of `plane`."""
    levels = np.int64(0)
    for i in range(width):
        levels |= np.int64(held[i] >> bit & np.uint64(1)) << i
    for k in range(first, last):
        for level in range(3):
            levels += np.int64(chunk[plane[k] + level * skills, q] >> bit & np.uint64(1))
    return levels


@lean
def bits_of(count):
    """How many bits it takes to count so far, at most SLICES."""
    width = 0
    while count >> width and width < SLICES:
        width += 1
    return width


@lean
def hopeful(crowd, openings, o, begin, end, least, room, found, scores):
    """Entries begin:end, of one chunk, that lack nothing of the days, skills, languages and pay of role o and may
    reach `least` on it, into `found`, what is sure of their scores beside them (base, skills, headroom); how many.
    """
    role, points, bases, floors, skills = (
        openings.figures[o], crowd.points, crowd.base, crowd.floor, crowd.skills,
    )  # fmt: skip
    chunk, plane, first = crowd.planes[begin // CHUNK], openings.plane, openings.first_plane[o]
    held, missing, pay, crew, size = room.held, room.missing, role[RATE], role[CREW], 0
    names, last = first[NAMES], first[NAMES + 1]
    counted, share = min(last, names + COUNTED), SKILLS_COUNTED * (last - names)
    width, unsure = bits_of(share), role[REST] - points[4] - (points[0] if share else 0)
    asked = least > 1  # a score is never below 1
    if asked:
        unseen = SKILLS_COUNTED * (last - counted)
        levels_missing(role, points, share, unseen, least - bases[begin], missing)
    for low in range(begin - begin % 64, end, 64):
        q, left = low % CHUNK // 64, among(low, begin, end)
        if asked:
            left &= may_reach(chunk, crew, q, missing, held, width, False)
        left = lacking_nothing(chunk, plane, first, q, left) if left else left
        if left == 0:
            continue
        count_levels(chunk, plane, names, counted, skills, q, held)
        if asked:
            left &= may_reach(chunk, crew, q, missing, held, width, True)
        while left:
            bit = np.uint64(lowest(left))
            left &= left - np.uint64(1)
            e = low + np.int64(bit)
            floor, s = np.int64(floors[e]), np.int64(bases[e])
            if floor > pay:
                continue
            if share:
                s += points[0] * levels_of(chunk, plane, counted, last, skills, q, bit, held, width) // share
            s += points[4] if floor == 0 or pay >= 2 * floor else points[4] * (pay - floor) // floor
            if s + unsure >= least or not asked:
                found[size], scores[size] = e, s
                size += 1
    return size
