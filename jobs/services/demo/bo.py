"""What the demo's graduate finds: an offer that waits, and two searches he keeps."""

from datetime import datetime, timedelta

from config.errors import Conflict
from jobs.enums import AlertPace, Right
from jobs.models import Shoot
from jobs.queries.search import Search
from jobs.services import offers, searches
from profiles.models import Profile, User


def offer(bo: User, made: list[Shoot], now: datetime) -> None:
    """Bo finds an offer waiting, open for three days, so that a newcomer may answer it in peace."""
    profile = Profile.objects.get(user=bo)
    wanted = set(profile.wanted.values_list("role_type_id", flat=True))
    for shoot in made:
        if shoot.base.hub.slug not in ("zhengzhou", "xian"):
            continue
        for role in shoot.roles.select_related("shoot__crew"):
            if role.role_type_id in wanted and role.day_rate >= profile.day_rate_floor and role.open_slots:
                by = shoot.crew.memberships.get(right=Right.OWNER).user
                try:
                    offers.send(role=role, profile=profile, by=by, now=now, open_for=timedelta(days=3))
                except Conflict:  # too near to the shoot that Bo is on today
                    continue
                return


def keep_searches(bo: User, now: datetime) -> None:
    """Bo keeps two searches, so that the page of searches is not empty on the first visit."""
    profile = Profile.objects.get(user=bo)
    for name, search, alert in (
        ("郑州的场记", Search(hub="zhengzhou", role_type="script-supervisor"), AlertPace.AT_ONCE),
        ("包住宿的新人岗", Search(entry_level=True, lodging=True, min_rate=300), AlertPace.DAILY),
    ):
        searches.save(profile=profile, by=bo, name=name, search=search, alert=alert, now=now)
