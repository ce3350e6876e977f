"""The chain of one person against every chain there is."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.matching import Chain, Continuity, best_chain, eligible_roles, score
from jobs.matching.chain import NO_CONTINUITY
from jobs.matching.explanation import clash
from tests.instances.small import day, person, problem, random_problem, role

MANY = settings(max_examples=120, deadline=None, derandomize=True)


def arc(made, a, b, arcs):
    """The points of one step, from the definition."""
    r = made.roles
    pause = int(r.start[b] - r.end[a] - 1)
    points = 0
    if r.company[a] == r.company[b]:
        points += arcs.same_company
    elif r.hub[a] == r.hub[b] and pause <= 30:
        points += arcs.same_hub
    return points + (arcs.short_gap if pause <= arcs.short_days else 0)


def every_chain(made, who, arcs, held=()):
    """(points, days, pay) of each chain she could do, held roles in all of them."""
    r = made.roles
    free = sorted({*eligible_roles(made, who), *held}, key=lambda o: int(r.start[o]))
    for size in range(len(free) + 1):
        for some in combinations(free, size):
            if not set(held) <= set(some) or any(clash(made, a, b) for a, b in combinations(some, 2)):
                continue
            points = sum(score(made, who, o) for o in some)
            points += sum(arc(made, a, b, arcs) for a, b in pairwise(some))
            days = [int(r.end[o] - r.start[o] + 1) for o in some]
            yield points, sum(days), sum(d * int(r.day_rate[o]) for d, o in zip(days, some, strict=True))


@MANY
@given(
    seed=st.integers(0, 10**6),
    roles=st.integers(1, 9),
    arcs=st.builds(
        Continuity, st.integers(0, 900), st.integers(0, 300), st.integers(0, 300), st.integers(0, 3)
    ),
    worth=st.sampled_from(["score", "days", "pay"]),
)
def test_no_chain_is_better_than_the_best(seed, roles, arcs, worth):
    made = random_problem(seed, 1, roles)
    found = best_chain(made, 0, worth=worth, continuity=arcs)
    order = {"score": 0, "days": 1, "pay": 2}[worth]
    best = max((row[order], row[0]) for row in every_chain(made, 0, arcs))
    assert (found.objective, found.points) == best
    assert (found.points, found.paid_days, found.pay) in list(every_chain(made, 0, arcs))
    assert not any(clash(made, a, b) for a, b in combinations(found.roles, 2))
    assert set(found.roles) <= set(eligible_roles(made, 0))


@MANY
@given(seed=st.integers(0, 10**6), roles=st.integers(2, 8), data=st.data())
def test_what_she_holds_stands(seed, roles, data):
    made = random_problem(seed, 1, roles)
    held = (data.draw(st.integers(0, roles - 1)),)
    found = best_chain(made, 0, held=held)
    assert set(held) <= set(found.roles)
    assert found.points == max(row[0] for row in every_chain(made, 0, Continuity(), held))


def test_pins_stand_and_are_not_asked_again():
    made = problem([person(rate_floor=9000)], [role(), role(id=2, first=day(8), last=day(9))], pins=[(1, 1)])
    assert best_chain(made, 0).roles == (0,)


def test_the_same_crew_again_is_worth_a_lesser_score():
    first = role(id=1, first=day(0), last=day(1))
    same = role(id=2, first=day(3), last=day(4), must_skills={"lighting": 1, "sound": 1})
    made = problem(
        [person(skills={"lighting": 3, "sound": 2})],
        [first, same, role(id=3, first=day(3), last=day(4), company="south")],
    )
    assert best_chain(made, 0).roles == (0, 1)
    assert best_chain(made, 0, continuity=NO_CONTINUITY).roles == (0, 2)


def test_a_chain_says_what_it_earns():
    made = problem(
        [person()], [role(first=day(0), last=day(1)), role(id=2, first=day(5), last=day(7), day_rate=700)]
    )
    points = score(made, 0, 0) + score(made, 0, 1) + 100
    assert best_chain(made, 0, worth="pay") == Chain((0, 1), 3300, points, 5, 3, 3300)


def test_roles_to_choose_from_may_be_given():
    made = problem([person()], [role(id=i + 1, first=day(i), last=day(i)) for i in range(4)])
    assert best_chain(made, 0, roles=[3, 1]).roles == (1, 3)
    assert best_chain(made, 0, worth="days").paid_days == 4


@pytest.mark.parametrize("roles", [[], [role(role_type="pilot")]])
def test_nothing_to_chain(roles):
    made = problem([person()], roles)
    assert best_chain(made, 0) == Chain((), 0, 0, 0, 0, 0)


def test_equal_chains_are_told_apart_by_lot_not_by_id():
    made = problem([person()], [role(id=i) for i in range(1, 9)])
    assert len({best_chain(made, 0, seed=seed).roles for seed in range(20)}) > 3
