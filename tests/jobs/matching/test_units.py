"""Units: together or not at all, and never better than the market without them."""

import dataclasses
from itertools import product

import pytest

from jobs.matching import Breach, InvalidProblem, Unit, solve, solving, verify
from jobs.matching.eligibility import barriers
from jobs.matching.explanation import clash
from jobs.matching.scoring import score
from jobs.matching.solution import Assignment
from jobs.matching.units import keeps_units
from tests.instances.small import day, person, problem, role
from tests.instances.wild import wild_problem
from tests.jobs.matching.test_solving import by_ids, shuffled


def crew(slots, shoot=1, first=2, **changes):
    return role(
        id=10 * shoot + slots, shoot=shoot, headcount=slots, first=day(first), last=day(first + 3), **changes
    )


def placed(made, solution):
    ids = made.people.person_ids.tolist()
    return sorted((ids[a.person], int(made.roles.role_ids[a.role])) for a in solution.assignments)


def test_all_or_none():
    """Two friends and one slot: somebody else gets it, though the friends are better."""
    people = [person(id=1, credits=50), person(id=2, credits=50), person(id=3, credits=1)]
    made = problem(people, [crew(1)], units=[((1, 2), "all", 0)])
    solution = solve(made)
    assert placed(made, solution) == [(3, 11)]
    assert verify(made, solution).breaches == ()


def test_a_unit_goes_where_there_is_room_for_it():
    people = [person(id=1), person(id=2), person(id=3, credits=90), person(id=4, credits=80)]
    made = problem(people, [crew(1, shoot=1), crew(2, shoot=2)], units=[((1, 2), "all", 0)])
    solution = solve(made)
    assert placed(made, solution)[:2] == [(1, 22), (2, 22)]
    assert verify(made, solution).ok


def test_at_least_some_of_them():
    people = [person(id=i, credits=20 + i) for i in range(1, 4)]
    made = problem(people, [crew(2)], units=[((1, 2, 3), "at_least", 2)])
    assert len(placed(made, solve(made))) == 2
    alone = problem(people, [crew(1)], units=[((1, 2, 3), "at_least", 2)])
    assert placed(alone, solve(alone)) == []
    free = problem(people, [crew(1)], units=[((1, 2, 3), "split", 0)])
    assert len(placed(free, solve(free))) == 1


def test_a_unit_moves_on_together():
    people = [person(id=1), person(id=2)]
    made = problem(people, [crew(2, 1, 0), crew(2, 2, 6)], units=[((1, 2), "all", 0)])
    assert len(placed(made, solve(made))) == 4


def test_who_is_confirmed_counts():
    people = [person(id=1), person(id=2, credits=9), person(id=3)]
    made = problem(people, [crew(2)], pins=[(1, 12)], units=[((1, 2), "all", 0)])
    assert placed(made, solve(made)) == [(1, 12), (2, 12)]


def test_who_was_confirmed_without_the_others_stays_and_breaks_no_term():
    people = [person(id=1), person(id=2), person(id=3)]
    made = problem(people, [crew(1)], pins=[(1, 11)], units=[((1, 2), "all", 0)])
    solution = solve(made)
    assert placed(made, solution) == [(1, 11)]
    assert verify(made, solution).breaches == ()


def test_the_referee_names_a_unit_that_was_split():
    people = [person(id=1), person(id=2)]
    made = problem(people, [crew(2)], units=[((1, 2), "all", 0)])
    honest = solve(made)
    cut = dataclasses.replace(honest, assignments=(Assignment(0, 0, score(made, 0, 0)),))
    assert Breach("unit_split", {"unit": 0, "shoot": 1, "people": 1}) in verify(made, cut).breaches


def best_with_units(made):
    """The best score of all plans that keep the units, tried one by one."""
    need = [len(u.people) if u.keep == "all" else u.least for u in made.units]
    options = []
    for w in range(made.n_people):
        free = [o for o in range(made.n_roles) if not barriers(made, w, o)]
        some = [()]
        for o in free:
            some += [(*s, o) for s in some if not any(clash(made, o, other) for other in s)]
        options.append(some)
    best = 0
    for plan in product(*options):
        used = [o for s in plan for o in s]
        if any(used.count(o) > made.roles.headcount[o] for o in set(used)):
            continue
        shoots = [[int(made.roles.shoot[o]) for o in s] for s in plan]
        if any(
            0 < sum(shoot in shoots[w] for w in unit.people) < least
            for unit, least in zip(made.units, need, strict=True)
            for shoot in {s for w in unit.people for s in shoots[w]}
        ):
            continue
        best = max(best, sum(score(made, w, o) for w, s in enumerate(plan) for o in s))
    return best


@pytest.mark.parametrize("seed", range(25))
def test_the_bound_holds_and_the_plan_keeps_every_unit(seed):
    made = wild_problem(seed, 4, 6)
    made = dataclasses.replace(made, units=(Unit((0, 1)), Unit((2, 3), "at_least", 2)))
    solution = solve(made, seed=seed)
    assert verify(made, solution).breaches == ()
    best = best_with_units(made)
    assert solution.objective <= best
    if not any(solution.premiums):
        assert best <= solution.bound


@pytest.mark.parametrize("seed", range(12))
def test_a_large_market_is_cleared_again_around_its_units(seed, monkeypatch):
    """Everybody else moves only where a unit makes room or takes it, the proof is that of the market without units."""
    made = wild_problem(seed, 20, 9)
    units = dataclasses.replace(made, units=(Unit((0, 1)), Unit((2, 3, 4), "at_least", 2)))
    monkeypatch.setattr(solving, "SMALL", 0)
    free, solution = solve(made, seed=seed), solve(units, seed=seed)
    assert verify(units, solution).breaches == ()
    assert (solution.prices, solution.premiums) == (free.prices, free.premiums)
    if not keeps_units(units, free):
        members = {0, 1, 2, 3, 4}
        assert members.isdisjoint(each.person for row in solution.standby for each in row)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("large", [False, True])
def test_the_order_of_the_rows_changes_nothing(seed, large, monkeypatch):
    monkeypatch.setattr(solving, "SMALL", 0 if large else solving.SMALL)
    made = dataclasses.replace(
        wild_problem(seed, 20, 9), units=(Unit((0, 1)), Unit((2, 3, 4), "at_least", 2))
    )
    other = shuffled(made, seed)
    at = {each: place for place, each in enumerate(other.people.person_ids.tolist())}
    ids = made.people.person_ids.tolist()
    units = tuple(Unit(tuple(at[ids[w]] for w in u.people), u.keep, u.least) for u in made.units)
    assert by_ids(made, solve(made)) == by_ids(other, solve(dataclasses.replace(other, units=units)))


@pytest.mark.parametrize(
    ("units", "message"),
    [
        ([((1, 9), "all", 0)], "units[0]: names 9, which is not in this problem"),
        ([((1, 2), "all", 0), ((2, 3), "all", 0)], "units[1]: person 1 is in unit 0, too"),
        ([((1, 1), "all", 0)], "units[0]: names a person twice"),
        ([((1, 2), "both", 0)], "units[0]: 'both' is not one of all, at_least, split"),
        ([((1, 2), "at_least", 3)], "units[0]: 3 is not within 1..2"),
    ],
)
def test_units_that_cannot_be(units, message):
    with pytest.raises(InvalidProblem) as refused:
        problem([person(id=i) for i in (1, 2, 3)], [role()], units=units)
    assert str(refused.value) == message
