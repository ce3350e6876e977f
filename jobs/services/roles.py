"""The openings of a shoot."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F
from psycopg.types.range import DateRange

from config.errors import Conflict, Invalid, NotAllowed
from hubs.models import Language, RoleType, Skill
from jobs import policies
from jobs.enums import AddOn, ContractKind, FillMode, ShootState
from jobs.models import DepartmentBudget, Role, RoleSkill, Shoot
from jobs.models.role import MOST_EXTRAS, MOST_PLACES
from jobs.queries.plans import Plan
from jobs.services import locks, log, moderation, pieces, searches, sending
from profiles.models import User

CAST_TRAITS = ("character_age_min", "character_age_max", "character_sex", "height_min", "height_max")
ADD_ONS = tuple(f"{kind}_pay" for kind in AddOn)
TERMS = ("contract", "hours_per_day", "meals", "lodging", "insurance", *ADD_ONS, *pieces.COLUMNS)
MAY_CHANGE = (
    "day_rate",
    "headcount",
    "note",
    "part",
    "entry_level",
    "days",
    "fill_mode",
    *TERMS,
    *CAST_TRAITS,
)
ASKED = ("must", "wish", "languages")
"""What a role asks for beside its columns: codes of skills that are a must, of those that are welcome, of languages."""
PROMISED = ("days", "part", *(name for name in TERMS if name != "piece_yuan"))
"""What an offer promises beside pay: it does not move under those who hold one. Pay may: an offer has its own."""
HIGHEST_ADD_ON = 5000


_ASKS_AGE_OR_SEX = re.compile(
    r"(限|只招|仅招|仅限|优先)[男女]|[男女](性|生|士)?(优先|勿扰)|\d{2}\s*(周)?岁(以[上下]|左右)?"
    r"|\b(male|female|men|women)\s+(only|preferred)\b|\b(under|over)\s+\d{2}\b",
    re.IGNORECASE,
)
"""Age or sex in the free words of a crew role: the law forbids asking for it, in whatever field."""


def add(
    *,
    shoot: Shoot,
    role_type: RoleType,
    headcount: int,
    by: User,
    now: datetime,
    day_rate: int | None = None,
    days: DateRange | None = None,
    part: str = "day",
    skills: Iterable[tuple[Skill, int, bool]] = (),
    languages: Iterable[Language | str] = (),
    note: str = "",
    entry_level: bool | None = None,
    must: Iterable[str] = (),
    wish: Iterable[str] = (),
    import_key: str = "",
    **more: Any,
) -> Role:
    """Add a role to a draft or open shoot; `skills` are (skill, level 1 to 3, must). Days default to the whole shoot.

    Work paid by the piece needs no `day_rate`, see `pieces.settle`.
    `must` and `wish` are codes of skills. `more` are terms, and for cast roles the character's age, sex and height.
    Raise NotAllowed, Conflict("shoot_not_open" / "crew_owes"), Invalid("unknown_field") or what `_check` says.
    """
    refuse_others(shoot, by, role_type.department_id)
    _refuse_ended(shoot)
    _refuse_more(shoot, now)
    days = days or shoot.days
    _refuse_unknown(more)
    plain = {"headcount": headcount, "days": days, "note": note, "part": part}
    said = pieces.settle(shoot, role_type.category, plain | {"day_rate": day_rate} | more, now=now)
    _check(shoot, role_type.category, said)
    more = {name: value for name, value in said.items() if name not in plain}
    with locks.act():
        role = Role.objects.create(
            shoot=shoot,
            role_type=role_type,
            category=role_type.category,
            headcount=headcount,
            days=days,
            part=part,
            note=note.strip(),
            entry_level=role_type.entry_level if entry_level is None else entry_level,
            import_key=import_key,
            **more,
        )
        RoleSkill.objects.bulk_create(
            [RoleSkill(role=role, skill=skill, level=level, must=must) for skill, level, must in skills]
        )
        if must or wish:
            _ask_for(role, "wish", wish)
            _ask_for(role, "must", must)
        _ask_for(role, "languages", languages)
        log.write(
            "role_added", role, by=by, now=now, shoot=shoot.pk, headcount=headcount, day_rate=role.day_rate
        )
        searches.ask_for_role(role, now=now)
    return role


def add_planned(shoot: Shoot, plan: Plan) -> int:
    """Add the roles of a plan and the budgets of its departments; return how many roles.

    The typical skills of each trade are welcome from the start, so that fit means something;
    the manager makes musts of them.
    """
    made = Role.objects.bulk_create(
        [
            Role(
                shoot=shoot,
                role_type=line.role_type,
                category=line.role_type.category,
                headcount=line.headcount,
                day_rate=line.day_rate,
                days=line.days,
                entry_level=line.role_type.entry_level,
            )
            for line in plan.roles
        ]
    )
    RoleSkill.objects.bulk_create(
        RoleSkill(role=role, skill=skill)
        for role, line in zip(made, plan.roles, strict=True)
        for skill in line.role_type.typical_skills.all()
    )
    DepartmentBudget.objects.bulk_create(
        DepartmentBudget(shoot=shoot, department=each.department, yuan=each.budget)
        for each in plan.departments
    )
    return len(made)


def change(role: Role, *, by: User, now: datetime, **fields: Any) -> Role:
    """Change day rate, headcount, days, note, part or traits. Sent offers keep the rate and days they promised.

    Raise Conflict("below_booked") where fewer places would remain than are booked or offered,
    Conflict("role_has_offers") where days or part of a role with live offers would move, and Conflict("crew_owes")
    where an open shoot would get more places.
    """
    refuse_others(role.shoot, by, role.role_type.department_id)
    asked = {name: fields.pop(name) for name in ASKED if name in fields}
    _refuse_unknown(fields)
    with locks.act():
        current = locks.role(role.pk)
        _refuse_ended(current.shoot)
        fields = pieces.settle(current.shoot, current.category, fields, now=now, role=current)
        _check(current.shoot, current.category, fields)
        taken = current.headcount - sending.free_slots(current)
        wanted = fields.get("headcount", current.headcount)
        if wanted < taken:
            raise Conflict("below_booked", taken=taken)
        if wanted > current.headcount:
            _refuse_more(current.shoot, now)
        # A form sends every field: only a value that differs would move what was promised.
        if taken and any(name in fields and fields[name] != getattr(current, name) for name in PROMISED):
            raise Conflict("role_has_offers")
        Role.objects.filter(pk=role.pk).update(**fields, version=F("version") + 1)
        for name, codes in asked.items():
            _ask_for(current, name, codes)
        log.write("role_changed", role, by=by, now=now, fields=sorted([*fields, *asked]))
        moderation.guard_role(locks.role(role.pk), now=now)
        searches.ask_for_role(current, now=now)
    role.refresh_from_db()
    return role


def ease(role: Role, skill: Skill, *, by: User, now: datetime) -> None:
    """Make a skill that is a must a wish: who lacks it may come, who has it still comes first.

    Raise NotAllowed, or Conflict("not_a_must").
    """
    refuse_others(role.shoot, by, role.role_type.department_id)
    with locks.act():
        current = locks.role(role.pk)
        _refuse_ended(current.shoot)
        if not RoleSkill.objects.filter(role=role, skill=skill, must=True).update(must=False):
            raise Conflict("not_a_must")
        Role.objects.filter(pk=role.pk).update(version=F("version") + 1)
        log.write("role_eased", role, by=by, now=now, skill=skill.code)
        searches.ask_for_role(current, now=now)


def remove(role: Role, *, by: User, now: datetime) -> None:
    """Take a role off the shoot; raise Conflict("role_has_offers") once anybody was asked for it."""
    refuse_others(role.shoot, by, role.role_type.department_id)
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
    most = MOST_EXTRAS if category == RoleType.Category.EXTRAS else MOST_PLACES
    if not 1 <= fields.get("headcount", 1) <= most:
        raise Invalid("headcount", field="headcount", most=most)
    if not 1 <= (fields.get("day_rate", 1) or 0) <= 100_000:
        raise Invalid("day_rate", field="day_rate")
    if category == RoleType.Category.PRODUCTION:
        traits = [name for name in CAST_TRAITS if fields.get(name)]
        if traits or _ASKS_AGE_OR_SEX.search(fields.get("note", "")):
            raise Invalid("trait_on_crew_role", field=traits[0] if traits else "note")
    if not 1 <= (fields.get("hours_per_day") or 1) <= 12:
        raise Invalid("hours_per_day", field="hours_per_day")
    for name in ADD_ONS:
        if not 0 <= fields.get(name, 0) <= HIGHEST_ADD_ON:
            raise Invalid("add_on", field=name, highest=HIGHEST_ADD_ON)
    for name, words in (("fill_mode", FillMode.values), ("contract", ContractKind.values)):
        if fields.get(name, words[0]) not in words:
            raise Invalid("terms_unknown", field=name)


def _refuse_unknown(fields: Iterable[str]) -> None:
    unknown = set(fields) - set(MAY_CHANGE)
    if unknown:
        raise Invalid("unknown_field", field=sorted(unknown)[0])


def _ask_for(role: Role, what: str, codes: Iterable[Language | str]) -> None:
    """Make these, and no others, the musts (or wishes, or languages) of a role; levels that were set stay."""
    if what == "languages":
        names = [each if isinstance(each, str) else each.code for each in codes]
        role.languages.set(Language.objects.filter(code__in=names))
        return
    must = what == "must"
    skills = list(Skill.objects.filter(code__in=list(codes)))
    held = RoleSkill.objects.filter(role=role)
    held.filter(must=must).exclude(skill__in=skills).delete()
    held.filter(skill__in=skills).update(must=must)
    known = set(held.values_list("skill_id", flat=True))
    RoleSkill.objects.bulk_create(
        RoleSkill(role=role, skill=skill, must=must) for skill in skills if skill.pk not in known
    )


def _iso(day: date) -> str:
    return day.isoformat()


def refuse_others(shoot: Shoot, by: User, department_id: int) -> None:
    """Raise NotAllowed("not_yours") for anyone but owner and manager of the crew, and the head of the department."""
    if not policies.may_staff_department(by, shoot, department_id):
        raise NotAllowed("not_yours")


def _refuse_more(shoot: Shoot, now: datetime) -> None:
    """A draft may grow; what is public grows only while the crew pays."""
    if shoot.state == ShootState.OPEN:
        sending.refuse_owing(shoot.crew, now)


def _refuse_ended(shoot: Shoot) -> None:
    if shoot.state not in (ShootState.DRAFT, ShootState.OPEN):
        raise Conflict("shoot_not_open")
