"""What a run changed, left empty and was solved from."""

import pytest

from jobs.enums import MatchState, RunState, WorkKind
from jobs.models import Match, MatchRun, Role, WorkItem
from jobs.queries import runs
from jobs.services import market, matching, work
from tests.factories.jobs import (
    MarketRunFactory,
    MatchFactory,
    MatchRunFactory,
    OfferFactory,
    RoleFactory,
)
from tests.factories.profiles import ProfileFactory, fits


@pytest.fixture
def two_runs(shoot):
    return MatchRunFactory(shoot=shoot), MatchRunFactory(shoot=shoot)


def test_a_first_run_has_only_new_people(role):
    match = MatchFactory(role=role)
    found = runs.changes(match.run)
    assert (found.previous, [each.profile for each in found.new], found.left, found.moved) == (
        None, [match.profile], [], [],
    )  # fmt: skip


def test_who_is_new_who_left_who_moved_and_who_was_asked(shoot, role, two_runs, django_assert_num_queries):
    before, now = two_runs
    other = RoleFactory(shoot=shoot)
    stays, leaves, moves, asked, comes = (ProfileFactory() for _ in range(5))
    for person in (stays, leaves, moves, asked):
        MatchFactory(run=before, role=role, profile=person)
    OfferFactory(role=role, profile=asked)
    MatchFactory(run=now, role=role, profile=stays)
    MatchFactory(run=now, role=role, profile=leaves, state=MatchState.STANDBY, rank=2)
    MatchFactory(run=now, role=other, profile=moves)
    MatchFactory(run=now, role=other, profile=comes)

    with django_assert_num_queries(5):
        found = runs.changes(now)
    assert found.previous == before
    assert [(each.profile, each.role) for each in found.new] == [(comes, other)]
    assert [(each.profile, each.role) for each in found.left] == [(leaves, role)]
    assert [(each.profile, each.role, each.before) for each in found.moved] == [(moves, other, role)]
    assert found.kept == 1
    assert [(where, [(kind, each.profile) for kind, each in lines]) for where, lines in found.by_role] == [
        (role, [("left", leaves)]),
        (other, [("new", comes), ("moved", moves)]),
    ]
    assert runs.count_changes(now) == runs.Count(new=1, left=1, moved=1)
    assert runs.new_on(now, other) == {comes.pk, moves.pk}
    assert [each.role for each in found.only({role.pk}).left] == [role]
    assert found.only({role.pk}).new == []


def test_the_same_people_again_are_no_change(role, two_runs):
    person = ProfileFactory()
    for run in two_runs:
        MatchFactory(run=run, role=role, profile=person)
    assert not runs.changes(two_runs[1])
    assert runs.count_changes(two_runs[1]) is None


def test_a_withheld_run_is_not_what_the_next_is_compared_with(role, shoot):
    MatchRunFactory(shoot=shoot, state=RunState.QUARANTINED)
    assert runs.changes(MatchRunFactory(shoot=shoot)).previous is None


def test_empty_roles_are_those_the_reader_may_review(role, shoot):
    other = RoleFactory(shoot=shoot)
    kept = [
        {"role": each.pk, "slots": 2, "reason": "nobody_eligible", "eligible": 0} for each in (role, other)
    ]
    run = MatchRunFactory(shoot=shoot, unfilled=kept)
    found = runs.empty_roles(run, Role.objects.filter(pk=other.pk))
    assert found == [runs.EmptyRole(other, 2, "nobody_eligible", 0)]


def test_a_part_of_a_market_shares_the_markets_record(hub, role, ada, now):
    fits(ProfileFactory(), role)
    run = market.ask(hub, by=ada, now=now)
    work.perform(WorkItem.objects.get(kind=WorkKind.CLEAR_MARKET).pk, now=now)
    part = MatchRun.objects.get(market=run)
    assert runs.record(part).problem.roles.role_ids.tolist() == [role.pk]
    assert runs.record(part) is runs.record(part)  # unpacked once


def test_a_runs_own_record_and_none_where_there_is_none(shoot, role, mei, now):
    fits(ProfileFactory(), role)
    run = matching.ask(shoot, by=mei, now=now)
    assert runs.record(run) is None
    work.perform(WorkItem.objects.get(kind=WorkKind.RUN_MATCH).pk, now=now)
    assert runs.record(run).solution.objective == MatchRun.objects.get(pk=run.pk).objective


def test_parts_name_the_withheld_first_then_the_emptiest(crew, role, ada, lin):
    run = MarketRunFactory()
    full = MatchRunFactory(market=run, filled=2, slots=2)
    short = MatchRunFactory(market=run, filled=0, slots=5)
    withheld = MatchRunFactory(market=run, filled=2, slots=2, state=RunState.QUARANTINED)
    assert list(runs.parts(run)) == [withheld, short, full]
    assert list(runs.market_runs(ada)) == [run]
    assert list(runs.market_runs(lin)) == []
    assert Match.objects.count() == 0
