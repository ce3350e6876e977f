"""What a call sheet shows: who is where at what time on a shoot day."""

from dataclasses import dataclass
from datetime import date, time

from hubs.models import Department, Set
from jobs.enums import BookingState
from jobs.models import Booking, CallSheet, Shoot


@dataclass(frozen=True)
class Line:
    """One person on the sheet; `part` is "day", "night" or "both"."""

    name: str
    role: str
    part: str
    booking: Booking


@dataclass(frozen=True)
class Group:
    department: Department
    lines: list[Line]


@dataclass(frozen=True)
class Sheet:
    """A shoot day. `number` of `total` days; `call_sheet` is the newest published version, or None."""

    shoot: Shoot
    day: date
    number: int
    total: int
    call_sheet: CallSheet | None
    general_call: time
    sets: list[Set]
    groups: list[Group]

    @property
    def people(self) -> int:
        return sum(len(group.lines) for group in self.groups)


def sheet(shoot: Shoot, day: date) -> Sheet:
    """Return the sheet of a day: everyone booked on it, by department. At most 3 queries; no contacts in it."""
    newest = (
        CallSheet.objects.filter(shoot=shoot, day=day, published_at__isnull=False)
        .prefetch_related("sets")
        .order_by("-version")
        .first()
    )
    booked = (
        Booking.objects.filter(
            role__shoot=shoot, days__contains=day, state__in=[BookingState.CONFIRMED, BookingState.SERVED]
        )
        .select_related("profile__user", "role__role_type__department")
        .order_by(
            "role__role_type__department__position", "role__role_type__position", "profile__user__name", "pk"
        )
    )
    groups: dict[int, Group] = {}
    for booking in booked:
        department = booking.role.role_type.department
        line = Line(booking.profile.user.name, booking.role.role_type.name, booking.role.part, booking)
        groups.setdefault(department.pk, Group(department, [])).lines.append(line)
    return Sheet(
        shoot=shoot,
        day=day,
        number=(day - shoot.days.lower).days + 1,
        total=(shoot.days.upper - shoot.days.lower).days,
        call_sheet=newest,
        general_call=newest.general_call if newest else shoot.call_time,
        sets=list(newest.sets.all()) if newest else [],
        groups=list(groups.values()),
    )
