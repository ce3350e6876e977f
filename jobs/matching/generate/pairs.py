"""The eligible pairs of a synthetic market and their scores, all at once.

Says what `eligibility` and `scoring` say of the columns that synthetic people and roles have (everybody of age,
no bookings, no heights asked), in compiled loops over lists by role type and hub; a test compares the two pair by
pair. Where all pairs are wanted each role is looked at twice: to count, then to fill its own stretch of the arrays.
"""

from __future__ import annotations

import numpy as np

from jobs.matching.columns import DAY, NIGHT, PRODUCTION
from jobs.matching.core.compiled import in_blocks, kernel, threads
from jobs.matching.generate.draws import drawn, key
from jobs.matching.generate.scales import DEPARTMENT
from jobs.matching.problem import HIGHEST_SCORE, Problem
from jobs.matching.scoring import HALF_EXPERIENCE, RECENT_DAYS, SHORT_TRAVEL

# Columns of the packed tables.
FLOOR, BASE, FIRST, HOME, PRIMARY, COMPANY, HUB, END, SEX, YOUNGEST, OLDEST, SPEAKS, LEVELS = range(13)
TYPE, WHERE, RATE, HIRER, START, ENTRY, SEXED, AGE_MIN, AGE_MAX, ALL, ANY, MUST, NAMED = (*range(12), 15)


def pairs_of(problem: Problem, *, keep: np.ndarray | None = None, seed: int = 0) -> tuple[np.ndarray, ...]:
    """person, role and score, int32 each, by role and person; `keep` int[m]: the best so many of each role,
    equal scores by lot.
    """
    people, days = _pack_people(problem)
    roles, masks = _pack_roles(problem)
    first, member = _lists(problem.people.wants, problem.people.willing)
    hubs = problem.people.willing.shape[1]
    group = problem.roles.role_type.astype(np.int64) * hubs + problem.roles.hub
    order = np.argsort(group, kind="stable")
    cuts = np.searchsorted(group[order], np.arange(len(first)))
    busy = np.flatnonzero(np.diff(cuts) * np.diff(first))
    busy = busy[np.argsort(-(np.diff(cuts) * np.diff(first))[busy], kind="stable")]  # the longest first
    counts = np.zeros(problem.n_roles, np.int64)
    none = np.zeros(0, np.int32)
    weights = np.array([getattr(problem.weights, name) for name in WEIGHTS], np.int64)
    travel, lot = problem.travel_days, key(seed, "who is kept")

    def visit(limit: np.ndarray, at: np.ndarray, person: np.ndarray, score: np.ndarray) -> None:
        def one(block: int) -> None:
            g = busy[block]
            _group(
                member[first[g] : first[g + 1]], order[cuts[g] : cuts[g + 1]], people, days, problem.people.skills,
                roles, masks, travel, weights, limit, lot, counts, at, person, score,
            )  # fmt: skip

        in_blocks(one, len(busy), threads())

    if keep is None:
        visit(counts, none.astype(np.int64), none, none)
    room = np.where(np.diff(first)[group] > 0, counts if keep is None else keep, 0)
    at = np.concatenate([[0], np.cumsum(room)])
    person, score = np.empty(at[-1], np.int32), np.zeros(at[-1], np.int32)
    visit(room, at, person, score)
    used = score > 0
    role = np.repeat(np.arange(problem.n_roles, dtype=np.int32), room)
    return (person, role, score) if used.all() else (person[used], role[used], score[used])


WEIGHTS = (
    "skills", "near_home", "near_day", "near_far", "primary", "same_company", "same_hub", "first_job", "headroom"
)  # fmt: skip


def _bits(table: np.ndarray) -> np.ndarray:
    """uint64[rows] of up to 64 flags each."""
    out = np.zeros(len(table), np.uint64)
    for k in range(table.shape[1]):
        out |= table[:, k].astype(np.uint64) << np.uint64(k)
    return out


def _pack_people(problem: Problem) -> tuple[np.ndarray, np.ndarray]:
    """int32[n, 12] and the days uint64[n, 2]."""
    p, w = problem.people, problem.weights
    out = np.empty((problem.n_people, LEVELS), np.int32)
    credits = p.credits.astype(np.int64)
    out[:, BASE] = w.experience * credits // (credits + HALF_EXPERIENCE)
    out[:, BASE] += (w.reliability * p.reliability.astype(np.int64) // 200).astype(np.int32)
    columns = (
        p.home_hub,
        p.primary,
        p.last_company,
        p.last_hub,
        p.last_end,
        p.sex,
        p.playable_min,
        p.playable_max,
    )
    for at, column in enumerate(columns, HOME):
        out[:, at] = column
    out[:, FLOOR], out[:, FIRST], out[:, SPEAKS] = p.rate_floor, credits == 0, _bits(p.languages)
    return out, np.stack([_bits(p.free_day), _bits(p.free_night)], axis=1)


def _pack_roles(problem: Problem) -> tuple[np.ndarray, np.ndarray]:
    """int32[m, 19] and the days it needs uint64[m, 2]. Skills: those of its department only."""
    r = problem.roles
    m = problem.n_roles
    out = np.zeros((m, NAMED + DEPARTMENT), np.int32)
    for at, column in enumerate((r.role_type, r.hub, r.day_rate, r.company, r.start, r.entry_level)):
        out[:, at] = column
    cast = r.category != PRODUCTION
    out[:, SEXED], out[:, AGE_MIN], out[:, AGE_MAX] = r.sex * cast, r.age_min * cast, r.age_max * cast
    out[:, ALL], out[:, ANY] = _bits(r.speaks_all), _bits(r.speaks_any)
    mine = (r.role_type // DEPARTMENT * DEPARTMENT)[:, None] + np.arange(DEPARTMENT)
    must = np.take_along_axis(r.must, mine, axis=1)
    out[:, MUST:NAMED] = must
    out[:, NAMED:] = (must > 0) | np.take_along_axis(r.nice, mine, axis=1)
    one = np.uint64(1)
    days = ((one << (r.end + 1 - r.start).astype(np.uint64)) - one) << r.start.astype(np.uint64)
    masks = np.stack([np.where(r.part & part, days, np.uint64(0)) for part in (DAY, NIGHT)], axis=1)
    return out, masks


@kernel
def _lists(wants, willing):
    """first[T * P + 1] and people: who wants role type t and would work in hub h, at place t * P + h."""
    n, types = wants.shape
    hubs = willing.shape[1]
    first = np.zeros(types * hubs + 1, np.int64)
    for w in range(n):
        for t in range(types):
            if wants[w, t]:
                for h in range(hubs):
                    first[t * hubs + h + 1] += willing[w, h]
    for g in range(types * hubs):
        first[g + 1] += first[g]
    at = first[:-1].copy()
    member = np.empty(first[-1], np.int32)
    for w in range(n):
        for t in range(types):
            if wants[w, t]:
                for h in range(hubs):
                    if willing[w, h]:
                        member[at[t * hubs + h]] = w
                        at[t * hubs + h] += 1
    return first, member


@kernel
def _group(
    member,
    openings,
    people,
    days,
    skills,
    roles,
    masks,
    travel,
    weights,
    limit,
    lot,
    counts,
    at,
    person,
    score,
):
    """The openings of one role type in one hub: count the pairs of each where `at` is empty, else fill them in."""
    size, department = len(member), roles[openings[0], TYPE] // DEPARTMENT * DEPARTMENT
    rows, free = np.empty((size, LEVELS + DEPARTMENT), np.int32), np.empty((size, 2), np.uint64)
    for i in range(size):
        w = member[i]
        free[i, 0], free[i, 1] = days[w, 0], days[w, 1]
        rows[i, :LEVELS] = people[w]
        for k in range(DEPARTMENT):
            rows[i, LEVELS + k] = skills[w, department + k]
    points, lots = np.empty(size, np.int32), np.empty(size, np.uint64)
    for o in openings:
        role, day, night = roles[o], masks[o, 0], masks[o, 1]
        if len(at) == 0:
            for i in range(size):
                if free[i, 0] & day == day and free[i, 1] & night == night and _fits(rows[i], role):
                    counts[o] += 1
            continue
        for i in range(size):
            points[i] = 0
            if free[i, 0] & day == day and free[i, 1] & night == night and _fits(rows[i], role):
                points[i] = _score(rows[i], role, travel, weights)
        least, cut = np.int64(1), np.uint64(0xFFFFFFFFFFFFFFFF)
        found = 0
        for i in range(size):
            found += points[i] > 0
        if limit[o] < found:
            least, cut = _threshold(points, lots, member, limit[o], lot + np.uint64(o))
        j = at[o]
        for i in range(size):
            if points[i] > least or (points[i] == least and drawn(lot + np.uint64(o), member[i]) <= cut):
                person[j], score[j] = member[i], points[i]
                j += 1


@kernel
def _fits(who, role):
    """Every hard rule but the days, the role type and the hub, which the caller has looked at."""
    if who[FLOOR] > role[RATE] or (who[SPEAKS] & role[ALL]) != role[ALL]:
        return False
    if role[ANY] != 0 and (who[SPEAKS] & role[ANY]) == 0:
        return False
    for k in range(DEPARTMENT):
        if who[LEVELS + k] < role[MUST + k]:
            return False
    if role[SEXED] != 0 and who[SEX] != role[SEXED]:
        return False
    if role[AGE_MAX] == 0:
        return True
    return who[OLDEST] != 0 and who[OLDEST] >= role[AGE_MIN] and who[YOUNGEST] <= role[AGE_MAX]


@kernel
def _score(who, role, travel, weights):
    named, held = 0, 0
    for k in range(DEPARTMENT):
        named += role[NAMED + k]
        held += role[NAMED + k] * who[LEVELS + k]
    total = np.int64(who[BASE])
    if named > 0:
        total += weights[0] * held // (3 * named)
    if who[HOME] == role[WHERE]:
        total += weights[1]
    elif who[HOME] >= 0 and travel[who[HOME], role[WHERE]] <= SHORT_TRAVEL:
        total += weights[2]
    else:
        total += weights[3]
    if who[PRIMARY] == role[TYPE]:
        total += weights[4]
    idle = role[START] - who[END]
    if who[COMPANY] == role[HIRER]:
        total += weights[5]
    elif who[HUB] == role[WHERE] and 0 <= idle <= RECENT_DAYS:
        total += weights[6]
    if role[ENTRY] != 0 and who[FIRST] != 0:
        total += weights[7]
    if who[FLOOR] == 0:
        total += weights[8]
    else:
        total += weights[8] * min(max(role[RATE] - who[FLOOR], 0), who[FLOOR]) // who[FLOOR]
    return min(max(total, 1), HIGHEST_SCORE)


@kernel
def _threshold(points, lots, member, most, lot):
    """(least, cut): the best `most` are those above `least` points, and those at it whose lot is up to `cut`."""
    seen = np.zeros(HIGHEST_SCORE + 2, np.int64)
    for i in range(len(points)):
        seen[points[i]] += 1
    least, above = HIGHEST_SCORE, np.int64(0)
    while above + seen[least] < most:
        above += seen[least]
        least -= 1
    ties = 0
    for i in range(len(points)):
        if points[i] == least:
            lots[ties] = drawn(lot, member[i])
            ties += 1
    return np.int64(least), np.sort(lots[:ties])[most - above - 1]
