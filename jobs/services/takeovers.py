"""A villager's account becomes her own: the log keeps it, and her coordinator is told that her part is done."""

from datetime import datetime

from jobs.enums import NoticeKind
from jobs.services import locks, log, notices
from profiles.models import User, Villager
from profiles.services import takeovers


def by_card(villager: Villager, *, token: str, code: str, now: datetime) -> User:
    """Finish what she began with her card; return her user. Raise what `takeovers.finish` raises."""
    with locks.act():
        locks.people([villager.profile_id])
        user = takeovers.finish(villager, token=token, code=code, now=now)
        _tell(villager, user, now)
    return user


def at_sign_up(user: User, *, now: datetime) -> Villager | None:
    """Return the villager whom somebody turned out to be who signed up by herself; None for everybody else.

    Her user is `profile.user` of what is returned; the one she signed up with is gone.
    """
    found = takeovers.known(user)
    if found is None:
        return None
    with locks.act():
        locks.people([found.profile_id])
        villager = takeovers.recognise(found, user=user, now=now)
        if villager is not None:
            _tell(villager, villager.profile.user, now)
    return villager


def _tell(villager: Villager, user: User, now: datetime) -> None:
    log.write("taken_over_herself", villager, by=user, now=now)
    notices.write(
        recipient_id=villager.coordinator.user_id,
        kind=NoticeKind.VILLAGE_NEWS,
        key=f"village:{villager.pk}:taken-over",
        facts={"about": "taken_over", "person": user.name, "villager": villager.pk},
        now=now,
    )
