"""A match run from the question to its proposals."""

from datetime import timedelta

import pytest

from config.errors import Conflict, NotAllowed
from jobs import matching as engine
from jobs.enums import MatchState, NoticeKind, OfferState, RunState, WorkKind
from jobs.matching import replay, settling
from jobs.models import Match, MatchRun, Notice, WorkItem
from jobs.queries.matching import load_problem
from jobs.services import matching, work
from tests.factories.jobs import MatchFactory, OfferFactory, RoleFactory
from tests.factories.profiles import AdminFactory, ProfileFactory, fits


@pytest.fixture
def market(role):
    """Six people who fit the two places of `role`."""
    return [fits(ProfileFactory(reliability=200 - 10 * n), role) for n in range(6)]


def solve(run, now):
    item = WorkItem.objects.get(kind=WorkKind.RUN_MATCH, subject_id=run.pk)
    assert work.perform(item.pk, now=now) is True
    run.refresh_from_db()
    return run


def test_a_run_proposes_as_many_as_there_are_places_and_ranks_the_rest(shoot, role, market, mei, now):
    run = solve(matching.ask(shoot, by=mei, now=now, seed=7), now)

    assert (run.state, run.slots, run.filled, run.people, run.breaches) == (RunState.PUBLISHED, 2, 2, 6, [])
    assert (run.objective, run.gap) == (run.bound, 0.0)
    matches = list(Match.objects.filter(run=run).order_by("rank"))
    assert [match.state for match in matches] == [MatchState.CHOSEN] * 2 + [MatchState.STANDBY] * 4
    assert [match.profile for match in matches] == market
    assert [match.rank for match in matches] == [1, 2, 3, 4, 5, 6]
    assert sum(each["amount"] for each in matches[0].contributions) == matches[0].score
    assert matches[2].facts == {"status": "standby", "place": 1, "least_chosen": matches[1].score}
    assert Notice.objects.values_list("recipient", "kind", "facts__state", "facts__filled").get() == (
        mei.pk,
        NoticeKind.MATCH_READY,
        "ready",
        2,
    )


def test_the_record_replays_to_the_same_answer(shoot, role, market, mei, now):
    run = solve(matching.ask(shoot, by=mei, now=now, seed=7), now)
    kept = replay.load(bytes(run.record))
    again = engine.solve(kept.problem, kept.seed, standby=len(kept.solution.standby[0]))
    assert again.assignments == kept.solution.assignments


def test_only_those_who_run_the_crew_may_ask(shoot, role, lin, now):
    with pytest.raises(NotAllowed):
        matching.ask(shoot, by=lin, now=now)
    assert MatchRun.objects.count() == 0


def test_one_run_at_a_time(shoot, role, mei, now):
    matching.ask(shoot, by=mei, now=now)
    with pytest.raises(Conflict) as refusal:
        matching.ask(shoot, by=mei, now=now)
    assert refusal.value.code == "run_in_progress"


def test_a_breach_withholds_the_run_and_tells_the_admins(shoot, role, market, mei, now, monkeypatch):
    ada = AdminFactory()
    breach = engine.Breach("over_headcount", {"role": 0})
    monkeypatch.setattr(
        engine, "verify", lambda problem, solution: engine.Verdict(False, (breach,), solution.objective, None)
    )
    run = solve(matching.ask(shoot, by=mei, now=now), now)

    assert (run.state, run.breaches) == (
        RunState.QUARANTINED,
        [{"rule": "over_headcount", "facts": {"role": role.pk}}],
    )
    assert Match.objects.count() == 0
    assert set(Notice.objects.values_list("recipient", "facts__state")) == {
        (mei.pk, "withheld"),
        (ada.pk, "withheld"),
    }


def test_a_cancelled_run_publishes_nothing(shoot, role, market, mei, now):
    run = matching.ask(shoot, by=mei, now=now)
    matching.cancel(run, by=mei, now=now)
    run = solve(run, now)
    assert (run.state, Match.objects.count()) == (RunState.CANCELLED, 0)


def test_places_booked_or_held_out_are_not_asked_for(shoot, role, market, now):
    OfferFactory(role=role, profile=market[0])
    problem = load_problem(shoot, now)
    assert problem.roles.headcount.tolist() == [1]
    assert [row.barrier for row in engine.barriers(problem, 0, 0)] == [engine.Barrier.BOOKED]


def test_who_said_no_is_not_proposed_again(shoot, role, market, mei, now):
    OfferFactory(role=role, profile=market[0], state=OfferState.DECLINED, answered_at=now)
    run = solve(matching.ask(shoot, by=mei, now=now), now)
    chosen = Match.objects.filter(run=run, state=MatchState.CHOSEN).order_by("rank")
    assert [match.profile for match in chosen] == market[1:3]


def test_loading_a_problem_costs_the_same_for_one_person_and_many(
    shoot, role, market, now, django_assert_num_queries
):
    with django_assert_num_queries(10):
        load_problem(shoot, now)
    RoleFactory(shoot=shoot, role_type=role.role_type)
    for _ in range(10):
        fits(ProfileFactory(), role)
    with django_assert_num_queries(10):
        load_problem(shoot, now)


def test_striking_moves_the_next_one_up(role, mei, lin, now):
    chosen = MatchFactory(role=role, rank=1)
    waiting = MatchFactory(role=role, run=chosen.run, rank=2, state=MatchState.STANDBY)
    with pytest.raises(NotAllowed):
        matching.strike(chosen, by=lin, now=now)
    matching.strike(chosen, by=mei, now=now)
    waiting.refresh_from_db()
    chosen.refresh_from_db()
    assert (chosen.state, waiting.state) == (MatchState.STRUCK, MatchState.CHOSEN)


def test_who_holds_an_offer_cannot_be_struck(role, mei, now):
    chosen = MatchFactory(role=role)
    OfferFactory(role=role, profile=chosen.profile, match=chosen)
    with pytest.raises(Conflict) as refusal:
        matching.strike(chosen, by=mei, now=now)
    assert refusal.value.code == "offer_live"


def test_a_run_that_keeps_failing_is_given_up_and_may_be_asked_again(
    shoot, role, market, mei, now, monkeypatch
):
    def broken(*args, **kwargs):
        raise RuntimeError("a secret of Bo's")

    monkeypatch.setattr(settling, "solve", broken)
    run = matching.ask(shoot, by=mei, now=now)
    item = WorkItem.objects.get(kind=WorkKind.RUN_MATCH)
    moment = now
    for _ in range(9):
        work.perform(item.pk, now=moment)
        moment += timedelta(minutes=10)
    run.refresh_from_db()
    item.refresh_from_db()
    assert (run.state, item.error, item.attempts) == (RunState.FAILED, "RuntimeError", 8)
    assert item.failed_at is not None
    assert matching.ask(shoot, by=mei, now=moment).state == RunState.WAITING
