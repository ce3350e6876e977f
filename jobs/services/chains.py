"""Holding a chain: applications for all its shoots in one act, and letting it go again."""

from collections.abc import Sequence
from datetime import datetime

from config.errors import Conflict, Invalid, NotAllowed
from hubs.timespan import start_of
from jobs import matching as engine
from jobs.enums import ApplicationState, ChainAim, ShootState
from jobs.models import Application, ChainLink, ChainPlan, Role
from jobs.queries import chain as question
from jobs.queries.roles import with_place
from jobs.services import applications, locks, log, states
from profiles.models import Profile, User
from profiles.services.lock import holding_person

LONGEST = 10
"""Shoots in a chain: thirty days hold six shoots of five days, and short roles a few more."""


def hold(*, profile: Profile, role_ids: Sequence[int], aim: str, by: User, now: datetime) -> ChainPlan:
    """Apply for every role of a chain, or for none; a chain held before is replaced, its open requests taken back.

    Raise NotAllowed("not_yours"), Invalid("chain_empty" / "aim_unknown"), Conflict("chain_changed") where a role is
    taken by now or no longer fits her or the others, and what `applications.apply` raises.
    """
    if profile.user_id != by.pk:
        raise NotAllowed("not_yours")
    if aim not in ChainAim.values:
        raise Invalid("aim_unknown", field="aim")
    wanted = list(dict.fromkeys(role_ids))
    if not wanted or len(wanted) > LONGEST:
        raise Invalid("chain_empty", field="role")
    roles = list(with_place(Role.objects).filter(pk__in=wanted).order_by("days", "pk"))
    if len(roles) != len(wanted) or not _stands(profile, roles, now):
        raise Conflict("chain_changed")
    with locks.act(), holding_person(profile.pk):
        before = _held(profile)
        if before:
            _end(before, now, keep={role.pk for role in roles})
        plan = ChainPlan.objects.create(profile=profile, aim=aim, held_at=now)
        ChainLink.objects.bulk_create(
            [ChainLink(plan=plan, role=role, application=_request(role, profile, by, now)) for role in roles]
        )
        log.write("chain_held", plan, by=by, now=now, roles=[role.pk for role in roles], aim=aim)
    return plan


def release(*, profile: Profile, by: User, now: datetime) -> None:
    """Let the held chain go: requests not yet answered are taken back; offers and bookings stay.

    Raise NotAllowed("not_yours") or Conflict("no_chain").
    """
    if profile.user_id != by.pk:
        raise NotAllowed("not_yours")
    with locks.act(), holding_person(profile.pk):
        plan = _held(profile)
        if plan is None:
            raise Conflict("no_chain")
        _end(plan, now, keep=set())
        log.write("chain_released", plan, by=by, now=now)


def _held(profile: Profile) -> ChainPlan | None:
    plans = ChainPlan.objects.filter(profile=profile, released_at__isnull=True)
    return plans.prefetch_related("links__application").first()


def _end(plan: ChainPlan, now: datetime, *, keep: set[int]) -> None:
    ChainPlan.objects.filter(pk=plan.pk).update(released_at=now)
    dropped = [link.application_id for link in plan.links.all() if link.role_id not in keep]
    states.move_all(
        Application.objects.filter(pk__in=dropped, state=ApplicationState.SENT), ApplicationState.WITHDRAWN
    )


def _request(role: Role, profile: Profile, by: User, now: datetime) -> Application:
    """The live application for a role of the chain: the one she has, or a new one."""
    live = [ApplicationState.SENT, ApplicationState.OFFERED]
    known = Application.objects.filter(role=role, profile=profile, state__in=live).first()
    return known or applications.apply(role, by=by, now=now)


def _stands(profile: Profile, roles: list[Role], now: datetime) -> bool:
    """Say whether all of these roles are open, and she can do each of them after the one before."""
    if any(
        role.shoot.state != ShootState.OPEN or not role.open_slots or start_of(role.days.lower) <= now
        for role in roles
    ):
        return False
    problem = question.for_person(profile, roles, now)
    # Every role is worth something, so the best chain leaves one out only where it cannot be had with the others.
    return bool(problem.n_people) and len(engine.best_chain(problem, 0).roles) == len(roles)
