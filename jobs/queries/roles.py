"""Open roles: the list, its filters, one role, and what is like it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import F, QuerySet
from psycopg.types.range import DateRange

from hubs.models import Hub
from jobs.enums import ApplicationState, ShootState
from jobs.models import Application, Role
from profiles.models import Profile

SIMILAR = 3


@dataclass(frozen=True)
class Requirement:
    """A line of "what it takes": `words` in the reader's language; `level` 1 to 3 for a skill, None for a language."""

    words: str
    must: bool
    level: int | None = None


def with_place(roles) -> QuerySet[Role]:
    """Join what a role's card and page show."""
    return roles.select_related("role_type__department", "shoot__crew", "shoot__base__hub")


def open_roles(filters: dict[str, Any] | None = None) -> QuerySet[Role]:
    """Roles with free places on open shoots, the most urgent first. One query.

    Filters, all optional: hub and department (rows), base, category, min_rate (yuan a day), entry_level, lodging,
    first_day and last_day (dates, both included: the role lies within them).
    """
    given = {name: value for name, value in (filters or {}).items() if value not in (None, "", False)}
    roles = Role.objects.filter(shoot__state=ShootState.OPEN, filled__lt=F("headcount"))
    lookups = {
        "base": "shoot__base",
        "category": "category",
        "department": "role_type__department",
        "min_rate": "day_rate__gte",
        "entry_level": "entry_level",
        "lodging": "shoot__lodging",
        "first_day": "days__startswith__gte",
    }
    roles = roles.filter(**{lookups[name]: value for name, value in given.items() if name in lookups})
    if hub := given.get("hub"):
        roles = (
            roles.filter(shoot__base__hub=hub)
            if isinstance(hub, Hub)
            else roles.filter(shoot__base__hub__slug=hub)
        )
    if last_day := given.get("last_day"):
        roles = roles.filter(days__endswith__lte=last_day + timedelta(days=1))
    return with_place(roles).order_by("days__startswith", "pk")


def detail(pk: int) -> Role | None:
    """One role with everything its page joins, or None."""
    return with_place(Role.objects).filter(pk=pk).first()


def requirements(role: Role) -> list[Requirement]:
    """What a role asks for: skills first, musts on top, then languages. Two queries."""
    skills = role.skill_levels.select_related("skill").order_by("-must", "-level", "skill__code")
    return [
        *(Requirement(need.skill.name, need.must, need.level) for need in skills),
        *(Requirement(language.name, True) for language in role.languages.all()),
    ]


def similar(role: Role, *, count: int = SIMILAR) -> list[Role]:
    """Open roles like this one: of the same type first, then of the same department, in the same hub before others."""
    near = DateRange(role.days.lower - timedelta(days=30), role.days.upper + timedelta(days=30))
    rows = (
        open_roles({"department": role.role_type.department_id})
        .exclude(pk=role.pk)
        .filter(days__overlap=near)
    )
    hub_id = role.shoot.base.hub_id
    ranked = sorted(
        rows[:60],
        key=lambda other: (
            other.role_type_id != role.role_type_id,
            other.shoot.base.hub_id != hub_id,
            other.days.lower,
            other.pk,
        ),
    )
    return ranked[:count]


def application_of(profile: Profile, role: Role) -> Application | None:
    """Her live application for this role, or None."""
    live = [ApplicationState.SENT, ApplicationState.OFFERED]
    return Application.objects.filter(profile=profile, role=role, state__in=live).first()
