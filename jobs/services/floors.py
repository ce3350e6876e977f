"""Setting the floor under an hour of piecework, and holding what is listed against it."""

from collections.abc import Iterable
from datetime import date, datetime

from config.errors import Invalid, NotAllowed
from hubs.models import Hub
from hubs.timespan import shoot_day_of, start_of
from jobs.enums import NoticeKind, ShootState, WorkKind
from jobs.models import HourFloor, Role
from jobs.models.piece import least_for
from jobs.queries import floors as questions
from jobs.services import locks, log, notices, searches
from jobs.services.later import enqueue
from jobs.services.notices import to_managers
from profiles.models import User
from profiles.services.text import clean_line

HIGHEST = 1000


def set_floor(
    *, hub: Hub | None, yuan: int, from_day: date, source: str, by: User, now: datetime
) -> HourFloor:
    """Add a floor for a hub (None: wherever none is set) from a day on; on that day `review` holds listings against it.

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
        begins = max(now, start_of(from_day))
        enqueue(WorkKind.REVIEW_FLOORS, floor.pk, f"floor:{floor.pk}", begins, now=now)
    return floor


def review(floor_id: int, *, now: datetime) -> int:
    """Take open roles that pay less than the floor of today off the list, and put back what reaches it; return how many.

    Work that a new floor asks for on its first day. Who runs the crew is told of each role that goes, with the price
    that brings it back. Bookings and offers that are out keep what they promised. Twice does nothing new.
    """
    today = shoot_day_of(now)
    # In the order of their numbers: whoever locks roles takes them so.
    rows = Role.objects.select_for_update(no_key=True, of=("self",)).exclude(piece_unit="").order_by("pk")
    rows = rows.filter(shoot__state=ShootState.OPEN).select_related("role_type", "shoot__base", "shoot__crew")
    holding = questions.all_hubs(today)
    found = [(role, holding(role.shoot.base.hub_id)) for role in rows]
    below = {role.pk: floor for role, floor in found if questions.is_below(role, floor)}
    gone = [role for role, _floor in found if role.pk in below and not role.below_floor]
    back = [role for role, _floor in found if role.pk not in below and role.below_floor]
    _mark(gone, below_floor=True)
    _mark(back, below_floor=False)
    for role in gone:
        log.write("role_below_floor", role, by=None, now=now, floor=below[role.pk])
        _tell(role, below[role.pk] or 0, floor_id, now)
    for role in back:
        log.write("role_reaches_floor", role, by=None, now=now)
        searches.ask_for_role(role, now=now)
    return len(gone) + len(back)


def _mark(roles: Iterable[Role], *, below_floor: bool) -> None:
    Role.objects.filter(pk__in=[role.pk for role in roles]).update(below_floor=below_floor)


def _tell(role: Role, floor: int, floor_id: int, now: datetime) -> None:
    facts = {
        "shoot": role.shoot_id,
        "title": role.shoot.title,
        "role": role.pk,
        "role_zh": role.role_type.name_zh,
        "role_en": role.role_type.name_en,
        "hour": role.yuan_per_hour,
        "floor": floor,
        "least": least_for(floor, role.piece_minutes or 1),
    }
    key = f"floor:{floor_id}:role:{role.pk}"
    notices.write_all(to_managers(role.shoot, NoticeKind.ROLE_BELOW_FLOOR, key, facts), now=now)
