"""Work paid by the piece: what is said of it hangs together, an hour of it reaches the floor, the day rate follows."""

from datetime import datetime
from typing import Any

from psycopg.types.range import DateRange

from config.errors import Conflict, Invalid
from hubs.models import RoleType
from hubs.timespan import DaySpan, shoot_day_of
from jobs.enums import PieceUnit, ShootState
from jobs.models import Role, Shoot
from jobs.models.piece import MOST_HOURS, least_for, rate_of_pieces, yuan_per_hour
from jobs.queries import floors
from profiles.models.availability import DayPart

PIECES = ("piece_unit", "piece_count", "piece_yuan", "piece_minutes", "piece_revisions")
COLUMNS = ("remote", *PIECES)
RANGES = {
    "piece_count": (1, 5000),
    "piece_yuan": (1, 100_000),
    "piece_minutes": (1, 6000),
    "piece_revisions": (0, 9),
}


def settle(
    shoot: Shoot, category: str, fields: dict[str, Any], *, now: datetime, role: Role | None = None
) -> dict[str, Any]:
    """Return `fields` with what follows from them: no unit, no pieces; a unit, a day rate out of the pieces.

    `role` is the row as it stands, None for a new one. Raise Invalid with "remote_crew_work" (cast, or by night),
    "piece_number" (`low`, `high`), "piece_too_much" (`most`), "below_floor" (only where the shoot is published), or
    "terms_unknown", each with its field.
    """
    if role is not None and not any(name in fields for name in (*COLUMNS, "days", "part", "day_rate")):
        return fields
    said = {name: fields.get(name, getattr(role, name, None)) for name in COLUMNS}
    part = fields.get("part", getattr(role, "part", DayPart.DAY))
    if said["remote"] and (category != RoleType.Category.PRODUCTION or part != DayPart.DAY):
        raise Invalid("remote_crew_work", field="remote")
    if not said["piece_unit"]:
        cleared = {"piece_unit": "", **dict.fromkeys(PIECES[1:])}
        return fields | (cleared | _reaching(role) if any(name in fields for name in PIECES) else {})
    days = fields.get("days") or getattr(role, "days", None) or shoot.days
    pieces = _checked(said, days)
    reaching = {}
    if shoot.state == ShootState.OPEN:
        _refuse_below(shoot, pieces, now)
        reaching = _reaching(role)
    length = (days.upper - days.lower).days
    rate = rate_of_pieces(pieces["piece_count"], pieces["piece_yuan"], length)
    return fields | pieces | {"day_rate": rate} | reaching


def _reaching(role: Role | None) -> dict[str, Any]:
    """What follows for a role that the floor took off the list, once it pays enough: it is back."""
    return {"below_floor": False} if role is not None and role.below_floor else {}


def _checked(said: dict[str, Any], days: DateRange) -> dict[str, Any]:
    if said["piece_unit"] not in PieceUnit.values:
        raise Invalid("terms_unknown", field="piece_unit")
    pieces = {name: said[name] for name in PIECES} | {"piece_revisions": said["piece_revisions"] or 0}
    for name, (low, high) in RANGES.items():
        if pieces[name] is None or not low <= pieces[name] <= high:
            raise Invalid("piece_number", field=name, low=low, high=high)
    minutes = len(DaySpan.of(days)) * MOST_HOURS * 60
    if pieces["piece_count"] * pieces["piece_minutes"] > minutes:
        most = minutes // pieces["piece_minutes"]
        raise Invalid("piece_too_much", field="piece_count", most=most, hours=MOST_HOURS)
    return pieces


def _refuse_below(shoot: Shoot, pieces: dict[str, Any], now: datetime) -> None:
    floor = floors.of_hub(shoot.base.hub_id, shoot_day_of(now))
    yuan, minutes = pieces["piece_yuan"], pieces["piece_minutes"]
    if floor is not None and yuan * 60 < floor * minutes:
        facts = {"hour": yuan_per_hour(yuan, minutes), "floor": floor, "least": least_for(floor, minutes)}
        raise Invalid("below_floor", field="piece_yuan", **facts)


def refuse_held_by_floor(role: Role, *, now: datetime) -> None:
    """Raise Conflict("role_below_floor") for a role off the list for its pay, with the price that brings it back."""
    if found := floors.remedy(role, shoot_day_of(now)):
        floor, least = found
        raise Conflict(
            "role_below_floor", role=role.role_type.name, hour=role.yuan_per_hour, floor=floor, least=least
        )


def refuse_below_floor(shoot: Shoot, *, now: datetime) -> None:
    """Raise Conflict("role_below_floor") for the first role of a shoot whose hour comes to less than the floor."""
    for role, floor in floors.below(shoot, shoot_day_of(now)):
        raise Conflict(
            "role_below_floor",
            role=role.role_type.name,
            hour=role.yuan_per_hour,
            floor=floor,
            least=least_for(floor, role.piece_minutes or 1),
        )
