"""The fairness of a plan, counted on small markets whose figures are known."""

import json

from jobs.matching import FairnessReport, report, solve
from jobs.matching.fairness import PassedOver, Waiting, WhyPassedOver
from tests.instances.small import day, person, problem, random_problem, role


def test_a_report_in_whole():
    people = [
        person(id=1, credits=0, waiting_days=40),
        person(id=2, credits=9),
        person(id=3, credits=9, waiting_days=200, reliability=10),
    ]
    made = problem(people, [role(id=7, entry_level=True)])
    assert report(made, solve(made)) == FairnessReport(
        people=3,
        placed=1,
        placements=1,
        first_timers=1,
        first_timers_placed=0,
        first_timer_share=0.0,
        entry_share=0.0,
        waiting=(
            Waiting(0, 1, 1, 0),
            Waiting(7, 0, 0, 0),
            Waiting(30, 1, 0, 1),
            Waiting(90, 0, 0, 0),
            Waiting(180, 1, 0, 1),
        ),
        reasons={},
        passed_over=(),
    )


def test_equal_people_are_told_apart_by_lot():
    made = problem([person(id=1), person(id=2)], [role()])
    found = report(made, solve(made))
    placed = solve(made).assignments[0]
    other = 2 if placed.person == 0 else 1
    assert found.reasons == {"lot": 1}
    assert found.passed_over == (
        PassedOver(other, 1, placed.score, 3 - other, placed.score, WhyPassedOver.LOT),
    )


def test_who_is_on_a_better_role_is_not_wronged():
    star, novice = person(id=1, credits=50), person(id=2, credits=1)
    made = problem([star, novice], [role(id=1), role(id=2, day_rate=900)])
    found = report(made, solve(made))
    assert set(found.reasons) <= {"better_elsewhere", "needed_elsewhere"}
    assert found.passed_over[0].person_id == 1
    assert found.passed_over[0].other_role_id in (1, 2)


def test_a_confirmed_person_stays_whatever_others_are_worth():
    made = problem([person(id=1, credits=0), person(id=2, credits=90)], [role()], pins=[(1, 1)])
    assert report(made, solve(made)).reasons == {"confirmed": 1}


def test_a_report_goes_into_json():
    made = random_problem(3, 12, 6, pins=2)
    found = report(made, solve(made), listed=3)
    again = json.loads(json.dumps(found.as_json()))
    assert again == found.as_json()
    assert again["placements"] == len(solve(made).assignments)
    assert len(again["passed_over"]) <= 3


def test_one_pause_is_no_clash():
    """Who is placed before and free again counts as left out of the later role."""
    early, late = role(id=1, first=day(0), last=day(1)), role(id=2, first=day(5), last=day(6))
    made = problem([person(id=1), person(id=2)], [early, late])
    assert set(report(made, solve(made)).reasons) <= {"lot"}
