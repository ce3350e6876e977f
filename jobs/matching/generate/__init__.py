"""Synthetic markets, seeded: graduates, crews and shoots in the proportions of the industry, any size, any
tightness.

`generate_market` makes the columns of people and roles; `generate_instance` the clearing instance of the same
market; `shifts.generate_shifts` duty rosters of several `kinds` whose full cover is known. Tightness is the share of
the usual people that is there for the same shoots: at 1 days of work are a tenth of people's free days, at 0.1 about
all of them.
"""

from __future__ import annotations

import datetime as dt

import numpy as np

from jobs.matching.generate.kinds import KINDS
from jobs.matching.generate.scales import LANGUAGES, ROLE_TYPES, SCALES, SKILLS, Scale
from jobs.matching.instance import Instance
from jobs.matching.problem import Problem, Vocabulary

__all__ = ["KINDS", "SCALES", "Scale", "generate_instance", "generate_market"]

PLENTY = 0.5  # of the usual people: from here on an instance holds the best pairs of each role only
MOST_PAIRS = 40_000_000  # and wherever all pairs would be more than these


def generate_market(scale: Scale, *, tightness: float = 1.0, seed: int = 0) -> Problem:
    """A problem of `scale`, with `tightness` times the usual people for the same shoots."""
    from jobs.matching.generate.people import make_people  # compiled: only who generates waits for it
    from jobs.matching.generate.roles import companies_of_hubs, make_roles

    n = max(1, round(scale.people * tightness))
    return Problem(
        window_start=dt.date(2026, 9, 1),
        days=scale.days,
        vocabulary=Vocabulary(
            tuple(range(ROLE_TYPES)),
            tuple(range(SKILLS)),
            tuple(range(scale.hubs)),
            tuple(range(LANGUAGES)),
            tuple(range(int(companies_of_hubs(scale)[-1]))),
        ),
        people=make_people(seed, n, scale),
        roles=make_roles(seed, scale),
        travel_days=_travel(seed, scale.hubs),
    )


def generate_instance(
    scale: Scale, *, tightness: float = 1.0, seed: int = 0, keep: bool | None = None
) -> Instance:
    """The clearing instance of the same market: its eligible pairs with their scores, by role and person.

    `keep`: only the best 60 + 6 * headcount pairs of each role, equal scores by lot. The format says nothing of
    the pairs left out, so what is kept IS the instance then, and its bound is a bound of that. By default where
    people are plenty (tightness PLENTY and above) or all pairs would be too many; else every pair is there.
    """
    from jobs.matching.generate.pairs import pairs_of

    problem = generate_market(scale, tightness=tightness, seed=seed)
    r = problem.roles
    if keep is None:
        keep = tightness >= PLENTY or problem.n_people * problem.n_roles > 600 * MOST_PAIRS
    most = 60 + 6 * r.headcount.astype(np.int64) if keep else None
    person, role, score = pairs_of(problem, keep=most, seed=seed)
    return Instance(
        n_people=problem.n_people,
        role_start=r.start,
        role_end=r.end,
        role_place=r.hub,
        role_headcount=r.headcount,
        travel_days=problem.travel_days,
        pair_person=person,
        pair_role=role,
        pair_score=score,
    )


def _travel(seed: int, hubs: int) -> np.ndarray:
    """Hubs on a square of 1,800 km: a day up to 900 km, two beyond."""
    from jobs.matching.generate.draws import numbers

    at = np.stack([numbers(seed, axis, 1801, hubs) for axis in ("east", "north")], axis=1)
    apart = ((at[:, None] - at[None]) ** 2).sum(axis=2)
    out = np.where(apart < 900 * 900, 1, 2).astype(np.int32)
    np.fill_diagonal(out, 0)
    return out
