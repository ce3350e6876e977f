"""Why this one, why not that one, what a requirement costs, and who takes a freed slot."""

from jobs.matching import (
    Assignment,
    Barrier,
    Candidate,
    Opening,
    Placed,
    RequirementCost,
    Status,
    WhyPassedOver,
    best_people,
    best_roles,
    explain,
    refill,
    report,
    score,
    solve,
    what_if,
)
from tests.instances.small import day, person, problem, role
from tests.instances.wild import wild_problem


def market():
    """Anna holds role 0, Bea stands by, Cao is on a clashing role, Dan wants other work."""
    people = [
        person(id=1, reliability=200),
        person(id=2, reliability=100),
        person(id=3, reliability=190, wants={"gaffer", "grip"}, primary="grip", skills={"lighting": 3}),
        person(id=4, wants={"driver"}),
    ]
    roles = [role(), role(id=2, role_type="grip", first=day(5), last=day(8), day_rate=5000)]
    made = problem(people, roles)
    return made, solve(made, seed=1)


def test_chosen():
    made, solution = market()
    anna = explain(made, solution, 0, 0)
    assert (anna.status, anna.barriers, anna.pinned, anna.place, anna.clashes) == (
        Status.CHOSEN,
        (),
        False,
        None,
        (),
    )
    assert anna.chosen == (Assignment(0, 0, anna.score),)
    assert anna.score == sum(c.amount for c in anna.contributions) == score(made, 0, 0)


def test_standing_by():
    made, solution = market()
    bea = explain(made, solution, 1, 0)
    assert (bea.status, bea.place) == (Status.STANDBY, 1)


def test_good_but_elsewhere():
    made, solution = market()
    cao = explain(made, solution, 2, 0)
    assert cao.status is Status.ELIGIBLE_NOT_CHOSEN
    assert cao.clashes == (Assignment(2, 1, score(made, 2, 1)),)
    assert cao.chosen == (Assignment(0, 0, score(made, 0, 0)),)


def test_not_eligible_has_its_barriers():
    made, solution = market()
    dan = explain(made, solution, 3, 0)
    assert dan.status is Status.NOT_ELIGIBLE
    assert [b.barrier for b in dan.barriers] == [Barrier.WRONG_ROLE_TYPE]


def test_a_pin_says_so():
    made = problem([person()], [role()], pins=[(1, 1)])
    assert explain(made, solve(made), 0, 0).pinned


def test_what_each_requirement_costs():
    people = [
        person(id=1),
        person(id=2, rate_floor=900),
        person(id=3, rate_floor=900, languages=set()),
        person(id=4, languages=set()),
    ]
    answer = what_if(problem(people, [role()]), 0)
    assert answer.eligible == 1
    assert answer.costs == (
        RequirementCost(Barrier.RATE_FLOOR, 2, 1),
        RequirementCost(Barrier.LANGUAGE, 2, 1),
    )


def test_the_freed_slot_goes_to_the_best_who_is_free():
    made, solution = market()
    stands = [(a.person, a.role) for a in solution.assignments if a.person != 0]
    assert refill(made, stands, 0, 5, passed_over=[0]) == [Candidate(1, score(made, 1, 0))]
    assert refill(made, stands, 0, 1) == [Candidate(0, score(made, 0, 0))]
    assert refill(made, solution, 0, 0) == []
    assert [c.person for c in refill(made, solution, 0, 5)] == [1]


def test_shortlists():
    made, _ = market()
    assert [c.person for c in best_people(made, 0, 2)] == [2, 0]
    assert best_roles(made, 2, 5) == [Opening(1, score(made, 2, 1)), Opening(0, score(made, 2, 0))]
    assert best_people(made, 0, 0) == []


def test_ties_fall_by_lot_and_not_by_id():
    made = problem([person(id=i) for i in range(1, 101)], [role()])
    firsts = [best_people(made, 0, 1, seed=seed)[0].person for seed in range(200)]
    assert len(set(firsts)) > 60
    assert 35 < sum(firsts) / 200 < 65
    assert firsts[0] == best_people(made, 0, 1, seed=0)[0].person


def test_why_not_she_but_somebody_of_no_better_score():
    twins = problem([person(id=1), person(id=2)], [role()])
    solution = solve(twins)
    other = 1 - solution.assignments[0].person
    assert explain(twins, solution, other, 0).passed_over is WhyPassedOver.LOT
    confirmed = problem([person(id=1, credits=0), person(id=2, credits=90)], [role()], pins=[(1, 1)])
    assert explain(confirmed, solve(confirmed), 1, 0).passed_over is WhyPassedOver.CONFIRMED
    made, solution = market()
    assert explain(made, solution, 2, 0).passed_over is WhyPassedOver.BETTER_ELSEWHERE
    assert explain(made, solution, 1, 0).passed_over is None  # her score is less


def test_a_refill_of_a_large_problem_is_the_same(monkeypatch):
    made = wild_problem(4, 300, 12, 3)
    solution = solve(made, seed=2)
    plain = [refill(made, solution, o, 4, passed_over=[1, 2], seed=2) for o in range(made.n_roles)]
    monkeypatch.setattr("jobs.matching.problem.LARGE", 0)
    placed = Placed(solution.assignments)
    assert [refill(made, placed, o, 4, passed_over=[1, 2], seed=2) for o in range(made.n_roles)] == plain
    assert any(len(each) == 4 for each in plain)
    gone = solution.assignments[0]
    placed.drop(gone.person, gone.role)
    left = [a for a in solution.assignments if a is not gone]
    assert refill(made, placed, gone.role, 5) == refill(made, [a[:2] for a in left], gone.role, 5)


def test_the_fairness_of_a_large_problem_is_counted_alike(monkeypatch):
    made = wild_problem(4, 300, 12, 3)
    solution = solve(made, seed=2)
    plain = report(made, solution)
    monkeypatch.setattr("jobs.matching.problem.LARGE", 0)
    assert report(made, solution) == plain
