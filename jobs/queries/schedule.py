"""What a person has promised around some days, and what of it stands in the way of more."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.db.models import QuerySet
from psycopg.types.range import DateRange

from hubs.queries import travel
from jobs.enums import OFFER_LIVE, BookingState, OfferState
from jobs.models import Booking, Offer, Role
from profiles.models.availability import DayPart

STANDING = (BookingState.CONFIRMED, BookingState.SERVED)
LONGEST_TRAVEL = timedelta(days=2)


AROUND = """
SELECT
    EXISTS (SELECT FROM jobs_offer WHERE profile_id = %(person)s AND role_id = %(role)s AND state = ANY(%(live)s)),
    EXISTS (SELECT FROM jobs_booking WHERE profile_id = %(person)s AND role_id <> %(role)s
        AND state = ANY(%(standing)s) AND days && %(near)s),
    EXISTS (SELECT FROM jobs_offer o JOIN jobs_role r ON r.id = o.role_id
        WHERE o.profile_id = %(person)s AND o.role_id <> %(role)s AND o.state = %(open)s AND r.days && %(days)s)
"""


@dataclass(frozen=True)
class Around:
    """What a person has around the days of a role: an offer for it that lives, bookings near them, offers on them."""

    asked: bool
    booked: bool
    rivals: bool


def around(profile_id: int, role: Role) -> Around:
    """Look before asking at large: most people are free. One query; `booked` is wide enough for travel and for rest."""
    facts = {
        "person": profile_id, "role": role.pk, "days": role.days, "near": _near(role), "open": OfferState.OPEN.value,
        "live": [state.value for state in OFFER_LIVE], "standing": [state.value for state in STANDING],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(AROUND, facts)
        return Around(*cursor.fetchone())


@dataclass(frozen=True)
class Clash:
    """A booking that stands in the way: `code` is "double_booked", "travel_too_short" or "no_rest"."""

    code: str
    booking: Booking

    @property
    def facts(self) -> dict:
        """Title and days of the other shoot: she may know them, it is her own booking."""
        days = self.booking.days
        last = days.upper - timedelta(days=1)
        return {
            "title": self.booking.role.shoot.title,
            "days": f"{days.lower.isoformat()} – {last.isoformat()}",
            "booking": self.booking.pk,
        }


def clash(profile_id: int, role: Role) -> Clash | None:
    """Return the first of the person's bookings that `role` cannot stand beside, or None.

    Travel days between hubs must fit between two shoots, and a day may not follow a night without a free day.
    `role.shoot.base.hub` is read.
    """
    near = Booking.objects.filter(profile_id=profile_id, state__in=STANDING, days__overlap=_near(role))
    near = near.exclude(role_id=role.pk).order_by("days", "pk")
    numbers = list(near.values_list("pk", flat=True))
    if not numbers:  # most are free: the wide question takes four times as long to ask
        return None
    for booking in near.filter(pk__in=numbers).select_related("role__shoot__base__hub"):
        if code := _between(booking, role):
            return Clash(code, booking)
    return None


def _near(role: Role) -> DateRange:
    return DateRange(role.days.lower - LONGEST_TRAVEL, role.days.upper + LONGEST_TRAVEL)


def _between(booking: Booking, role: Role) -> str | None:
    if booking.days.lower < role.days.upper and role.days.lower < booking.days.upper:
        return "double_booked"
    before = booking.days.upper <= role.days.lower
    first, second = (booking, role) if before else (role, booking)
    free_days = (second.days.lower - first.days.upper).days
    hubs = booking.role.shoot.base.hub, role.shoot.base.hub
    if free_days < travel.travel_days(hubs)[hubs[0].pk, hubs[1].pk]:
        return "travel_too_short"
    parts = (booking.role.part, role.part) if before else (role.part, booking.role.part)
    if free_days == 0 and parts[0] != DayPart.DAY and parts[1] != DayPart.NIGHT:
        return "no_rest"
    return None


def rival_offers(profile_id: int, role: Role) -> QuerySet[Offer]:
    """Open offers of the person for other roles on overlapping days."""
    return Offer.objects.filter(
        profile_id=profile_id, state=OfferState.OPEN, role__days__overlap=role.days
    ).exclude(role_id=role.pk)
