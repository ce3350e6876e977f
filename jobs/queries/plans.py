"""From a crew template to the role list of one shoot: what a crew of this size needs for these days and this story.

The headcounts are estimates (see the templates' own source); the rules that scale them are written out in `_scaled`, one
sentence each, so that a manager can see why a line is what it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from psycopg.types.range import DateRange

from hubs.models import Department, RoleType
from hubs.timespan import DaySpan
from jobs.models import CrewTemplate, Role, TemplateLine

MOST_PLACES = 60
"""Places of one role; a line of more becomes several roles."""

SETS_PER_DRESSER = 2
EXTRAS_PER_LEADER = 30
EXTRAS_PER_COORDINATOR = 40
COSTUME_WORK = frozenset(
    {"wardrobe", "wardrobe-assistant", "makeup-artist", "makeup-assistant", "props-assistant"}
)
SPEAKING = ("lead", "supporting", "featured")
SHARE_OF_DAYS = {"supporting": 0.7, "featured": 0.4}
"""Speaking parts are not there on all days; leads, extras and the crew are."""


@dataclass(frozen=True)
class Scale:
    """What a template is scaled by. `sets`, `speaking` and `extras` (a day) None: as usual for its size."""

    costume: bool = False
    sets: int | None = None
    speaking: int | None = 0
    extras: int | None = 0


@dataclass(frozen=True)
class PlannedRole:
    """A role that the plan asks for; `day_rate` yuan, `days` half-open."""

    role_type: RoleType
    headcount: int
    day_rate: int
    days: DateRange

    @property
    def cost(self) -> int:
        """Yuan for all places and days."""
        return self.headcount * self.day_rate * len(DaySpan.of(self.days))


@dataclass(frozen=True)
class DepartmentPlan:
    department: Department
    roles: list[PlannedRole]

    @property
    def headcount(self) -> int:
        return sum(role.headcount for role in self.roles)

    @property
    def cost(self) -> int:
        return sum(role.cost for role in self.roles)

    @property
    def budget(self) -> int:
        """The cost in yuan, up to the next hundred."""
        return ceil(self.cost / 100) * 100


@dataclass(frozen=True)
class Plan:
    departments: list[DepartmentPlan]

    @property
    def roles(self) -> list[PlannedRole]:
        return [role for department in self.departments for role in department.roles]

    @property
    def headcount(self) -> int:
        return sum(each.headcount for each in self.departments)

    @property
    def crew(self) -> int:
        """Places of the production crew, without cast and extras."""
        production = RoleType.Category.PRODUCTION
        return sum(role.headcount for role in self.roles if role.role_type.category == production)

    @property
    def budget(self) -> int:
        return sum(each.budget for each in self.departments)


def usual_sets(template: CrewTemplate) -> int:
    return 2 + template.size // 12


def usual(template: CrewTemplate) -> Scale:
    """The scale a template was written for: its own speaking parts and extras, modern dress."""
    lines = list(template.lines.select_related("role_type"))
    return Scale(
        sets=usual_sets(template),
        speaking=sum(line.headcount for line in lines if line.role_type.code in SPEAKING),
        extras=sum(line.headcount for line in lines if line.role_type.code in ("extra", "foreground")),
    )


def plan(template: CrewTemplate, scale: Scale, days: DateRange) -> Plan:
    """Return the roles a shoot of these days needs; 2 queries. Numbers that are None are the template's own."""
    lines = list(
        template.lines.select_related("role_type__department")
        .prefetch_related("role_type__typical_skills")
        .order_by("role_type__department__position", "role_type__position", "pk")
    )
    counts = _scaled(template, scale, lines)
    rates = {line.role_type_id: line.day_rate for line in lines}
    departments: dict[int, DepartmentPlan] = {}
    for line in lines:
        left = counts.get(line.role_type.code, 0)
        department = line.role_type.department
        while left > 0:
            planned = PlannedRole(
                line.role_type,
                min(left, MOST_PLACES),
                rates[line.role_type_id],
                _days(line.role_type.code, days),
            )
            departments.setdefault(department.pk, DepartmentPlan(department, [])).roles.append(planned)
            left -= planned.headcount
    return Plan(list(departments.values()))


def _scaled(template: CrewTemplate, scale: Scale, lines: list[TemplateLine]) -> dict[str, int]:
    usual_number = {line.role_type.code: line.headcount for line in lines}
    crew = {
        line.role_type.code: line.headcount
        for line in lines
        if line.role_type.category == RoleType.Category.PRODUCTION
    }
    if scale.costume:  # period hair, layers and weapons: half as many hands again
        crew |= {code: ceil(number * 1.5) for code, number in crew.items() if code in COSTUME_WORK}
    more_sets = (usual_sets(template) if scale.sets is None else scale.sets) - usual_sets(template)
    if more_sets and "set-dresser" in crew:  # one dresser more (or fewer) for two sets, never none
        crew["set-dresser"] = max(1, crew["set-dresser"] + int(more_sets / SETS_PER_DRESSER))
    extras = _extras(scale.extras, usual_number)
    a_day = extras.get("extra", 0) + extras.get("foreground", 0)
    if "extras-coordinator" in crew and a_day:  # who counts, dresses and feeds them
        crew["extras-coordinator"] = max(crew["extras-coordinator"], ceil(a_day / EXTRAS_PER_COORDINATOR))
    return crew | _speaking(scale.speaking, usual_number) | extras


def _speaking(wanted: int | None, usual_number: dict[str, int]) -> dict[str, int]:
    """Two leads, then supporting and featured parts as the template shares them."""
    own = {code: usual_number[code] for code in SPEAKING if code in usual_number}
    if wanted is None or wanted == sum(own.values()):
        return own
    leads = min(2, wanted)
    rest, small = wanted - leads, own.get("supporting", 0) + own.get("featured", 0)
    supporting = round(rest * own.get("supporting", 0) / small) if small else rest
    out = {"lead": leads, "supporting": supporting, "featured": rest - supporting}
    return out if "featured" in own else {"lead": leads, "supporting": rest}


def _extras(wanted: int | None, usual_number: dict[str, int]) -> dict[str, int]:
    """Extras, a fifth of them in the foreground where the template has some, and a leader for every thirty."""
    own = {code: usual_number[code] for code in ("extra", "foreground") if code in usual_number}
    a_day = sum(own.values()) if wanted is None else wanted
    front = round(a_day * own["foreground"] / sum(own.values())) if own.get("foreground") else 0
    out = {"extra": a_day - front, "foreground": front}
    if "group-leader" in usual_number:
        out["group-leader"] = ceil(a_day / EXTRAS_PER_LEADER)
    return {code: number for code, number in out.items() if number}


def _days(code: str, days: DateRange) -> DateRange:
    whole = DaySpan.of(days)
    length = max(1, ceil(len(whole) * SHARE_OF_DAYS.get(code, 1)))
    return DateRange(whole.start, whole.start + timedelta(days=length))


def cost_by_department(roles: Iterable[Role]) -> dict[int, int]:
    """Yuan of day rates by department id, for roles with their role types."""
    out: dict[int, int] = {}
    for role in roles:
        department = role.role_type.department_id
        out[department] = out.get(department, 0) + role.total_pay * role.headcount
    return out


def last_day(days: DateRange) -> date:
    """The last day of a half-open span."""
    return DaySpan.of(days).last
