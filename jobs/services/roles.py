"""The openings of a shoot."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from psycopg.types.range import DateRange

from config.errors import Conflict, Invalid, NotAllowed
from hubs.models import Language, RoleType, Skill
from jobs import policies
from jobs.enums import OfferState, ShootState
from jobs.models import CrewTemplate, Role, RoleSkill, Shoot
from jobs.services import locks, log, searches
from profiles.models import User

CAST_TRAITS = ("character_age_min", "character_age_max", "character_sex", "height_min", "height_max")
MAY_CHANGE = ("day_rate", "headcount", "note", "part", "entry_level", "days", *CAST_TRAITS)


def add(
    *,
    shoot: Shoot,
    role_type: RoleType,
    headcount: int,
    day_rate: int,
    by: User,
    now: datetime,
    days: DateRange | None = None,
    part: str = "day",
    skills: Iterable[tuple[Skill, int, bool]] = (),
    languages: Iterable[Language] = (),
    note: str = "",
    entry_level: bool | None = None,
    **traits: Any,
) -> Role:
    """Add a role to a draft or open shoot; `skills` are (skill, level 1 to 3, must). Days default to the whole shoot.

    `traits` are the character's age, sex and height, for cast roles. Raise NotAllowed, Conflict("shoot_not_open") or
    Invalid("role_days" / "headcount" / "day_rate" / "trait_on_crew_role").
    """
    _refuse_others(shoot, by)
    _refuse_ended(shoot)
    days = days or shoot.days
    _check(shoot, role_type.category, {"headcount": headcount, "day_rate": day_rate, "days": days, **traits})
    with locks.act():
        role = Role.objects.create(
            shoot=shoot,
            role_type=role_type,
            category=role_type.category,
            headcount=headcount,
            day_rate=day_rate,
            days=days,
            part=part,
            note=note.strip(),
            entry_level=role_type.entry_level if entry_level is None else entry_level,
            **traits,
        )
        RoleSkill.objects.bulk_create(
            [RoleSkill(role=role, skill=skill, level=level, must=must) for skill, level, must in skills]
        )
        role.languages.add(*languages)
        log.write("role_added", role, by=by, now=now, shoot=shoot.pk, headcount=headcount, day_rate=day_rate)
        searches.ask_for_role(role, now=now)
    return role


def add_from_template(shoot: Shoot, template: CrewTemplate) -> int:
    """Add one role for each line of the template, for the whole shoot; return how many.

    The typical skills of each trade are welcome from the start, so that fit means something;
    the manager makes musts of them.
    """
    lines = list(
        template.lines.select_related("role_type")
        .prefetch_related("role_type__typical_skills")
        .order_by("role_type__position", "pk")
    )
    made = Role.objects.bulk_create(
        [
            Role(
                shoot=shoot,
                role_type=line.role_type,
                category=line.role_type.category,
                headcount=line.headcount,
                day_rate=line.day_rate,
                days=shoot.days,
                entry_level=line.role_type.entry_level,
            )
            for line in lines
        ]
    )
    RoleSkill.objects.bulk_create(
        RoleSkill(role=role, skill=skill)
        for role, line in zip(made, lines, strict=True)
        for skill in line.role_type.typical_skills.all()
    )
    return len(lines)


def change(role: Role, *, by: User, now: datetime, **fields: Any) -> Role:
    """Change day rate, headcount, days, note, part or traits. Sent offers keep the rate and days they promised.

    Raise Conflict("below_booked") where fewer places would remain than are booked or offered, and
    Conflict("role_has_offers") where days or part of a role with live offers would move.
    """
    _refuse_others(role.shoot, by)
    unknown = set(fields) - set(MAY_CHANGE)
    if unknown:
        raise Invalid("unknown_field", field=sorted(unknown)[0])
    with locks.act():
        current = locks.role(role.pk)
        _refuse_ended(current.shoot)
        _check(current.shoot, current.category, fields)
        taken = current.filled + current.offers.filter(state=OfferState.OPEN).count()
        if fields.get("headcount", current.headcount) < taken:
            raise Conflict("below_booked", taken=taken)
        # A form sends every field: only a value that differs would move what was promised.
        if taken and any(
            name in fields and fields[name] != getattr(current, name) for name in ("days", "part")
        ):
            raise Conflict("role_has_offers")
        Role.objects.filter(pk=role.pk).update(**fields)
        log.write("role_changed", role, by=by, now=now, fields=sorted(fields))
        searches.ask_for_role(current, now=now)
    role.refresh_from_db()
    return role


def ease(role: Role, skill: Skill, *, by: User, now: datetime) -> None:
    """Make a skill that is a must a wish: who lacks it may come, who has it still comes first.

    Raise NotAllowed, or Conflict("not_a_must").
    """
    _refuse_others(role.shoot, by)
    with locks.act():
        current = locks.role(role.pk)
        _refuse_ended(current.shoot)
        if not RoleSkill.objects.filter(role=role, skill=skill, must=True).update(must=False):
            raise Conflict("not_a_must")
        log.write("role_eased", role, by=by, now=now, skill=skill.code)
        searches.ask_for_role(current, now=now)


def remove(role: Role, *, by: User, now: datetime) -> None:
    """Take a role off the shoot; raise Conflict("role_has_offers") once anybody was asked for it."""
    _refuse_others(role.shoot, by)
    with locks.act():
        current = locks.role(role.pk)
        _refuse_ended(current.shoot)
        if current.offers.exists():
            raise Conflict("role_has_offers")
        log.write("role_removed", role, by=by, now=now, shoot=role.shoot_id)
        current.delete()


def _check(shoot: Shoot, category: str, fields: dict[str, Any]) -> None:
    days = fields.get("days")
    if days is not None and not (shoot.days.lower <= days.lower < days.upper <= shoot.days.upper):
        last = shoot.days.upper - timedelta(days=1)
        raise Invalid("role_days", field="days", first=_iso(shoot.days.lower), last=_iso(last))
    if not 1 <= fields.get("headcount", 1) <= 60:
        raise Invalid("headcount", field="headcount")
    if not 1 <= fields.get("day_rate", 1) <= 100_000:
        raise Invalid("day_rate", field="day_rate")
    if category == RoleType.Category.PRODUCTION and any(fields.get(name) for name in CAST_TRAITS):
        raise Invalid("trait_on_crew_role")


def _iso(day: date) -> str:
    return day.isoformat()


def _refuse_others(shoot: Shoot, by: User) -> None:
    if not policies.may_edit_shoot(by, shoot):
        raise NotAllowed("not_yours")


def _refuse_ended(shoot: Shoot) -> None:
    if shoot.state not in (ShootState.DRAFT, ShootState.OPEN):
        raise Conflict("shoot_not_open")
