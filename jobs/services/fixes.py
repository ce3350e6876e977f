"""One tap that takes away what keeps a person from a role: a day marked free, a hub added, the floor lowered.

What was there before comes back with the answer, so that one more tap puts it back.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from config.errors import Conflict, Invalid
from hubs.models import Hub, RoleType
from hubs.timespan import shoot_day_of
from jobs.models import Role
from jobs.queries import matching
from profiles.models import Availability, Profile, User
from profiles.models.availability import DayPart
from profiles.services import availability, profiles

Before = dict[str, Any]
"""What stood there, JSON-ready: {"days": {iso: part or None}}, {"hub": slug}, {"floor": yuan} or {"trade": code}."""


@dataclass(frozen=True)
class Fixed:
    """`before` undoes it; `opened` are ids of the roles that came within reach."""

    barrier: str
    before: Before
    opened: list[int]


def apply(*, profile: Profile, role: Role, barrier: str, by: User, now: datetime) -> Fixed:
    """Take one barrier between a person and a role away.

    Raise Conflict("nothing_to_fix") where it no longer stands, Invalid("cannot_be_fixed") where a tap cannot help,
    and what the verbs of her profile raise.
    """
    if barrier not in _FIXES:
        raise Invalid("cannot_be_fixed", field="barrier")
    pair = matching.fit(profile=profile, role=role, now=now)
    facts = next((each["facts"] for each in pair.barriers if each["barrier"] == barrier), None)
    if facts is None:
        raise Conflict("nothing_to_fix")
    reach = matching.within_reach(profile=profile, now=now)
    with transaction.atomic():
        before = _FIXES[barrier](profile, role, facts, by, shoot_day_of(now))
    opened = matching.within_reach(profile=profile, now=now) - reach
    return Fixed(barrier, before, sorted(opened))


def undo(*, profile: Profile, before: Mapping[str, Any], by: User, now: datetime) -> None:
    """Put back what `apply` changed. Raise Invalid("cannot_be_fixed") for anything it did not say."""
    with transaction.atomic():
        match dict(before):
            case {"days": dict(days)}:
                parts = {date.fromisoformat(day): part for day, part in days.items()}
                availability.set_days(profile=profile, by=by, days=parts, today=shoot_day_of(now))
            case {"hub": str(slug)}:
                left = [hub for hub in profile.willing_hubs.all() if hub.slug != slug]
                profiles.set_hubs(profile=profile, by=by, home_hub=profile.home_hub, willing_hubs=left)
            case {"floor": int(floor)}:
                profiles.set_rate(profile=profile, by=by, day_rate_floor=floor)
            case {"trade": str(code)}:
                kept = [trade for trade in _wanted(profile) if trade.code != code]
                profiles.set_wanted_roles(profile=profile, by=by, role_types=kept)
            case _:
                raise Invalid("cannot_be_fixed")


def _free(profile: Profile, role: Role, facts: Mapping, by: User, today: date) -> Before:
    days = sorted({date.fromisoformat(day) for day in (*facts.get("days", ()), *facts.get("nights", ()))})
    said = _parts(profile, days)
    wanted = {day: _together(said[day], role.part) for day in days}
    availability.set_days(profile=profile, by=by, days=wanted, today=today)
    return {"days": {day.isoformat(): part for day, part in said.items()}}


def _parts(profile: Profile, days: list[date]) -> dict[date, str | None]:
    spans = list(Availability.objects.filter(profile=profile).values_list("days", "part"))
    return {day: next((part for span, part in spans if span.lower <= day < span.upper), None) for day in days}


def _together(said: str | None, needed: str) -> str:
    return needed if said in (None, needed) else DayPart.BOTH


def _hub(profile: Profile, role: Role, facts: Mapping, by: User, today: date) -> Before:
    hub = Hub.objects.get(slug=facts["hub"])
    hubs = [*profile.willing_hubs.all(), hub]
    profiles.set_hubs(profile=profile, by=by, home_hub=profile.home_hub, willing_hubs=hubs)
    return {"hub": hub.slug}


def _floor(profile: Profile, role: Role, facts: Mapping, by: User, today: date) -> Before:
    floor = profile.day_rate_floor
    profiles.set_rate(profile=profile, by=by, day_rate_floor=int(facts["offered"]))
    return {"floor": floor}


def _trade(profile: Profile, role: Role, facts: Mapping, by: User, today: date) -> Before:
    wanted = [*_wanted(profile), RoleType.objects.get(code=facts["role_type"])]
    profiles.set_wanted_roles(profile=profile, by=by, role_types=wanted)
    return {"trade": facts["role_type"]}


def _wanted(profile: Profile) -> list[RoleType]:
    return [each.role_type for each in profile.wanted.select_related("role_type").order_by("rank", "pk")]


_FIXES: dict[str, Callable[[Profile, Role, Mapping, User, date], Before]] = {
    "not_free": _free,
    "hub_not_wanted": _hub,
    "rate_floor": _floor,
    "wrong_role_type": _trade,
}

FIXABLE = frozenset(_FIXES)
"""Barriers a tap can take away. A skill, a language or an age is not claimed by a tap."""
