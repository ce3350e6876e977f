"""Questions about people who turn up at an extras day: is there room, is she on the list, who waits for a word."""

from datetime import datetime

from django.db.models import F

from hubs.models import RoleType
from jobs.enums import ShootState
from jobs.models import ExtrasCall, ExtrasLine, Role, WalkIn
from jobs.queries.offers import held_out
from profiles.models import Profile


def line_of(call: ExtrasCall, profile: Profile) -> ExtrasLine | None:
    return ExtrasLine.objects.filter(call=call, booking__profile=profile).select_related("group").first()


def role_with_room(call: ExtrasCall, now: datetime) -> Role | None:
    """The extras role of the day with a place that is neither booked nor held out; the plainest one. One query."""
    rows = (
        Role.objects.filter(
            shoot=call.shoot_id,
            shoot__state=ShootState.OPEN,
            category=RoleType.Category.EXTRAS,
            days__contains=call.day,
        )
        .annotate(out=held_out("offers"))
        .filter(headcount__gt=F("filled") + F("out"))
        .select_related("role_type", "shoot__crew", "shoot__base__hub")
    )
    return rows.order_by("day_rate", "pk").first()


def waiting(call: ExtrasCall) -> list[WalkIn]:
    """Who asked and has no answer yet, in the order they came. One query."""
    rows = WalkIn.objects.filter(call=call, taken__isnull=True)
    return list(rows.select_related("profile__user", "role__role_type").order_by("asked_at", "pk"))


def standing(call: ExtrasCall, profile: Profile) -> WalkIn | None:
    return WalkIn.objects.filter(call=call, profile=profile).select_related("role__role_type").first()
