"""The referee's rules for large markets: the same definitions as `rederivation`, in loops that are compiled.

Shares nothing with the solver's lists and filters: here each person goes through the roles of what she looks for,
the cheapest first, reads the columns as they are, and counts birthdays, days and levels one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, cast

import numpy as np
from numba import njit

from jobs.matching.flags import Flags, Levels
from jobs.matching.problem import Problem

_loop = njit(cache=True, nogil=True)
# Of loops that make no arrays nobody counts who holds those they are given: two threads would wait for each other.
_UNCOUNTED: dict[str, Any] = {"_nrt": False}  # Numba knows it, its types do not
_lean = njit(cache=True, nogil=True, **_UNCOUNTED)
SOME = 20_000  # rows whose bits are gathered at a time, and pairs that one thread looks at
THREADS = 2


class Sheet(NamedTuple):
    """A problem as plain arrays: `person` int32[n, 17] and `role` int64[m, 17] by the positions below, the tables
    of people as bits (skills in two, the low and the high bit of a level); skills by role as (skill, least level, 0
    where it is only welcome) and languages as (language, 1 where she needs this one, 2 where any such does, 3 both);
    promised spans and dealings by person, travel, weights.
    """

    person: np.ndarray
    role: np.ndarray
    low: np.ndarray
    high: np.ndarray
    speaks: np.ndarray
    day: np.ndarray
    night: np.ndarray
    stars: np.ndarray
    first_skill: np.ndarray
    skills: np.ndarray
    first_speech: np.ndarray
    speech: np.ndarray
    first_span: np.ndarray
    spans: np.ndarray
    first_dealing: np.ndarray
    dealings: np.ndarray
    travel: np.ndarray
    weights: np.ndarray


_PERSON = (
    "rate_floor", "birth_day", "guardian_consent", "sex", "playable_min", "playable_max", "height_cm",
    "appearance_until", "look", "look_until", "credits", "reliability", "home_hub", "primary", "last_company",
    "last_hub", "last_end",
)  # fmt: skip
_ROLE = (
    "day_rate", "start", "end", "part", "hub", "company", "role_type", "category", "hazard", "age_min", "age_max",
    "sex", "height_min", "height_max", "look", "entry_level",
)  # fmt: skip
_FIRST_DAY = len(_ROLE)  # of a role, as year, month and day in one number, like a birth date
_WEIGHTS = (
    "skills", "experience", "reliability", "near_home", "near_day", "near_far", "primary", "same_company", "same_hub",
    "first_job", "headroom", "marked", "starred",
)  # fmt: skip


def sheet_of(problem: Problem) -> Sheet:
    """The sheet of a problem."""
    p, r = problem.people, problem.roles
    person = np.stack([getattr(p, name).astype(np.int32) for name in _PERSON], axis=1)
    person[:, 1] = np.where(p.birth_day > 0, _as_date(p.birth_day - 719_163), 0)
    first = _as_date(r.start.astype(np.int64) + problem.window_start.toordinal() - 719_163)
    role = np.stack([*(getattr(r, name).astype(np.int64) for name in _ROLE), first], axis=1)
    spans = [
        (w, (s, e, hub, part, -1, 0))
        for w, s, e, hub, part in zip(
            *(getattr(p, f"booked_{name}").tolist() for name in ("person", "start", "end", "hub", "part")),
            strict=True,
        )
    ]
    for w, o in zip(problem.pin_person.tolist(), problem.pin_role.tolist(), strict=True):
        start, end, part, hub = (int(role[o, at]) for at in (1, 2, 3, 4))
        spans.append((w, (start, end, hub, part, o, int(role[o, 14]) if role[o, 7] else 0)))
    dealings = [
        (int(w), (int(c), kind, int(value)))
        for kind, (people, crews, values) in enumerate(
            (
                (problem.block_person, problem.block_company, problem.block_company),
                (problem.mark_person, problem.mark_company, problem.mark),
                (problem.star_person, problem.star_company, problem.star_company),
            )
        )
        for w, c, value in zip(people, crews, values, strict=True)
    ]
    tables = (
        _as_bits(p.skills, 1), _as_bits(p.skills, 2), _as_bits(p.languages), _as_bits(p.free_day),
        _as_bits(p.free_night), _as_bits(p.stars), *_by_role(r.must, (r.must > 0) | r.nice),
        *_by_role(r.speaks_all + 2 * r.speaks_any.astype(np.int64), r.speaks_all | r.speaks_any),
    )  # fmt: skip
    return Sheet._make(
        [
            person,
            role,
            *(np.ascontiguousarray(table) for table in tables),
            *_by_person(spans, problem.n_people, 6),
            *_by_person(dealings, problem.n_people, 3),
            problem.travel_days.astype(np.int64),
            np.array([getattr(problem.weights, name) for name in _WEIGHTS], np.int64),
        ]
    )


def _by_role(value: np.ndarray, named: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(first int64[m + 1], rows int64[k, 2] of column and value) of what each role names, a few of a hundred."""
    role, column = np.nonzero(named)
    first = np.searchsorted(role, np.arange(len(named) + 1)).astype(np.int64)
    return first, np.stack([column, value[role, column].astype(np.int64)], axis=1)


def _as_bits(table: np.ndarray, mask: int = 1) -> np.ndarray:
    """uint8[n, bytes]: whether `table & mask`, the first column in the highest bit; some rows at a time."""
    if isinstance(table, Levels):
        table, mask = cast(np.ndarray, table.low if mask == 1 else table.high), 1
    if isinstance(table, Flags) and table.shape[1]:
        return table.packed
    out = np.zeros((len(table), max(1, -(-table.shape[1] // 8))), np.uint8)
    for low in range(0, len(table) if table.shape[1] else 0, SOME):
        some = np.asarray(table[low : low + SOME]).view(np.uint8)
        out[low : low + SOME] = np.packbits((some & mask) > 0, axis=1)
    return out


def _as_date(days: np.ndarray) -> np.ndarray:
    """Days since 1970 as 20261121: differences of such numbers, in whole 10,000s, are birthdays had."""
    date = np.asarray(days, "datetime64[D]")
    month, year = date.astype("datetime64[M]"), date.astype("datetime64[Y]")
    return (
        (year.astype(np.int64) + 1970) * 10_000
        + ((month - year).astype(np.int64) + 1) * 100
        + (date - month).astype(np.int64)
        + 1
    )


def _by_person(
    rows: Sequence[tuple[int, tuple[int, ...]]], n: int, width: int
) -> tuple[np.ndarray, np.ndarray]:
    rows = sorted(rows)
    first = np.searchsorted(np.array([w for w, _ in rows], np.int64), np.arange(n + 1))
    return first.astype(np.int64), np.array([row for _, row in rows], np.int64).reshape(-1, width)


@_lean
def _has(bits, w, k):
    return bits[w, k // 8] >> (7 - k % 8) & 1 == 1


@_lean
def _level(sheet, w, k):
    return (1 if _has(sheet.low, w, k) else 0) + (2 if _has(sheet.high, w, k) else 0)


@_lean
def _strike(sheet, w, roles, count, points):
    """Points 0 for those of `roles[:count]` that person w may not be on, 1 for the others."""
    her = sheet.person[w]
    for i in range(count):
        o = roles[i]
        his = sheet.role[o]
        start, last, part = his[1], his[2], his[3]
        years = (his[16] - her[1]) // 10_000
        ok = her[0] <= his[0] and her[1] > 0 and years >= 16
        if years < 18 and (her[2] == 0 or part >= 2 or his[8]):
            ok = False
        for d in range(start, last + 1):
            if (part != 2 and not _has(sheet.day, w, d)) or (part != 1 and not _has(sheet.night, w, d)):
                ok = False
        for k in range(sheet.first_skill[o], sheet.first_skill[o + 1]):
            if _level(sheet, w, sheet.skills[k, 0]) < sheet.skills[k, 1]:
                ok = False
        asked, spoken = False, False
        for k in range(sheet.first_speech[o], sheet.first_speech[o + 1]):
            speaks = _has(sheet.speaks, w, sheet.speech[k, 0])
            if sheet.speech[k, 1] & 1 and not speaks:
                ok = False
            asked |= sheet.speech[k, 1] >= 2
            spoken |= sheet.speech[k, 1] >= 2 and speaks
        points[i] = ok and (spoken or not asked)
        if points[i] and his[7]:
            plays = her[5] > 0 and her[4] <= his[10] and his[9] <= her[5]
            tall = her[6] > 0 and his[12] <= her[6] and (his[13] == 0 or her[6] <= his[13])
            points[i] = (
                (his[10] == 0 or plays)
                and (his[11] == 0 or his[11] == her[3])
                and ((his[12] == 0 and his[13] == 0) or tall)
                and her[7] < start
                and (his[14] == 0 or her[8] == 0 or her[8] == his[14] or her[9] < start)
            )


@_lean
def _strike_promised(sheet, w, roles, count, points):
    """The same for what is promised to others, and for crews she does not work with."""
    for k in range(sheet.first_span[w], sheet.first_span[w + 1]):
        span = sheet.spans[k]
        a, b, hub, part, other, look = span[0], span[1], span[2], span[3], span[4], span[5]
        for i in range(count):
            his = sheet.role[roles[i]]
            if other == roles[i]:
                continue
            if a <= his[1]:
                free, rest, way = his[1] - b - 1, part != 1 and his[3] != 2, sheet.travel[hub, his[4]]
            else:
                free, rest, way = a - his[2] - 1, his[3] != 1 and part != 2, sheet.travel[his[4], hub]
            if free < 0 or free < way or (free == 0 and rest):
                points[i] = 0
            if his[7] and his[14] and look and look != his[14] and b >= his[1]:
                points[i] = 0
    for k in range(sheet.first_dealing[w], sheet.first_dealing[w + 1]):
        if sheet.dealings[k, 1] == 0:
            for i in range(count):
                if sheet.role[roles[i], 5] == sheet.dealings[k, 0]:
                    points[i] = 0


@_lean
def _static(sheet, w):
    done, weight = sheet.person[w, 10], sheet.weights
    return weight[1] * done // (done + 4) + weight[2] * sheet.person[w, 11] // 200


@_lean
def _place(sheet, w, hub, kind):
    home, weight = sheet.person[w, 12], sheet.weights
    if home == hub:
        near = weight[3]
    elif home >= 0 and sheet.travel[home, hub] < 2:
        near = weight[4]
    else:
        near = weight[5]
    return near + (weight[6] if sheet.person[w, 13] == kind else 0)


@_lean
def _score(sheet, w, roles, count, points):
    """The scores of person w where `points` is not 0."""
    her, weight, static = sheet.person[w], sheet.weights, _static(sheet, w)
    for i in range(count):
        if points[i] == 0:
            continue
        o = roles[i]
        his = sheet.role[o]
        s = static + _place(sheet, w, his[4], his[6])
        held, asked = 0, sheet.first_skill[o + 1] - sheet.first_skill[o]
        for k in range(sheet.first_skill[o], sheet.first_skill[o + 1]):
            held += _level(sheet, w, sheet.skills[k, 0])
        if asked:
            s += weight[0] * held // (3 * asked)
        if her[14] == his[5]:
            s += weight[7]
        elif her[15] == his[4] and her[16] <= his[1] <= her[16] + 30:
            s += weight[8]
        if his[15] and her[10] == 0:
            s += weight[9]
        over = his[0] - her[0]
        if her[0] == 0 or over >= her[0]:
            s += weight[10]
        elif over > 0:
            s += weight[10] * over // her[0]
        liked = weight[12] // 2 if _has(sheet.stars, w, his[6]) else 0
        for k in range(sheet.first_dealing[w], sheet.first_dealing[w + 1]):
            if sheet.dealings[k, 0] == his[5] and sheet.dealings[k, 1] == 1:
                s += weight[11] * (2 * sheet.dealings[k, 2] - 7) // 5
            elif sheet.dealings[k, 0] == his[5] and sheet.dealings[k, 1] == 2:
                liked = weight[12]
        points[i] = min(1100, max(1, s + liked))


@_loop
def _points(sheet, wants, willing, person, role, points, low, high):
    one = np.zeros(1, np.int64)
    worth = np.zeros(1, np.int64)
    for k in range(low, high):
        w, one[0] = person[k], role[k]
        if _has(wants, w, sheet.role[role[k], 6]) and _has(willing, w, sheet.role[role[k], 4]):
            _strike(sheet, w, one, 1, worth)
            _strike_promised(sheet, w, one, 1, worth)
            _score(sheet, w, one, 1, worth)
            points[k] = worth[0]


def points_of(
    problem: Problem, sheet: Sheet, person: Sequence[int] | np.ndarray, role: Sequence[int] | np.ndarray
) -> np.ndarray:
    """int64: the score of each pair, 0 where a rule stands between the two."""
    out = np.zeros(len(person), np.int64)
    who, what = np.array(person, np.int64), np.array(role, np.int64)
    wants, willing = _as_bits(problem.people.wants), _as_bits(problem.people.willing)

    def some(low: int) -> None:
        _points(sheet, wants, willing, who, what, out, low, min(low + SOME, len(out)))

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(some, range(0, len(out), SOME)))
    return out
