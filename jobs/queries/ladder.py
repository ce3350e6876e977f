"""A person on the ladder: the trades she stands in, the days she has served there, and the steps that follow."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, Sum

from hubs.models import JobFair, RoleType
from hubs.queries import ladder
from hubs.queries.ladder import Rung
from jobs.enums import ShootState
from jobs.models import Role, on_the_list
from profiles.models import Credit, Profile


@dataclass(frozen=True)
class Next:
    """A step up with the roles that are open there now."""

    rung: Rung
    open_roles: int


@dataclass(frozen=True)
class Place:
    """A trade she works in or wants. `served` are wrapped bookings here; `told` days she says of herself."""

    trade: RoleType
    served: int
    told: int
    wanted: bool
    steps: list[Next]


@dataclass(frozen=True)
class Ladder:
    places: list[Place]
    served: int
    fair: JobFair | None


def of(profile: Profile, *, today: date) -> Ladder:
    """Return her ladder: trades with days first, then what she wants. 11 queries, however much she has done."""
    wanted = {want.role_type_id: want for want in profile.wanted.select_related("role_type__department")}
    days: dict[int, Any] = {
        row["role_type"]: row
        for row in Credit.objects.filter(profile=profile)
        .values("role_type")
        .annotate(
            served=Sum("days_served", filter=Q(reference__isnull=False)),
            told=Sum("days_served", filter=Q(reference__isnull=True)),
        )
        .order_by()
    }
    ids = wanted.keys() | days.keys()
    trades = RoleType.objects.select_related("department").in_bulk(ids)
    held = dict(profile.skill_levels.values_list("skill_id", "level"))
    steps = ladder.rungs(ids, held)
    open_now = _open({rung.above.pk for rungs in steps.values() for rung in rungs}, today)
    places = []
    for pk, trade in trades.items():
        row = days.get(pk, {})
        rungs = [Next(rung, open_now.get(rung.above.pk, 0)) for rung in steps.get(pk, [])]
        places.append(Place(trade, row.get("served") or 0, row.get("told") or 0, pk in wanted, rungs))
    places.sort(
        key=lambda place: (
            -place.served,
            -place.told,
            wanted[place.trade.pk].rank if place.wanted else 99,
            place.trade.position,
        )
    )
    return Ladder(places, sum(place.served for place in places), ladder.next_fair(today))


def _open(trades: Iterable[int], today: date) -> dict[int, int]:
    rows = Role.objects.filter(
        on_the_list(),
        role_type__in=trades,
        shoot__state=ShootState.OPEN,
        filled__lt=F("headcount"),
        days__startswith__gte=today,
    )
    return dict(rows.order_by().values_list("role_type").annotate(count=Count("pk")))
