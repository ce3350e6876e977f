"""The rest ledger: a person's hours from call to wrap, whichever crews they were for, and what a plan would add.

Hours are told across crews, never whose: what leaves this module for another crew is minutes and counts.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from psycopg.types.range import DateRange

from hubs.models import Hub
from jobs.enums import BookingState
from jobs.matching import rest
from jobs.matching.rest import Flag, Stint
from jobs.models import Booking, CallLine, CallSheet, RestOverride, Role, Shoot, WorkedDay, moment_of
from profiles.models import Profile
from profiles.models.age import age_on
from profiles.models.availability import DayPart

STANDING = (BookingState.CONFIRMED, BookingState.SERVED)
NIGHT_CALL = time(18, 0)
"""When the night roles of a shoot are called where no sheet says so."""

OF_AGE = 18
REACH = timedelta(days=rest.REACH)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Hours:
    """One shoot day of one person. `noted` is False while the hours are only planned."""

    stint: Stint
    booking: Booking
    noted: bool


@dataclass(frozen=True)
class Finding:
    """What the rules say of one planned day. `call` is the earliest lawful one, None where a later call helps not."""

    stint: Stint
    flags: list[Flag]
    call: datetime | None
    excused: frozenset[str]

    @property
    def level(self) -> str | None:
        """The gravest level that is not excused in writing."""
        return rest.worst([flag for flag in self.flags if not self._is_excused(flag)])

    @property
    def needs_reason(self) -> bool:
        return self.level == rest.REASON

    @property
    def refused(self) -> bool:
        return self.level == rest.REFUSED

    def _is_excused(self, flag: Flag) -> bool:
        return flag.level == rest.REASON and flag.rule in self.excused


def usual_call(role: Role, sheet: CallSheet | None = None) -> time:
    """Return the call of a role where she has none of her own: the sheet's, else the shoot's; nights have theirs."""
    if role.part == DayPart.NIGHT:
        return (sheet.night_call if sheet else None) or NIGHT_CALL
    return sheet.general_call if sheet else role.shoot.call_time


def planned(
    role: Role,
    day: date,
    *,
    sheet: CallSheet | None = None,
    call: time | None = None,
    wrap: time | None = None,
) -> Stint:
    """Return the planned stint of a role on a day: her own times, else the sheet's, else the shoot's hours.

    A wrap is the first moment after the call at which the clock shows it. Reads `role.shoot`.
    """
    starts = moment_of(day, call or usual_call(role, sheet))
    common = sheet.wrap if sheet and role.part != DayPart.NIGHT else None
    clock = wrap or common
    length = timedelta(hours=role.shoot.hours_per_day)
    if clock is not None:
        ends = moment_of(day, clock)
        length = ((ends - starts) % DAY) or DAY
    return Stint(starts, starts + length, day)


def ledger(profile_ids: Collection[int], first: date, last: date) -> dict[int, list[Hours]]:
    """Return the hours of these people from `first` to `last`, oldest first. Four queries, however many they are.

    A day counts as it was noted on set; where it was not, as the newest published call sheet has it.
    """
    span = DateRange(first, last + DAY)
    held = list(
        Booking.objects.filter(profile__in=profile_ids, state__in=STANDING, days__overlap=span)
        .select_related("role__shoot")
        .order_by("days", "pk")
    )
    return _hours_of(held, first, last)


def _hours_of(held: list[Booking], first: date, last: date) -> dict[int, list[Hours]]:
    noted = {
        (each.booking_id, each.day): each
        for each in WorkedDay.objects.filter(booking__in=held, day__range=(first, last))
    }
    sheets = _newest_sheets({booking.role.shoot_id for booking in held}, first, last)
    lines = {
        (line.booking_id, line.call_sheet_id): line
        for line in CallLine.objects.filter(call_sheet__in=sheets.values(), booking__in=held)
    }
    found: dict[int, list[Hours]] = defaultdict(list)
    for booking in held:
        day = max(booking.days.lower, first)
        while day < booking.days.upper and day <= last:
            sheet = sheets.get((booking.role.shoot_id, day))
            line = lines.get((booking.pk, sheet.pk)) if sheet else None
            found[booking.profile_id].append(_hours(booking, day, sheet, line, noted.get((booking.pk, day))))
            day += DAY
    return found


def _newest_sheets(shoots: Collection[int], first: date, last: date) -> dict[tuple[int, date], CallSheet]:
    published = CallSheet.objects.filter(
        shoot__in=shoots, day__range=(first, last), published_at__isnull=False
    )
    return {
        (each.shoot_id, each.day): each
        for each in published.order_by("shoot_id", "day", "-version").distinct("shoot_id", "day")
    }


def _hours(
    booking: Booking, day: date, sheet: CallSheet | None, line: CallLine | None, worked: WorkedDay | None
) -> Hours:
    plan = planned(
        booking.role, day, sheet=sheet, call=line.call if line else None, wrap=line.wrap if line else None
    )
    if worked is None:
        return Hours(plan, booking, noted=False)
    ended = worked.checked_out_at or max(plan.wrap, worked.checked_in_at + rest.SHORTEST_STINT)
    if ended <= worked.checked_in_at:
        ended = worked.checked_in_at + timedelta(minutes=1)
    return Hours(Stint(worked.checked_in_at, ended, day), booking, noted=worked.checked_out_at is not None)


def judged(
    plans: Mapping[int, Stint],
    people: Mapping[int, Profile],
    *,
    shoot: Shoot,
    instead_of: Collection[int] = (),
) -> dict[int, Finding]:
    """Judge one planned stint a person, all on one day, against her ledger. Keys are profile ids; five queries.

    Her hours on that day in the bookings `instead_of` are what is being planned, so they do not count.
    """
    if not plans:
        return {}
    days = [stint.day for stint in plans.values()]
    first, last = min(days), max(days)
    known = ledger(list(plans), first - REACH, last + DAY)
    excused: dict[tuple[int, date], set[str]] = defaultdict(set)
    for row in RestOverride.objects.filter(profile__in=plans, shoot=shoot, day__range=(first, last)):
        excused[row.profile_id, row.day].add(row.rule)
    found = {}
    for profile_id, stint in plans.items():
        others = [
            each.stint
            for each in known.get(profile_id, [])
            if not (each.booking.pk in instead_of and each.stint.day == stint.day)
        ]
        minor = age_on(people[profile_id].birth_date, stint.day) < OF_AGE
        flags = rest.judge(stint, others, minor=minor)
        found[profile_id] = Finding(
            stint=stint,
            flags=flags,
            call=rest.earliest_call(stint, others) if flags else stint.call,
            excused=frozenset(excused[profile_id, stint.day]),
        )
    return found


def of_role(role: Role, profiles: Iterable[Profile]) -> dict[int, list[Finding]]:
    """What taking the role would mean for each of these people: the flagged days only. Four queries for all of them.

    Only what comes of her other work is told: days of the role that are hard by themselves are hard for everybody.
    """
    people = {profile.pk: profile for profile in profiles}
    days = [role.days.lower + DAY * number for number in range(role.day_count)]
    known = ledger(list(people), days[0] - REACH, days[-1] + REACH) if people else {}
    plans = [planned(role, day) for day in days]
    found: dict[int, list[Finding]] = {}
    for pk, profile in people.items():
        hers = [each.stint for each in known.get(pk, []) if each.booking.role_id != role.pk]
        minor = age_on(profile.birth_date, days[0]) < OF_AGE
        findings = []
        for stint in plans:
            own = [each for each in plans if each is not stint]
            others = hers + own
            alone = rest.judge(stint, own, minor=minor)
            if flags := [flag for flag in rest.judge(stint, others, minor=minor) if flag not in alone]:
                findings.append(Finding(stint, flags, rest.earliest_call(stint, others), frozenset()))
        found[pk] = findings
    return found


@dataclass(frozen=True)
class Breach:
    """A day on which a rule of rest was broken, or will be as things are planned. `override` is the written reason."""

    hours: Hours
    flag: Flag
    override: RestOverride | None


def rest_breaches(*, since: date, until: date, hub: Hub | None = None) -> list[Breach]:
    """Return every broken rule of rest from `since` to `until`, the newest first; for a hub, of its shoots. Six queries.

    Rows of people and shoots are joined as far as a list shows them: for admins only, it says whose hours they are.
    """
    near = Booking.objects.filter(
        Q(role__shoot__base__hub=hub) if hub else Q(),
        state__in=STANDING,
        days__overlap=DateRange(since, until + DAY),
    )
    held = list(
        Booking.objects.filter(
            profile__in=near.values("profile"),
            state__in=STANDING,
            days__overlap=DateRange(since - REACH, until + DAY),
        )
        .select_related("profile__user", "role__role_type", "role__shoot__crew", "role__shoot__base__hub")
        .order_by("days", "pk")
    )
    known = _hours_of(held, since - REACH, until)
    reasons = {
        (row.profile_id, row.shoot_id, row.day, row.rule): row
        for row in RestOverride.objects.filter(day__range=(since, until))
    }
    found = []
    for profile_id, days in known.items():
        for hours in days:
            shoot = hours.booking.role.shoot
            if hours.stint.day < since or (hub and shoot.base.hub_id != hub.pk):
                continue
            minor = age_on(hours.booking.profile.birth_date, hours.stint.day) < OF_AGE
            others = [each.stint for each in days if each is not hours]
            for flag in rest.judge(hours.stint, others, minor=minor, ahead=False):
                key = (profile_id, shoot.pk, hours.stint.day, flag.rule)
                found.append(Breach(hours, flag, reasons.get(key)))
    return sorted(found, key=lambda each: (each.hours.stint.day, each.hours.stint.call), reverse=True)
