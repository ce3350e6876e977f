"""The market as the landing page shows it: what is open right now, beside what the industry publishes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Sum

from hubs.models import Figure, RoleType
from hubs.timespan import shoot_day_of
from jobs.enums import CrewState, OfferState, ShootState
from jobs.models import Crew, Offer, Role
from jobs.queries.roles import open_roles

ROLES_SHOWN = 6
ROLES_LOOKED_AT = 200
SLOTS_SHOWN = 75
"""Frames of the picture on top: as many as the largest crew template has people."""

FIGURE_OF = {
    RoleType.Category.PRODUCTION: "jobs-production",
    RoleType.Category.LEADS: "jobs-leads",
    RoleType.Category.EXTRAS: "jobs-extras",
}


@dataclass(frozen=True)
class Category:
    """One of the three kinds of work: places open here, and the published figure (None where it is not loaded)."""

    code: str
    label: str
    open_slots: int
    figure: Figure | None


@dataclass(frozen=True)
class Market:
    """`open_by_hub` are open places by hub slug; the three slot counts share `slots_shown` frames."""

    categories: list[Category]
    open_by_hub: dict[str, int]
    roles: list[Role]
    crews: int
    shoots: int
    open_slots: int
    slots_booked: int
    slots_offered: int
    slots_shown: int


def landing(*, now: datetime) -> Market:
    """Return the public market. 6 queries, whatever its size."""
    today = shoot_day_of(now)
    coming = Role.objects.filter(shoot__state=ShootState.OPEN, days__endswith__gt=today)
    by_place = list(
        coming.values("category", "shoot__base__hub__slug")
        .annotate(open=Sum(F("headcount") - F("filled")))
        .order_by()
    )
    totals = coming.aggregate(
        places=Sum("headcount"), booked=Sum("filled"), shoots=Count("shoot", distinct=True)
    )
    places, booked = totals["places"] or 0, totals["booked"] or 0
    offered = Offer.objects.filter(role__in=coming.values("pk"), state=OfferState.OPEN).count()
    figures = {figure.code: figure for figure in Figure.objects.filter(code__in=FIGURE_OF.values())}
    open_by_hub: dict[str, int] = {}
    for row in by_place:
        slug = row["shoot__base__hub__slug"]
        open_by_hub[slug] = open_by_hub.get(slug, 0) + row["open"]
    return Market(
        categories=[
            Category(
                code=str(code),
                label=str(code.label),
                open_slots=sum(row["open"] for row in by_place if row["category"] == code),
                figure=figures.get(figure_code),
            )
            for code, figure_code in FIGURE_OF.items()
        ],
        open_by_hub=open_by_hub,
        roles=_one_a_shoot(open_roles({"first_day": today, "entry_level": True})[:ROLES_LOOKED_AT]),
        crews=Crew.objects.filter(state=CrewState.VERIFIED).count(),
        shoots=totals["shoots"],
        open_slots=places - booked,
        slots_booked=_frames(booked, places),
        slots_offered=min(_frames(offered, places), SLOTS_SHOWN - _frames(booked, places)),
        slots_shown=SLOTS_SHOWN,
    )


def _frames(part: int, whole: int) -> int:
    return round(SLOTS_SHOWN * part / whole) if whole else 0


def _one_a_shoot(roles: Iterable[Role]) -> list[Role]:
    """Return the first roles of different shoots, each of another type while there are any: a picture, not a list."""
    shown: dict[int, Role] = {}
    types: set[int] = set()
    for role in roles:
        if role.shoot_id not in shown and role.role_type_id not in types:
            shown[role.shoot_id] = role
            types.add(role.role_type_id)
    return list(shown.values())[:ROLES_SHOWN]
