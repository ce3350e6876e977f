"""Ten thousand rows of everything a graduate's pages read: a market after years, not a plausible person."""

from datetime import date, timedelta

from psycopg.types.range import DateRange

from jobs.enums import BookingState, NoticeKind, NoticeState, OfferState
from jobs.models import Booking, Notice, Offer, Role, Wage, WorkedDay
from profiles.models import Credit
from tests.factories import jobs as work
from tests.guards.world import World

A_SHOOT = 100
A_ROLE = 50
BATCH = 1_000


def flood(world: World, numbers: range) -> None:
    """Add as many open roles, ended offers, served bookings with pay, credits and notices; all but the roles are Bo's.

    `numbers` does not meet that of an earlier call: a number stands for one day of the past.
    """
    bo = world.profile("bo")
    roles = _roles(world, numbers)
    _offers(world, bo, roles)
    _served(world, bo, numbers)
    Credit.objects.bulk_create(
        (
            Credit(profile=bo, title=f"雨夜 {number}", year=2020, role_type=world.focus, days_served=5)
            for number in numbers
        ),
        BATCH,
    )
    shoot = roles[0].shoot
    facts = {"shoot": shoot.pk, "title": shoot.title, "people": 7}
    Notice.objects.bulk_create(
        (
            Notice(
                recipient=bo.user,
                kind=NoticeKind.CREW_FULL,
                key=f"flood:{number}",
                facts=facts,
                state=NoticeState.SENT,
                created_at=world.now,
            )
            for number in numbers
        ),
        BATCH,
    )


def _roles(world: World, numbers: range) -> list[Role]:
    """Open roles of every kind Bo may fill, each shoot a week of its own in the months to come."""
    rows: list[Role] = []
    crew = work.CrewFactory(home_hub=world.hub)
    for first in range(0, len(numbers), A_SHOOT):
        start = world.first_day + timedelta(days=first // A_SHOOT % 50)
        shoot = work.ShootFactory(
            crew=crew,
            base=world.base,
            days=DateRange(start, start + timedelta(days=6)),
            published_at=world.now,
        )
        rows += [_role(world, shoot, each) for each in range(min(A_SHOOT, len(numbers) - first))]
    return Role.objects.bulk_create(rows, BATCH)


def _role(world: World, shoot, number: int) -> Role:
    role_type = world.gaffer if number % 2 else world.focus
    return Role(
        shoot=shoot,
        role_type=role_type,
        category=role_type.category,
        days=shoot.days,
        day_rate=300 + number,
        headcount=2,
        entry_level=True,
    )


def _offers(world: World, bo, roles: list[Role]) -> None:
    Offer.objects.bulk_create(
        (
            Offer(
                role=role,
                profile=bo,
                state=OfferState.DECLINED,
                day_rate=role.day_rate,
                sent_at=world.now,
                expires_at=world.now,
                answered_at=world.now,
            )
            for role in roles
        ),
        BATCH,
    )


def _served(world: World, bo, numbers: range) -> None:
    """A day of work for each number, long ago, its pay open."""
    shoot = work.ShootFactory(crew=world.crew, base=world.base, published_at=world.now)
    # A role holds so many at most; one for all would break its own constraint.
    roles = Role.objects.bulk_create(
        Role(
            shoot=shoot,
            role_type=world.gaffer,
            category=world.gaffer.category,
            days=shoot.days,
            day_rate=300,
            headcount=A_ROLE,
            filled=A_ROLE,
        )
        for _ in range(1 + len(numbers) // A_ROLE)
    )
    last = world.first_day - timedelta(days=90)
    days = [last - timedelta(days=number) for number in numbers]
    offers = Offer.objects.bulk_create(
        (
            Offer(
                role=roles[number % len(roles)],
                profile=bo,
                state=OfferState.EXPIRED,
                day_rate=300,
                sent_at=world.now,
                expires_at=world.now,
            )
            for number in numbers
        ),
        BATCH,
    )
    bookings = Booking.objects.bulk_create(
        (_booking(offer.role, bo, day, offer, world) for day, offer in zip(days, offers, strict=True)), BATCH
    )
    WorkedDay.objects.bulk_create(
        (WorkedDay(booking=each, day=each.days.lower, checked_in_at=world.now) for each in bookings), BATCH
    )
    Wage.objects.bulk_create(
        (Wage(booking=each, amount=300, due_on=each.days.lower + timedelta(days=7)) for each in bookings),
        BATCH,
    )


def _booking(role: Role, bo, day: date, offer: Offer, world: World) -> Booking:
    return Booking(
        role=role,
        profile=bo,
        offer=offer,
        days=DateRange(day, day + timedelta(days=1)),
        day_rate=300,
        state=BookingState.SERVED,
        confirmed_at=world.now,
    )
