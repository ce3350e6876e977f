"""A plan of a whole small market, and one row of the market bent behind the solver's back: the referee names each
hard rule that a placed person now breaks. As many mutations as rules, or a test fails.
"""

import dataclasses
import datetime as dt

import numpy as np
import pytest

from jobs.matching import Barrier, judging, solve, verify
from jobs.matching.eligibility import HARD_RULES
from jobs.matching.generate import Scale, generate_market
from jobs.matching.generate.scales import PRODUCTION_TYPES
from jobs.matching.problem import Vocabulary

DAY, NIGHT = 1, 2


@pytest.fixture(scope="module")
def market():
    """Three shoots in two hubs, solved; everybody of age, free of bookings."""
    made = generate_market(Scale(people=700, shoots=3, hubs=2, days=40), seed=8)
    v = made.vocabulary
    looks = Vocabulary(v.role_types, v.skills, v.hubs, v.languages, v.companies, ("beard", "shaved"))
    made = dataclasses.replace(made, vocabulary=looks)
    solution = solve(made, standby=0)
    assert verify(made, solution).breaches == ()
    return made, solution


def people(made, person, **values):
    """The problem with some cells of one person's row changed."""
    return dataclasses.replace(made, people=_bent(made.people, person, values))


def roles(made, role, **values):
    return dataclasses.replace(made, roles=_bent(made.roles, role, values))


def _bent(table, row, values):
    columns = {}
    for name, value in values.items():
        column = getattr(table, name).copy()
        if isinstance(value, dict):
            for at, cell in value.items():
                column[row, at] = cell
        else:
            column[row] = value
        columns[name] = column
    return dataclasses.replace(table, **columns)


def booked(made, person, first, last, hub, part):
    """One more booking elsewhere."""
    added = {"person": person, "start": first, "end": last, "hub": hub, "part": part}
    columns = {f"booked_{name}": value for name, value in added.items()}
    table = {
        k: np.append(getattr(made.people, k), v).astype(getattr(made.people, k).dtype)
        for k, v in columns.items()
    }
    return dataclasses.replace(made, people=dataclasses.replace(made.people, **table))


def born(made, role, years):
    """The ordinal of a birthday `years` full years and a day before the first day of the role."""
    first = made.date(made.roles.start[role])
    return dt.date(first.year - years, first.month, 1).toordinal()


def minor(made, w, o, years=17, **role):
    bent = people(made, w, birth_day=born(made, o, years), guardian_consent=True)
    return roles(bent, o, **role) if role else bent


def asked(made, o):
    """A skill the role must have."""
    return int(np.flatnonzero(made.roles.must[o])[0])


def blocked(made, w, o):
    pair = (np.array([w], np.int32), np.array([made.roles.company[o]], np.int32))
    return dataclasses.replace(made, block_person=pair[0], block_company=pair[1])


def end(made, o):
    return int(made.roles.end[o])


MUTATIONS = {
    Barrier.WRONG_ROLE_TYPE: lambda p, w, o: people(p, w, wants={p.roles.role_type[o]: False}),
    Barrier.HUB_NOT_WANTED: lambda p, w, o: people(p, w, willing={p.roles.hub[o]: False}),
    Barrier.RATE_FLOOR: lambda p, w, o: people(p, w, rate_floor=p.roles.day_rate[o] + 1),
    Barrier.MISSING_SKILL: lambda p, w, o: people(p, w, skills={asked(p, o): 0}),
    Barrier.SKILL_LEVEL: lambda p, w, o: people(
        roles(p, o, must={asked(p, o): 3}), w, skills={asked(p, o): 2}
    ),
    Barrier.LANGUAGE: lambda p, w, o: people(p, w, languages={0: False}),
    Barrier.NOT_FREE: lambda p, w, o: people(p, w, free_day={end(p, o): False}),
    Barrier.AGE_UNKNOWN: lambda p, w, o: people(p, w, birth_day=0),
    Barrier.TOO_YOUNG: lambda p, w, o: minor(roles(p, o, part=DAY), w, o, years=15),
    Barrier.GUARDIAN_CONSENT: lambda p, w, o: people(
        roles(p, o, part=DAY), w, birth_day=born(p, o, 17), guardian_consent=False
    ),
    Barrier.NIGHT_MINOR: lambda p, w, o: people(minor(p, w, o, part=NIGHT), w, free_night=True),
    Barrier.HAZARD_MINOR: lambda p, w, o: minor(p, w, o, part=DAY, hazard=True),
    Barrier.CHARACTER_AGE: lambda p, w, o: people(
        roles(p, o, age_min=30, age_max=40), w, playable_min=20, playable_max=29
    ),
    Barrier.CHARACTER_SEX: lambda p, w, o: people(roles(p, o, sex=1), w, sex=2),
    Barrier.HEIGHT: lambda p, w, o: people(roles(p, o, height_min=170), w, height_cm=169),
    Barrier.APPEARANCE: lambda p, w, o: people(p, w, appearance_until=p.roles.start[o]),
    Barrier.LOOK_KEPT: lambda p, w, o: people(roles(p, o, look=2), w, look=1, look_until=p.roles.start[o]),
    Barrier.BOOKED: lambda p, w, o: booked(p, w, end(p, o), end(p, o) + 2, p.roles.hub[o], DAY),
    Barrier.TRAVEL: lambda p, w, o: booked(p, w, end(p, o) + 1, end(p, o) + 2, 1 - p.roles.hub[o], DAY),
    Barrier.REST: lambda p, w, o: booked(
        people(roles(p, o, part=NIGHT), w, free_night=True),
        w,
        end(p, o) + 1,
        end(p, o) + 2,
        p.roles.hub[o],
        DAY,
    ),
    Barrier.BLOCKED: blocked,
}
CAST = {
    Barrier.CHARACTER_AGE,
    Barrier.CHARACTER_SEX,
    Barrier.HEIGHT,
    Barrier.APPEARANCE,
    Barrier.LOOK_KEPT,
}


@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize("barrier", MUTATIONS)
def test_what_is_bent_after_the_solve_is_named(market, barrier, compiled, monkeypatch):
    """To his plain loops, and to the compiled ones that look at a nation."""
    made, solution = market
    monkeypatch.setattr(judging, "PLAIN", 0 if compiled else 10**9)
    acts = made.roles.role_type >= PRODUCTION_TYPES
    person, role = next(
        (a.person, a.role)
        for a in solution.assignments
        if acts[a.role] == (barrier in CAST)
        and (barrier in CAST or made.roles.must[a.role].any())
        and sum(b.person == a.person for b in solution.assignments) == 1
    )
    bent = MUTATIONS[barrier](made, person, role)
    breaches = [(b.rule, b.facts) for b in verify(bent, solution).breaches]
    assert (barrier, {"person": person, "role": role}) in breaches
    hard = {str(rule) for rule, facts in breaches if rule in set(Barrier) and facts.get("person") == person}
    assert hard == {str(barrier)}


def test_there_is_a_mutation_for_each_rule():
    assert list(MUTATIONS) == list(Barrier) == [rule.barrier for rule in HARD_RULES]
