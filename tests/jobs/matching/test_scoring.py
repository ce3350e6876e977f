"""Each soft rule: what it gives, on what facts, and that the referee counts the same."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.matching import (
    InvalidProblem,
    Weights,
    contributions,
    contributions_of,
    contributions_on,
    score,
    scores_on,
)
from jobs.matching.rederivation import Raw, score_again
from jobs.matching.scoring import SOFT_RULES, scores
from tests.instances.small import day, person, problem, random_problem, role
from tests.instances.wild import wild_problem

CASES = [
    ("skills", {"skills": {"lighting": 2, "rigging": 3}}, {"nice_skills": {"rigging"}}, 175),
    ("skills", {}, {"must_skills": None}, 0),
    ("experience", {"credits": 4}, {}, 100),
    ("experience", {"credits": 0}, {}, 0),
    ("reliability", {"reliability": 150}, {}, 150),
    ("proximity", {}, {}, 150),
    ("proximity", {"home_hub": "xian"}, {}, 80),
    ("proximity", {"home_hub": "hengdian"}, {}, 30),
    ("proximity", {"home_hub": None}, {}, 30),
    ("primary", {}, {}, 60),
    ("primary", {"primary": "grip"}, {}, 0),
    ("continuity", {"last_company": "north", "last_hub": "zhengzhou", "last_end": day(0)}, {}, 100),
    ("continuity", {"last_company": "south", "last_hub": "zhengzhou", "last_end": day(-28)}, {}, 50),
    ("continuity", {"last_company": "south", "last_hub": "zhengzhou", "last_end": day(-29)}, {}, 0),
    ("first_job", {"credits": 0}, {"entry_level": True}, 120),
    ("first_job", {"credits": 1}, {"entry_level": True}, 0),
    ("headroom", {"rate_floor": 400}, {"day_rate": 600}, 30),
    ("headroom", {"rate_floor": 0}, {"day_rate": 0}, 60),
    ("headroom", {"rate_floor": 300}, {"day_rate": 5000}, 60),
    ("starred", {"starred_types": {"gaffer"}}, {}, 20),
    ("starred", {"starred_types": {"grip"}}, {}, 0),
]


@pytest.mark.parametrize(("rule", "bent", "asked", "points"), CASES)
def test_what_each_rule_gives(rule, bent, asked, points):
    travel = {("zhengzhou", "xian"): 1, ("zhengzhou", "hengdian"): 2, ("xian", "hengdian"): 2}
    made = problem([person(**bent)], [role(**asked)], travel_days=travel)
    assert {c.rule: c.amount for c in contributions(made, 0, 0)}[rule] == points


def test_the_score_is_the_sum_with_its_facts():
    made = problem(
        [person(last_company="north", last_hub="xian", last_end=day(-3))], [role(entry_level=True)]
    )
    given = contributions(made, 0, 0)
    assert score(made, 0, 0) == sum(c.amount for c in given) == 140 + 100 + 150 + 150 + 60 + 100 + 0 + 30
    assert {c.rule: dict(c.facts) for c in given} == {
        "skills": {"levels": {"lighting": 2}},
        "experience": {"credits": 4},
        "reliability": {"reliability": 150},
        "proximity": {"home": "zhengzhou", "hub": "zhengzhou", "travel_days": 0},
        "primary": {"role_type": "gaffer"},
        "continuity": {"last_company": "north", "last_hub": "xian", "last_end": "2026-11-28"},
        "first_job": {"credits": 4, "entry_level": True},
        "headroom": {"floor": 400, "offered": 600},
        "marked": {"mark": None},
        "starred": {"crew": False, "role_type": False},
    }
    assert [c.rule for c in given] == [rule.name for rule in SOFT_RULES]


@pytest.mark.parametrize(("mark", "points"), [(1, -80), (2, -48), (3, -16), (4, 16), (5, 48), (6, 80)])
def test_a_mark_of_the_crew_counts_for_or_against_her(mark, points):
    made = problem([person(), person(id=2)], [role()], marks=[(1, "north", mark), (2, "south", 6)])
    said = [{c.rule: (c.amount, dict(c.facts)) for c in contributions(made, w, 0)}["marked"] for w in (0, 1)]
    assert said == [(points, {"mark": mark}), (0, {"mark": None})]
    assert score(made, 0, 0) - score(made, 1, 0) == points


def test_a_starred_crew_counts_more_than_its_kind_of_work():
    made = problem([person(starred_types={"gaffer"})], [role()], stars=[(1, "north")])
    last = contributions(made, 0, 0)[-1]
    assert (last.rule, last.amount, dict(last.facts)) == ("starred", 40, {"crew": True, "role_type": True})


@settings(max_examples=40, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6))
def test_the_referee_counts_the_same(seed):
    made = random_problem(seed)
    raw = Raw(made)
    pairs = [(w, o) for w in range(made.n_people) for o in range(made.n_roles)]
    assert [score(made, w, o) for w, o in pairs] == [score_again(raw, w, o) for w, o in pairs]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6))
def test_one_person_on_all_roles_at_once_is_as_pair_by_pair(seed):
    """With marks and stars; role by role over everybody is what the lists and the solver ask."""
    made = wild_problem(seed, 9, 7, 1)
    everybody, roles = np.arange(made.n_people), np.arange(made.n_roles)
    by_role = np.array([scores(made, int(o), everybody) for o in roles])
    for w in everybody.tolist():
        assert scores_on(made, w) == by_role[:, w].tolist()
        assert contributions_on(made, w, roles) == [contributions(made, w, int(o)) for o in roles]
        crossed = roles[::-1]
        others = (roles + w) % made.n_people
        assert contributions_of(made, others, crossed) == [
            contributions(made, int(other), int(o)) for other, o in zip(others, crossed, strict=True)
        ]
        for said, points in zip(contributions_on(made, w, roles), by_role[:, w].tolist(), strict=True):
            assert min(max(sum(each.amount for each in said), 1), 1100) == points


def test_weights_are_arguments_and_no_weight_still_gives_a_point():
    nothing = Weights(**dict.fromkeys(Weights.__dataclass_fields__, 0))
    assert score(problem([person()], [role()], weights=nothing), 0, 0) == 1


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ({"skills": -1}, "weights.skills: -1 is not a whole number of points"),
        ({"headroom": 1.5}, "weights.headroom: 1.5 is not a whole number of points"),
        ({"skills": 211}, "weights: together 1101 points, more than 1100"),
    ],
)
def test_weights_that_cannot_be(weights, message):
    with pytest.raises(InvalidProblem, match=message):
        Weights(**weights)
