"""Questions about job fairs: which are to come, how many seats are left, which seat is hers."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser

from hubs.models import JobFair
from hubs.queries import places
from jobs.models import FairSeat
from profiles.models import User


@dataclass(frozen=True)
class Seats:
    """Seats of a fair; `mine` is hers, None where she has none."""

    taken: int
    left: int
    mine: FairSeat | None


@dataclass(frozen=True)
class Listed:
    """Fairs to come, those without published days, and those that are over; `hers` are ids of fairs she goes to."""

    coming: list[JobFair]
    undated: list[JobFair]
    over: list[JobFair]
    hers: frozenset[int]


def seats(fair: JobFair, user: User | AnonymousUser) -> Seats:
    """Return how the seats of a fair stand. Two queries at most."""
    taken = FairSeat.objects.filter(fair=fair).count()
    mine = FairSeat.objects.filter(fair=fair, user=user).first() if user.is_authenticated else None
    return Seats(taken, max((fair.capacity or 0) - taken, 0), mine)


def listed(user: User | AnonymousUser, *, today: date) -> Listed:
    """Return all public fairs, the next one first. Two queries at most."""
    rows = list(places.job_fairs())
    mine = (
        FairSeat.objects.filter(user=user.pk).values_list("fair_id", flat=True)
        if user.is_authenticated
        else ()
    )
    dated = [fair for fair in rows if fair.days is not None]
    return Listed(
        [fair for fair in dated if fair.days.upper > today],
        [fair for fair in rows if fair.days is None],
        [fair for fair in reversed(dated) if fair.days.upper <= today],
        frozenset(mine),
    )
