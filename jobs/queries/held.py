"""The chain a person holds, and what has become of each shoot in it."""

from dataclasses import dataclass
from datetime import datetime

from hubs.timespan import start_of
from jobs.enums import ApplicationState, OfferState, ShootState
from jobs.models import Booking, ChainLink, ChainPlan, Offer, Role
from jobs.queries import chain, matching
from jobs.queries.schedule import STANDING
from profiles.models import Profile

LOST = frozenset({"taken", "clash", "gone"})
"""States that leave a hole in the plan."""


@dataclass(frozen=True)
class Link:
    """A shoot of the held chain.

    `state`: "asked" (the crew has her request), "offered" (it waits for her answer), "booked", "taken" (no place
    left, or the shoot was called off), "clash" (something of hers stands in the way by now: `pair` has the barriers)
    or "gone" (the request was taken back or turned down).
    """

    role: Role
    state: str
    pair: matching.Pair
    offer: Offer | None = None


@dataclass(frozen=True)
class Held:
    """A held plan with its links in the order of their days."""

    plan: ChainPlan
    links: list[Link]

    @property
    def broken(self) -> bool:
        return any(link.state in LOST for link in self.links)

    @property
    def standing(self) -> tuple[int, ...]:
        """Role ids that a new plan keeps: asked or offered; what is booked binds anyway."""
        return tuple(link.role.pk for link in self.links if link.state in ("asked", "offered"))


def of(profile: Profile, *, now: datetime) -> Held | None:
    """Return the plan she holds, or None. A fixed number of queries."""
    plan = ChainPlan.objects.filter(profile=profile, released_at__isnull=True).first()
    if plan is None:
        return None
    rows = list(
        ChainLink.objects.filter(plan=plan)
        .select_related(
            "application", "role__role_type__department", "role__shoot__crew", "role__shoot__base__hub"
        )
        .order_by("role__days", "pk")
    )
    roles = [row.role for row in rows]
    problem = chain.for_person(profile, roles, now)
    offers = {
        offer.role_id: offer
        for offer in Offer.objects.filter(profile=profile, role__in=roles, state=OfferState.OPEN)
    }
    booked = set(
        Booking.objects.filter(profile=profile, role__in=roles, state__in=STANDING).values_list(
            "role_id", flat=True
        )
    )
    links = []
    for place, row in enumerate(rows):
        pair = matching.pair(problem, row.role, profile, place)
        state = _state(row, pair, row.role_id in booked, row.role_id in offers, now)
        links.append(Link(row.role, state, pair, offers.get(row.role_id)))
    return Held(plan, links)


def _state(row: ChainLink, pair: matching.Pair, booked: bool, offered: bool, now: datetime) -> str:
    role = row.role
    if booked:
        return "booked"
    if offered:
        return "offered"
    if role.shoot.state != ShootState.OPEN or not role.open_slots or start_of(role.days.lower) <= now:
        return "taken"
    if row.application.state not in (ApplicationState.SENT, ApplicationState.OFFERED):
        return "gone"
    return "clash" if pair.barriers else "asked"
