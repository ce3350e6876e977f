"""A slot came free: ask the next person by itself."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from config.errors import Conflict
from hubs.timespan import start_of
from jobs.enums import MatchState, ShootState
from jobs.models import Match, Offer, Role
from jobs.queries import matching as questions
from jobs.services import offers, sending
from profiles.models import Profile

FROM_THE_ENGINE = 20
"""How many people the engine is asked for when the standbys have run out."""


def refill(role_id: int, *, now: datetime) -> Offer | None:
    """Offer one free slot to the next person; None where no slot is free or nobody is left.

    First the standbys of the newest published run in their order, then whoever the engine ranks best now. Nobody is
    asked a second time for the same role. Each try is a savepoint of its own: giving one up gives its locks back, so
    that persons are never locked after roles.
    """
    role = Role.objects.select_related("role_type", "shoot__base__hub").filter(pk=role_id).first()
    if role is None or role.shoot.state != ShootState.OPEN or start_of(role.days.lower) <= now:
        return None
    for profile, match in _candidates(role, now):
        try:
            with transaction.atomic():
                return offers.send(role, profile, by=None, now=now, match=match, refill=True)
        except Conflict as refusal:
            if refusal.code in ("role_full", "shoot_not_open", "role_started"):
                return None
    return None


def _candidates(role: Role, now: datetime) -> Iterator[tuple[Profile, Match | None]]:
    asked = set(Offer.objects.filter(role=role).values_list("profile_id", flat=True))
    run = questions.newest_published(role.shoot)
    if run is not None:
        ranked = (
            Match.objects.filter(run=run, role=role, state__in=[MatchState.STANDBY, MatchState.CHOSEN])
            .exclude(profile_id__in=asked)
            .select_related("profile__user")
            .defer("contributions", "facts")
            .order_by("rank", "pk")
        )
        for match in ranked:
            asked.add(match.profile_id)
            yield match.profile, match
        asked |= set(
            Match.objects.filter(run=run, role=role, state=MatchState.STRUCK).values_list(
                "profile_id", flat=True
            )
        )
    if sending.free_slots(Role.objects.get(pk=role.pk)) < 1:
        return  # the engine is not asked for nothing
    for profile, _ in questions.best_now(role, count=FROM_THE_ENGINE, without=asked, now=now).best:
        yield profile, None
