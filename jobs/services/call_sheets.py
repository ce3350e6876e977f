"""Call sheets: each version is a row that stays as it was."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db.models import Max

from config.errors import Invalid, NotAllowed
from hubs.models import Set
from jobs import policies
from jobs.models import CallSheet, Shoot
from jobs.services import locks, log
from profiles.models import User


def publish(
    shoot: Shoot,
    day: date,
    *,
    by: User,
    now: datetime,
    general_call: time | None = None,
    sets: Iterable[Set] = (),
    note: str = "",
    weather: str = "",
) -> CallSheet:
    """Publish the next version for a shoot day. Raise NotAllowed, Invalid("not_a_shoot_day" / "set_elsewhere")."""
    if not policies.may_edit_shoot(by, shoot):
        raise NotAllowed("not_yours")
    if not shoot.days.lower <= day < shoot.days.upper:
        raise Invalid("not_a_shoot_day", field="day")
    sets = list(sets)
    if any(place.base_id != shoot.base_id for place in sets):
        raise Invalid("set_elsewhere", field="sets")
    with locks.act():
        Shoot.objects.select_for_update(no_key=True).get(pk=shoot.pk)
        last = CallSheet.objects.filter(shoot=shoot, day=day).aggregate(last=Max("version"))["last"] or 0
        made = CallSheet.objects.create(
            shoot=shoot,
            day=day,
            version=last + 1,
            general_call=general_call or shoot.call_time,
            weather=weather.strip(),
            note=note.strip(),
            published_at=now,
        )
        made.sets.set(sets)
        log.write("call_sheet_published", shoot, by=by, now=now, day=day.isoformat(), version=made.version)
    return made
