"""What a call sheet shows: who is where at what time on a shoot day."""

from dataclasses import dataclass
from datetime import date, time

from hubs.models import Department, Set
from jobs.enums import BookingState
from jobs.models import Booking, CallSheet, SheetReceipt, Shoot, WorkedDay


@dataclass(frozen=True)
class Line:
    """One person on the sheet; `part` is "day", "night" or "both". `receipt` is of the newest version."""

    name: str
    role: str
    part: str
    booking: Booking
    receipt: SheetReceipt | None
    worked: WorkedDay | None


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
    def lines(self) -> list[Line]:
        return [line for group in self.groups for line in group.lines]

    @property
    def people(self) -> int:
        return len(self.lines)

    @property
    def seen(self) -> int:
        return sum(line.receipt is not None for line in self.lines)

    @property
    def confirmed(self) -> int:
        return sum(line.receipt is not None and line.receipt.confirmed_at is not None for line in self.lines)

    @property
    def on_set(self) -> int:
        return sum(line.worked is not None for line in self.lines)


def newest(shoot: Shoot, day: date) -> CallSheet | None:
    """Return the newest published version for a day, or None."""
    published = CallSheet.objects.filter(shoot=shoot, day=day, published_at__isnull=False)
    return published.prefetch_related("sets").order_by("-version").first()


def sheet(shoot: Shoot, day: date) -> Sheet:
    """Return the sheet of a day: everyone booked on it, by department. At most 5 queries; no contacts in it."""
    version = newest(shoot, day)
    booked = (
        Booking.objects.filter(
            role__shoot=shoot, days__contains=day, state__in=[BookingState.CONFIRMED, BookingState.SERVED]
        )
        .select_related("profile__user", "role__role_type__department")
        .order_by(
            "role__role_type__department__position", "role__role_type__position", "profile__user__name", "pk"
        )
    )
    receipts = {each.booking_id: each for each in version.receipts.all()} if version else {}
    worked = {each.booking_id: each for each in WorkedDay.objects.filter(booking__role__shoot=shoot, day=day)}
    groups: dict[int, Group] = {}
    for booking in booked:
        department = booking.role.role_type.department
        line = Line(
            booking.profile.user.name,
            booking.role.role_type.name,
            booking.role.part,
            booking,
            receipts.get(booking.pk),
            worked.get(booking.pk),
        )
        groups.setdefault(department.pk, Group(department, [])).lines.append(line)
    return Sheet(
        shoot=shoot,
        day=day,
        number=(day - shoot.days.lower).days + 1,
        total=(shoot.days.upper - shoot.days.lower).days,
        call_sheet=version,
        general_call=version.general_call if version else shoot.call_time,
        sets=list(version.sets.all()) if version else [],
        groups=list(groups.values()),
    )
