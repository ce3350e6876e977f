"""The floor under an hour of piecework: what holds where, and which roles lie below it."""

from collections.abc import Callable
from datetime import date

from django.db.models import QuerySet

from jobs.models import HourFloor, Role, Shoot
from jobs.models.piece import least_for


def all_hubs(on: date) -> Callable[[int], int | None]:
    """Return what tells yuan an hour of a hub on a day: its own floor, else the country's, else None. 1 query."""
    rows = HourFloor.objects.filter(from_day__lte=on).order_by("from_day", "pk").values_list("hub_id", "yuan")
    newest: dict[int | None, int] = dict(rows)
    return lambda hub_id: newest.get(hub_id, newest.get(None))


def of_hub(hub_id: int, on: date) -> int | None:
    """Yuan an hour that hold in a hub on a day; see `all_hubs`. 1 query."""
    return all_hubs(on)(hub_id)


def history() -> QuerySet[HourFloor]:
    """Every floor that was ever set, the newest first."""
    return HourFloor.objects.select_related("hub", "set_by").order_by("-from_day", "-pk")


def standing(on: date) -> list[HourFloor]:
    """The floor that holds on a day for the country and for each hub that has its own; the country first. 1 query."""
    newest: dict[int | None, HourFloor] = {}
    for row in reversed([each for each in history() if each.from_day <= on]):
        newest[row.hub_id] = row
    return sorted(newest.values(), key=lambda row: (row.hub_id is not None, row.hub.slug if row.hub else ""))


def is_below(role: Role, floor: int | None) -> bool:
    """Whether an hour of a role by the piece comes to less than a floor; None and pay by the day are never below."""
    return (
        role.by_piece
        and floor is not None
        and (role.piece_yuan or 0) * 60 < floor * (role.piece_minutes or 0)
    )


def below(shoot: Shoot, on: date) -> list[tuple[Role, int]]:
    """The roles of a shoot whose hour comes to less than the floor, with that floor. Two queries at most."""
    roles = list(shoot.roles.exclude(piece_unit="").select_related("role_type").order_by("pk"))
    floor = of_hub(shoot.base.hub_id, on) if roles else None
    if floor is None:
        return []
    return [(role, floor) for role in roles if is_below(role, floor)]


def remedy(role: Role, on: date) -> tuple[int, int] | None:
    """Return (floor, least yuan a unit) of a role that is off the list for its pay; None for others. 1 query then."""
    if not role.below_floor:
        return None
    floor = of_hub(role.shoot.base.hub_id, on) or 0
    return floor, least_for(floor, role.piece_minutes or 1)
