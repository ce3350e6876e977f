"""What a problem refuses, with the array and the index; and that it needs no Django."""

import dataclasses
import datetime as dt
import subprocess
import sys

import numpy as np
import pytest

from jobs.matching import FreeSpan, InvalidProblem, build_problem
from tests.instances.small import DAYS, FIRST, day, person, problem, random_problem, role

ROWS = [
    ({"rate_floor": -1}, {}, "people.rate_floor[1]: -1 is not within 0..10000000"),
    ({"skills": {"lighting": 4}}, {}, "people.skills[1]: level 4 of 'lighting' is not within 1..3"),
    ({"reliability": 201}, {}, "people.reliability[1]: 201 is not within 0..200"),
    ({"playable_ages": (40, 20)}, {}, "people.playable_min[1]: 40 is after 20"),
    ({"sex": 3}, {}, "people.sex[1]: 3 is not within 0..2"),
    ({"credits": -1}, {}, "people.credits[1]: -1 is not within 0..100000"),
    ({}, {"headcount": 0}, "roles.headcount[1]: 0 is not within 1..1000000"),
    ({}, {"first": day(6), "last": day(5)}, "roles.start[1]: 6 is after 5"),
    ({}, {"first": day(-1)}, "roles.start[1]: -1 is not within 0..13"),
    ({}, {"last": day(DAYS)}, "roles.end[1]: 14 is not within 0..13"),
    ({}, {"part": 0}, "roles.part[1]: 0 is not within 1..3"),
    ({}, {"category": 3}, "roles.category[1]: 3 is not within 0..2"),
    ({}, {"ages": (30, 20)}, "roles.age_min[1]: 30 is after 20"),
    ({}, {"heights": (180, 170)}, "roles.height_min[1]: 180 is after 170"),
    ({"id": 1}, {}, "people.person_ids[1]: repeats row 0"),
    ({}, {"id": 1}, "roles.role_ids[1]: repeats row 0"),
]


@pytest.mark.parametrize(("bent", "asked", "message"), ROWS)
def test_a_bad_row_is_named(bent, asked, message):
    with pytest.raises(InvalidProblem) as refused:
        problem([person(), person(**{"id": 2} | bent)], [role(), role(**{"id": 2} | asked)])
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"pins": [(9, 1)]}, "pins[0]: names 9, which is not in this problem"),
        ({"pins": [(1, 1), (1, 9)]}, "pins[1]: names 9, which is not in this problem"),
        ({"pins": [(1, 1), (1, 1)]}, "pin_person[1]: repeats row 0"),
        ({"pins": [(1, 1), (2, 1)]}, "pin_role[1]: role 0 has 1 slots"),
        ({"pins": [(1, 1), (1, 2)]}, "pin_person[1]: person 0 is already pinned to role 0 on these days"),
        ({"blocks": [(1, "west")]}, None),
        ({"travel_days": {("zhengzhou", "xian"): -1}}, "travel_days[0]: not a number of days"),
        (
            {"travel_days": {("a", "b"): 1, ("b", "c"): 1, ("a", "c"): 4}},
            "travel_days[0]: 0 to 2 takes 4 days, longer than over 1 and a day there",
        ),
    ],
)
def test_bad_pairs_are_named(changes, message):
    people, roles = [person(), person(id=2)], [role(), role(id=2)]
    if message is None:
        assert problem(people, roles, **changes).n_roles == 2
        return
    with pytest.raises(InvalidProblem) as refused:
        problem(people, roles, **changes)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("column", "array", "message"),
    [
        ("rate_floor", np.zeros(4, np.float64), "people.rate_floor: needs dtype int64, found float64"),
        ("rate_floor", np.zeros(3, np.int64), "people.rate_floor: needs shape (4,) (n), found (3,)"),
        ("rate_floor", [0, 0, 0, 0], "people.rate_floor: needs dtype int64, found list"),
        ("free_day", np.zeros((4, 3), np.bool_), "people.free_day: needs shape (4, 14) (n, D), found (4, 3)"),
        ("home_hub", np.full(4, 7, np.int32), "people.home_hub[0]: 7 is not within -1..1"),
    ],
)
def test_a_bad_column_is_named(column, array, message):
    made = random_problem(1)
    with pytest.raises(InvalidProblem) as refused:
        dataclasses.replace(made, people=dataclasses.replace(made.people, **{column: array}))
    assert str(refused.value) == message


def test_rows_become_columns():
    made = build_problem(
        window_start=FIRST,
        days=DAYS,
        people=[
            person(free=[FreeSpan(day(-5), day(1)), FreeSpan(day(12), day(40), part=2)], last_end=day(-3))
        ],
        roles=[role()],
    )
    assert np.flatnonzero(made.people.free_day[0]).tolist() == [0, 1]
    assert np.flatnonzero(made.people.free_night[0]).tolist() == [0, 1, 12, 13]
    assert made.people.last_end.tolist() == [-3]
    assert made.date(made.roles.end[0]) == dt.date(2026, 12, 7)
    assert made.vocabulary.role_types == ("gaffer",)


def test_a_window_of_no_days():
    with pytest.raises(InvalidProblem, match="days: 0 is not a number of days"):
        build_problem(window_start=FIRST, days=0, people=[], roles=[])


def test_the_core_does_not_load_django():
    code = "import sys, jobs.matching.__main__; print([m for m in sys.modules if m.startswith('django')])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "[]\n"
    )
