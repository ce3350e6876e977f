"""What the referee reads of a large market: its columns as plain numbers, each by a name of its own."""

from __future__ import annotations

from typing import NamedTuple, cast

import numpy as np

from jobs.matching.columns import PRODUCTION
from jobs.matching.flags import Flags, Levels
from jobs.matching.problem import Problem

SOME = 20_000  # rows whose bits are gathered at a time


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
# The same as columns of `Sheet.person`. When she was born is a date in one number, 0 where she does not say.
(
    FLOOR, BORN, CONSENT, HER_SEX, YOUNGEST, OLDEST, HEIGHT, ON_CAMERA, WEARS, WEARS_UNTIL, CREDITS, RELIABILITY, HOME,
    PRIMARY, LAST_CREW, LAST_HUB, LAST_END,
) = range(len(_PERSON))  # fmt: skip
_ROLE = (
    "day_rate", "start", "end", "part", "hub", "company", "role_type", "category", "hazard", "age_min", "age_max",
    "sex", "height_min", "height_max", "look", "entry_level",
)  # fmt: skip
# The same as columns of `Sheet.role`, and behind them its first day as a date in one number.
(
    PAY, START, END, PART, HUB, CREW, TYPE, CATEGORY, HAZARD, AGE_MIN, AGE_MAX, SEX, HEIGHT_MIN, HEIGHT_MAX, LOOK,
    ENTRY_LEVEL, FIRST_DATE,
) = range(len(_ROLE) + 1)  # fmt: skip
_WEIGHTS = (
    "skills", "experience", "reliability", "near_home", "near_day", "near_far", "primary", "same_company", "same_hub",
    "first_job", "headroom", "marked", "starred",
)  # fmt: skip
# The same as places in `Sheet.weights`.
(
    FOR_SKILLS, FOR_EXPERIENCE, FOR_RELIABILITY, FOR_HOME, FOR_NEAR, FOR_FAR, FOR_PRIMARY, FOR_SAME_CREW, FOR_SAME_HUB,
    FOR_FIRST_JOB, FOR_HEADROOM, FOR_MARK, FOR_STAR,
) = range(len(_WEIGHTS))  # fmt: skip
# Columns of `Sheet.spans`: the role of a pin, -1 of a booking, and the look that it needs.
SPAN_START, SPAN_END, SPAN_HUB, SPAN_PART, SPAN_ROLE, SPAN_LOOK = range(6)
WITH, DEALING, VALUE = range(
    3
)  # columns of `Sheet.dealings`: the crew, what there is between them, how many stars
BLOCKED, MARKED, STARRED = range(3)  # what there is
SKILL, LEAST_LEVEL = range(2)  # columns of `Sheet.skills`
LANGUAGE, WHICH = range(2)  # columns of `Sheet.speech`
THIS_ONE, ANY_ONE = 1, 2  # of WHICH, the two together where both are asked


def sheet_of(problem: Problem) -> Sheet:
    """The sheet of a problem."""
    p, r = problem.people, problem.roles
    person = np.empty((problem.n_people, len(_PERSON)), np.int32)
    for at, name in enumerate(_PERSON):
        person[:, at] = getattr(p, name)
    person[:, BORN] = np.where(p.birth_day > 0, _as_date(p.birth_day - 719_163), 0)
    first = _as_date(r.start.astype(np.int64) + problem.window_start.toordinal() - 719_163)
    role = np.stack([*(getattr(r, name).astype(np.int64) for name in _ROLE), first], axis=1)
    tables = (
        as_bits(p.skills, 1), as_bits(p.skills, 2), as_bits(p.languages), as_bits(p.free_day), as_bits(p.free_night),
        as_bits(p.stars), *_by_role(r.must, (r.must > 0) | r.nice),
        *_by_role(r.speaks_all + 2 * r.speaks_any.astype(np.int64), r.speaks_all | r.speaks_any),
    )  # fmt: skip
    return Sheet._make(
        [
            person,
            role,
            *(np.ascontiguousarray(table) for table in tables),
            *_by_person(*_spans(problem, role), problem.n_people),
            *_by_person(*_dealings(problem), problem.n_people),
            problem.travel_days.astype(np.int64),
            np.array([getattr(problem.weights, name) for name in _WEIGHTS], np.int64),
        ]
    )


def _spans(problem: Problem, role: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Whose, int[k], and what is promised, int64[k, 6]: bookings, and pins by the days of their roles."""
    p, pinned = problem.people, role[problem.pin_role]
    booked = np.full((len(p.booked_person), 6), (0, 0, 0, 0, -1, 0), np.int64)
    for at, name in enumerate(("start", "end", "hub", "part")):
        booked[:, at] = getattr(p, f"booked_{name}")
    look = np.where(pinned[:, CATEGORY] == PRODUCTION, 0, pinned[:, LOOK])
    pins = np.stack([*pinned[:, [START, END, HUB, PART]].T, problem.pin_role, look], axis=1)
    return np.concatenate([p.booked_person, problem.pin_person]), np.concatenate([booked, pins])


def _dealings(problem: Problem) -> tuple[np.ndarray, np.ndarray]:
    """Whose, int[k], and what there is between her and a crew, int64[k, 3]."""
    kinds = (
        (BLOCKED, problem.block_person, problem.block_company, problem.block_company),
        (MARKED, problem.mark_person, problem.mark_company, problem.mark),
        (STARRED, problem.star_person, problem.star_company, problem.star_company),
    )
    rows = [
        np.stack([crew, np.full(len(crew), kind), value], axis=1).astype(np.int64)
        for kind, _, crew, value in kinds
    ]
    return np.concatenate([person for _, person, *_ in kinds]), np.concatenate(rows)


def _by_role(value: np.ndarray, named: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(first int64[m + 1], rows int64[k, 2] of column and value) of what each role names, a few of a hundred."""
    role, column = np.nonzero(named)
    first = np.searchsorted(role, np.arange(len(named) + 1)).astype(np.int64)
    return first, np.stack([column, value[role, column].astype(np.int64)], axis=1)


def _by_person(person: np.ndarray, rows: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """The same of what there is about each person."""
    order = np.argsort(person, kind="stable")
    first = np.searchsorted(person[order], np.arange(n + 1)).astype(np.int64)
    return first, np.ascontiguousarray(rows[order])


def as_bits(table: np.ndarray, mask: int = 1) -> np.ndarray:
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
