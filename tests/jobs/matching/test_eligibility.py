"""Each hard rule by itself: one bent person or role, exactly one barrier, its facts."""

import datetime as dt

import pytest

from jobs.matching import (
    Barrier,
    BarrierFact,
    BookedSpan,
    FreeSpan,
    barriers,
    eligible_people,
    eligible_roles,
)
from jobs.matching.eligibility import HARD_RULES, age_on, latest_birth
from tests.instances.small import day, person, problem, role

AGES = {"on": "2026-12-03", "least": 16, "adult": 18}
CAST = {"category": 1}
SEVENTEEN = dt.date(2009, 6, 1)
BOOKED = {"first": "2026-12-05", "last": "2026-12-10", "hub": "zhengzhou", "role_id": None}

# barrier, what is bent on the person, what on the role, the facts
CASES = [
    (Barrier.WRONG_ROLE_TYPE, {"wants": {"grip"}}, {}, {"role_type": "gaffer", "wants": ["grip"]}),
    (Barrier.HUB_NOT_WANTED, {"willing_hubs": {"xian"}}, {}, {"hub": "zhengzhou"}),
    (Barrier.RATE_FLOOR, {"rate_floor": 601}, {}, {"floor": 601, "offered": 600}),
    (Barrier.MISSING_SKILL, {"skills": {"rigging": 3}}, {}, {"skills": ["lighting"]}),
    (
        Barrier.SKILL_LEVEL,
        {"skills": {"lighting": 1}},
        {},
        {"skills": [{"skill": "lighting", "level": 1, "needed": 2}]},
    ),
    (Barrier.LANGUAGE, {"languages": {"henan"}}, {}, {"missing": ["mandarin"], "one_of": []}),
    (
        Barrier.LANGUAGE,
        {},
        {"languages_any": {"english", "thai"}},
        {"missing": [], "one_of": ["english", "thai"]},
    ),
    (
        Barrier.NOT_FREE,
        {"free": [FreeSpan(day(0), day(3)), FreeSpan(day(5), day(13))]},
        {},
        {"days": ["2026-12-05"], "nights": []},
    ),
    (
        Barrier.NOT_FREE,
        {"free": [FreeSpan(day(0), day(13), part=1)]},
        {"part": 2, "first": day(2), "last": day(2)},
        {"days": [], "nights": ["2026-12-03"]},
    ),
    (Barrier.AGE_UNKNOWN, {"born": None}, {}, {}),
    (Barrier.TOO_YOUNG, {"born": dt.date(2010, 12, 4)}, {}, {"age": 15, **AGES}),
    (Barrier.GUARDIAN_CONSENT, {"born": SEVENTEEN}, {}, {"age": 17, **AGES}),
    (Barrier.NIGHT_MINOR, {"born": SEVENTEEN, "guardian_consent": True}, {"part": 3}, {"age": 17, **AGES}),
    (
        Barrier.HAZARD_MINOR,
        {"born": SEVENTEEN, "guardian_consent": True},
        {"hazard": True},
        {"age": 17, **AGES},
    ),
    (Barrier.CHARACTER_AGE, {}, {**CAST, "ages": (31, 40)}, {"needed": [31, 40], "plays": [20, 30]}),
    (
        Barrier.CHARACTER_AGE,
        {"playable_ages": None},
        {**CAST, "ages": (1, 40)},
        {"needed": [1, 40], "plays": [0, 0]},
    ),
    (Barrier.CHARACTER_SEX, {"sex": 0}, {**CAST, "sex": 2}, {"needed": 2, "said": 0}),
    (Barrier.HEIGHT, {}, {**CAST, "heights": (170, 0)}, {"needed": [170, 0], "height": 165}),
    (Barrier.HEIGHT, {"height_cm": 0}, {**CAST, "heights": (0, 180)}, {"needed": [0, 180], "height": 0}),
    (Barrier.APPEARANCE, {"appearance_until": day(2)}, CAST, {"until": "2026-12-03"}),
    (
        Barrier.LOOK_KEPT,
        {"look": "beard", "look_until": day(2)},
        {**CAST, "look": "shaved"},
        {"kept": "beard", "needed": "shaved", "until": "2026-12-03"},
    ),
    (Barrier.BOOKED, {"booked": [BookedSpan(day(4), day(9), "zhengzhou")]}, {}, {"with": [BOOKED]}),
    (
        Barrier.TRAVEL,
        {"booked": [BookedSpan(day(-3), day(1), "xian", part=1)]},
        {},
        {"with": [{"first": "2026-11-28", "last": "2026-12-02", "hub": "xian", "role_id": None}]},
    ),
    (
        Barrier.REST,
        {"booked": [BookedSpan(day(1), day(1), "zhengzhou", part=2)]},
        {},
        {"with": [{"first": "2026-12-02", "last": "2026-12-02", "hub": "zhengzhou", "role_id": None}]},
    ),
]


@pytest.mark.parametrize(("barrier", "bent", "asked", "facts"), CASES)
def test_each_rule_bars_by_itself(barrier, bent, asked, facts):
    made = problem([person(**bent), person(id=2)], [role(**asked)])
    assert barriers(made, 0, 0) == (BarrierFact(barrier, facts),)
    assert 0 not in eligible_people(made, 0)


def test_blocked_by_either_side():
    made = problem([person(), person(id=2)], [role(), role(id=2, company="south")], blocks=[(1, "north")])
    assert barriers(made, 0, 0) == (BarrierFact(Barrier.BLOCKED, {"company": "north"}),)
    assert eligible_people(made, 0).tolist() == [1]
    assert eligible_roles(made, 0) == [1]


def test_every_rule_has_its_case_here():
    assert (
        {case[0] for case in CASES} | {Barrier.BLOCKED}
        == {rule.barrier for rule in HARD_RULES}
        == set(Barrier)
    )


def test_the_model_pair_fits():
    made = problem([person()], [role(), role(id=2, **CAST, ages=(30, 40), sex=1, heights=(160, 170))])
    assert (barriers(made, 0, 0), barriers(made, 0, 1)) == ((), ())


@pytest.mark.parametrize(
    "bent",
    [
        {"booked": [BookedSpan(day(0), day(0), "xian")]},  # a full day to travel
        {"booked": [BookedSpan(day(7), day(9), "zhengzhou")]},  # day after day in one hub
        {"booked": [BookedSpan(day(8), day(9), "xian")]},
        {"booked": [BookedSpan(day(0), day(0), "zhengzhou", part=2)]},  # a free day after the night
        {"born": dt.date(2008, 12, 3)},  # eighteen on the first day
        {"born": SEVENTEEN, "guardian_consent": True},
        {"appearance_until": day(1)},
        {"look": "beard", "look_until": day(13)},  # the role asks for no look
    ],
)
def test_just_enough_is_enough(bent):
    assert barriers(problem([person(**bent)], [role(part=1)]), 0, 0) == ()


@pytest.mark.parametrize(
    ("bent", "asked"),
    [
        ({"look": "beard", "look_until": day(1)}, CAST | {"look": "shaved"}),  # over by then
        ({"look": "beard", "look_until": day(9)}, CAST | {"look": "beard"}),
        ({"look": "beard", "look_until": day(9)}, {"look": "shaved"}),  # behind the camera
    ],
)
def test_a_look_that_is_kept_changes_nothing(bent, asked):
    assert barriers(problem([person(**bent)], [role(**asked)]), 0, 0) == ()


def test_a_pin_keeps_its_look_before_it_and_until_its_last_day():
    later = role(id=1, first=day(8), last=day(10), category=1, look="beard")
    before = role(id=2, first=day(2), last=day(4), category=1, look="shaved")
    after = role(id=3, first=day(11), last=day(12), category=1, look="shaved")
    made = problem([person()], [later, before, after], pins=[(1, 1)])
    facts = {"kept": "beard", "needed": "shaved", "until": "2026-12-11"}
    assert [barriers(made, 0, o) for o in range(3)] == [(), (BarrierFact(Barrier.LOOK_KEPT, facts),), ()]


def test_character_rules_are_for_cast_only():
    made = problem([person(sex=2, height_cm=0)], [role(sex=1, heights=(180, 190), ages=(50, 60))])
    assert barriers(made, 0, 0) == ()


def test_a_pin_elsewhere_is_a_booking_and_not_against_itself():
    made = problem([person()], [role(), role(id=2, first=day(6), last=day(8))], pins=[(1, 1)])
    assert barriers(made, 0, 0) == ()
    assert barriers(made, 0, 1) == (
        BarrierFact(
            Barrier.BOOKED,
            {"with": [{"first": "2026-12-03", "last": "2026-12-07", "hub": "zhengzhou", "role_id": 1}]},
        ),
    )


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (dt.date(2008, 2, 29), dt.date(2024, 2, 28), 15),
        (dt.date(2008, 2, 29), dt.date(2024, 2, 29), 16),
        (dt.date(2008, 2, 29), dt.date(2026, 2, 28), 17),
        (dt.date(2008, 2, 29), dt.date(2026, 3, 1), 18),
        (dt.date(2008, 3, 1), dt.date(2024, 2, 29), 15),
        (dt.date(2008, 12, 31), dt.date(2026, 12, 31), 18),
        (dt.date(2008, 12, 31), dt.date(2026, 12, 30), 17),
    ],
)
def test_birthdays(born, on, age):
    assert age_on(on, born.toordinal()) == age
    assert [years for years in (15, 16, 17, 18, 19) if born.toordinal() <= latest_birth(on, years)][-1] == age
