"""The next version of a call sheet while it is written, held against the rest ledger."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time

from hubs.models import Department, RoleType, Set
from jobs.models import Booking, CallLine, CallScene, CallSheet, ExtrasCall, Shoot
from jobs.queries import call_sheets as sheets
from jobs.queries import rest
from jobs.queries.rest import Finding

COPIED = (
    *("general_call", "wrap", "night_call", "place", "weather", "hospital", "meals", "transport", "note"),
)


@dataclass(frozen=True)
class Beginning:
    """Where the next version stands: rows of a saved draft, or unsaved copies of the newest version's."""

    sheet: CallSheet
    sets: list[Set]
    scenes: list[CallScene]
    lines: list[CallLine]
    saved: bool


@dataclass(frozen=True)
class Person:
    """Somebody booked on the day. `usual` is her call without one of her own; `finding` is None where she is off."""

    booking: Booking
    own: CallLine | None
    usual: time
    finding: Finding | None

    @property
    def flagged(self) -> bool:
        return bool(self.finding and self.finding.flags)

    @property
    def proposed(self) -> bool:
        """There is a lawful call later than the planned one."""
        found = self.finding
        return bool(found and found.call and found.call != found.stint.call)


@dataclass(frozen=True)
class Group:
    department: Department
    people: list[Person]


@dataclass(frozen=True)
class Draft:
    """The draft page of a day. `before` is the newest published version, or None."""

    shoot: Shoot
    day: date
    start: Beginning
    before: CallSheet | None
    groups: list[Group]

    @property
    def people(self) -> list[Person]:
        return [each for group in self.groups for each in group.people]

    @property
    def flagged(self) -> list[Person]:
        return [each for each in self.people if each.flagged]

    @property
    def movable(self) -> int:
        return sum(each.proposed for each in self.people)

    @property
    def refused(self) -> int:
        return sum(bool(each.finding and each.finding.refused) for each in self.people)

    @property
    def needs_reason(self) -> int:
        return sum(bool(each.finding and each.finding.needs_reason) for each in self.people)


def beginning(shoot: Shoot, day: date) -> Beginning:
    """Return the draft of a day, or what a new one begins with: the newest version, or the shoot's own call."""
    draft = sheets.drafted(shoot, day)
    if draft is not None:
        return Beginning(
            draft, list(draft.sets.all()), list(draft.scenes.all()), list(draft.lines.all()), True
        )
    before = sheets.newest(shoot, day)
    fresh = CallSheet(shoot=shoot, day=day, general_call=shoot.call_time)
    if before is None:
        return Beginning(fresh, [], [], [], False)
    fresh.version = before.version + 1
    for name in COPIED:
        setattr(fresh, name, getattr(before, name))
    names = ("position", "number", "heading", "pages", "cast", "note")
    scenes = [CallScene(**{name: getattr(each, name) for name in names}) for each in before.scenes.all()]
    lines = [
        CallLine(
            booking_id=line.booking_id,
            call=line.call if line.own else None,
            wrap=line.wrap if line.own else None,
            note=line.note,
            off=line.off,
        )
        for line in before.lines.all()
        if line.own or line.note or line.off
    ]
    return Beginning(fresh, list(before.sets.all()), scenes, lines, False)


def own_times(sheet: CallSheet, lines: Iterable[CallLine]) -> dict[int, CallLine]:
    """Return booking id → her own times. Extras called together have the call of their list. Two queries."""
    own = {line.booking_id: line for line in lines}
    together = ExtrasCall.objects.filter(shoot=sheet.shoot, day=sheet.day).first()
    if together is not None:
        ends = together.call.replace(hour=(together.call.hour + together.hours) % 24)
        for booking in sheets.booked_on(sheet.shoot, sheet.day).filter(
            role__category=RoleType.Category.EXTRAS
        ):
            own.setdefault(booking.pk, CallLine(booking=booking, call=together.call, wrap=ends))
    return own


def findings(sheet: CallSheet, own: Mapping[int, CallLine]) -> dict[Booking, Finding]:
    """Return what the rules of rest say of everybody whom a sheet calls, flagged or not; `own` is by booking id."""
    called = [
        each for each in sheets.booked_on(sheet.shoot, sheet.day) if not (each.pk in own and own[each.pk].off)
    ]
    plans, people = {}, {}
    for booking in called:
        hers = own.get(booking.pk)
        plans[booking.profile_id] = rest.planned(
            booking.role,
            sheet.day,
            sheet=sheet,
            call=hers.call if hers else None,
            wrap=hers.wrap if hers else None,
        )
        people[booking.profile_id] = booking.profile
    found = rest.judged(plans, people, shoot=sheet.shoot, instead_of={each.pk for each in called})
    return {booking: found[booking.profile_id] for booking in called}


def draft(shoot: Shoot, day: date) -> Draft:
    """Return the draft page of a day: everyone booked, with her own times and what the rules say. 13 queries at most."""
    start = beginning(shoot, day)
    own = {line.booking_id: line for line in start.lines}
    together = ExtrasCall.objects.filter(shoot=shoot, day=day).exists()
    found = {
        booking.pk: finding
        for booking, finding in findings(start.sheet, own_times(start.sheet, start.lines)).items()
    }
    groups: dict[int, Group] = {}
    for booking in sheets.booked_on(shoot, day):
        department = booking.role.role_type.department
        if together and booking.role.category == RoleType.Category.EXTRAS:
            continue
        person = Person(
            booking,
            own.get(booking.pk),
            rest.usual_call(booking.role, start.sheet),
            found.get(booking.pk),
        )
        groups.setdefault(department.pk, Group(department, [])).people.append(person)
    return Draft(shoot, day, start, sheets.newest(shoot, day), list(groups.values()))
