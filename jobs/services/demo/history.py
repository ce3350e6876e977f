"""What was before the demo market opens: wrapped shoots, days on set, wages paid in time, late and not yet.

Built through the services with an earlier clock, so that every row has the history it would have in life.
"""

from datetime import date, datetime, timedelta
from random import Random

from hubs.models import Base
from hubs.timespan import start_of
from jobs.enums import Right
from jobs.models import Booking, Crew, CrewTemplate, Role, Shoot
from jobs.services import attendance, call_sheets, offers, shoots, wages
from profiles.models import Profile, User

from . import words

TITLES = words.titles(Random(1905), 40)
"""The first Chinese film was shown in that year."""

PEOPLE_A_SHOOT = 6
CREWS_WITH_A_PAST = 8
LATE_CREW = 5
"""The crew that pays after its day, so that its record shows it."""


def write(rng: Random, crews: list[Crew], bo: User, today: date, now: datetime) -> None:
    """Give some crews a past, and Bo two shoots behind him and one that is running today."""
    profile = Profile.objects.get(user=bo)
    for number, crew in enumerate(crews[:CREWS_WITH_A_PAST]):
        first = today - timedelta(days=40 + 3 * number)
        shoot = shot(rng, crew, number, first, people=graduates(crew, number))
        late = timedelta(days=5) if number == LATE_CREW else timedelta(days=-1)
        _pay(shoot, at=start_of(shoot.days.upper + timedelta(days=shoot.settle_within_days) + late))
    _bos_past(rng, crews, profile, today)
    near = [crew for crew in crews[3:] if crew.home_hub_id == profile.home_hub_id]
    _bos_today(rng, near[0], profile, today, now)


def _bos_past(rng: Random, crews: list[Crew], bo: Profile, today: date) -> None:
    had = shot(rng, crews[1], 21, today - timedelta(days=36), people=[bo])
    paid = start_of(had.days.upper + timedelta(days=3))
    _pay(had, at=paid)
    for booking in had_bookings(had).filter(profile=bo):
        wages.mark_received(booking.wage, by=bo.user, now=paid + timedelta(days=1))
    waits = shot(rng, crews[2], 22, today - timedelta(days=13), people=[bo])
    _pay(waits, at=start_of(today - timedelta(days=2)))


def _bos_today(rng: Random, crew: Crew, bo: Profile, today: date, now: datetime) -> None:
    first = today - timedelta(days=2)
    then = start_of(first) - timedelta(days=6)
    shoot, by = staffed(rng, crew, 23, first, [bo, *graduates(crew, 30)], then)
    call_sheets.publish(
        shoot,
        today,
        by=by,
        now=now - timedelta(hours=14),
        weather="晴，4 至 13 度",
        note="内景为主，注意保暖。",
    )
    for day in (first, first + timedelta(days=1)):
        for booking in had_bookings(shoot):
            _worked(booking, day, hours=9)


def had_bookings(shoot: Shoot):
    """The bookings of a shoot with what the services read of them."""
    return Booking.objects.filter(role__shoot=shoot).select_related(
        "wage", "profile__user", "role__shoot__crew", "role__role_type", "offer__role__role_type",
        "offer__role__shoot__crew", "offer__role__shoot__base__hub",
    )  # fmt: skip


def shot(rng: Random, crew: Crew, number: int, first: date, *, people: list[Profile]) -> Shoot:
    """A shoot that was staffed, shot and wrapped, with its hours noted."""
    then = start_of(first) - timedelta(days=8)
    shoot, by = staffed(rng, crew, number, first, people, then)
    days = (shoot.days.upper - shoot.days.lower).days
    for booking in had_bookings(shoot):
        for passed in range(days):
            too_long = number == LATE_CREW and passed % 3 == 1
            _worked(booking, first + timedelta(days=passed), hours=13 if too_long else 9 + passed % 2)
    shoots.wrap(shoot, by=by, now=start_of(shoot.days.upper) - timedelta(hours=9))
    return shoot


def staffed(
    rng: Random, crew: Crew, number: int, first: date, people: list[Profile], then: datetime
) -> tuple[Shoot, User]:
    by = crew.memberships.get(right=Right.OWNER).user
    base = rng.choice(list(Base.objects.filter(hub=crew.home_hub).order_by("slug")))
    shoot = shoots.create(
        crew=crew,
        by=by,
        title=TITLES[number],
        genre="modern",
        base=base,
        first_day=first,
        last_day=first + timedelta(days=4 + number % 3),
        template=CrewTemplate.objects.get(code="12"),
        now=then,
    )
    shoots.publish(shoot, by=by, now=then)
    for profile, role in zip(people, _roles(shoot, people), strict=False):
        offer = offers.send(role, profile, by=by, now=then)
        offers.accept(offer, by=profile.user, now=then)
    return shoot, by


def _roles(shoot: Shoot, people: list[Profile]) -> list[Role]:
    """One role a person: for the first the trade she wants most, where the shoot has it."""
    roles = list(shoot.roles.select_related("shoot__crew", "role_type").order_by("pk"))
    wanted = set(people[0].wanted.values_list("role_type_id", flat=True)) if people else set()
    return sorted(roles, key=lambda role: (role.role_type_id not in wanted, not role.entry_level, role.pk))


def graduates(crew: Crew, number: int) -> list[Profile]:
    """Simulated graduates of the crew's hub; each `number` gets others, so that nobody is asked twice."""
    at_home = (
        Profile.objects.filter(simulated=True, home_hub=crew.home_hub).select_related("user").order_by("pk")
    )
    return list(at_home[number * PEOPLE_A_SHOOT : (number + 1) * PEOPLE_A_SHOOT])


def _worked(booking: Booking, day: date, *, hours: int) -> None:
    morning = start_of(day) + timedelta(hours=3)
    attendance.check_in(booking, by=booking.profile.user, now=morning)
    attendance.check_out(booking, by=booking.profile.user, now=morning + timedelta(hours=hours))


def _pay(shoot: Shoot, *, at: datetime) -> None:
    by = shoot.crew.memberships.get(right=Right.OWNER).user
    for booking in had_bookings(shoot):
        wages.mark_paid(booking.wage, by=by, now=at)
