"""Setting the floor under an hour of piecework."""

from datetime import date, datetime

from config.errors import Invalid, NotAllowed
from hubs.models import Hub
from hubs.timespan import shoot_day_of
from jobs.models import HourFloor
from jobs.services import locks, log
from profiles.models import User
from profiles.services.text import clean_line

HIGHEST = 1000


def set_floor(
    *, hub: Hub | None, yuan: int, from_day: date, source: str, by: User, now: datetime
) -> HourFloor:
    """Add a floor for a hub (None: wherever none is set) from a day on. What is listed already stays listed.

    Raise NotAllowed("not_yours") for anyone but an admin, Invalid "floor_range", "floor_past" for a day gone by, and
    what `clean_line` says of the source: a figure without one is worth nothing.
    """
    if not by.is_admin:
        raise NotAllowed("not_yours")
    if not 1 <= yuan <= HIGHEST:
        raise Invalid("floor_range", field="yuan", highest=HIGHEST)
    if from_day < shoot_day_of(now):
        raise Invalid("floor_past", field="from_day")
    source = clean_line(source, field="source", longest=200, required=True)
    with locks.act():
        floor = HourFloor.objects.create(
            hub=hub, yuan=yuan, from_day=from_day, source=source, set_by=by, set_at=now
        )
        log.write("hour_floor_set", floor, by=by, now=now, hub=hub and hub.slug, yuan=yuan)
    return floor
