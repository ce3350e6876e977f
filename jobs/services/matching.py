"""A match run: ask, solve, verify, publish or withhold; and a manager's hand in it."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from config.errors import Conflict, NotAllowed
from jobs import policies
from jobs.enums import OFFER_LIVE, MatchState, NoticeKind, RunState, ShootState, WorkKind
from jobs.models import Match, MatchRun, Offer, Shoot
from jobs.queries.clearing import last_time
from jobs.queries.matching import free_slots, load_problem
from jobs.services import locks, log, notices, proposals, states
from jobs.services.later import Lease, enqueue
from jobs.services.solving import Outcome, Progress, breaches_of, running_clock, work_out
from profiles.models import User


def ask(shoot: Shoot, *, by: User, now: datetime, seed: int | None = None) -> MatchRun:
    """Ask for a run on the open places of a draft or open shoot; a worker solves it.

    Without a seed the shoot's number is the seed: asked again, it draws the same lots among equals.
    Raise NotAllowed, or Conflict("shoot_not_open" / "crew_is_full" /
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
            run = MatchRun.objects.create(
                shoot=shoot, asked_by=by, asked_at=now, slots=slots, seed=shoot.pk if seed is None else seed
            )
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
    if not policies.may_edit_role(by, match.role):
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
    clock = running_clock(now)
    tell = Progress(run, lease, clock)
    tell("load", 0, 1)
    problem = load_problem(run.shoot, now)
    MatchRun.objects.filter(pk=run_id).update(
        people=problem.n_people, slots=int(problem.roles.headcount.sum())
    )
    outcome = work_out(
        problem,
        seed=run.seed,
        last=last_time([run.shoot_id]),
        standby=proposals.longest_list(problem),
        tell=tell,
    )
    tell("publish", 0, 1)
    result = outcome.fields() | {"ended_at": clock()}
    with transaction.atomic():
        if outcome.verdict.ok:
            _publish(run, outcome, result)
        else:
            _withhold(run, result | {"breaches": breaches_of(problem, outcome.verdict)})
        lease.finish(now=clock())


def _publish(run: MatchRun, outcome: Outcome, result: dict[str, Any]) -> None:
    now, problem = result["ended_at"], outcome.problem
    kept: dict[str, Any] = {
        "prices": outcome.prices,
        "unfilled": outcome.unfilled,
        "risks": proposals.risks(problem, outcome.solution),
    }
    if not states.try_move(run, RunState.PUBLISHED, **kept, **result):
        return
    Match.objects.bulk_create(proposals.rows(run, problem, outcome.solution), batch_size=1000)
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
