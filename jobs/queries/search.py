"""What a person looks for among the open roles: as an address, as a database query, and for one role in memory.

The address and the saved search hold the same words, so that either can be shared, kept and asked again.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from hubs.models import RoleType
from hubs.queries import spelling
from jobs.enums import ShootState
from jobs.models import Role, Shoot

LAST_DAY = date(9999, 12, 31)

_SHOOT_TEXTS = (
    "title",
    "crew__name",
    "base__name_zh",
    "base__name_en",
    "base__hub__name_zh",
    "base__hub__name_en",
)
_TYPE_TEXTS = ("name_zh", "name_en", "department__name_zh", "department__name_en")


@dataclass(frozen=True)
class Search:
    """Places by slug, trades by code, pay in yuan a day, days both included; empty means any.

    `part` is "day" (no night work) or "night" (night work only). `q` is free text over role type, department,
    title, crew, base and hub, in Chinese, pinyin or English; every word of it must be found.
    """

    q: str = ""
    hub: str = ""
    base: str = ""
    category: str = ""
    department: str = ""
    role_type: str = ""
    min_rate: int | None = None
    first_day: date | None = None
    last_day: date | None = None
    part: str = ""
    entry_level: bool = False
    lodging: bool = False
    shoot: int | None = None
    remote: bool = False

    def __bool__(self) -> bool:
        return self != Search()

    def as_query(self) -> dict[str, str]:
        """Return what stands in the address: only what was asked for, days as ISO, flags as "on"."""
        said = {name: value for name, value in asdict(self).items() if value not in ("", None, False)}
        return {name: "on" if value is True else str(value) for name, value in said.items()}

    @classmethod
    def from_query(cls, said: Mapping[str, Any]) -> "Search":
        """Read what `as_query` wrote; anything else of it is dropped."""
        values: dict[str, Any] = {}
        for each in fields(cls):
            value = said.get(each.name)
            if value in (None, ""):
                continue
            try:
                values[each.name] = _READ.get(each.name, str)(value)
            except (TypeError, ValueError):
                continue
        return cls(**values)

    def narrow(self, roles: QuerySet[Role]) -> QuerySet[Role]:
        """Return those of `roles` that fit. Two queries more where there is free text."""
        given = {lookup: value for lookup, value in self._lookups().items() if value not in ("", None, False)}
        if self.last_day and self.last_day < LAST_DAY:
            given["days__endswith__lte"] = self.last_day + timedelta(days=1)
        roles = roles.filter(**given)
        if self.lodging:  # the role's own word, else the shoot's: see Role.gives_lodging
            roles = roles.filter(Q(lodging=True) | Q(lodging__isnull=True, shoot__lodging=True))
        words = spelling.terms(self.q)
        if not words:
            return roles
        types = list(RoleType.objects.values_list("pk", *_TYPE_TEXTS))
        shoots = list(Shoot.objects.filter(state=ShootState.OPEN).values_list("pk", *_SHOOT_TEXTS))
        for word in words:
            in_types = [pk for pk, *texts in types if spelling.finds(word, tuple(texts))]
            in_shoots = [pk for pk, *texts in shoots if spelling.finds(word, tuple(texts))]
            roles = roles.filter(Q(role_type__in=in_types) | Q(shoot__in=in_shoots))
        return roles

    def _lookups(self) -> dict[str, Any]:
        return {
            "shoot__base__hub__slug": self.hub,
            "shoot__base__slug": self.base,
            "category": self.category,
            "role_type__department__code": self.department,
            "role_type__code": self.role_type,
            "day_rate__gte": self.min_rate,
            "days__startswith__gte": self.first_day,
            "part": self.part,
            "entry_level": self.entry_level,
            "shoot": self.shoot,
            "remote": self.remote,
        }

    def takes(self, role: Role) -> bool:
        """Say the same as `narrow` of one role that has its type, department, shoot, crew, base and hub at hand."""
        shoot, kind = role.shoot, role.role_type
        if any(
            (
                self.hub and shoot.base.hub.slug != self.hub,
                self.base and shoot.base.slug != self.base,
                self.category and role.category != self.category,
                self.department and kind.department.code != self.department,
                self.role_type and kind.code != self.role_type,
                self.min_rate is not None and role.day_rate < self.min_rate,
                self.first_day and role.days.lower < self.first_day,
                self.last_day and role.days.upper - timedelta(days=1) > self.last_day,
                self.part and role.part != self.part,
                self.entry_level and not role.entry_level,
                self.lodging and not role.gives_lodging,
                self.remote and not role.remote,
                self.shoot is not None and role.shoot_id != self.shoot,
            )
        ):
            return False
        texts = _texts(role)
        return all(spelling.finds(word, texts) for word in spelling.terms(self.q))


def _texts(role: Role) -> tuple[str, ...]:
    kind, shoot = role.role_type, role.shoot
    return (
        kind.name_zh,
        kind.name_en,
        kind.department.name_zh,
        kind.department.name_en,
        shoot.title,
        shoot.crew.name,
        shoot.base.name_zh,
        shoot.base.name_en,
        shoot.base.hub.name_zh,
        shoot.base.hub.name_en,
    )


def _flag(value: Any) -> bool:
    return value in (True, "on", "true", "True", "1")


_READ: dict[str, Callable[[Any], Any]] = {
    "min_rate": int,
    "shoot": int,
    "first_day": date.fromisoformat,
    "last_day": date.fromisoformat,
    "entry_level": _flag,
    "lodging": _flag,
    "remote": _flag,
}
