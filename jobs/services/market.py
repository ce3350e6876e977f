"""The market run: all open shoots of a hub, or of the country, solved as one and proposed shoot by shoot.

It never sends an offer. What it proposes waits on each shoot's board for the people who run its crew.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from psycopg.types.range import DateRange

from config.errors import Conflict, NotAllowed
from hubs.models import Hub
from jobs import policies
from jobs.enums import MarketScope, NoticeKind, RunState, WorkKind
from jobs.matching import replay
from jobs.models import MarketRun
from jobs.queries import clearing as questions
from jobs.services import locks, log, notices, parts, proposals, states
from jobs.services.later import Lease, enqueue
from jobs.services.solving import Outcome, Progress, running_clock, work_out
from profiles.models import User

APART = timedelta(seconds=30)
"""Between two hubs of one night: a worker is left free for whoever presses Match meanwhile."""


def ask(
    hub: Hub | None,
    *,
    by: User | None,
    now: datetime,
    days: DateRange | None = None,
    due: datetime | None = None,
) -> MarketRun:
    """Ask for a run over the open shoots of a hub (None: of the country) in a window of `days`, a month by default.

    `by` None is the house itself. Raise NotAllowed, or Conflict("nothing_open" / "run_in_progress").
    """
    if by is not None and not policies.may_clear_markets(by):
        raise NotAllowed("not_yours")
    window = days or questions.window_from(now)
    slots = sum(questions.open_roles(hub, window, now).values_list("free", flat=True))
    if not slots:
        raise Conflict("nothing_open")
    scope = MarketScope.HUB if hub is not None else MarketScope.NATION
    try:
        with locks.act():
            run = MarketRun.objects.create(
                scope=scope, hub=hub, days=window, asked_by=by, asked_at=now, slots=slots, seed=_lot(window)
            )
            log.write("market_asked", run, by=by, now=now, hub=hub and hub.slug, slots=slots)
            enqueue(WorkKind.CLEAR_MARKET, run.pk, f"market:{run.pk}", due or now, now=now)
    except IntegrityError as error:
        raise Conflict("run_in_progress") from error
    return run


def _lot(days: DateRange) -> int:
    """The seed: the month. Equals are drawn by lot anew each month, but not each night, or boards would never rest."""
    return int(f"{days.lower:%Y%m}")


def ask_all(*, now: datetime) -> list[MarketRun]:
    """The night's work: a run for each hub that has something open, one after the other. Twice is harmless."""
    out: list[MarketRun] = []
    for hub in questions.hubs_with_open_roles(questions.window_from(now), now):
        try:
            out.append(ask(hub, by=None, now=now, due=now + len(out) * APART))
        except Conflict:
            continue  # the other beat was faster, or somebody's run is still at it
    return out


def cancel(run: MarketRun, *, by: User, now: datetime) -> MarketRun:
    """Stop a run that waits or works. What it has proposed already stays. Raise NotAllowed or Conflict."""
    if not policies.may_clear_markets(by):
        raise NotAllowed("not_yours")
    with locks.act():
        states.move(run, RunState.CANCELLED, ended_at=now)
        log.write("market_cancelled", run, by=by, now=now)
    return run


def solve(run_id: int, *, now: datetime, lease: Lease) -> None:
    """Load, solve and verify, keep the record, then publish shoot by shoot.

    A worker that takes over after the record was kept goes on with that very plan: two halves of two plans could
    propose one person twice.
    """
    run = MarketRun.objects.select_related("hub").defer("record").get(pk=run_id)
    if run.state == RunState.WAITING:
        states.try_move(run, RunState.RUNNING, started_at=now, phase="load")
    if run.state != RunState.RUNNING:
        with transaction.atomic():
            lease.finish(now=now)
        return
    clock = running_clock(now)
    tell = Progress(run, lease, clock)
    tell("load", 0, 1)
    outcome, shoot_of = _kept(run) or _worked_out(run, tell, now)
    tell("publish", 0, 1)
    withheld, general = parts.wrong(outcome, shoot_of)
    counted = (0, 0) if general else parts.publish(run, outcome, shoot_of, withheld, tell, lease, clock)
    _end(
        run,
        outcome,
        counted,
        [*general, *(each for found in withheld.values() for each in found)],
        lease,
        clock(),
    )


def _worked_out(run: MarketRun, tell: Progress, now: datetime) -> tuple[Outcome, dict[int, int]]:
    market = questions.load_market(run.hub, run.days, now)
    problem = market.problem
    MarketRun.objects.filter(pk=run.pk).update(
        people=problem.n_people, slots=int(problem.roles.headcount.sum()), shoots=len(market.shoots)
    )
    outcome = work_out(
        problem,
        seed=run.seed,
        last=questions.last_time(market.shoots),
        standby=min(proposals.longest_list(problem, parts.CLOSE_BEHIND), parts.STANDBY_AT_MOST),
        tell=tell,
    )
    MarketRun.objects.filter(pk=run.pk, state=RunState.RUNNING).update(
        **outcome.fields() | {"phase": "publish"}
    )
    return outcome, market.shoot_of


def _kept(run: MarketRun) -> tuple[Outcome, dict[int, int]] | None:
    """The plan that an earlier worker had kept before it was lost."""
    row = MarketRun.objects.filter(pk=run.pk, record__isnull=False).values_list("record", "memory_mb").first()
    if row is None:
        return None
    kept = replay.load(bytes(row[0] or b""))
    if kept.solution is None:
        return None
    last = questions.LastTime(kept.warm or {}, list(kept.before))
    outcome = Outcome.checked(kept.problem, kept.solution, kept.seed, last, row[1] or 0)
    ids = kept.problem.roles.role_ids.tolist()
    return outcome, dict(zip(ids, kept.problem.roles.shoot.tolist(), strict=True))


def _end(
    run: MarketRun,
    outcome: Outcome,
    counted: tuple[int, int],
    breaches: list[dict[str, Any]],
    lease: Lease,
    now: datetime,
) -> None:
    filled, withheld = counted
    nothing = bool(breaches) and not filled
    result: dict[str, Any] = {
        "phase": "",
        "filled": filled,
        "withheld": withheld,
        "breaches": breaches,
        "ended_at": now,
    }
    with transaction.atomic():
        if states.try_move(run, RunState.QUARANTINED if nothing else RunState.PUBLISHED, **result):
            log.write(
                "market_ended",
                run,
                by=None,
                now=now,
                filled=filled,
                withheld=withheld,
                gap=outcome.verdict.gap,
            )
            if breaches:
                _tell_admins(run, "withheld", now)
        lease.finish(now=now)


def give_up(run_id: int, *, now: datetime) -> None:
    """Mark a run as failed when its work was set aside; an admin may ask again."""
    run = MarketRun.objects.select_related("hub").defer("record").get(pk=run_id)
    if states.try_move(run, RunState.FAILED, ended_at=now):
        log.write("market_failed", run, by=None, now=now)
        _tell_admins(run, "failed", now)


def _tell_admins(run: MarketRun, state: str, now: datetime) -> None:
    hub = run.hub
    facts = {
        "market": run.pk,
        "state": state,
        "hub_zh": hub.name_zh if hub else "",
        "hub_en": hub.name_en if hub else "",
    }
    notices.write_all(
        notices.to_admins(NoticeKind.MATCH_READY, f"market:{run.pk}:{state}:admin", facts), now=now
    )
