"""The soft rules: how good a person is for a role, in whole points from 1 to 1100. One function a rule.

Each rule answers int64[len(rows)] for one role and some people (positions), or for as many pairs where `role` has a
role for each person; never more than its weight (a bad mark takes points away).
`SOFT_RULES` is the table of contents. The score is their sum, at least 1, so that a filled slot is always
better than an empty one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from jobs.matching.columns import NEVER
from jobs.matching.problem import HIGHEST_SCORE, Problem

SKILLS_COUNTED = 3  # levels per skill
HALF_EXPERIENCE = 4  # completed bookings that give half of the points; the first ones count most
RECENT_DAYS = 30  # a last shoot further back no longer makes a hub familiar
SHORT_TRAVEL = 1  # travel days

Facts = dict[str, object]
Which = int | np.ndarray


@dataclass(frozen=True)
class Contribution:
    """What one soft rule gave, with the figures it read. `facts` holds plain values only."""

    rule: str
    amount: int
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class SoftRule:
    """A rule: its name, its points over many people or pairs, its facts for one pair."""

    name: str
    points: Callable[[Problem, Which, np.ndarray], np.ndarray]
    facts: Callable[[Problem, int, int], Facts]


def skills(p: Problem, role: Which, rows: np.ndarray) -> np.ndarray:
    """The level she holds in each skill the role names, must-have or welcome, over the level of an expert in
    all.
    """
    asked = (p.roles.must[role] > 0) | p.roles.nice[role]
    if asked.ndim == 2:
        held = (p.people.skills[rows] * asked).sum(axis=1, dtype=np.int64)
        return p.weights.skills * held // np.maximum(SKILLS_COUNTED * asked.sum(axis=1, dtype=np.int64), 1)
    named = np.flatnonzero(asked)
    if not len(named):
        return np.zeros(len(rows), np.int64)
    held = p.people.skills[rows][:, named].sum(axis=1, dtype=np.int64)
    return p.weights.skills * held // (SKILLS_COUNTED * len(named))


def _skill_facts(p: Problem, person: int, role: int) -> Facts:
    named = np.flatnonzero((p.roles.must[role] > 0) | p.roles.nice[role])
    return {"levels": {str(p.vocabulary.skills[i]): int(p.people.skills[person, i]) for i in named}}


def experience(p: Problem, role: Which, rows: np.ndarray) -> np.ndarray:
    done = p.people.credits[rows].astype(np.int64)
    return p.weights.experience * done // (done + HALF_EXPERIENCE)


def reliability(p: Problem, role: Which, rows: np.ndarray) -> np.ndarray:
    return p.weights.reliability * p.people.reliability[rows].astype(np.int64) // 200


def proximity(p: Problem, role: Which, rows: np.ndarray) -> np.ndarray:
    home, hub, w = p.people.home_hub[rows], p.roles.hub[role], p.weights
    near = (home >= 0) & (p.travel_days[home, hub] <= SHORT_TRAVEL)
    return np.where(home == hub, w.near_home, np.where(near, w.near_day, w.near_far)).astype(np.int64)


def _proximity_facts(p: Problem, person: int, role: int) -> Facts:
    home, hub = int(p.people.home_hub[person]), int(p.roles.hub[role])
    known = home >= 0
    return {
        "home": p.vocabulary.hubs[home] if known else None,
        "hub": p.vocabulary.hubs[hub],
        "travel_days": int(p.travel_days[home, hub]) if known else None,
    }


def primary(p: Problem, role: Which, rows: np.ndarray) -> np.ndarray:
    return np.where(p.people.primary[rows] == p.roles.role_type[role], p.weights.primary, 0).astype(np.int64)


def continuity(p: Problem, role: Which, rows: np.ndarray) -> np.ndarray:
    """The crew of her last shoot again; or else its hub, while that shoot is recent."""
    who, w = p.people, p.weights
    idle = p.roles.start[role] - who.last_end[rows]
    same_hub = (who.last_hub[rows] == p.roles.hub[role]) & (idle >= 0) & (idle <= RECENT_DAYS)
    same_company = who.last_company[rows] == p.roles.company[role]
    return np.where(same_company, w.same_company, np.where(same_hub, w.same_hub, 0)).astype(np.int64)


def _continuity_facts(p: Problem, person: int, role: int) -> Facts:
    company, hub, last = (
        int(c[person]) for c in (p.people.last_company, p.people.last_hub, p.people.last_end)
    )
    return {
        "last_company": p.vocabulary.companies[company] if company >= 0 else None,
        "last_hub": p.vocabulary.hubs[hub] if hub >= 0 else None,
        "last_end": None if last == NEVER else p.date(last).isoformat(),
    }


def first_job(p: Problem, role: Which, rows: np.ndarray) -> np.ndarray:
    new = (p.people.credits[rows] == 0) & p.roles.entry_level[role]
    return np.where(new, p.weights.first_job, 0).astype(np.int64)


def headroom(p: Problem, role: Which, rows: np.ndarray) -> np.ndarray:
    """How far the pay lies above her floor; twice the floor gives all points."""
    floor = p.people.rate_floor[rows]
    above = np.clip(p.roles.day_rate[role] - floor, 0, floor)
    return np.where(floor == 0, p.weights.headroom, p.weights.headroom * above // np.maximum(floor, 1))


def marked(p: Problem, role: Which, rows: np.ndarray) -> np.ndarray:
    """What the hiring crew thinks of her: all points for 6, as many against her for 1, none where it says
    nothing.
    """
    out = np.zeros(len(rows), np.int64)
    said = np.isin(p.mark_company, p.roles.company[role])
    if said.any():
        known = _pairs(p, p.mark_person[said], p.mark_company[said])
        order = np.argsort(known)
        asked = _pairs(p, rows, p.roles.company[role])
        at = order[np.minimum(np.searchsorted(known[order], asked), len(known) - 1)]
        points = p.weights.marked * (2 * p.mark[said][at].astype(np.int64) - 7) // 5
        out = np.where(known[at] == asked, points, out)
    return out


def _pairs(p: Problem, people: np.ndarray, companies: Which) -> np.ndarray:
    """int64: one number for each person and company."""
    return people.astype(np.int64) * max(1, len(p.vocabulary.companies)) + companies


def _mark_facts(p: Problem, person: int, role: int) -> Facts:
    at = np.flatnonzero((p.mark_person == person) & (p.mark_company == p.roles.company[role]))
    return {"mark": int(p.mark[at[0]]) if len(at) else None}


def starred(p: Problem, role: Which, rows: np.ndarray) -> np.ndarray:
    """What she likes: this crew, or at least this kind of work."""
    fans = np.isin(p.star_company, p.roles.company[role])
    liked = p.people.stars[rows, p.roles.role_type[role]]
    some = np.where(liked, p.weights.starred // 2, 0)
    if fans.any():
        known = _pairs(p, p.star_person[fans], p.star_company[fans])
        some = np.where(np.isin(_pairs(p, rows, p.roles.company[role]), known), p.weights.starred, some)
    return some.astype(np.int64)


def _star_facts(p: Problem, person: int, role: int) -> Facts:
    company = p.roles.company[role]
    return {
        "crew": bool(((p.star_person == person) & (p.star_company == company)).any()),
        "role_type": bool(p.people.stars[person, p.roles.role_type[role]]),
    }


SOFT_RULES: tuple[SoftRule, ...] = (
    SoftRule("skills", skills, _skill_facts),
    SoftRule("experience", experience, lambda p, w, o: {"credits": int(p.people.credits[w])}),
    SoftRule("reliability", reliability, lambda p, w, o: {"reliability": int(p.people.reliability[w])}),
    SoftRule("proximity", proximity, _proximity_facts),
    SoftRule(
        "primary", primary, lambda p, w, o: {"role_type": p.vocabulary.role_types[p.roles.role_type[o]]}
    ),
    SoftRule("continuity", continuity, _continuity_facts),
    SoftRule(
        "first_job",
        first_job,
        lambda p, w, o: {"credits": int(p.people.credits[w]), "entry_level": bool(p.roles.entry_level[o])},
    ),
    SoftRule(
        "headroom",
        headroom,
        lambda p, w, o: {"floor": int(p.people.rate_floor[w]), "offered": int(p.roles.day_rate[o])},
    ),
    SoftRule("marked", marked, _mark_facts),
    SoftRule("starred", starred, _star_facts),
)


def contributions(problem: Problem, person: int, role: int) -> tuple[Contribution, ...]:
    """What each soft rule gives the pair (positions), zero amounts included, in the order of `SOFT_RULES`."""
    return contributions_on(problem, person, np.array([role]))[0]


def contributions_on(problem: Problem, person: int, roles: np.ndarray) -> list[tuple[Contribution, ...]]:
    """`contributions` of one person on each of `roles`."""
    return contributions_of(problem, np.full(len(roles), person), roles)


def contributions_of(
    problem: Problem, people: np.ndarray, roles: np.ndarray
) -> list[tuple[Contribution, ...]]:
    """`contributions` of each of `people` on the role beside her. Points are counted for all at once."""
    points = [rule.points(problem, roles, people).tolist() for rule in SOFT_RULES]
    return [
        tuple(
            Contribution(rule.name, amounts[at], rule.facts(problem, person, role))
            for rule, amounts in zip(SOFT_RULES, points, strict=True)
        )
        for at, (person, role) in enumerate(zip(people.tolist(), roles.tolist(), strict=True))
    ]


def scores(problem: Problem, role: Which, rows: np.ndarray) -> np.ndarray:
    """int64[len(rows)]: the score of each of `rows` on `role`, or on the role beside each; eligible or not."""
    total = np.zeros(len(rows), np.int64)
    for rule in SOFT_RULES:
        total += rule.points(problem, role, rows)
    return np.clip(total, 1, HIGHEST_SCORE)


def scores_on(problem: Problem, person: int) -> list[int]:
    """The score of one person on every role, eligible or not."""
    found = scores(problem, np.arange(problem.n_roles), np.full(problem.n_roles, person))
    return [int(each) for each in found]


def score(problem: Problem, person: int, role: int) -> int:
    """The score of one pair (positions)."""
    return int(scores(problem, role, np.array([person]))[0])
