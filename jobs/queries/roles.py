"""Open roles: the list, its filters, one role, and what is like it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Max, Min, QuerySet, Sum, Window
from django.db.models.functions import Mod, RowNumber
from psycopg.types.range import DateRange

from jobs.enums import ApplicationState, ShootState
from jobs.models import Application, Role, Shoot, on_the_list
from jobs.queries.search import Search
from profiles.models import Profile

SIMILAR = 3
ORDERS = ("soonest", "pay", "newest")


@dataclass(frozen=True)
class Requirement:
    """A line of "what it takes": `words` in the reader's language; `level` 1 to 3 for a skill, None for a language."""

    words: str
    must: bool
    level: int | None = None


@dataclass(frozen=True)
class ShootRoles:
    """A shoot on the list: some of its open roles, how many more there are, and the places of all of them."""

    roles: list[Role]
    more: int
    places: int

    @property
    def shoot(self) -> Shoot:
        return self.roles[0].shoot


def with_place(roles) -> QuerySet[Role]:
    """Join what a role's card and page show."""
    return roles.select_related("role_type__department", "shoot__crew", "shoot__base__hub")


def open_roles(search: Search | None = None, *, today: date | None = None) -> QuerySet[Role]:
    """Roles with free places on open shoots, the most urgent first, without those held back.

    Those that begin before `today` are left out. One query, three where the search has free text.
    """
    roles = Role.objects.filter(on_the_list(), shoot__state=ShootState.OPEN, filled__lt=F("headcount"))
    if today is not None:
        roles = roles.filter(days__startswith__gte=today)
    if search:
        roles = search.narrow(roles)
    return with_place(roles).order_by("days__startswith", "pk")


def by_shoot(roles: QuerySet[Role], *, order: str = "soonest") -> QuerySet:
    """Return the shoots of `roles`, a row each: {"shoot_id", "roles", "places"}, in one of ORDERS. One query, unread."""
    shoots = roles.order_by().values("shoot_id")
    counted = shoots.annotate(roles=Count("pk"), places=Sum(F("headcount") - F("filled")))
    if order == "pay":
        return counted.annotate(top=Max("day_rate")).order_by("-top", "shoot_id")
    if order == "newest":
        return counted.annotate(at=Max("shoot__published_at")).order_by("-at", "shoot_id")
    return counted.annotate(first=Min("days__startswith")).order_by("first", "shoot_id")


def of_shoots(rows: Iterable[dict], roles: QuerySet[Role], *, order: str, each: int) -> list[ShootRoles]:
    """Return the shoots of a page of `by_shoot` with up to `each` of their roles. One query.

    First-timers' roles come first, since most who look are; the best paid first where she asked for pay. Among equals a
    steady lot decides: by trade every shoot of the page would name the same three.
    """
    rows = list(rows)
    lot = Mod(F("pk") * 7919, 101)
    wanted: list[Any] = ["-day_rate", "pk"] if order == "pay" else ["-entry_level", lot, "pk"]
    of_these = roles.filter(shoot__in=[row["shoot_id"] for row in rows])
    numbered = of_these.annotate(place=Window(RowNumber(), partition_by="shoot_id", order_by=wanted))
    shown: dict[int, list[Role]] = defaultdict(list)
    for role in numbered.filter(place__lte=each).order_by("place"):
        shown[role.shoot_id].append(role)
    return [
        ShootRoles(shown[row["shoot_id"]], row["roles"] - len(shown[row["shoot_id"]]), row["places"])
        for row in rows
        if shown[row["shoot_id"]]
    ]


def varied(roles: QuerySet[Role], *, count: int, of_a_shoot: int = 2) -> list[Role]:
    """Return up to `count` roles, few of any one shoot, in the order they begin: a picture of a place."""
    wanted: list[Any] = ["-entry_level", Mod(F("pk") * 7919, 101), "pk"]
    numbered = roles.annotate(place=Window(RowNumber(), partition_by="shoot_id", order_by=wanted))
    return list(numbered.filter(place__lte=of_a_shoot).order_by("days__startswith", "pk")[:count])


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
        open_roles(Search(department=role.role_type.department.code))
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
