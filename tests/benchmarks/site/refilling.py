"""From a "no" to the next person's offer: commit to commit, through the queue and a real worker."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from config.servers.processes import stop
from tests.benchmarks.figure import figure, spread
from tests.benchmarks.site.queue import worker

ROUNDS, WARM, PATIENCE = 60, 8, 20


def figures(log: Path) -> list[dict[str, Any]]:
    """Milliseconds between the two commits: with standbys of a run; without, so that the engine is asked; and that
    while other workers solve one match after the other. Workers as `make run` has them.
    """
    running = [worker(log, "celery", SNAPSHOT_SECONDS="1")]
    try:
        running.append(worker(log.with_suffix(".solving.log"), "solving", SNAPSHOT_SECONDS="1"))
        out = []
        for key, standbys, name in (
            ("refill_standby", True, "refill, the next standby"),
            ("refill_engine", False, "refill, the engine finds somebody"),
            ("refill_busy", False, "the same while matches are solved"),
        ):
            waiting = _solve_on() if key == "refill_busy" else 0
            took = _times(standbys)
            note = f"{took['p50']:.0f} ms in the middle, {took['max']:.0f} at most, {ROUNDS} of them, one after another"
            if waiting:
                note += f"; {waiting - _unsolved()} matches were solved meanwhile"
            out.append(figure(key, f"{name}: no to next offer", f"p95 {took['p95']:.0f} ms", note, **took))
        return out
    finally:
        stop(running, grace=10)


def _solve_on() -> int:
    """Ask for a match of every shoot of the market that has a free place; how many."""
    from contextlib import suppress

    from django.utils import timezone

    from config.errors import DomainError
    from jobs.models import Membership, Shoot
    from jobs.services import matching

    owners = dict(Membership.objects.filter(right="owner").values_list("crew_id", "user_id"))
    users = {member.user_id: member.user for member in Membership.objects.select_related("user")}
    for shoot in Shoot.objects.filter(state="open", crew__in=owners).select_related("crew"):
        with suppress(DomainError):
            matching.ask(shoot, by=users[owners[shoot.crew_id]], now=timezone.now())
    return _unsolved()


def _unsolved() -> int:
    from jobs.models import WorkItem

    return WorkItem.objects.filter(kind="run_match", done_at__isnull=True).count()


def _times(standbys: bool) -> dict[str, float]:
    from django.utils import timezone

    from jobs.models import Offer
    from jobs.services import offers

    role = _role(ROUNDS + WARM if standbys else 0)
    first = _asked(role)
    took = []
    for _ in range(ROUNDS + WARM):
        offers.decline(first, by=first.profile.user, now=timezone.now())
        began = time.perf_counter()
        while True:
            following = Offer.objects.filter(role=role, state="open").select_related("profile__user").first()
            if following is not None:
                break
            if time.perf_counter() - began > PATIENCE:
                raise RuntimeError(f"nobody was asked within {PATIENCE} s")
            time.sleep(0.001)
        took.append((time.perf_counter() - began) * 1000)
        first = following
        time.sleep(0.05)  # the notices of this round leave before the next
    return spread(took[WARM:])


def _role(standbys: int):
    """A role of one place on a new shoot, with people who fit it."""
    from datetime import timedelta

    from django.utils import timezone
    from psycopg.types.range import DateRange

    from hubs.models import RoleType
    from jobs.models import Shoot
    from tests.factories.jobs import MatchFactory, MatchRunFactory, RoleFactory, ShootFactory
    from tests.factories.profiles import AvailabilityFactory, ProfileFactory, fits

    first = timezone.now().date() + timedelta(days=20)
    like = Shoot.objects.filter(state="open").order_by("pk")[0]
    shoot = ShootFactory(crew=like.crew, base=like.base, days=DateRange(first, first + timedelta(days=7)))
    role = RoleFactory(shoot=shoot, role_type=RoleType.objects.order_by("pk")[0], headcount=1)
    run = MatchRunFactory(shoot=shoot)
    for rank in range(1, max(standbys, ROUNDS + WARM) + 1):
        profile = ProfileFactory(home_hub=like.base.hub)
        AvailabilityFactory(
            profile=profile, days=DateRange(first - timedelta(days=9), first + timedelta(days=90))
        )
        fits(profile, role)
        if rank <= standbys:
            MatchFactory(run=run, role=role, profile=profile, state="standby", rank=rank)
    return role


def _asked(role):
    """An open offer to somebody, to begin with."""
    from datetime import timedelta

    from django.utils import timezone

    from tests.factories.jobs import OfferFactory
    from tests.factories.profiles import ProfileFactory

    now = timezone.now()
    return OfferFactory(
        role=role, profile=ProfileFactory(), sent_at=now, expires_at=now + timedelta(hours=12)
    )
