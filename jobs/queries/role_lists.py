"""The roles of a shoot as one list to be edited: plain values by field, and who changed a role last."""

import unicodedata
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from hubs.models import Language, RoleType, Skill
from jobs.models import DepartmentBudget, Entry, Role, Shoot
from jobs.queries.plans import cost_by_department
from profiles.models import User

SHEETS: dict[str, tuple[str, ...]] = {
    "staff": ("headcount", "day_rate", "first_day", "last_day", "part", "fill_mode"),
    "needs": (
        "must", "wish", "languages", "entry_level", "character_age_min", "character_age_max", "character_sex",
    ),
    "pay": ("overtime_pay", "night_pay", "rain_pay", "lines_pay", "shaved_head_pay", "transport_pay"),
    "pieces": ("remote", "piece_unit", "piece_count", "piece_yuan", "piece_minutes", "piece_revisions"),
    "terms": ("contract", "hours_per_day", "meals", "lodging", "insurance", "note"),
}  # fmt: skip
"""The fields of the grid, sheet by sheet: all of them in one table would be wider than any screen."""

CAST_ONLY = frozenset(
    {"character_age_min", "character_age_max", "character_sex", "lines_pay", "shaved_head_pay"}
)
"""Fields that a crew role does not have: a gaffer has no age here, and nobody shaves his head for us."""

CREW_ONLY = frozenset({"remote"})
"""Fields that a cast role does not have: who plays a part is there."""


def rows(shoot: Shoot) -> QuerySet[Role]:
    """The roles of a shoot in the order of the board, with what `values` reads; 3 queries."""
    return (
        Role.objects.filter(shoot=shoot)
        .select_related("role_type__department", "shoot")
        .prefetch_related("skill_levels__skill", "languages")
        .order_by("role_type__department__position", "role_type__position", "pk")
    )


def values(role: Role) -> dict[str, Any]:
    """Every field of a role that can be edited in the grid, plain; skills and languages as sorted codes."""
    levels = list(role.skill_levels.all())
    out: dict[str, Any] = {
        name: getattr(role, name)
        for fields in SHEETS.values()
        for name in fields
        if name not in ("first_day", "last_day", "must", "wish", "languages")
    }
    out["first_day"] = role.days.lower.isoformat()
    out["last_day"] = (role.days.upper - timedelta(days=1)).isoformat()
    out["must"] = sorted(each.skill.code for each in levels if each.must)
    out["wish"] = sorted(each.skill.code for each in levels if not each.must)
    out["languages"] = sorted(each.code for each in role.languages.all())
    return out


def budgets(shoot: Shoot, roles: list[Role]) -> list[dict[str, Any]]:
    """{"department", "budget" (None where none was set), "cost", "over"} in yuan, as the departments stand; 1 query."""
    found = DepartmentBudget.objects.filter(shoot=shoot).select_related("department")
    allowed = {each.department_id: each for each in found}
    costs = cost_by_department(roles)
    departments = {role.role_type.department_id: role.role_type.department for role in roles}
    departments |= {pk: each.department for pk, each in allowed.items()}
    out = []
    for pk, department in sorted(departments.items(), key=lambda pair: (pair[1].position, pair[0])):
        budget, cost = allowed[pk].yuan if pk in allowed else None, costs.get(pk, 0)
        over = max(0, cost - budget) if budget is not None else 0
        out.append({"department": department, "budget": budget, "cost": cost, "over": over})
    return out


def last_changes(subjects: list[str], *, but: User) -> dict[str, Entry]:
    """The newest log entry of anybody but `but` for each of these subjects ("role:12"). One query.

    Without `but` a person whose other fields were just saved would read that she herself was first.
    """
    entries = (
        Entry.objects.filter(subject__in=subjects, by__isnull=False).exclude(by=but).select_related("by")
    )
    return {entry.subject: entry for entry in entries.order_by("pk")}


Coded = Skill | Language | RoleType
"""What has names in both languages, and a code that stays when they change."""


class Names:
    """Names of skills, languages and role types, both ways; one query each, when first asked."""

    def __init__(self) -> None:
        self._read: dict[type, tuple[dict[str, str], dict[str, str]]] = {}

    def _of(self, model: type[Coded]) -> tuple[dict[str, str], dict[str, str]]:
        if model not in self._read:
            found: list[Coded] = [*model._default_manager.all()]
            by_name = {
                _plain(word): row.code
                for row in found
                for word in (row.name_zh, row.name_en, row.code)
                if word
            }
            self._read[model] = {row.code: row.name for row in found}, by_name
        return self._read[model]

    def name(self, model: type[Coded], code: str) -> str:
        return self._of(model)[0].get(code, code)

    def every(self, model: type[Coded]) -> list[str]:
        return sorted(self._of(model)[0].values())

    def code(self, model: type[Coded], typed: str) -> str | None:
        """The code of what a person typed: a name in either language, or the code itself; None for anything else."""
        return self._of(model)[1].get(_plain(typed))


def _plain(word: str) -> str:
    """A name as it is compared: whichever width its brackets and letters were typed in, whatever the blanks."""
    return "".join(unicodedata.normalize("NFKC", word).casefold().split())
