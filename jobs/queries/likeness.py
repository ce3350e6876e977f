"""The likeness ledger: what a person was asked and what she said, and the same for the title that asked."""

from django.db.models import QuerySet

from jobs.enums import LIKENESS_LIVE, OFFER_LIVE, BookingState
from jobs.models import Booking, Likeness, Offer, Shoot
from profiles.models import Profile

HOLDS = [BookingState.CONFIRMED, BookingState.SERVED]


def with_title(rows: QuerySet[Likeness]) -> QuerySet[Likeness]:
    """Join what a line of the ledger shows; its history in one more query."""
    return rows.select_related("shoot__crew", "profile__user", "asked_by").prefetch_related("events")


def of(profile: Profile) -> QuerySet[Likeness]:
    """Everything she was ever asked: what waits first, then what stands, then the rest, the newest first."""
    return with_title(Likeness.objects.filter(profile=profile)).order_by("-asked_at", "-pk")


def of_shoot(shoot: Shoot) -> QuerySet[Likeness]:
    return with_title(Likeness.objects.filter(shoot=shoot)).order_by("-asked_at", "-pk")


def live(shoot: Shoot, profile: Profile) -> Likeness | None:
    """The request of this title to this person that waits or stands, or None."""
    return with_title(Likeness.objects.filter(shoot=shoot, profile=profile, state__in=LIKENESS_LIVE)).first()


def is_tied(shoot: Shoot, profile: Profile) -> bool:
    """Whether she holds an offer or a booking of this title: nobody else is asked for her face. Two queries at most."""
    return (
        Offer.objects.filter(role__shoot=shoot, profile=profile, state__in=OFFER_LIVE).exists()
        or Booking.objects.filter(role__shoot=shoot, profile=profile, state__in=HOLDS).exists()
    )
