"""What synthetic shoots ask for."""

from __future__ import annotations

import numpy as np

from jobs.matching.columns import BOTH, DAY, PRODUCTION, Roles
from jobs.matching.generate.draws import from_weights, numbers
from jobs.matching.generate.scales import (
    DEPARTMENT,
    EXTRAS_AT,
    HUB_WEIGHTS,
    LANGUAGES,
    LEAD_TYPES,
    LONGEST,
    PRODUCTION_TYPES,
    SHORTEST,
    SINGLES,
    SKILLS,
    TEMPLATE_SLOTS,
    TEMPLATE_TYPES,
    Scale,
)

SHOOTS_OF_A_COMPANY = 4


def companies_of_hubs(scale: Scale) -> np.ndarray:
    """int64[hubs + 1]: hub h has the companies first[h]:first[h + 1]."""
    weights = np.array(HUB_WEIGHTS[: scale.hubs], np.int64)
    count = np.maximum(1, scale.shoots * weights // (SHOOTS_OF_A_COMPANY * weights.sum()))
    return np.concatenate([[0], np.cumsum(count)])


def make_roles(seed: int, scale: Scale) -> Roles:
    """The roles of `scale.shoots` crews, numbered by shoot."""
    shoot, role_type, headcount = _crews(seed, scale)
    m, shoots = len(shoot), scale.shoots
    length = SHORTEST + numbers(seed, "length", LONGEST - SHORTEST + 1, shoots)
    start = numbers(seed, "start", max(1, scale.days - LONGEST + 1), shoots)
    hub = from_weights(seed, "shoot hub", np.array(HUB_WEIGHTS[: scale.hubs]), shoots)
    first = companies_of_hubs(scale)
    company = first[hub] + numbers(seed, "company", 1 << 30, shoots) % (first[hub + 1] - first[hub])
    part = np.where(numbers(seed, "part", 10, shoots) < 3, BOTH, DAY)
    # Now and then one of the other trades stands in the place of one of the template's.
    other = 20 + numbers(seed, "other type", PRODUCTION_TYPES - 20, m)
    swap = (role_type < 20) & (numbers(seed, "swap", 10, m) == 0)
    role_type = np.where(swap, other, role_type)
    cast = role_type >= PRODUCTION_TYPES
    lead = cast & (role_type < PRODUCTION_TYPES + LEAD_TYPES)
    must, nice = _skills(seed, role_type, cast & ~lead)
    aged = cast & ~lead & (numbers(seed, "extras of an age", 10, m) < 7)
    youngest = 18 + numbers(seed, "character", 22, m)
    speaks_any = np.zeros((m, LANGUAGES), np.bool_)
    dialect = numbers(seed, "dialect", 100, m) < 8
    at = np.flatnonzero(dialect)
    speaks_any[at, 1 + numbers(seed, "which dialect", LANGUAGES - 1, m)[at]] = True
    speaks_any[at, 1 + numbers(seed, "or which", LANGUAGES - 1, m)[at]] = True
    speaks_all = np.zeros((m, LANGUAGES), np.bool_)
    speaks_all[:, 0] = True
    return Roles(
        role_ids=np.arange(1, m + 1, dtype=np.int64),
        shoot=shoot.astype(np.int64),
        company=company[shoot].astype(np.int32),
        role_type=role_type.astype(np.int32),
        category=np.where(lead, 1, np.where(cast, 2, PRODUCTION)).astype(np.int8),
        start=start[shoot].astype(np.int32),
        end=(start + length - 1)[shoot].astype(np.int32),
        part=part[shoot].astype(np.int8),
        hub=hub[shoot].astype(np.int32),
        headcount=headcount.astype(np.int32),
        day_rate=(20 + numbers(seed, "day rate", 90, m)) * 10,
        must=must,
        nice=nice,
        speaks_all=speaks_all,
        speaks_any=speaks_any,
        age_min=np.where(lead | aged, youngest, 0).astype(np.int16),
        age_max=np.where(lead, youngest + 10, np.where(aged, youngest + 15, 0)).astype(np.int16),
        sex=np.where(lead | aged, numbers(seed, "character sex", 3, m), 0).astype(np.int8),
        height_min=np.zeros(m, np.int16),
        height_max=np.zeros(m, np.int16),
        entry_level=numbers(seed, "entry level", 10, m) < 3,
        hazard=np.zeros(m, np.bool_),
        urgency=start[shoot].astype(np.int32),
    )


def _crews(seed: int, scale: Scale) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """shoot, role type and headcount of each role: the template, less what the exact numbers of `scale` ask.

    A role left out gives its slot to the extras of its shoot, so slots and roles are set one by one.
    """
    size, shoots = len(TEMPLATE_TYPES), scale.shoots
    slots = np.tile(TEMPLATE_SLOTS, (shoots, 1))
    there = np.ones((shoots, size), np.bool_)
    missing = size * shoots - scale.roles if scale.roles else 0
    offset = numbers(seed, "left out", len(SINGLES), shoots)
    for k in range(missing):
        s = k % shoots
        there[s, SINGLES[(offset[s] + k // shoots) % len(SINGLES)]] = False
        slots[s, EXTRAS_AT] += 1
    fewer = int(slots[there].sum()) - scale.slots if scale.slots else 0
    for k in range(fewer):
        slots[k % shoots, EXTRAS_AT] -= 1
    shoot = np.repeat(np.arange(shoots), size).reshape(shoots, size)
    types = np.tile(TEMPLATE_TYPES, (shoots, 1))
    return shoot[there], types[there], slots[there]


def _skills(seed: int, role_type: np.ndarray, easy: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """must uint8[m, S] and nice bool[m, S], out of the skills of the role's department. Extras need none."""
    m = len(role_type)
    must, nice = np.zeros((m, SKILLS), np.uint8), np.zeros((m, SKILLS), np.bool_)
    every, department = np.arange(m), role_type // DEPARTMENT * DEPARTMENT
    level = 1 + from_weights(seed, "must level", np.array([2, 4, 4]), m)
    must[every, role_type] = np.where(easy, 0, level)
    second = department + (role_type + 1 + numbers(seed, "second skill", DEPARTMENT - 1, m)) % DEPARTMENT
    asked = ~easy & (numbers(seed, "second asked", 10, m) < 5)
    must[every[asked], second[asked]] = 1
    for name in ("nice", "nice too"):
        nice[every, department + numbers(seed, name, DEPARTMENT, m)] = True
    return must, nice & (must == 0)
