"""What a manager allows the refill to widen, before it is needed; nothing is widened by itself."""

from datetime import datetime

from config.errors import NotAllowed
from jobs import policies
from jobs.enums import WorkKind
from jobs.models import Leeway, Role, Vacancy
from jobs.services import locks, log
from jobs.services.later import Ask, enqueue_all
from profiles.models import User


def grant(role: Role, *, role_type: bool, hub: bool, pay: bool, by: User, now: datetime) -> Leeway:
    """Say how far the refill may go for a role; vacancies that had nobody left are tried again at once.

    Raise NotAllowed("not_yours") for anyone but who runs the crew.
    """
    if not policies.may_edit_shoot(by, role.shoot):
        raise NotAllowed("not_yours")
    with locks.act():
        locks.role(role.pk)
        leeway, _made = Leeway.objects.update_or_create(
            role=role,
            defaults={"role_type": role_type, "hub": hub, "pay": pay, "given_by": by, "given_at": now},
        )
        log.write("leeway_given", role, by=by, now=now, role_type=role_type, hub=hub, pay=pay)
        if Vacancy.objects.filter(role=role, closed_at__isnull=True).exists():
            key = f"refill:leeway:{role.pk}:{now.timestamp():.6f}"
            enqueue_all([Ask(WorkKind.REFILL_ROLE, role.pk, key, now)], now=now)
    return leeway
