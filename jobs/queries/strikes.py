"""A person's strikes: what counts today, what it came from, and what was said against it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from jobs.enums import AppealState, BookingState, Side
from jobs.models import Booking, Cancellation
from profiles.models import Profile

COUNTS_FOR = timedelta(days=180)
REDEEMED_BY = 3
"""Shoots served after a strike that take one strike away again."""

APPEAL_WITHIN = timedelta(days=5)
"""How long after it happened either side may say that it was otherwise."""


@dataclass(frozen=True)
class Standing:
    """`points` count today: what the table gave (`given`), less what was `redeemed` by shoots served since."""

    given: int
    redeemed: int
    served_since: int

    @property
    def points(self) -> int:
        return max(self.given - self.redeemed, 0)


def of(profile: Profile) -> QuerySet[Cancellation]:
    """Her bookings that ended early by her own doing, newest first, with what a list shows."""
    return (
        Cancellation.objects.filter(booking__profile=profile, side=Side.GRADUATE)
        .select_related(
            "appeal", "booking__role__role_type", "booking__role__shoot__crew", "booking__profile__user"
        )
        .order_by("-at", "-pk")
    )


def standing(profile: Profile, now: datetime) -> Standing:
    """Return what counts today; an appeal that waits holds its strikes back. Two queries."""
    counting = Cancellation.objects.filter(
        Q(appeal__isnull=True) | Q(appeal__state=AppealState.UPHELD),
        booking__profile=profile,
        side=Side.GRADUATE,
        strikes__gt=0,
        at__gt=now - COUNTS_FOR,
    )
    rows = list(counting.order_by("at").values_list("at", "strikes"))
    if not rows:
        return Standing(0, 0, 0)
    last = rows[-1][0]
    served = Booking.objects.filter(
        profile=profile, state=BookingState.SERVED, days__startswith__gt=last
    ).count()
    return Standing(sum(strikes for _, strikes in rows), served // REDEEMED_BY, served)


def may_appeal(cancellation: Cancellation, now: datetime) -> bool:
    """Whether there is still something to say against, and time for it; reads `appeal`."""
    burdened = cancellation.strikes or cancellation.owed or cancellation.late
    return bool(burdened and not hasattr(cancellation, "appeal") and now - cancellation.at <= APPEAL_WITHIN)
