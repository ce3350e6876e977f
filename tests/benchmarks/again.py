"""A market cleared again after a day's changes: what it takes beside a first run, and how many stay where they were.

`python -m tests.benchmarks.again SCALE` solves the market of yesterday, then that of today from nothing, then that of
today beside yesterday's plan, in one process, and prints its JSON. From one day to the next a tenth of the roles is new
and a fiftieth of the people has a week's work elsewhere.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from typing import Any

import numpy as np

from jobs.matching import Problem, Solution
from tests.benchmarks.figure import figure
from tests.benchmarks.running import measured

NEW, BUSY = 0.1, 0.02  # of the roles; of the people
WEEK = 7


def figures(scale: str = "hub", limit: float = 240) -> list[dict[str, Any]]:
    print(f"  a {scale} again after a day's changes ...", flush=True)
    name = f"{scale}, again after a day's changes"
    done = measured([sys.executable, "-m", "tests.benchmarks.again", scale], limit)
    if not done.ok:
        return [figure("again", name, "not measured", done.words or "not in time")]
    found = done.facts
    value = f"{found['again']:.1f} s of CPU, a first run {found['first']:.1f}"
    note = (
        f"{100 * NEW:.0f} % of the roles new, {100 * BUSY:.0f} % of the people with other work for a week;"
        f" {100 * found['kept']:.1f} % of the pairs that may stay do, {100 * found['kept_first']:.1f} % by a first run;"
        f" {found['filled']:,} of {found['slots']:,} places, a first run {found['filled_first']:,};"
        f" gap {100 * found['gap']:.3f} %, a first run {100 * found['gap_first']:.3f} %;"
        f" verified: {found['verified']}; engine alone, in process, without reading the people"
    )
    return [figure("again", name, value, note, **found)]


def next_day(problem: Problem, seed: int = 1) -> Problem:
    """The same market a day later: roles of other ids and days, people with a booking."""
    draw = np.random.Generator(np.random.PCG64(seed))
    r, p, m = problem.roles, problem.people, problem.n_roles
    new = draw.random(m) < NEW
    ids = np.where(new, r.role_ids.max() + 1 + np.arange(m), r.role_ids)
    later = np.where(new, np.minimum(draw.integers(1, 6, m), problem.days - 1 - r.end), 0)
    who = np.flatnonzero(draw.random(problem.n_people) < BUSY)
    first = draw.integers(0, problem.days - WEEK, len(who))
    booked = {
        "booked_person": who,
        "booked_start": first,
        "booked_end": first + WEEK - 1,
        "booked_hub": np.zeros(len(who)),
        "booked_part": np.ones(len(who)),
    }
    columns = {name: np.concatenate([getattr(p, name), rows]) for name, rows in booked.items()}
    return replace(
        problem,
        roles=replace(
            r,
            role_ids=ids.astype(r.role_ids.dtype),
            start=(r.start + later).astype(r.start.dtype),
            end=(r.end + later).astype(r.end.dtype),
        ),
        people=replace(p, **{name: rows.astype(getattr(p, name).dtype) for name, rows in columns.items()}),
    )


def pairs_of(problem: Problem, plan: Solution) -> set[tuple[int, int]]:
    """(role id, person id) of a plan."""
    r, p = problem.roles.role_ids, problem.people.person_ids
    return {(int(r[a.role]), int(p[a.person])) for a in plan.assignments}


def may_stay(problem: Problem, pairs: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those of `pairs` that no rule stands against today."""
    from jobs.matching.eligibility import eligible_people
    from jobs.matching.staying import who_stood

    by_role: dict[int, list[int]] = {}
    for person, role in who_stood(problem, pairs).tolist():
        by_role.setdefault(role, []).append(person)
    r, p = problem.roles.role_ids, problem.people.person_ids
    return {
        (int(r[role]), int(p[person]))
        for role, people in by_role.items()
        for person in eligible_people(problem, role, np.array(sorted(people))).tolist()
    }


def after_a_day(scale: str, seed: int = 1) -> dict[str, Any]:
    """CPU seconds, pairs kept, gaps and places of a first run and of a run beside yesterday's plan."""
    from jobs.matching import solve, verify
    from jobs.matching.generate import SCALES, generate_market
    from jobs.matching.settling import solve_again

    yesterday = generate_market(SCALES[scale], seed=seed)
    old = solve(yesterday, seed, standby=0)
    before = pairs_of(yesterday, old)
    prices = dict(zip(yesterday.roles.role_ids.tolist(), old.guide or old.prices, strict=True))
    today = next_day(yesterday, seed)
    # Once for whatever is compiled yet: a compiler's minute is nobody's figure.
    small = generate_market(SCALES["shoot"], seed=seed)
    solve_again(small, seed, before=pairs_of(small, solve(small, seed)))
    began = time.process_time()
    first = solve(today, seed)
    middle = time.process_time()
    again = solve_again(today, seed, warm=prices, before=before)
    end = time.process_time()
    still = may_stay(today, before)
    return {
        "first": round(middle - began, 2),
        "again": round(end - middle, 2),
        "kept": len(still & pairs_of(today, again)) / len(still),
        "kept_first": len(still & pairs_of(today, first)) / len(still),
        "gap": again.gap,
        "gap_first": first.gap,
        "filled": len(again.assignments),
        "filled_first": len(first.assignments),
        "slots": int(today.roles.headcount.sum()),
        "verified": verify(today, again).ok,
    }


if __name__ == "__main__":
    print(json.dumps(after_a_day(sys.argv[1])))
