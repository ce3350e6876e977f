"""The referee: one planted fault for each thing he looks at, and each is named."""

import dataclasses
import datetime as dt

import pytest

from jobs.matching import Barrier, BookedSpan, Breach, FreeSpan, Unfilled, WhyUnfilled, judging, solve, verify
from jobs.matching.certificate import best_value
from jobs.matching.eligibility import HARD_RULES
from jobs.matching.scoring import score
from jobs.matching.solution import Assignment
from tests.instances.small import day, person, problem, random_problem, role
from tests.jobs.matching.brute_force import best_plan

SEVENTEEN = dt.date(2009, 6, 1)
CAST = {"category": 1}

# the rule that breaks, what is bent on the person, what on the role
FAULTS = {
    Barrier.WRONG_ROLE_TYPE: ({"wants": {"grip"}}, {}),
    Barrier.HUB_NOT_WANTED: ({"willing_hubs": {"xian"}}, {}),
    Barrier.RATE_FLOOR: ({"rate_floor": 601}, {}),
    Barrier.MISSING_SKILL: ({"skills": {}}, {}),
    Barrier.SKILL_LEVEL: ({"skills": {"lighting": 1}}, {}),
    Barrier.LANGUAGE: ({"languages": {"henan"}}, {}),
    Barrier.NOT_FREE: ({"free": [FreeSpan(day(0), day(5))]}, {}),
    Barrier.AGE_UNKNOWN: ({"born": None}, {}),
    Barrier.TOO_YOUNG: ({"born": dt.date(2010, 12, 4)}, {}),
    Barrier.GUARDIAN_CONSENT: ({"born": SEVENTEEN}, {}),
    Barrier.NIGHT_MINOR: ({"born": SEVENTEEN, "guardian_consent": True}, {"part": 2}),
    Barrier.HAZARD_MINOR: ({"born": SEVENTEEN, "guardian_consent": True}, {"hazard": True}),
    Barrier.CHARACTER_AGE: ({}, {**CAST, "ages": (31, 40)}),
    Barrier.CHARACTER_SEX: ({"sex": 2}, {**CAST, "sex": 1}),
    Barrier.HEIGHT: ({}, {**CAST, "heights": (0, 160)}),
    Barrier.APPEARANCE: ({"appearance_until": day(2)}, CAST),
    Barrier.LOOK_KEPT: ({"look": "beard", "look_until": day(2)}, {**CAST, "look": "shaved"}),
    Barrier.BOOKED: ({"booked": [BookedSpan(day(6), day(6), "zhengzhou")]}, {}),
    Barrier.TRAVEL: ({"booked": [BookedSpan(day(7), day(9), "xian")]}, {}),
    Barrier.REST: ({"booked": [BookedSpan(day(7), day(9), "zhengzhou", part=1)]}, {"part": 2}),
    Barrier.BLOCKED: ({}, {}),
}


def forced(made, *pairs):
    """A solution that puts these pairs through, right in everything but the rules."""
    honest = solve(made, standby=0)
    placed = tuple(Assignment(w, o, score(made, w, o)) for w, o in pairs)
    left = tuple(
        dataclasses.replace(honest)
        .unfilled[0]
        ._replace(role=o, slots=int(made.roles.headcount[o]) - sum(a.role == o for a in placed))
        for o in range(made.n_roles)
        if int(made.roles.headcount[o]) > sum(a.role == o for a in placed)
    )
    return dataclasses.replace(
        honest,
        assignments=placed,
        unfilled=left,
        objective=sum(a.score for a in placed),
    )


@pytest.mark.parametrize("barrier", FAULTS)
def test_a_planted_fault_in_each_hard_rule_is_named(barrier):
    bent, asked = FAULTS[barrier]
    blocks = [(1, "north")] if barrier is Barrier.BLOCKED else []
    made = problem([person(**bent)], [role(**asked)], blocks=blocks)
    assert verify(made, solve(made)).ok
    verdict = verify(made, forced(made, (0, 0)))
    rules = [breach.rule for breach in verdict.breaches]
    assert rules == [barrier, "over_bound"]
    assert verdict.breaches[0] == Breach(barrier, {"person": 0, "role": 0})


def test_there_is_a_fault_for_each_rule():
    assert set(FAULTS) == {rule.barrier for rule in HARD_RULES}


@pytest.mark.parametrize(
    ("other", "rule"),
    [
        ({"first": day(6), "last": day(8)}, Barrier.BOOKED),
        ({"first": day(7), "last": day(8), "hub": "xian"}, Barrier.TRAVEL),
        ({"first": day(1), "last": day(1), "part": 2}, Barrier.REST),
    ],
)
def test_two_roles_of_one_person_that_clash(other, rule):
    made = problem([person(willing_hubs={"zhengzhou", "xian"})], [role(), role(id=2, **other)])
    verdict = verify(made, forced(made, (0, 0), (0, 1)))
    assert Breach(rule, {"person": 0, "role": 1, "other": 0}) in verdict.breaches


def plan():
    """Three people, two roles, one pin, somebody standing by."""
    made = problem(
        [person(id=1), person(id=2), person(id=3, credits=9)],
        [role(), role(id=2, headcount=2)],
        pins=[(1, 2)],
    )
    return made, solve(made)


SPOILT = {
    "unknown_row": lambda s: {"assignments": (*s.assignments, Assignment(9, 0, 1))},
    "repeated": lambda s: {"assignments": (*s.assignments, s.assignments[0])},
    "over_headcount": lambda s: {"assignments": (*s.assignments, Assignment(1, 0, 1), Assignment(2, 0, 1))},
    "pin_moved": lambda s: {"assignments": tuple(a for a in s.assignments if a.person != 0)},
    "wrong_score": lambda s: {"assignments": (s.assignments[0]._replace(score=7), *s.assignments[1:])},
    "wrong_objective": lambda s: {"objective": s.objective + 1},
    "wrong_unfilled": lambda s: {"assignments": s.assignments[:-1]},
    "wrong_standby": lambda s: {"standby": (((0, 5),), ())},
    "wrong_premiums": lambda s: {"premiums": (5, 6)},  # alike in urgency, and not alike
    "wrong_prices": lambda s: {"prices": (-1, 0)},
    "wrong_bound": lambda s: {"bound": s.bound + 1},
}


@pytest.mark.parametrize("rule", SPOILT)
def test_whatever_else_is_wrong_is_named(rule):
    made, honest = plan()
    assert verify(made, honest).breaches == ()
    verdict = verify(made, dataclasses.replace(honest, **SPOILT[rule](honest)))
    assert not verdict.ok
    assert rule in [breach.rule for breach in verdict.breaches]


@pytest.mark.parametrize("compiled", [False, True])
def test_what_is_confirmed_is_peoples_own_affair(compiled, monkeypatch):
    """Nobody asks again whether the pay is enough, nor whether there is a day to travel; a third role does ask."""
    monkeypatch.setattr(judging, "PLAIN", 0 if compiled else 10**9)
    roles = [
        role(id=1, first=day(2), last=day(4), day_rate=100),
        role(id=2, first=day(5), last=day(6), hub="xian"),
        role(id=3, first=day(7), last=day(8)),
    ]
    made = problem([person(willing_hubs={"zhengzhou", "xian"})], roles, pins=[(1, 1), (1, 2)])
    honest = solve(made, standby=0)
    assert [(a.person, a.role) for a in honest.assignments] == [(0, 0), (0, 1)]
    assert verify(made, honest).breaches == ()
    rules = [breach.rule for breach in verify(made, forced(made, (0, 0), (0, 1), (0, 2))).breaches]
    assert rules[:2] == [Barrier.TRAVEL, Barrier.TRAVEL]  # with a pin, as a rule and as a clash
    assert Barrier.RATE_FLOOR not in rules


BESIDE = {
    "a role that is not there": ("wrong_unfilled", lambda s: {"unfilled": (*s.unfilled, open_slot(9, 1))}),
    "a role told of twice": ("wrong_unfilled", lambda s: {"unfilled": (s.unfilled[0], s.unfilled[0])}),
    "a reason that the count denies": (
        "wrong_unfilled",
        lambda s: {"unfilled": (s.unfilled[0]._replace(reason="taken_elsewhere"),)},
    ),
    "nobody, where there is somebody": (
        "wrong_unfilled",
        lambda s: {"unfilled": (s.unfilled[0]._replace(eligible=0),)},
    ),
    "somebody twice in a line": ("wrong_standby", lambda s: {"standby": (s.standby[0][:1] * 2, ())}),
    "the worse before the better": ("wrong_standby", lambda s: {"standby": (s.standby[0][::-1], ())}),
    "a line too many": ("wrong_standby", lambda s: {"standby": (*s.standby, ())}),
    "a line too few": ("wrong_standby", lambda s: {"standby": s.standby[:1]}),
}


def open_slot(role, slots):
    return Unfilled(role, slots, WhyUnfilled.NOBODY_ELIGIBLE, 0)


def line():
    """Three people for one slot, so that two wait in line, and a role that asks for more people than there are."""
    made = problem(
        [person(id=1, credits=30), person(id=2, credits=9), person(id=3, credits=1)],
        [role(), role(id=2, headcount=4, first=day(8), last=day(9))],
    )
    return made, solve(made)


@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize("what", BESIDE)
def test_what_stands_beside_a_plan_is_looked_at_too(what, compiled, monkeypatch):
    monkeypatch.setattr(judging, "PLAIN", 0 if compiled else 10**9)
    made, honest = line()
    assert verify(made, honest).breaches == ()
    assert [len(row) for row in honest.standby] == [2, 0]
    rule, bent = BESIDE[what]
    verdict = verify(made, dataclasses.replace(honest, **bent(honest)))
    assert {breach.rule for breach in verdict.breaches} == {rule}


def test_a_plan_of_too_few_prices_has_no_bound():
    made, honest = plan()
    verdict = verify(made, dataclasses.replace(honest, prices=honest.prices[:-1]))
    assert (verdict.bound, verdict.gap) == (None, None)


@pytest.mark.parametrize("seed", range(25))
def test_any_prices_prove_a_bound(seed):
    made = random_problem(seed, 4, 4, pins=seed % 3)
    honest = solve(made)
    prices = tuple((seed * 7919 + 131 * k) % 900 for k in range(made.n_roles))
    verdict = verify(made, dataclasses.replace(honest, prices=prices))
    assert verdict.bound >= best_plan(made)[1]


def test_the_best_schedule_waits_for_the_buffer():
    buffer = [[0, 2], [2, 0]]
    spans = [(10, (0, 1, 0)), (10, (2, 3, 0)), (15, (4, 5, 1)), (9, (6, 7, 1)), (-5, (8, 8, 1))]
    assert best_value(spans, buffer) == 34  # days 0-1 and 4-5 are two free days apart; 2-3 is not
