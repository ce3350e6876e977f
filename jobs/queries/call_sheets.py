"""What a call sheet shows: who is where at what time on a shoot day, and who has read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from django.db.models import QuerySet

from hubs.models import Department, RoleType, Set
from hubs.timespan import SHANGHAI
from jobs.enums import SET_BOOKING_HELD, BookingState
from jobs.models import (
    Booking,
    CallLine,
    CallScene,
    CallSheet,
    ExtrasCall,
    SetBooking,
    SheetReceipt,
    Shoot,
    WorkedDay,
)
from jobs.queries import rest

STANDING = (BookingState.CONFIRMED, BookingState.SERVED)
PENDING, SEEN, CONFIRMED, OFF, JOINED = "pending", "seen", "confirmed", "off", "joined"


@dataclass(frozen=True)
class Line:
    """One person on the sheet; `part` is "day", "night" or "both".

    `receipt` is of the newest version that told her something new. `joined`: she was booked after this version, so
    her time is the general one and nobody has told her yet.
    """

    name: str
    role: str
    part: str
    booking: Booking
    call: time
    wrap: time | None
    note: str
    own: bool
    off: bool
    changed: bool
    joined: bool
    receipt: SheetReceipt | None
    worked: WorkedDay | None

    @property
    def is_extra(self) -> bool:
        return self.booking.role.category == RoleType.Category.EXTRAS

    @property
    def state(self) -> str:
        """One of "off", "joined", "confirmed", "seen", "pending"."""
        if self.off:
            return OFF
        if self.joined:
            return JOINED
        if self.receipt is None:
            return PENDING
        return CONFIRMED if self.receipt.confirmed_at else SEEN


@dataclass(frozen=True)
class Group:
    department: Department
    lines: list[Line]


@dataclass(frozen=True)
class PlaceLine:
    """A set of the day; `hours` where this crew holds it ("08:00–14:00")."""

    name: str
    hours: str


@dataclass(frozen=True)
class Sheet:
    """A shoot day. `number` of `total` days; `call_sheet` is the published version shown, or None."""

    shoot: Shoot
    day: date
    number: int
    total: int
    call_sheet: CallSheet | None
    versions: list[int]
    general_call: time
    sets: list[Set]
    places: list[PlaceLine]
    scenes: list[CallScene]
    groups: list[Group]
    extras_call: ExtrasCall | None = None

    @property
    def listed(self) -> list[Group]:
        """The departments that stand on the sheet by name: extras who are called together stand on their own list."""
        if self.extras_call is None:
            return self.groups
        kept = [
            Group(each.department, [line for line in each.lines if not line.is_extra]) for each in self.groups
        ]
        return [each for each in kept if each.lines]

    @property
    def extras(self) -> int:
        """Extras who stand on their own list."""
        return self.people - sum(not line.off for group in self.listed for line in group.lines)

    @property
    def is_newest(self) -> bool:
        return self.call_sheet is None or self.call_sheet.version == max(self.versions)

    @property
    def lines(self) -> list[Line]:
        return [line for group in self.groups for line in group.lines]

    @property
    def called(self) -> list[Line]:
        return [line for line in self.lines if not line.off]

    @property
    def people(self) -> int:
        return len(self.called)

    @property
    def told(self) -> int:
        """Who is asked to confirm: everyone called who stands on the sheet by name."""
        return self.people - self.extras

    def count(self, *states: str) -> int:
        return sum(line.state in states for group in self.listed for line in group.lines)

    @property
    def seen(self) -> int:
        return self.count(SEEN, CONFIRMED)

    @property
    def confirmed(self) -> int:
        return self.count(CONFIRMED)

    @property
    def pending(self) -> int:
        """Told, and not confirmed yet."""
        return self.count(PENDING, SEEN)

    @property
    def joined(self) -> int:
        return self.count(JOINED)

    @property
    def on_set(self) -> int:
        return sum(line.worked is not None for line in self.lines)

    @property
    def hospital(self) -> str:
        return (self.call_sheet.hospital if self.call_sheet else "") or self.shoot.base.hospital

    @property
    def pages(self):
        """Pages of the script in all, where they are told."""
        return sum(scene.pages for scene in self.scenes if scene.pages is not None)


def published(shoot: Shoot, day: date) -> QuerySet[CallSheet]:
    """The published versions of a day, the newest first."""
    return CallSheet.objects.filter(shoot=shoot, day=day, published_at__isnull=False).order_by("-version")


def newest(shoot: Shoot, day: date) -> CallSheet | None:
    """Return the newest published version for a day, or None."""
    return published(shoot, day).prefetch_related("sets").first()


def drafted(shoot: Shoot, day: date) -> CallSheet | None:
    """Return the version that is being written for a day, or None."""
    return (
        CallSheet.objects.filter(shoot=shoot, day=day, published_at__isnull=True)
        .prefetch_related("sets")
        .first()
    )


def booked_on(shoot: Shoot, day: date) -> QuerySet[Booking]:
    """Everyone booked on a day, as the sheet lists them: by department, role, name. One query, people joined.

    Who works from afar is not called to a set.
    """
    return (
        Booking.objects.filter(role__shoot=shoot, role__remote=False, days__contains=day, state__in=STANDING)
        .select_related("profile__user", "role__role_type__department", "role__shoot")
        .order_by(
            "role__role_type__department__position", "role__role_type__position", "profile__user__name", "pk"
        )
    )


def sheet(shoot: Shoot, day: date, *, version: int | None = None) -> Sheet:
    """Return the sheet of a day: everyone booked on it, by department. At most 9 queries; no contacts in it.

    `version` None is the newest published one. An older version shows who stood on it.
    """
    versions = list(published(shoot, day).prefetch_related("sets"))
    shown = versions[0] if versions else None
    if version is not None:
        shown = next((each for each in versions if each.version == version), shown)
    frozen = {line.booking_id: line for line in shown.lines.all()} if shown else {}
    if shown is None or shown is versions[0]:
        people = list(booked_on(shoot, day))
    else:
        people = list(
            Booking.objects.filter(pk__in=frozen)
            .select_related("profile__user", "role__role_type__department", "role__shoot")
            .order_by("role__role_type__department__position", "role__role_type__position", "pk")
        )
    receipts = _receipts(shoot, day, shown)
    worked = {each.booking_id: each for each in WorkedDay.objects.filter(booking__role__shoot=shoot, day=day)}
    groups: dict[int, Group] = {}
    for booking in people:
        department = booking.role.role_type.department
        line = _line(booking, shown, frozen, receipts.get(booking.pk, []), worked.get(booking.pk))
        groups.setdefault(department.pk, Group(department, [])).lines.append(line)
    return Sheet(
        shoot=shoot,
        day=day,
        number=(day - shoot.days.lower).days + 1,
        total=(shoot.days.upper - shoot.days.lower).days,
        call_sheet=shown,
        versions=[each.version for each in versions],
        general_call=shown.general_call if shown else shoot.call_time,
        sets=list(shown.sets.all()) if shown else [],
        places=places(shoot, day, shown.sets.all() if shown else ()),
        scenes=list(shown.scenes.all()) if shown else [],
        groups=list(groups.values()),
        extras_call=ExtrasCall.objects.filter(shoot=shoot, day=day).first(),
    )


def places(shoot: Shoot, day: date, chosen: Iterable[Set]) -> list[PlaceLine]:
    """Return the sets of a day: those the shoot holds with their hours, then what else was chosen. One query."""
    held = SetBooking.objects.filter(
        shoot=shoot, day=day, state__in=SET_BOOKING_HELD, set__isnull=False
    ).select_related("set")
    hours: dict[int, list[str]] = {}
    names: dict[int, str] = {}
    for booking in held.order_by("during", "pk"):
        start, end = (each.astimezone(SHANGHAI) for each in (booking.during.lower, booking.during.upper))
        place = booking.set
        assert place is not None  # as the filter says
        names[place.pk] = place.name
        hours.setdefault(place.pk, []).append(f"{start:%H:%M}–{end:%H:%M}")
    lines = [PlaceLine(name, ", ".join(hours[pk])) for pk, name in names.items()]
    return lines + [PlaceLine(each.name, "") for each in chosen if each.pk not in names]


def _receipts(shoot: Shoot, day: date, shown: CallSheet | None) -> dict[int, list[SheetReceipt]]:
    """Receipts of the shown version and older ones, newest first, by booking."""
    found: dict[int, list[SheetReceipt]] = {}
    if shown is not None:
        given = SheetReceipt.objects.filter(
            call_sheet__shoot=shoot, call_sheet__day=day, call_sheet__version__lte=shown.version
        ).select_related("call_sheet")
        for each in given.order_by("-call_sheet__version"):
            found.setdefault(each.booking_id, []).append(each)
    return found


def valid_receipt(receipts: Iterable[SheetReceipt], since: int) -> SheetReceipt | None:
    """Return the receipt that counts, of those from the version in which her line last changed: a confirmed one first."""
    fresh = [each for each in receipts if each.call_sheet.version >= since]
    return next((each for each in fresh if each.confirmed_at), fresh[0] if fresh else None)


def _line(
    booking: Booking,
    shown: CallSheet | None,
    frozen: dict[int, CallLine],
    receipts: list[SheetReceipt],
    worked: WorkedDay | None,
) -> Line:
    own = frozen.get(booking.pk)
    since = own.since if own else (shown.version if shown else 1)
    return Line(
        name=booking.profile.user.name,
        role=booking.role.role_type.name,
        part=booking.role.part,
        booking=booking,
        call=(own.call if own else None) or rest.usual_call(booking.role, shown),
        wrap=own.wrap if own else None,
        note=own.note if own else "",
        own=own.own if own else False,
        off=own.off if own else False,
        changed=bool(own and shown and shown.version > 1 and own.since == shown.version),
        # A version without lines was made before lines were kept: then it is for everybody who is booked.
        joined=bool(frozen) and own is None,
        receipt=valid_receipt(receipts, since),
        worked=worked,
    )
