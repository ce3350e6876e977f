"""The referee's rules for large markets: the same definitions as `rederivation`, in loops that are compiled.

Shares nothing with the solver's lists and filters: here each person goes through the roles of what she looks for,
the cheapest first, reads the columns as they are, and counts birthdays, days and levels one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numba import njit

from jobs.matching.columns import DAY, NIGHT, PRODUCTION
from jobs.matching.problem import Problem
from jobs.matching.recount_sheet import (
    AGE_MAX,
    AGE_MIN,
    ANY_ONE,
    BLOCKED,
    BORN,
    CATEGORY,
    CONSENT,
    CREDITS,
    CREW,
    DEALING,
    END,
    ENTRY_LEVEL,
    FIRST_DATE,
    FLOOR,
    FOR_EXPERIENCE,
    FOR_FAR,
    FOR_FIRST_JOB,
    FOR_HEADROOM,
    FOR_HOME,
    FOR_MARK,
    FOR_NEAR,
    FOR_PRIMARY,
    FOR_RELIABILITY,
    FOR_SAME_CREW,
    FOR_SAME_HUB,
    FOR_SKILLS,
    FOR_STAR,
    HAZARD,
    HEIGHT,
    HEIGHT_MAX,
    HEIGHT_MIN,
    HER_SEX,
    HOME,
    HUB,
    LANGUAGE,
    LAST_CREW,
    LAST_END,
    LAST_HUB,
    LEAST_LEVEL,
    LOOK,
    MARKED,
    OLDEST,
    ON_CAMERA,
    PART,
    PAY,
    PRIMARY,
    RELIABILITY,
    SEX,
    SKILL,
    SPAN_END,
    SPAN_HUB,
    SPAN_LOOK,
    SPAN_PART,
    SPAN_ROLE,
    SPAN_START,
    STARRED,
    START,
    THIS_ONE,
    TYPE,
    VALUE,
    WEARS,
    WEARS_UNTIL,
    WHICH,
    WITH,
    YOUNGEST,
    Sheet,
    as_bits,
)

_loop = njit(cache=True, nogil=True)
# Of loops that make no arrays nobody counts who holds those they are given: two threads would wait for each other.
_UNCOUNTED: dict[str, Any] = {"_nrt": False}  # Numba knows it, its types do not
lean = njit(cache=True, nogil=True, **_UNCOUNTED)
THREADS = 2
SOME = 20_000  # pairs that one thread looks at


@lean
def _has(bits, w, k):
    return bits[w, k // 8] >> (7 - k % 8) & 1 == 1


@lean
def level_of(sheet, w, k):
    """The level at which person w has skill k."""
    return (1 if _has(sheet.low, w, k) else 0) + (2 if _has(sheet.high, w, k) else 0)


@lean
def strike(sheet, w, roles, count, points):
    """Points 0 for those of `roles[:count]` that person w may not be on, 1 for the others."""
    her = sheet.person[w]
    for i in range(count):
        o = roles[i]
        role = sheet.role[o]
        part, years = role[PART], (role[FIRST_DATE] - her[BORN]) // 10_000
        ok = her[FLOOR] <= role[PAY] and her[BORN] > 0 and years >= 16
        if years < 18 and (her[CONSENT] == 0 or part != DAY or role[HAZARD]):
            ok = False
        for d in range(role[START], role[END] + 1):
            if part != NIGHT and not _has(sheet.day, w, d):
                ok = False
            if part != DAY and not _has(sheet.night, w, d):
                ok = False
        for k in range(sheet.first_skill[o], sheet.first_skill[o + 1]):
            if level_of(sheet, w, sheet.skills[k, SKILL]) < sheet.skills[k, LEAST_LEVEL]:
                ok = False
        asked, spoken = False, False
        for k in range(sheet.first_speech[o], sheet.first_speech[o + 1]):
            which, speaks = sheet.speech[k, WHICH], _has(sheet.speaks, w, sheet.speech[k, LANGUAGE])
            if which & THIS_ONE and not speaks:
                ok = False
            asked |= which >= ANY_ONE
            spoken |= which >= ANY_ONE and speaks
        points[i] = ok and (spoken or not asked) and (role[CATEGORY] == PRODUCTION or _looks(her, role))


@lean
def _looks(her, role):
    """Whether she can be the character that is cast."""
    tall, low, high = her[HEIGHT], role[HEIGHT_MIN], role[HEIGHT_MAX]
    young = her[OLDEST] > 0 and her[YOUNGEST] <= role[AGE_MAX] and role[AGE_MIN] <= her[OLDEST]
    fits = tall > 0 and low <= tall and (high == 0 or tall <= high)
    worn = her[WEARS] != 0 and her[WEARS] != role[LOOK] and her[WEARS_UNTIL] >= role[START]
    return (
        (role[AGE_MAX] == 0 or young)
        and (role[SEX] == 0 or role[SEX] == her[HER_SEX])
        and ((low == 0 and high == 0) or fits)
        and her[ON_CAMERA] < role[START]
        and not (role[LOOK] and worn)
    )


@lean
def strike_promised(sheet, w, roles, count, points):
    """The same for what is promised to others, and for crews she does not work with."""
    for k in range(sheet.first_span[w], sheet.first_span[w + 1]):
        span = sheet.spans[k]
        start, end, hub, part, look = (
            span[SPAN_START], span[SPAN_END], span[SPAN_HUB], span[SPAN_PART], span[SPAN_LOOK],
        )  # fmt: skip
        for i in range(count):
            role = sheet.role[roles[i]]
            if span[SPAN_ROLE] == roles[i]:
                continue
            if (
                start <= role[START]
            ):  # days between, whether a night comes before a day, and the days of the way
                free, tired = role[START] - end - 1, part != DAY and role[PART] != NIGHT
                way = sheet.travel[hub, role[HUB]]
            else:
                free, tired = start - role[END] - 1, role[PART] != DAY and part != NIGHT
                way = sheet.travel[role[HUB], hub]
            if free < 0 or free < way or (free == 0 and tired):
                points[i] = 0
            if (
                role[CATEGORY] != PRODUCTION
                and role[LOOK]
                and look
                and look != role[LOOK]
                and end >= role[START]
            ):
                points[i] = 0
    for k in range(sheet.first_dealing[w], sheet.first_dealing[w + 1]):
        if sheet.dealings[k, DEALING] == BLOCKED:
            for i in range(count):
                if sheet.role[roles[i], CREW] == sheet.dealings[k, WITH]:
                    points[i] = 0


@lean
def brings(sheet, w):
    """The points that person w brings to any role."""
    her, weight = sheet.person[w], sheet.weights
    done = her[CREDITS]
    return weight[FOR_EXPERIENCE] * done // (done + 4) + weight[FOR_RELIABILITY] * her[RELIABILITY] // 200


@lean
def suits(sheet, w, hub, kind):
    """Those for a place near her home and the work she names first."""
    her, weight = sheet.person[w], sheet.weights
    if her[HOME] == hub:
        near = weight[FOR_HOME]
    elif her[HOME] >= 0 and sheet.travel[her[HOME], hub] < 2:
        near = weight[FOR_NEAR]
    else:
        near = weight[FOR_FAR]
    return near + (weight[FOR_PRIMARY] if her[PRIMARY] == kind else 0)


@lean
def score(sheet, w, roles, count, points):
    """The scores of person w where `points` is not 0."""
    her, weight, always = sheet.person[w], sheet.weights, brings(sheet, w)
    for i in range(count):
        if points[i] == 0:
            continue
        o = roles[i]
        role = sheet.role[o]
        s = always + suits(sheet, w, role[HUB], role[TYPE])
        held, named = 0, sheet.first_skill[o + 1] - sheet.first_skill[o]
        for k in range(sheet.first_skill[o], sheet.first_skill[o + 1]):
            held += level_of(sheet, w, sheet.skills[k, SKILL])
        if named:
            s += weight[FOR_SKILLS] * held // (3 * named)
        if her[LAST_CREW] == role[CREW]:
            s += weight[FOR_SAME_CREW]
        elif her[LAST_HUB] == role[HUB] and her[LAST_END] <= role[START] <= her[LAST_END] + 30:
            s += weight[FOR_SAME_HUB]
        if role[ENTRY_LEVEL] and her[CREDITS] == 0:
            s += weight[FOR_FIRST_JOB]
        floor, over = her[FLOOR], role[PAY] - her[FLOOR]
        if floor == 0 or over >= floor:
            s += weight[FOR_HEADROOM]
        elif over > 0:
            s += weight[FOR_HEADROOM] * over // floor
        liked = weight[FOR_STAR] // 2 if _has(sheet.stars, w, role[TYPE]) else 0
        for k in range(sheet.first_dealing[w], sheet.first_dealing[w + 1]):
            if sheet.dealings[k, WITH] != role[CREW]:
                continue
            if sheet.dealings[k, DEALING] == MARKED:
                s += weight[FOR_MARK] * (2 * sheet.dealings[k, VALUE] - 7) // 5
            elif sheet.dealings[k, DEALING] == STARRED:
                liked = weight[FOR_STAR]
        points[i] = min(1100, max(1, s + liked))


@_loop
def _points(sheet, wants, willing, person, role, points, low, high):
    one = np.zeros(1, np.int64)
    worth = np.zeros(1, np.int64)
    for k in range(low, high):
        w, one[0] = person[k], role[k]
        if _has(wants, w, sheet.role[role[k], TYPE]) and _has(willing, w, sheet.role[role[k], HUB]):
            strike(sheet, w, one, 1, worth)
            strike_promised(sheet, w, one, 1, worth)
            score(sheet, w, one, 1, worth)
            points[k] = worth[0]


def points_of(
    problem: Problem, sheet: Sheet, person: Sequence[int] | np.ndarray, role: Sequence[int] | np.ndarray
) -> np.ndarray:
    """int64: the score of each pair, 0 where a rule stands between the two."""
    out = np.zeros(len(person), np.int64)
    who, what = np.array(person, np.int64), np.array(role, np.int64)
    wants, willing = as_bits(problem.people.wants), as_bits(problem.people.willing)

    def some(low: int) -> None:
        _points(sheet, wants, willing, who, what, out, low, min(low + SOME, len(out)))

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(some, range(0, len(out), SOME)))
    return out
