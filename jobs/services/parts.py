"""A market's plan cut into its shoots: what failed the check stays back, the rest is proposed, each in its own commit."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from jobs.enums import NoticeKind, RunState
from jobs.models import MarketRun, Match, MatchRun, Shoot
from jobs.queries import clearing as questions
from jobs.queries import runs
from jobs.services import log, notices, proposals
from jobs.services.later import Lease, LeaseLost
from jobs.services.solving import Outcome, Tell, breaches_of

CLOSE_BEHIND = 3
"""People kept for each role beyond the standbys. A hub has thousands of roles; a shoot's own run keeps more."""

STANDBY_AT_MOST = 20
"""People ranked behind a role, however many places it has: each is checked by the referee as if she were chosen."""

FOLLOWS = frozenset({"wrong_objective", "over_bound"})
"""What is wrong with the whole only because a part is."""

Breaches = list[dict[str, Any]]


def wrong(outcome: Outcome, shoot_of: dict[int, int]) -> tuple[dict[int, Breaches], Breaches]:
    """Return the referee's findings by shoot, and those that concern the plan as a whole.

    A person promised to two shoots at once is the fault of both. A proof that does not hold is nobody's part: then
    nothing may be published.
    """
    by_shoot: dict[int, Breaches] = defaultdict(list)
    general: Breaches = []
    for breach in breaches_of(outcome.problem, outcome.verdict):
        named = [breach["facts"].get(name) for name in ("role", "other")]
        shoots = {shoot_of[role] for role in named if role in shoot_of}
        for shoot in shoots:
            by_shoot[shoot].append(breach)
        if not shoots:
            general.append(breach)
    if by_shoot:
        general = [breach for breach in general if breach["rule"] not in FOLLOWS]
    return dict(by_shoot), general


def publish(
    market: MarketRun,
    outcome: Outcome,
    shoot_of: dict[int, int],
    withheld: dict[int, Breaches],
    tell: Tell,
    lease: Lease,
    clock: Callable[[], datetime],
) -> tuple[int, int]:
    """Publish or withhold each shoot's part; return how many places have a proposal and how many shoots were withheld.

    A shoot whose own run was asked for since, or that is no longer open, keeps what it has. A part that an earlier
    worker has published is left alone. Each commit extends the lease, so a worker that was paused publishes nothing.
    """
    roles_of: dict[int, list[int]] = defaultdict(list)
    for place, role_id in enumerate(outcome.problem.roles.role_ids.tolist()):
        roles_of[shoot_of[role_id]].append(place)
    shoots = Shoot.objects.select_related("crew").in_bulk(roles_of)
    started = market.started_at or market.asked_at
    settled = questions.overtaken(list(roles_of), started)
    settled |= set(MatchRun.objects.filter(market=market).values_list("shoot_id", flat=True))
    placed = proposals.Placed.of(outcome.solution)
    told = _Told.of(outcome)
    for number, (shoot_id, roles) in enumerate(sorted(roles_of.items())):
        tell("publish", number, len(roles_of))
        if shoot_id in settled:
            continue
        with transaction.atomic():
            if (
                not MarketRun.objects.select_for_update()
                .filter(pk=market.pk, state=RunState.RUNNING)
                .exists()
            ):
                raise LeaseLost(lease.item_id)
            lease.extend(now=clock())
            if shoot_id in withheld:
                run = _row(
                    market, outcome, shoots[shoot_id], roles, told, placed, RunState.QUARANTINED, clock()
                )
                _withhold(run, withheld[shoot_id], clock())
            else:
                run = _row(
                    market, outcome, shoots[shoot_id], roles, told, placed, RunState.PUBLISHED, clock()
                )
                _publish(run, outcome, roles, placed, clock())
    made = MatchRun.objects.filter(market=market).values_list("state", "filled")
    return (
        sum(filled for state, filled in made if state == RunState.PUBLISHED),
        sum(1 for state, _ in made if state == RunState.QUARANTINED),
    )


@dataclass(frozen=True)
class _Told:
    """What an outcome says of each role, by its id, looked up once for all the shoots it is cut into."""

    prices: dict[int, int]
    unfilled: dict[int, dict[str, Any]]

    @classmethod
    def of(cls, outcome: Outcome) -> "_Told":
        return cls(outcome.prices, {each["role"]: each for each in outcome.unfilled})


def _row(
    market: MarketRun,
    outcome: Outcome,
    shoot: Shoot,
    roles: list[int],
    told: _Told,
    placed: proposals.Placed,
    state: RunState,
    now: datetime,
) -> MatchRun:
    problem = outcome.problem
    ids = sorted(int(problem.roles.role_ids[place]) for place in roles)
    on = [each for place in roles for each in placed.on_role.get(place, ())]
    return MatchRun.objects.create(
        shoot=shoot,
        market=market,
        state=state,
        seed=market.seed,
        slots=sum(int(problem.roles.headcount[place]) for place in roles),
        filled=len(on),
        people=problem.n_people,
        objective=sum(each.score for each in on),
        rules_version=str(outcome.solution.rules_version),
        warm=bool(outcome.last.prices),
        prices={role_id: told.prices[role_id] for role_id in ids},
        unfilled=[told.unfilled[role_id] for role_id in ids if role_id in told.unfilled],
        asked_by_id=market.asked_by_id,
        asked_at=market.asked_at,
        started_at=market.started_at,
        ended_at=now,
    )


def _publish(
    run: MatchRun, outcome: Outcome, roles: list[int], placed: proposals.Placed, now: datetime
) -> None:
    shoot = run.shoot
    matches = proposals.rows(
        run, outcome.problem, outcome.solution, roles=roles, placed=placed, close_behind=CLOSE_BEHIND
    )
    Match.objects.bulk_create(matches, batch_size=1000)
    log.write("match_published", run, by=None, now=now, filled=run.filled, market=run.market_id)
    new = len(runs.changes(run).new)
    if not new:
        return  # the same people as yesterday: no news, and nobody is woken
    facts = {
        "run": run.pk, "shoot": shoot.pk, "title": shoot.title, "state": "renewed",
        "filled": run.filled, "slots": run.slots, "new": new,
    }  # fmt: skip
    notices.write_all(
        notices.to_managers(shoot, NoticeKind.MATCH_READY, f"run:{run.pk}:renewed", facts), now=now
    )


def _withhold(run: MatchRun, breaches: Breaches, now: datetime) -> None:
    MatchRun.objects.filter(pk=run.pk).update(breaches=breaches)
    log.write(
        "match_withheld", run, by=None, now=now, rules=sorted({breach["rule"] for breach in breaches}),
        market=run.market_id,
    )  # fmt: skip
