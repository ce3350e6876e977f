"""A match run: ask, solve, verify, publish or withhold; and a manager's hand in it."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from config.errors import Conflict, NotAllowed
from jobs import matching as engine
from jobs import policies
from jobs.enums import OFFER_LIVE, MatchState, NoticeKind, RunState, ShootState, WorkKind
from jobs.matching import replay
from jobs.models import Match, MatchRun, Offer, Shoot
from jobs.queries.matching import free_slots, load_problem
from jobs.services import locks, log, notices, proposals, states
from jobs.services.later import Lease, LeaseLost, enqueue, lease_length
from profiles.models import User


def ask(shoot: Shoot, *, by: User, now: datetime, seed: int | None = None) -> MatchRun:
    """Ask for a run on the open places of a draft or open shoot; a worker solves it.

    Without a seed the run's number is the seed. Raise NotAllowed, or Conflict("shoot_not_open" / "crew_is_full" /
    "run_in_progress").
    """
    if not policies.may_edit_shoot(by, shoot):
        raise NotAllowed("not_yours")
    if shoot.state not in (ShootState.DRAFT, ShootState.OPEN):
        raise Conflict("shoot_not_open")
    slots = sum(free_slots(shoot).values())
    if slots < 1:
        raise Conflict("crew_is_full")
    try:
        with locks.act():
            run = MatchRun.objects.create(shoot=shoot, asked_by=by, asked_at=now, slots=slots, seed=seed or 0)
            if seed is None:
                MatchRun.objects.filter(pk=run.pk).update(seed=run.pk)
                run.seed = run.pk
            log.write("match_asked", run, by=by, now=now, shoot=shoot.pk, slots=slots)
            enqueue(WorkKind.RUN_MATCH, run.pk, f"run:{run.pk}", now, now=now)
    except IntegrityError as error:
        raise Conflict("run_in_progress") from error
    return run


def cancel(run: MatchRun, *, by: User, now: datetime) -> MatchRun:
    """Stop a run that waits or works; nothing is proposed. Raise NotAllowed or Conflict("move_not_allowed")."""
    if not policies.may_edit_shoot(by, run.shoot):
        raise NotAllowed("not_yours")
    with locks.act():
        states.move(run, RunState.CANCELLED, ended_at=now)
        log.write("match_cancelled", run, by=by, now=now)
    return run


def strike(match: Match, *, by: User, now: datetime) -> Match:
    """Take a person off the proposals of a run; the best standby who is on no other role of it moves up.

    Raise NotAllowed, or Conflict("offer_live") where she has been asked already.
    """
    if not policies.may_edit_shoot(by, match.run.shoot):
        raise NotAllowed("not_yours")
    with locks.act():
        locks.role(match.role_id)
        if Offer.objects.filter(role=match.role_id, profile=match.profile_id, state__in=OFFER_LIVE).exists():
            raise Conflict("offer_live")
        was_chosen = match.state == MatchState.CHOSEN
        states.move(match, MatchState.STRUCK)
        log.write("match_struck", match, by=by, now=now, role=match.role_id, profile=match.profile_id)
        if was_chosen:
            _move_up(match)
    return match


def _move_up(struck: Match) -> None:
    placed = Match.objects.filter(run=struck.run_id, state=MatchState.CHOSEN).values("profile_id")
    following = (
        Match.objects.filter(run=struck.run_id, role=struck.role_id, state=MatchState.STANDBY)
        .exclude(profile_id__in=placed)
        .order_by("rank", "pk")
        .first()
    )
    if following is not None:
        states.move(following, MatchState.CHOSEN)


def solve(run_id: int, *, now: datetime, lease: Lease) -> None:
    """Load, solve, verify, and publish in one transaction; withhold the run where the referee finds a breach.

    Progress is committed while it works, and with each step the lease is extended: a worker that was paused too long
    finds the lease gone and publishes nothing. A run that was cancelled meanwhile stays cancelled.
    """
    run = MatchRun.objects.select_related("shoot__crew").defer("record").get(pk=run_id)
    if run.state == RunState.WAITING:
        states.try_move(run, RunState.RUNNING, started_at=now, phase="load")
    if run.state != RunState.RUNNING:
        with transaction.atomic():
            lease.finish(now=now)
        return
    clock = _clock(now)
    tell = Progress(run_id, lease, clock)
    tell("load", 0, 1)
    problem = load_problem(run.shoot, now)
    MatchRun.objects.filter(pk=run_id).update(
        people=problem.n_people, slots=int(problem.roles.headcount.sum())
    )
    solution = engine.solve(problem, run.seed, tell, standby=proposals.longest_list(problem))
    tell("verify", 0, 1)
    verdict = engine.verify(problem, solution)
    tell("publish", 0, 1)
    result = {
        "phase": "",
        "objective": verdict.objective,
        "bound": verdict.bound,
        "gap": verdict.gap,
        "filled": len(solution.assignments),
        "rules_version": str(solution.rules_version),
        "record": replay.dump(problem, solution, run.seed),
        "ended_at": clock(),
    }
    with transaction.atomic():
        if verdict.ok:
            _publish(run, problem, solution, result)
        else:
            breaches = [{"rule": each.rule, "facts": dict(each.facts)} for each in verdict.breaches]
            _withhold(run, result | {"breaches": breaches})
        lease.finish(now=clock())


def _publish(
    run: MatchRun, problem: engine.Problem, solution: engine.Solution, result: dict[str, Any]
) -> None:
    now = result["ended_at"]
    if not states.try_move(run, RunState.PUBLISHED, **result):
        return
    Match.objects.bulk_create(proposals.rows(run, problem, solution), batch_size=1000)
    log.write("match_published", run, by=None, now=now, filled=result["filled"], gap=result["gap"])
    _tell(run, now, state="ready", filled=result["filled"], slots=int(problem.roles.headcount.sum()))


def _withhold(run: MatchRun, result: dict[str, Any]) -> None:
    now = result["ended_at"]
    if not states.try_move(run, RunState.QUARANTINED, **result):
        return
    rules = sorted({breach["rule"] for breach in result["breaches"]})
    log.write("match_withheld", run, by=None, now=now, rules=rules)
    _tell(run, now, state="withheld", rules=rules)
    admins = notices.to_admins(
        NoticeKind.MATCH_READY, f"run:{run.pk}:withheld:admin", _facts(run, state="withheld")
    )
    notices.write_all(admins, now=now)


def give_up(run_id: int, *, now: datetime) -> None:
    """Mark a run as failed when its work was set aside; the manager may ask again."""
    run = MatchRun.objects.select_related("shoot").defer("record").get(pk=run_id)
    if states.try_move(run, RunState.FAILED, ended_at=now):
        log.write("match_failed", run, by=None, now=now)
        _tell(run, now, state="failed")
        admins = notices.to_admins(
            NoticeKind.MATCH_READY, f"run:{run.pk}:failed:admin", _facts(run, state="failed")
        )
        notices.write_all(admins, now=now)


def _tell(run: MatchRun, now: datetime, **facts: Any) -> None:
    if run.asked_by_id:
        notices.write(
            recipient_id=run.asked_by_id,
            kind=NoticeKind.MATCH_READY,
            key=f"run:{run.pk}:{facts['state']}",
            facts=_facts(run, **facts),
            now=now,
        )


def _facts(run: MatchRun, **facts: Any) -> dict[str, Any]:
    return {"run": run.pk, "shoot": run.shoot_id, "title": run.shoot.title, **facts}


def _clock(now: datetime) -> Callable[[], datetime]:
    """Return a clock that runs on from the door's `now`: a long solve must not write its start as its end."""
    started = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - started)


class Progress:
    """Writes where a solve stands, each write its own commit, and keeps the lease alive. Raises LeaseLost."""

    EVERY = 0.5
    """Seconds between two writes of the same phase."""

    def __init__(self, run_id: int, lease: Lease, clock: Callable[[], datetime]) -> None:
        self.run_id, self.lease, self.clock = run_id, lease, clock
        self.phase, self.written, self.extended = "", 0.0, time.monotonic()

    def __call__(self, phase: str, done: int, total: int) -> None:
        moment = time.monotonic()
        if phase == self.phase and moment - self.written < self.EVERY and done < total:
            return
        self.phase, self.written = phase, moment
        running = MatchRun.objects.filter(pk=self.run_id, state=RunState.RUNNING)
        if not running.update(phase=phase, done=done, total=total):
            raise LeaseLost(self.lease.item_id)  # cancelled: the next claim ends the work
        if moment - self.extended > lease_length().total_seconds() / 4:
            self.lease.extend(now=self.clock())
            self.extended = moment
