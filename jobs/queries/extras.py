"""An extras day: who is there, in which group, with what ticked, and what it pays."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core import signing

from hubs.models import RoleType
from jobs.enums import AddOn
from jobs.models import Booking, ExtrasAddOn, ExtrasCall, ExtrasGroup, ExtrasLine, Shoot, WorkedDay
from jobs.queries import call_sheets

GROUP_SIZE = 30
LARGE_CALL = 150
LARGE_CALL_NOTICE = timedelta(days=2)
CODE_SALT = "jobs.extras-code"
FULL, HALF, ABSENT = "full", "half", "absent"
HOUR = timedelta(hours=1)

CUSTOMARY = ((AddOn.RAIN, 10), (AddOn.LINES, 30), (AddOn.SHAVED_HEAD, 40), (AddOn.NIGHT, 10))
"""Yuan where a role names none: the rates of the Hengdian guild's card of 2017, as printed by fx361.cc (3557143)."""


@dataclass(frozen=True)
class Pay:
    """What a day comes to, in whole yuan. `day` is "full", "half" or "absent"."""

    day: str
    rate: int
    base: int
    overtime_hours: int
    overtime: int
    add_ons: list[tuple[str, int]]

    @property
    def added(self) -> int:
        return sum(amount for _name, amount in self.add_ons)

    @property
    def amount(self) -> int:
        return self.base + self.overtime + self.added


def pay(
    *,
    rate: int,
    hours: int,
    overtime_rate: int,
    worked: timedelta | None,
    costume_on: bool,
    add_ons: Iterable[tuple[str, int]] = (),
) -> Pay:
    """Add up one extra's day. `worked` is from call or check-in to wrap, meals included; None is who did not come.

    In costume it is a full day, before that half of one, rounded up. Each started hour beyond `hours` is overtime.
    """
    if worked is None:
        return Pay(ABSENT, rate, 0, 0, 0, [])
    over = max(-((timedelta(hours=hours) - worked) // HOUR), 0)
    base = rate if costume_on else -(-rate // 2)
    return Pay(FULL if costume_on else HALF, rate, base, over, over * overtime_rate, list(add_ons))


@dataclass(frozen=True)
class Extra:
    """One extra on the day. `ticked` are the ids of her add-ons; `pay` is frozen once the day is wrapped."""

    line: ExtrasLine
    name: str
    role: str
    worked: WorkedDay | None
    ticked: frozenset[int]
    pay: Pay

    @property
    def state(self) -> str:
        """One of "awaited", "here", "gone"."""
        if self.worked is None:
            return "awaited"
        return "gone" if self.worked.checked_out_at else "here"


@dataclass(frozen=True)
class GroupOfExtras:
    group: ExtrasGroup
    extras: list[Extra]

    @property
    def here(self) -> int:
        return sum(each.worked is not None for each in self.extras)


@dataclass(frozen=True)
class ExtrasDay:
    """`joined` are extras booked since the call: they stand in no group yet."""

    call: ExtrasCall
    groups: list[GroupOfExtras]
    add_ons: list[ExtrasAddOn]
    joined: int

    @property
    def extras(self) -> list[Extra]:
        return [each for group in self.groups for each in group.extras]

    @property
    def expected(self) -> int:
        return len(self.extras)

    @property
    def here(self) -> int:
        return sum(each.worked is not None for each in self.extras)

    @property
    def on_set(self) -> int:
        return sum(each.state == "here" for each in self.extras)

    @property
    def in_costume(self) -> int:
        return sum(each.line.costume_on for each in self.extras)

    @property
    def amount(self) -> int:
        return sum(each.pay.amount for each in self.extras)


def called(shoot: Shoot, day: date) -> ExtrasCall | None:
    """Return the extras day of a shoot day, or None."""
    return ExtrasCall.objects.filter(shoot=shoot, day=day).select_related("shoot__crew").first()


def booked(shoot: Shoot, day: date):
    """Bookings of extras on a day, as they are numbered: role by role, by name."""
    return call_sheets.booked_on(shoot, day).filter(role__category=RoleType.Category.EXTRAS)


def usual_add_ons(bookings: Iterable[Booking]) -> list[tuple[str, int]]:
    """Return what is proposed to be paid on top: the add-ons of the roles, else the customary ones; (label, yuan)."""
    stated: dict[str, int] = {}
    for booking in bookings:
        for each in AddOn:
            amount = getattr(booking.role, f"{each.value}_pay", None)
            if amount and each not in (AddOn.OVERTIME, AddOn.TRANSPORT):
                stated[str(each.label)] = max(amount, stated.get(str(each.label), 0))
    return list(stated.items()) or [(str(each.label), amount) for each, amount in CUSTOMARY]


def on(call: ExtrasCall, *, now: datetime) -> ExtrasDay:
    """Return the whole day. 6 queries, however many extras. Open stays are paid as if they ended `now`."""
    add_ons = list(call.add_ons.all())
    lines = list(
        ExtrasLine.objects.filter(call=call)
        .select_related("booking__profile__user", "booking__role__role_type")
        .order_by("number")
    )
    worked = {
        each.booking_id: each
        for each in WorkedDay.objects.filter(day=call.day, booking__in=[line.booking_id for line in lines])
    }
    ticked = _ticked(lines)
    by_group: dict[int, list[Extra]] = defaultdict(list)
    for line in lines:
        by_group[line.group_id].append(
            _extra(call, line, worked.get(line.booking_id), ticked[line.pk], add_ons, now)
        )
    groups = call.groups.select_related("leader__profile__user").order_by("number")
    known = {line.booking_id for line in lines}
    joined = sum(pk not in known for pk in booked(call.shoot, call.day).values_list("pk", flat=True))
    return ExtrasDay(call, [GroupOfExtras(each, by_group[each.pk]) for each in groups], add_ons, joined)


def _ticked(lines: Collection[ExtrasLine]) -> dict[int, frozenset[int]]:
    rows = ExtrasLine.add_ons.through.objects.filter(extrasline__in=lines)
    found: dict[int, set[int]] = defaultdict(set)
    for line_id, add_on_id in rows.values_list("extrasline_id", "extrasaddon_id"):
        found[line_id].add(add_on_id)
    return {line.pk: frozenset(found[line.pk]) for line in lines}


def _extra(
    call: ExtrasCall,
    line: ExtrasLine,
    worked: WorkedDay | None,
    ticked: frozenset[int],
    add_ons: list[ExtrasAddOn],
    now: datetime,
) -> Extra:
    if line.sums:
        sums = {name: value for name, value in line.sums.items() if name != "amount"}
        summed = Pay(**sums | {"add_ons": [(name, amount) for name, amount in line.sums["add_ons"]]})
    else:
        summed = pay(
            rate=line.booking.day_rate,
            hours=call.hours,
            overtime_rate=call.overtime_rate,
            worked=time_of(worked, now),
            costume_on=line.costume_on,
            add_ons=[(each.name, each.amount) for each in add_ons if each.pk in ticked],
        )
    return Extra(
        line=line,
        name=line.booking.profile.user.name,
        role=line.booking.role.role_type.name,
        worked=worked,
        ticked=ticked,
        pay=summed,
    )


def time_of(worked: WorkedDay | None, now: datetime) -> timedelta | None:
    """Return the time on set, up to `now` for who is still there; None for who has not come."""
    if worked is None:
        return None
    return max((worked.checked_out_at or now) - worked.checked_in_at, timedelta(0))


def code(call: ExtrasCall, until: datetime) -> str:
    """Return the text that checks people in to this day until `until`; signed, not stored."""
    return signing.dumps([call.pk, int(until.timestamp())], salt=CODE_SALT)


def read_code(text: str) -> tuple[int, int] | None:
    """Return (id of the extras day, end as a timestamp), or None for a code that was not made here."""
    try:
        call_id, until = signing.loads(text, salt=CODE_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return call_id, until
