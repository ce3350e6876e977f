"""Synthetic graduates: a row of columns each, from draws that depend on the seed and the number of the person."""

from __future__ import annotations

import datetime as dt
from dataclasses import MISSING, fields
from typing import get_type_hints

import numpy as np

from jobs.matching.columns import NEVER, People
from jobs.matching.core.compiled import in_blocks, kernel, threads
from jobs.matching.generate.draws import below, key
from jobs.matching.generate.roles import companies_of_hubs
from jobs.matching.generate.scales import (
    DEPARTMENT,
    HUB_WEIGHTS,
    LANGUAGES,
    PRODUCTION_TYPES,
    ROLE_TYPES,
    SKILLS,
    TEMPLATE_SLOTS,
    TEMPLATE_TYPES,
    Scale,
)

BLOCK = 1 << 17
TODAY = dt.date(2026, 9, 1).toordinal()
ELSEWHERE = 165  # thousandths: chance to be willing to work in a hub that is not home
ANOTHER_TRADE = 300  # thousandths, for each of two trades of the department
LONGEST_ABSENCE = 28
# Completed bookings, out of 64 equally likely: two in five never worked, a few have long lists.
CREDITS = np.array(
    [0] * 26 + [1] * 8 + [2] * 6 + [3] * 5 + [4] * 4 + [5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 14, 17, 20, 26]
)


def make_people(seed: int, n: int, scale: Scale, *, workers: int | None = None) -> People:
    """Columns of `n` people; nobody's row depends on how many others there are."""
    columns = _empty(n, scale)
    keys = np.array([key(seed, f"people {k}") for k in range(32)], np.uint64)
    wanted = np.bincount(TEMPLATE_TYPES, TEMPLATE_SLOTS, ROLE_TYPES).astype(np.int64) * 10
    wanted[20:PRODUCTION_TYPES] = 12  # they stand in for others now and then
    wanted[:20] -= wanted[:20] // 15
    tables = (
        np.cumsum(wanted),
        np.cumsum(np.array(HUB_WEIGHTS[: scale.hubs], np.int64)),
        companies_of_hubs(scale),
        CREDITS,
    )
    lows = range(0, n, BLOCK)

    def fill(block: int) -> None:
        low, high = lows[block], min(lows[block] + BLOCK, n)
        _trade(low, high, keys, tables, columns["primary"], columns["wants"], columns["skills"])
        _place(low, high, keys, tables, columns["home_hub"], columns["willing"], columns["languages"])
        _calendar(low, high, keys, columns["free_day"], columns["free_night"])
        _body(
            low, high, keys, columns["primary"], columns["birth_day"], columns["sex"], columns["playable_min"],
            columns["playable_max"], columns["height_cm"],
        )  # fmt: skip
        _past(
            low, high, keys, tables, columns["home_hub"], columns["rate_floor"], columns["credits"],
            columns["reliability"], columns["last_company"], columns["last_hub"], columns["last_end"],
            columns["waiting_days"],
        )  # fmt: skip

    in_blocks(fill, len(lows), threads(workers))
    return People(**columns)


def _empty(n: int, scale: Scale) -> dict[str, np.ndarray]:
    """The columns, empty but for ids and what everybody has in common."""
    size = {"n": n, "T": ROLE_TYPES, "S": SKILLS, "P": scale.hubs, "L": LANGUAGES, "D": scale.days, "B": 0}
    hints = get_type_hints(People, include_extras=True)
    said = [each.name for each in fields(People) if each.default is MISSING]
    specs = {name: hints[name].__metadata__[0] for name in said}
    out = {name: np.zeros([size[x] for x in spec.shape], spec.dtype) for name, spec in specs.items()}
    out["person_ids"] = np.arange(1, n + 1, dtype=np.int64)
    out["appearance_until"][:] = NEVER
    return out


@kernel
def _pick(key, k, ends):
    """A position of a table of rising `ends`, as often as it weighs."""
    x = below(key, k, ends[-1])
    at = 0
    while ends[at] <= x:
        at += 1
    return at


@kernel
def _trade(low, high, keys, tables, primary, wants, skills):
    for w in range(low, high):
        trade = _pick(keys[0], w, tables[0])
        department = trade // DEPARTMENT * DEPARTMENT
        primary[w] = trade
        wants[w, trade] = True
        for other in range(2):
            if below(keys[1 + other], w, 1000) < ANOTHER_TRADE:
                wants[w, department + below(keys[3 + other], w, DEPARTMENT)] = True
        for k in range(DEPARTMENT):
            skills[w, department + k] = below(keys[5 + k], w, 4)
        skills[w, trade] = 1 + below(keys[9], w, 3)


@kernel
def _place(low, high, keys, tables, home_hub, willing, languages):
    for w in range(low, high):
        home = _pick(keys[10], w, tables[1])
        home_hub[w] = home
        for h in range(willing.shape[1]):
            if h == home or below(keys[11], w * 16 + h, 1000) < ELSEWHERE:
                willing[w, h] = True
        languages[w, 0] = True
        for k in range(1, languages.shape[1]):
            languages[w, k] = below(keys[12], w * 8 + k, 1000) < 150


@kernel
def _calendar(low, high, keys, free_day, free_night):
    """One absence each, anywhere in the window or over its edges; one in five keeps her nights."""
    days = free_day.shape[1]
    for w in range(low, high):
        away = below(keys[13], w, LONGEST_ABSENCE + 1)
        first = below(keys[14], w, days + away) - away
        nights = below(keys[15], w, 5) > 0
        for day in range(days):
            free = day < first or day >= first + away
            free_day[w, day] = free
            free_night[w, day] = free and nights


@kernel
def _body(low, high, keys, primary, birth_day, sex, playable_min, playable_max, height_cm):
    for w in range(low, high):
        birth_day[w] = TODAY - 18 * 366 - below(keys[16], w, 32 * 365)
        sex[w] = 1 + below(keys[17], w, 2)
        height_cm[w] = 150 + below(keys[18], w, 40)
        if primary[w] >= PRODUCTION_TYPES:
            playable_min[w] = 16 + below(keys[19], w, 24)
            playable_max[w] = playable_min[w] + 5 + below(keys[20], w, 12)


@kernel
def _past(
    low,
    high,
    keys,
    tables,
    home_hub,
    rate_floor,
    credits,
    reliability,
    last_company,
    last_hub,
    last_end,
    waiting,
):
    companies, done = tables[2], tables[3]
    for w in range(low, high):
        rate_floor[w] = 10 * (10 + below(keys[21], w, 50))
        credits[w] = done[below(keys[22], w, len(done))]
        reliability[w] = 60 + below(keys[23], w, 141)
        waiting[w] = below(keys[24], w, 120)
        last_company[w], last_hub[w], last_end[w] = -1, -1, NEVER
        if credits[w] > 0:
            home = home_hub[w]
            last_company[w] = companies[home] + below(keys[25], w, companies[home + 1] - companies[home])
            last_hub[w] = home
            last_end[w] = -1 - below(keys[26], w, 90)
