"""The market as the landing page shows it: what is open right now, beside what the industry publishes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet, Sum

from hubs.models import Figure, RoleType
from hubs.timespan import shoot_day_of
from jobs.enums import CrewState, OfferState, ShootState
from jobs.models import Crew, Role, Shoot, on_the_list
from jobs.queries.roles import open_roles
from jobs.queries.search import Search

ROLES_SHOWN = 6
ROLES_LOOKED_AT = 200
FILLING = 20
"""The fullest crews among which the example on top is chosen."""

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
class Example:
    """A crew that is filling right now: places booked, held out, and in all. `hub` is the reader's name of its hub."""

    title: str
    hub: str
    booked: int
    offered: int
    total: int


@dataclass(frozen=True)
class Market:
    """`open_by_hub` are open places by hub slug; `example` is None where no crew has anybody yet."""

    categories: list[Category]
    open_by_hub: dict[str, int]
    roles: list[Role]
    crews: int
    shoots: int
    open_slots: int
    example: Example | None


def landing(*, now: datetime) -> Market:
    """Return the public market. 7 queries, whatever its size."""
    today = shoot_day_of(now)
    coming = Role.objects.filter(on_the_list(), shoot__state=ShootState.OPEN, days__endswith__gt=today)
    by_place = list(
        coming.values("category", "shoot__base__hub__slug")
        .annotate(open=Sum(F("headcount") - F("filled")))
        .order_by()
    )
    totals = coming.aggregate(
        places=Sum("headcount"), booked=Sum("filled"), shoots=Count("shoot", distinct=True)
    )
    places, booked = totals["places"] or 0, totals["booked"] or 0
    figures = {
        figure.code: figure for figure in Figure.objects.published().filter(code__in=FIGURE_OF.values())
    }
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
        roles=_one_a_shoot(open_roles(Search(entry_level=True), today=today)[:ROLES_LOOKED_AT]),
        crews=Crew.objects.filter(state=CrewState.VERIFIED).count(),
        shoots=totals["shoots"],
        open_slots=places - booked,
        example=_example(coming),
    )


def _example(coming: QuerySet[Role]) -> Example | None:
    """A large crew that is well on its way: more is to be seen there than in one that is empty, or done."""
    crews = (
        coming.order_by()
        .values("shoot")
        .annotate(booked=Sum("filled"), total=Sum("headcount"))
        .filter(booked__gt=0)
        .order_by("-booked", "shoot")[:FILLING]
    )
    # One that still has empty frames wins over a full one that is not much larger.
    best = max(
        crews, key=lambda row: row["booked"] * (1.5 if row["booked"] < row["total"] else 1), default=None
    )
    if best is None:
        return None
    waiting = Count("roles__offers", filter=Q(roles__offers__state=OfferState.OPEN))
    shoot = Shoot.objects.select_related("base__hub").annotate(offered=waiting).get(pk=best["shoot"])
    left = best["total"] - best["booked"]
    return Example(shoot.title, shoot.base.hub.name, best["booked"], min(shoot.offered, left), best["total"])


def _one_a_shoot(roles: Iterable[Role]) -> list[Role]:
    """Return the first roles of different shoots, each of another type while there are any: a picture, not a list."""
    shown: dict[int, Role] = {}
    types: set[int] = set()
    for role in roles:
        if role.shoot_id not in shown and role.role_type_id not in types:
            shown[role.shoot_id] = role
            types.add(role.role_type_id)
    return list(shown.values())[:ROLES_SHOWN]
