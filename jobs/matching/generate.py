"""Synthetic markets, seeded: graduates, crews and shoots in the proportions of the industry, any size, any
tightness.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from jobs.matching.columns import BOTH, DAY, NEVER, PRODUCTION, People, Roles
from jobs.matching.eligibility import eligible_people
from jobs.matching.instance import Instance
from jobs.matching.problem import Problem, Vocabulary
from jobs.matching.scoring import scores
from jobs.matching.ties import lots

ROLE_TYPES, PRODUCTION_TYPES, LEAD_TYPES = 40, 28, 8  # the rest are extras
SKILLS, LANGUAGES = 60, 10
FEW_PEOPLE = 200_000
# The crew of one shoot: 26 roles, 75 slots. Types 0..19 of production, four leads, two kinds of extras.
TEMPLATE_TYPES = np.array([*range(20), 28, 29, 30, 31, 36, 37])
TEMPLATE_SLOTS = np.array([1] * 6 + [2] * 6 + [3] * 4 + [4] * 4 + [1, 1, 1, 1, 16, 9])
OTHER_TYPES = 8  # of production, each in the place of one of the template's now and then


@dataclass(frozen=True)
class Scale:
    """People, shoots, hubs and days of a market at tightness 1."""

    people: int
    shoots: int
    hubs: int
    days: int


SCALES = {
    "shoot": Scale(3_000, 1, 1, 30),
    "demo": Scale(3_000, 60, 1, 60),
    "hub8": Scale(12_900, 67, 1, 31),
    "hub2": Scale(51_750, 264, 1, 31),
    "hub": Scale(103_500, 527, 1, 31),
    "nation": Scale(690_000, 3_208, 14, 31),
}


def generate_market(scale: Scale, *, tightness: float = 1.0, seed: int = 0) -> Problem:
    """A problem of `scale`. `tightness` 4 leaves a quarter of the people for the same shoots."""
    draw = np.random.Generator(np.random.PCG64(seed))
    n = max(1, round(scale.people / tightness))
    return Problem(
        window_start=dt.date(2026, 9, 1),
        days=scale.days,
        vocabulary=Vocabulary(
            tuple(range(ROLE_TYPES)),
            tuple(range(SKILLS)),
            tuple(range(scale.hubs)),
            tuple(range(LANGUAGES)),
            tuple(range(scale.shoots)),
        ),
        people=_people(draw, n, scale),
        roles=_roles(draw, scale),
        travel_days=_travel(draw, scale.hubs),
    )


def generate_instance(
    scale: Scale, *, tightness: float = 1.0, seed: int = 0, keep: bool | None = None
) -> Instance:
    """The clearing instance of the same market: its eligible pairs with their scores.

    `keep`: only 60 + 6 * headcount pairs of a role, the best and as many by lot, and these ARE the instance
    then. (The best alone would be the same few people for all roles of a type.)
    By default where there are more than FEW_PEOPLE: all pairs of a nation would be more than 100 million.
    """
    problem = generate_market(scale, tightness=tightness, seed=seed)
    lists = _lists(problem)
    r = problem.roles
    keep = problem.n_people > FEW_PEOPLE if keep is None else keep
    rows, points = [], []
    for role in range(problem.n_roles):
        near = lists[int(r.role_type[role]), int(r.hub[role])]
        row = eligible_people(problem, role, near).astype(np.int32)
        point = scores(problem, role, row).astype(np.int32)
        best = 60 + 6 * int(r.headcount[role])
        if keep and len(row) > best:
            drawn = lots(seed, row, role)
            order = np.lexsort((drawn, -point))
            others = order[best // 2 :]
            chosen = np.sort(np.append(order[: best // 2], others[np.argsort(drawn[others])][: best - best // 2]))
            row, point = row[chosen], point[chosen]
        rows.append(row)
        points.append(point)
    none = np.zeros(0, np.int32)
    return Instance(
        n_people=problem.n_people,
        role_start=r.start,
        role_end=r.end,
        role_place=r.hub,
        role_headcount=r.headcount,
        travel_days=problem.travel_days,
        pair_person=np.concatenate([none, *rows]),
        pair_role=np.repeat(np.arange(problem.n_roles, dtype=np.int32), [len(row) for row in rows]),
        pair_score=np.concatenate([none, *points]),
    )


def _lists(problem: Problem) -> dict[tuple[int, int], np.ndarray]:
    """Who wants a role type in a hub: nobody else needs to be asked."""
    wants, willing = problem.people.wants, problem.people.willing
    return {
        (t, h): np.flatnonzero(wants[:, t] & willing[:, h])
        for t in range(wants.shape[1])
        for h in range(willing.shape[1])
    }


def _travel(draw: np.random.Generator, hubs: int) -> np.ndarray:
    """Hubs on a square of 1,800 km: a day up to 900 km, two beyond."""
    at = draw.random((hubs, 2)) * 1800
    far = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))
    out = np.where(far < 900, 1, 2).astype(np.int32)
    np.fill_diagonal(out, 0)
    return out


def _free(draw: np.random.Generator, n: int, days: int) -> np.ndarray:
    """Everybody has a stretch of days that are taken; together about a fifth of the window."""
    at = np.arange(days)
    first = draw.integers(-days // 4, days, n)
    length = draw.integers(0, days // 2 + 1, n)
    return ~((at >= first[:, None]) & (at < (first + length)[:, None]))


def _shares() -> np.ndarray:
    """Of each role type among the people: as the crews need them, so that none is short by itself."""
    need = np.bincount(TEMPLATE_TYPES, TEMPLATE_SLOTS, ROLE_TYPES)
    need[20:PRODUCTION_TYPES] = 1.0
    need[need == 0] = 0.5
    return need / need.sum()


def _people(draw: np.random.Generator, n: int, scale: Scale) -> People:
    primary = draw.choice(ROLE_TYPES, n, p=_shares())
    wants = np.zeros((n, ROLE_TYPES), np.bool_)
    wants[np.arange(n), primary] = True
    for _ in range(3):  # trades of one department lie side by side
        near = primary // 4 * 4 + draw.integers(0, 4, n)
        wants[np.arange(n), near] |= draw.random(n) < 0.3
    skills = np.zeros((n, SKILLS), np.uint8)
    for step in range(4):
        skills[np.arange(n), (primary + step) % SKILLS] = draw.integers(0 if step else 1, 4, n)
    home = draw.integers(0, scale.hubs, n)
    willing = draw.random((n, scale.hubs)) < 0.2
    willing[np.arange(n), home] = True
    youngest = draw.integers(16, 45, n)
    acts = (primary >= PRODUCTION_TYPES) | (draw.random(n) < 0.1)
    free, none = _free(draw, n, scale.days), np.zeros(0, np.int32)
    worked = draw.random(n) < 0.6
    languages = draw.random((n, LANGUAGES)) < 0.15
    languages[:, 0] = True
    return People(
        person_ids=np.arange(1, n + 1, dtype=np.int64),
        wants=wants,
        primary=primary.astype(np.int32),
        skills=skills,
        rate_floor=draw.integers(10, 60, n) * 10,
        home_hub=home.astype(np.int32),
        willing=willing,
        languages=languages,
        birth_day=dt.date(2026, 9, 1).toordinal() - draw.integers(18 * 366, 50 * 365, n),
        guardian_consent=np.zeros(n, np.bool_),
        sex=draw.integers(0, 3, n).astype(np.int8),
        playable_min=np.where(acts, youngest, 0).astype(np.int16),
        playable_max=np.where(acts, youngest + draw.integers(4, 16, n), 0).astype(np.int16),
        height_cm=draw.integers(150, 190, n).astype(np.int16),
        appearance_until=np.full(n, NEVER, np.int32),
        free_day=free,
        free_night=free & (draw.random(n) < 0.8)[:, None],
        credits=np.where(worked, draw.geometric(0.15, n), 0).astype(np.int32),
        reliability=draw.integers(60, 201, n).astype(np.int16),
        last_company=np.where(worked, draw.integers(0, scale.shoots, n), -1).astype(np.int32),
        last_hub=np.where(worked, home, -1).astype(np.int32),
        last_end=np.where(worked, -draw.integers(1, 90, n), NEVER).astype(np.int32),
        waiting_days=draw.integers(0, 120, n).astype(np.int32),
        booked_person=none,
        booked_start=none,
        booked_end=none,
        booked_hub=none,
        booked_part=none.astype(np.int8),
    )


def _roles(draw: np.random.Generator, scale: Scale) -> Roles:
    size = len(TEMPLATE_TYPES)
    m = scale.shoots * size
    shoot = np.repeat(np.arange(scale.shoots), size)
    length = draw.integers(4, 10, scale.shoots)
    start = draw.integers(0, scale.days - 10, scale.shoots)
    role_type = np.tile(TEMPLATE_TYPES, scale.shoots)
    swapped = (role_type < 20) & (draw.random(m) < 0.1)
    role_type = np.where(swapped, draw.integers(20, PRODUCTION_TYPES, m), role_type)
    cast = role_type >= PRODUCTION_TYPES
    lead = cast & (role_type < PRODUCTION_TYPES + LEAD_TYPES)
    must, nice = np.zeros((m, SKILLS), np.uint8), np.zeros((m, SKILLS), np.bool_)
    must[np.arange(m), role_type % SKILLS] = np.where(cast, 0, draw.integers(1, 4, m))
    nice[np.arange(m), (role_type + 1) % SKILLS] = True
    age = draw.integers(18, 40, m)
    night = np.where(draw.random(scale.shoots) < 0.3, BOTH, DAY)
    return Roles(
        role_ids=np.arange(1, m + 1, dtype=np.int64),
        shoot=shoot.astype(np.int64),
        company=shoot.astype(np.int32),
        role_type=role_type.astype(np.int32),
        category=np.where(lead, 1, np.where(cast, 2, PRODUCTION)).astype(np.int8),
        start=start[shoot].astype(np.int32),
        end=(start + length - 1)[shoot].astype(np.int32),
        part=night[shoot].astype(np.int8),
        hub=draw.integers(0, scale.hubs, scale.shoots)[shoot].astype(np.int32),
        headcount=np.tile(TEMPLATE_SLOTS, scale.shoots).astype(np.int32),
        day_rate=draw.integers(30, 120, m) * 10,
        must=must,
        nice=nice,
        speaks_all=np.zeros((m, LANGUAGES), np.bool_),
        speaks_any=np.zeros((m, LANGUAGES), np.bool_),
        age_min=np.where(lead, age, 0).astype(np.int16),
        age_max=np.where(lead, age + 10, 0).astype(np.int16),
        sex=np.where(lead, draw.integers(0, 3, m), 0).astype(np.int8),
        height_min=np.zeros(m, np.int16),
        height_max=np.zeros(m, np.int16),
        entry_level=draw.random(m) < 0.3,
        hazard=np.zeros(m, np.bool_),
        urgency=start[shoot].astype(np.int32),
    )
