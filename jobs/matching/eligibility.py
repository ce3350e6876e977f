"""The hard rules: who may be on a role at all. One function a rule; `HARD_RULES` is the table of contents.

Each rule looks at one role and some people (`rows`, positions) and answers bool[len(rows)]: True where it
stands in the way. Its companion gives the facts for one pair. The rules know nothing of scores, and nothing
of each other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from jobs.matching import conflicts
from jobs.matching.barriers import Barrier, BarrierFact
from jobs.matching.columns import ANY, DAY, NEVER, NIGHT, PRODUCTION
from jobs.matching.problem import Problem

LEAST_AGE = 16  # nobody may introduce a younger person to work
ADULT_AGE = 18  # until then: guardian's consent, no nights, no hazards

Facts = dict[str, object]


@dataclass(frozen=True)
class HardRule:
    """A rule: its name as a barrier, its test over many people, its facts for one pair."""

    barrier: Barrier
    bars: Callable[[Problem, int, np.ndarray], np.ndarray]
    facts: Callable[[Problem, int, int], Facts]


def _none(rows: np.ndarray) -> np.ndarray:
    return np.zeros(len(rows), np.bool_)


def latest_birth(day: dt.date, years: int) -> int:
    """Ordinal of the last birth date that has reached `years` on `day`. Born on 29 February counts from 1
    March.
    """
    try:
        return day.replace(year=day.year - years).toordinal()
    except ValueError:  # 29 February, and no such day that year
        return dt.date(day.year - years, 2, 28).toordinal()


def age_on(day: dt.date, birth_day: int) -> int | None:
    """Full years on `day`; None when the birth date (an ordinal, 0 for unknown) is not said."""
    if birth_day == 0:
        return None
    born = dt.date.fromordinal(birth_day)
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def wrong_role_type(p: Problem, role: int, rows: np.ndarray) -> np.ndarray:
    return ~p.people.wants[rows, p.roles.role_type[role]]


def _role_type_facts(p: Problem, person: int, role: int) -> Facts:
    wanted = [p.vocabulary.role_types[i] for i in np.flatnonzero(p.people.wants[person])]
    return {"role_type": p.vocabulary.role_types[p.roles.role_type[role]], "wants": wanted}


def hub_not_wanted(p: Problem, role: int, rows: np.ndarray) -> np.ndarray:
    return ~p.people.willing[rows, p.roles.hub[role]]


def _hub_facts(p: Problem, person: int, role: int) -> Facts:
    return {"hub": p.vocabulary.hubs[p.roles.hub[role]]}


def rate_floor(p: Problem, role: int, rows: np.ndarray) -> np.ndarray:
    return p.people.rate_floor[rows] > p.roles.day_rate[role]


def _rate_facts(p: Problem, person: int, role: int) -> Facts:
    return {"floor": int(p.people.rate_floor[person]), "offered": int(p.roles.day_rate[role])}


def missing_skill(p: Problem, role: int, rows: np.ndarray) -> np.ndarray:
    asked = np.flatnonzero(p.roles.must[role])
    return (p.people.skills[rows][:, asked] == 0).any(axis=1) if len(asked) else _none(rows)


def skill_level(p: Problem, role: int, rows: np.ndarray) -> np.ndarray:
    asked = np.flatnonzero(p.roles.must[role])
    if not len(asked):
        return _none(rows)
    held = p.people.skills[rows][:, asked]
    return ((held > 0) & (held < p.roles.must[role, asked])).any(axis=1)


def _missing_facts(p: Problem, person: int, role: int) -> Facts:
    missing = np.flatnonzero((p.roles.must[role] > 0) & (p.people.skills[person] == 0))
    return {"skills": [p.vocabulary.skills[i] for i in missing]}


def _level_facts(p: Problem, person: int, role: int) -> Facts:
    held, asked = p.people.skills[person], p.roles.must[role]
    low = np.flatnonzero((held > 0) & (held < asked))
    return {
        "skills": [
            {"skill": p.vocabulary.skills[i], "level": int(held[i]), "needed": int(asked[i])} for i in low
        ]
    }


def language(p: Problem, role: int, rows: np.ndarray) -> np.ndarray:
    every, some = np.flatnonzero(p.roles.speaks_all[role]), np.flatnonzero(p.roles.speaks_any[role])
    spoken = p.people.languages[rows]
    out = ~spoken[:, every].all(axis=1) if len(every) else _none(rows)
    return out | ~spoken[:, some].any(axis=1) if len(some) else out


def _language_facts(p: Problem, person: int, role: int) -> Facts:
    spoken, codes = p.people.languages[person], p.vocabulary.languages
    some = p.roles.speaks_any[role]
    return {
        "missing": [codes[i] for i in np.flatnonzero(p.roles.speaks_all[role] & ~spoken)],
        "one_of": [] if (some & spoken).any() else [codes[i] for i in np.flatnonzero(some)],
    }


def not_free(p: Problem, role: int, rows: np.ndarray) -> np.ndarray:
    r = p.roles
    days = slice(int(r.start[role]), int(r.end[role]) + 1)
    out = _none(rows)
    if r.part[role] & DAY:
        out |= ~p.people.free_day[rows, days].all(axis=1)
    if r.part[role] & NIGHT:
        out |= ~p.people.free_night[rows, days].all(axis=1)
    return out


def _free_facts(p: Problem, person: int, role: int) -> Facts:
    r, start = p.roles, int(p.roles.start[role])
    days = slice(start, int(r.end[role]) + 1)
    by_day = ~p.people.free_day[person, days] if r.part[role] & DAY else np.zeros(1, np.bool_)
    by_night = ~p.people.free_night[person, days] if r.part[role] & NIGHT else np.zeros(1, np.bool_)
    return {
        "days": [p.date(start + i).isoformat() for i in np.flatnonzero(by_day)],
        "nights": [p.date(start + i).isoformat() for i in np.flatnonzero(by_night)],
    }


def age_unknown(p: Problem, role: int, rows: np.ndarray) -> np.ndarray:
    return p.people.birth_day[rows] == 0


def too_young(p: Problem, role: int, rows: np.ndarray) -> np.ndarray:
    return p.people.birth_day[rows] > latest_birth(p.date(p.roles.start[role]), LEAST_AGE)


def _minor(p: Problem, role: int, rows: np.ndarray) -> np.ndarray:
    return p.people.birth_day[rows] > latest_birth(p.date(p.roles.start[role]), ADULT_AGE)


def guardian_consent(p: Problem, role: int, rows: np.ndarray) -> np.ndarray:
    return _minor(p, role, rows) & ~too_young(p, role, rows) & ~p.people.guardian_consent[rows]


def night_minor(p: Problem, role: int, rows: np.ndarray) -> np.ndarray:
    return _minor(p, role, rows) if p.roles.part[role] & NIGHT else _none(rows)


def hazard_minor(p: Problem, role: int, rows: np.ndarray) -> np.ndarray:
    return _minor(p, role, rows) if p.roles.hazard[role] else _none(rows)


def _age_facts(p: Problem, person: int, role: int) -> Facts:
    first = p.date(p.roles.start[role])
    return {
        "age": age_on(first, int(p.people.birth_day[person])),
        "on": first.isoformat(),
        "least": LEAST_AGE,
        "adult": ADULT_AGE,
    }


def _cast(p: Problem, role: int) -> bool:
    return bool(p.roles.category[role] != PRODUCTION)


def character_age(p: Problem, role: int, rows: np.ndarray) -> np.ndarray:
    low, high = p.roles.age_min[role], p.roles.age_max[role]
    if not _cast(p, role) or high == 0:
        return _none(rows)
    oldest = p.people.playable_max[rows]
    return (oldest == 0) | (oldest < low) | (p.people.playable_min[rows] > high)


def _character_age_facts(p: Problem, person: int, role: int) -> Facts:
    return {
        "needed": [int(p.roles.age_min[role]), int(p.roles.age_max[role])],
        "plays": [int(p.people.playable_min[person]), int(p.people.playable_max[person])],
    }


def character_sex(p: Problem, role: int, rows: np.ndarray) -> np.ndarray:
    asked = p.roles.sex[role]
    return p.people.sex[rows] != asked if _cast(p, role) and asked != ANY else _none(rows)


def _sex_facts(p: Problem, person: int, role: int) -> Facts:
    return {"needed": int(p.roles.sex[role]), "said": int(p.people.sex[person])}


def height(p: Problem, role: int, rows: np.ndarray) -> np.ndarray:
    low, high = p.roles.height_min[role], p.roles.height_max[role]
    if not _cast(p, role) or (low == 0 and high == 0):
        return _none(rows)
    tall = p.people.height_cm[rows]
    return (tall == 0) | (tall < low) | ((high > 0) & (tall > high))


def _height_facts(p: Problem, person: int, role: int) -> Facts:
    return {
        "needed": [int(p.roles.height_min[role]), int(p.roles.height_max[role])],
        "height": int(p.people.height_cm[person]),
    }


def appearance(p: Problem, role: int, rows: np.ndarray) -> np.ndarray:
    return p.people.appearance_until[rows] >= p.roles.start[role] if _cast(p, role) else _none(rows)


def _appearance_facts(p: Problem, person: int, role: int) -> Facts:
    until = int(p.people.appearance_until[person])
    return {"until": None if until == NEVER else p.date(until).isoformat()}


HARD_RULES: tuple[HardRule, ...] = (
    HardRule(Barrier.WRONG_ROLE_TYPE, wrong_role_type, _role_type_facts),
    HardRule(Barrier.HUB_NOT_WANTED, hub_not_wanted, _hub_facts),
    HardRule(Barrier.RATE_FLOOR, rate_floor, _rate_facts),
    HardRule(Barrier.MISSING_SKILL, missing_skill, _missing_facts),
    HardRule(Barrier.SKILL_LEVEL, skill_level, _level_facts),
    HardRule(Barrier.LANGUAGE, language, _language_facts),
    HardRule(Barrier.NOT_FREE, not_free, _free_facts),
    HardRule(Barrier.AGE_UNKNOWN, age_unknown, lambda p, person, role: {}),
    HardRule(Barrier.TOO_YOUNG, too_young, _age_facts),
    HardRule(Barrier.GUARDIAN_CONSENT, guardian_consent, _age_facts),
    HardRule(Barrier.NIGHT_MINOR, night_minor, _age_facts),
    HardRule(Barrier.HAZARD_MINOR, hazard_minor, _age_facts),
    HardRule(Barrier.CHARACTER_AGE, character_age, _character_age_facts),
    HardRule(Barrier.CHARACTER_SEX, character_sex, _sex_facts),
    HardRule(Barrier.HEIGHT, height, _height_facts),
    HardRule(Barrier.APPEARANCE, appearance, _appearance_facts),
    HardRule(Barrier.LOOK_KEPT, conflicts.look_kept, conflicts.look_facts),
    HardRule(Barrier.BOOKED, conflicts.booked, conflicts.booked_facts),
    HardRule(Barrier.TRAVEL, conflicts.travel, conflicts.travel_facts),
    HardRule(Barrier.REST, conflicts.rest, conflicts.rest_facts),
    HardRule(Barrier.BLOCKED, conflicts.blocked, conflicts.blocked_facts),
)


def barriers(problem: Problem, person: int, role: int) -> tuple[BarrierFact, ...]:
    """Every reason why `person` may not be on `role` (positions), in the order of `HARD_RULES`; empty: she
    may.
    """
    row = np.array([person])
    return tuple(
        BarrierFact(rule.barrier, rule.facts(problem, person, role))
        for rule in HARD_RULES
        if rule.bars(problem, role, row)[0]
    )


def eligible_people(problem: Problem, role: int, rows: np.ndarray | None = None) -> np.ndarray:
    """Positions, ascending, of those `rows` (default: everybody) that no hard rule keeps from `role`."""
    left = np.arange(problem.n_people) if rows is None else rows
    for rule in HARD_RULES:
        if not len(left):
            break
        left = left[~rule.bars(problem, role, left)]
    return left


def eligible_roles(problem: Problem, person: int) -> list[int]:
    """Positions, ascending, of the roles that `person` may be on."""
    p, r, row = problem.people, problem.roles, np.array([person])
    # The first two rules for all roles at once: they leave a few hundred of a nation's to be asked about one by one.
    near = np.asarray(p.wants[person])[r.role_type] & np.asarray(p.willing[person])[r.hub]
    return [role for role in np.flatnonzero(near).tolist() if len(eligible_people(problem, role, row))]


def bars_by_rule(problem: Problem, role: int) -> np.ndarray:
    """bool[rules, n]: each rule alone, over everybody. For what-if questions."""
    rows = np.arange(problem.n_people)
    return np.array([rule.bars(problem, role, rows) for rule in HARD_RULES]).reshape(
        len(HARD_RULES), problem.n_people
    )
