"""A market run: all open shoots of a hub in one plan, proposed shoot by shoot; nobody is sent an offer."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from psycopg.types.range import DateRange

from config.errors import Conflict, NotAllowed
from jobs import matching as engine
from jobs.enums import MarketScope, MatchState, NoticeKind, OfferState, RunState, ShootState, WorkKind
from jobs.matching import replay, settling
from jobs.matching.settling import solve_again
from jobs.models import MarketRun, Match, MatchRun, Notice, Offer, WorkItem
from jobs.queries.clearing import LastTime, load_market
from jobs.services import market, matching, parts, work
from jobs.services.later import Lease, LeaseLost
from jobs.services.solving import Outcome
from tests.factories.hubs import BaseFactory, HubFactory
from tests.factories.jobs import ApplicationFactory, BookingFactory, OfferFactory, RoleFactory, ShootFactory
from tests.factories.profiles import ProfileFactory, fits

DAYS = DateRange(date(2026, 12, 1), date(2027, 1, 1))


@pytest.fixture
def other(lin_crew, base, role):
    """Lin's shoot on the same days at the same base, with one place of the same work."""
    shoot = ShootFactory(crew=lin_crew, base=base, title="长街月色")
    return RoleFactory(shoot=shoot, role_type=role.role_type, headcount=1, day_rate=350)


@pytest.fixture
def people(role):
    """Four people who fit both roles, best first."""
    return [fits(ProfileFactory(reliability=200 - 10 * n), role) for n in range(4)]


def solve(run, now):
    item = WorkItem.objects.get(kind=WorkKind.CLEAR_MARKET, subject_id=run.pk)
    assert work.perform(item.pk, now=max(now, item.due_at)) is True
    run.refresh_from_db()
    return run


def placed(run):
    rows = Match.objects.filter(run__market=run, state=MatchState.CHOSEN)
    return set(rows.values_list("role", "profile"))


def test_a_hub_is_solved_as_one_and_each_shoot_gets_its_part(hub, role, other, people, ada, now):
    run = solve(market.ask(hub, by=ada, now=now), now)

    assert (run.state, run.scope, run.hub, run.days) == (RunState.PUBLISHED, MarketScope.HUB, hub, DAYS)
    assert (run.shoots, run.slots, run.filled, run.people, run.withheld, run.breaches) == (2, 3, 3, 4, 0, [])
    assert (run.gap < 0.05, run.warm, run.phase) == (True, False, "")
    assert run.memory_mb > 20
    parts_of = MatchRun.objects.filter(market=run).order_by("shoot_id")
    assert [(part.shoot, part.state, part.filled, part.slots, part.record) for part in parts_of] == [
        (role.shoot, RunState.PUBLISHED, 2, 2, None),
        (other.shoot, RunState.PUBLISHED, 1, 1, None),
    ]
    chosen = placed(run)
    assert len({person for _, person in chosen}) == 3  # nobody is promised to two shoots of the same days
    assert Offer.objects.count() == 0


def test_the_people_who_run_each_crew_are_told_once_and_only_of_news(
    hub, role, other, people, mei, ada, lin, now
):
    solve(market.ask(hub, by=ada, now=now), now)
    told = Notice.objects.order_by("recipient").values_list("recipient", "kind", "facts__state", "facts__new")
    assert list(told) == [
        (mei.pk, NoticeKind.MATCH_READY, "renewed", 2),
        (lin.pk, NoticeKind.MATCH_READY, "renewed", 1),
    ]
    solve(market.ask(hub, by=ada, now=now + timedelta(days=1)), now + timedelta(days=1))
    assert Notice.objects.count() == 2


def test_the_second_run_starts_warm_and_proposes_the_same_people(hub, role, other, people, ada, now):
    first = solve(market.ask(hub, by=ada, now=now), now)
    second = solve(market.ask(hub, by=ada, now=now), now)
    assert (first.warm, second.warm) == (False, True)
    assert placed(first) == placed(second)
    kept = MatchRun.objects.get(market=first, shoot=role.shoot).prices
    assert list(kept) == [str(role.pk)]


def test_bookings_and_open_offers_are_not_touched(hub, role, other, people, ada, now):
    BookingFactory(role=role, profile=people[0])
    OfferFactory(role=other, profile=people[1])
    run = solve(market.ask(hub, by=ada, now=now), now)
    assert (run.slots, run.filled) == (1, 1)
    assert placed(run) == {(role.pk, people[2].pk)}


def test_who_said_no_to_a_crew_is_not_proposed_to_it(hub, role, other, people, ada, now):
    OfferFactory(role=other, profile=people[0], state=OfferState.DECLINED, answered_at=now)
    run = solve(market.ask(hub, by=ada, now=now), now)
    assert (other.pk, people[0].pk) not in placed(run)
    assert (role.pk, people[0].pk) in placed(run)


def test_only_open_shoots_of_the_hub_that_begin_in_the_window_take_part(hub, role, people, crew, base, now):
    far = BaseFactory(hub=HubFactory(slug="xian"))
    late = DateRange(date(2027, 2, 1), date(2027, 2, 8))
    for shoot in (
        ShootFactory(crew=crew, base=far),
        ShootFactory(crew=crew, base=base, state=ShootState.DRAFT, published_at=None),
        ShootFactory(crew=crew, base=base, days=late),
    ):
        RoleFactory(shoot=shoot, role_type=role.role_type)
    assert load_market(hub, DAYS, now).shoot_of == {role.pk: role.shoot_id}
    assert len(load_market(None, DAYS, now).shoots) == 2


def test_loading_a_market_costs_the_same_whatever_its_size(
    hub, role, other, people, now, django_assert_num_queries
):
    with django_assert_num_queries(11):
        load_market(hub, DAYS, now)
    for _ in range(3):
        RoleFactory(shoot=ShootFactory(crew=role.shoot.crew, base=role.shoot.base), role_type=role.role_type)
        fits(ProfileFactory(), role)
    ApplicationFactory(role=role, profile=ProfileFactory())
    with django_assert_num_queries(11):
        load_market(hub, DAYS, now)


def test_only_admins_ask_and_nothing_open_is_said(hub, role, mei, ada, now):
    with pytest.raises(NotAllowed):
        market.ask(hub, by=mei, now=now)
    with pytest.raises(Conflict) as refusal:
        market.ask(HubFactory(slug="empty"), by=ada, now=now)
    assert refusal.value.code == "nothing_open"
    assert MarketRun.objects.count() == 0


def test_one_run_at_a_time_for_a_hub_and_for_the_country(hub, role, ada, now):
    market.ask(hub, by=ada, now=now)
    market.ask(None, by=ada, now=now)
    for where in (hub, None):
        with pytest.raises(Conflict) as refusal:
            market.ask(where, by=ada, now=now)
        assert refusal.value.code == "run_in_progress"


def test_the_night_asks_for_each_hub_with_open_places_one_after_the_other(hub, role, people, crew, now):
    HubFactory(slug="empty")
    far = BaseFactory(hub=HubFactory(slug="xian"))
    RoleFactory(shoot=ShootFactory(crew=crew, base=far), role_type=role.role_type)
    asked = market.ask_all(now=now)
    assert [run.hub.slug for run in asked] == ["zhengzhou", "xian"]
    due = WorkItem.objects.filter(kind=WorkKind.CLEAR_MARKET).order_by("pk").values_list("due_at", flat=True)
    assert list(due) == [now, now + market.APART]
    assert market.ask_all(now=now) == []  # a second beat finds them asked for


# -- the check --------------------------------------------------------------------------------------------


def break_role(monkeypatch, role, rule="over_headcount"):
    """Let the referee find fault with one role."""
    honest = engine.verify

    def verify(problem, solution):
        at = problem.roles.role_ids.tolist().index(role.pk)
        breach = engine.Breach(rule, {"role": at, "people": 2})
        return replace(honest(problem, solution), ok=False, breaches=(breach,))

    monkeypatch.setattr(engine, "verify", verify)


def test_a_shoot_whose_part_fails_is_withheld_and_the_rest_is_published(
    hub, role, other, people, ada, now, monkeypatch
):
    break_role(monkeypatch, other)
    run = solve(market.ask(hub, by=ada, now=now), now)

    breach = {"rule": "over_headcount", "facts": {"role": other.pk, "people": 2}}
    assert (run.state, run.filled, run.withheld, run.breaches) == (RunState.PUBLISHED, 2, 1, [breach])
    states = MatchRun.objects.filter(market=run).values_list("shoot", "state", "breaches")
    assert {(shoot, state, len(found)) for shoot, state, found in states} == {
        (role.shoot_id, RunState.PUBLISHED, 0),
        (other.shoot_id, RunState.QUARANTINED, 1),
    }
    assert {match.role_id for match in Match.objects.all()} == {role.pk}
    assert list(Notice.objects.filter(recipient=ada).values_list("facts__state", flat=True)) == ["withheld"]


def test_a_plan_whose_proof_does_not_hold_is_withheld_as_a_whole(
    hub, role, other, people, ada, now, monkeypatch
):
    honest = engine.verify
    breach = engine.Breach("wrong_bound", {"said": 1, "is": 2})
    monkeypatch.setattr(
        engine, "verify", lambda problem, plan: replace(honest(problem, plan), ok=False, breaches=(breach,))
    )
    run = solve(market.ask(hub, by=ada, now=now), now)
    assert (run.state, run.filled, [each["rule"] for each in run.breaches]) == (
        RunState.QUARANTINED, 0, ["wrong_bound"],
    )  # fmt: skip
    assert MatchRun.objects.count() == Match.objects.count() == 0


def test_a_double_promise_is_the_fault_of_both_shoots(role, other, people, now):
    problem = load_market(role.shoot.base.hub, DAYS, now).problem
    solution = engine.solve(problem, 1)
    first = solution.assignments[0]
    twice = replace(
        solution,
        assignments=(*solution.assignments, engine.Assignment(first.person, 1 - first.role, first.score)),
    )
    outcome = Outcome.checked(problem, twice, 1, LastTime({}, []), 0)
    withheld, general = parts.wrong(outcome, {role.pk: role.shoot_id, other.pk: other.shoot_id})
    assert set(withheld) == {role.shoot_id, other.shoot_id}
    assert "booked" in {breach["rule"] for breach in withheld[role.shoot_id]}
    assert general == []


# -- workers that die, people who act meanwhile -------------------------------------------------------------


def test_a_worker_killed_half_way_is_followed_by_one_that_goes_on_with_the_same_plan(
    hub, role, other, people, ada, now, monkeypatch
):
    run = market.ask(hub, by=ada, now=now)
    item = WorkItem.objects.get(kind=WorkKind.CLEAR_MARKET)
    honest = parts._publish
    monkeypatch.setattr(
        parts, "_publish", lambda *args: honest(*args) if args[0].shoot == role.shoot else 1 / 0
    )
    assert work.perform(item.pk, now=now) is False
    run.refresh_from_db()
    assert (run.state, run.phase, MatchRun.objects.count()) == (RunState.RUNNING, "publish", 1)
    before = bytes(run.record)

    monkeypatch.setattr(parts, "_publish", honest)
    monkeypatch.setattr(
        engine, "solve", lambda *args, **more: 1 / 0
    )  # the plan is there: nothing is solved anew
    later = now + timedelta(minutes=1)
    assert work.perform(item.pk, now=later) is True
    run.refresh_from_db()
    assert (run.state, run.filled, MatchRun.objects.filter(market=run).count()) == (RunState.PUBLISHED, 3, 2)
    assert bytes(run.record) == before
    assert len({person for _, person in placed(run)}) == 3


def test_a_worker_whose_lease_is_lost_publishes_nothing(hub, role, other, people, ada, now, monkeypatch):
    market.ask(hub, by=ada, now=now)
    item = WorkItem.objects.get(kind=WorkKind.CLEAR_MARKET)

    def lost(self, *, now):
        raise LeaseLost(self.item_id)

    monkeypatch.setattr(Lease, "extend", lost)
    assert work.perform(item.pk, now=now) is False
    assert MatchRun.objects.count() == Match.objects.count() == 0


def test_a_cancelled_run_publishes_nothing(hub, role, people, ada, mei, now):
    run = market.ask(hub, by=ada, now=now)
    with pytest.raises(NotAllowed):
        market.cancel(run, by=mei, now=now)
    market.cancel(run, by=ada, now=now)
    run = solve(run, now)
    assert (run.state, MatchRun.objects.count()) == (RunState.CANCELLED, 0)


def test_a_shoot_that_is_matched_by_its_own_crew_meanwhile_keeps_its_own_run(
    hub, role, other, people, ada, mei, now, monkeypatch
):
    run = market.ask(hub, by=ada, now=now)
    own = matching.ask(role.shoot, by=mei, now=now)
    run = solve(run, now)
    assert list(MatchRun.objects.values_list("shoot", "market").order_by("pk")) == [
        (role.shoot_id, None),
        (other.shoot_id, run.pk),
    ]
    assert own.state == RunState.WAITING


def test_a_run_that_keeps_failing_is_given_up_and_the_admins_are_told(
    hub, role, people, ada, now, monkeypatch
):
    monkeypatch.setattr(settling, "solve", lambda *args, **more: 1 / 0)
    run = market.ask(hub, by=ada, now=now)
    item = WorkItem.objects.get(kind=WorkKind.CLEAR_MARKET)
    for attempt in range(8):
        work.perform(item.pk, now=now + timedelta(hours=attempt))
    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert list(Notice.objects.values_list("recipient", "facts__state")) == [(ada.pk, "failed")]
    market.ask(hub, by=ada, now=now)


def test_the_record_replays_to_the_same_answer(hub, role, other, people, ada, now):
    solve(market.ask(hub, by=ada, now=now), now)
    run = solve(market.ask(hub, by=ada, now=now), now)
    kept = replay.load(bytes(run.record))
    assert set(kept.warm) == {role.pk, other.pk}
    assert set(kept.before) == placed(run)
    longest = max(len(waiting) for waiting in kept.solution.standby)
    again = solve_again(kept.problem, kept.seed, standby=longest, warm=kept.warm, before=kept.before)
    assert again == kept.solution
