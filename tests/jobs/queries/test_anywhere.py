"""Remote work in the engine's problem: everybody works there, nobody travels from it, and what is solved verifies."""

from datetime import timedelta

import numpy as np
import pytest
from psycopg.types.range import DateRange

from hubs.timespan import shoot_day_of
from jobs import matching as engine
from jobs.matching.columns import check_triangle
from jobs.queries import anywhere, keeper, matching, problems
from jobs.queries.columns import Codes
from jobs.queries.snapshot import Snapshot
from profiles.models import Profile
from tests.factories.hubs import BaseFactory, HubFactory
from tests.factories.jobs import BookingFactory, RoleFactory, ShootFactory
from tests.factories.profiles import ProfileFactory, fits

pytestmark = pytest.mark.django_db


@pytest.fixture
def remote(role):
    """A remote role of Mei's shoot."""
    return RoleFactory(shoot=role.shoot, role_type=role.role_type, remote=True)


def homeless(role) -> Profile:
    """Somebody who fits but works in no hub at all."""
    profile = fits(ProfileFactory(), role)
    profile.willing_hubs.clear()
    Profile.objects.filter(pk=profile.pk).update(home_hub=None)
    return profile


def problem_of(roles, now) -> engine.Problem:
    return problems.build(
        roles=roles,
        slots={role.pk: 1 for role in roles},
        people=Profile.objects.all(),
        today=shoot_day_of(now),
    )


def test_no_hub_bars_from_remote_work(role, remote, now):
    profile = homeless(role)
    problem = problem_of([role, remote], now)
    assert problem.vocabulary.hubs[-1] == anywhere.CODE
    assert [fact.barrier.value for fact in engine.barriers(problem, 0, 0)] == ["hub_not_wanted"]
    assert engine.barriers(problem, 0, 1) == ()
    assert matching.fit(profile=profile, role=remote, now=now).barriers == []


def test_a_problem_without_remote_work_is_as_it_always_was(role, now):
    homeless(role)
    problem = problem_of([role], now)
    assert anywhere.CODE not in problem.vocabulary.hubs
    assert problem.people.willing.shape == (1, len(problem.vocabulary.hubs))


def test_remote_days_before_a_shoot_far_away_cost_no_journey(role, remote, now):
    profile = fits(ProfileFactory(), role)
    days = role.days
    BookingFactory(
        profile=profile,
        role=RoleFactory(
            shoot=ShootFactory(days=DateRange(days.lower - timedelta(days=7), days.lower)), remote=True
        ),
    )
    problem = problem_of([role], now)
    assert engine.barriers(problem, 0, 0) == ()
    assert int(problem.travel_days[-1].max()) == 0


def test_a_shoot_nearby_costs_no_day_before_remote_work(role, remote, now):
    profile = fits(ProfileFactory(), role)
    near = BaseFactory(hub=HubFactory(longitude=114.3, latitude=34.8))
    BookingFactory(
        profile=profile,
        role=RoleFactory(
            shoot=ShootFactory(
                base=near, days=DateRange(role.days.lower - timedelta(days=7), role.days.lower)
            )
        ),
    )
    problem = problem_of([role, remote], now)
    assert [fact.barrier.value for fact in engine.barriers(problem, 0, 0)] == ["travel"]
    assert engine.barriers(problem, 0, 1) == ()


def test_the_table_of_travel_keeps_the_triangle_over_the_remote_place():
    places = [(1, 113.6, 34.7), (2, 114.3, 34.8), (3, 87.6, 43.8), (4, 110.3, 20.0)]
    codes = Codes((), (), ("a", "b", "c", "d"), (), tuple(places))
    table = anywhere.travel_days(codes, remote=True)
    check_triangle("travel_days", table)
    assert table[-1].tolist() == [0, 0, 0, 0, 0]
    assert table[:, -1].tolist() == [1, 1, 1, 1, 0]
    assert np.array_equal(table[:-1, :-1], anywhere.travel_days(codes, remote=False))
    # Without the day of the way home a remote day would swallow a journey of two.
    table[:-1, -1] = 0
    with pytest.raises(engine.InvalidProblem):
        check_triangle("travel_days", table)


def test_what_is_solved_with_remote_work_verifies(role, remote, now):
    for _each in range(3):
        fits(ProfileFactory(), role)
        homeless(role)
    problem = matching.load_problem(role.shoot, now)
    solution = engine.solve(problem)
    assert engine.verify(problem, solution).ok
    assert sorted(each.role for each in solution.assignments) == [0, 0, 1, 1]


def test_the_snapshot_finds_for_remote_work_whom_the_tables_find(role, remote, now):
    people = [homeless(role), fits(ProfileFactory(), role)]
    given = {"count": 9, "without": set(), "now": now}
    slow = [(each.pk, score) for each, score in matching.best_now(remote, **given).best]
    with keeper.holding(Snapshot.load()):
        quick = matching.best_now(remote, **given)
    assert quick.as_of is not None
    assert [(each.pk, score) for each, score in quick.best] == slow
    assert {pk for pk, _score in slow} == {each.pk for each in people}
