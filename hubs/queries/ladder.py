"""The ladder of trades: where a trade leads, what it takes, and who teaches it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from hubs.models import JobFair, Programme, RoleType, Skill, Step


@dataclass(frozen=True)
class Rung:
    """A step up to `above`, after `days` on set below. `skills` are those of the trade above that are missing.

    `programmes` teach one of them or lead to the trade; empty where nothing in the catalogue does.
    """

    below: RoleType
    above: RoleType
    days: int
    skills: list[Skill]
    programmes: list[Programme]


@dataclass(frozen=True)
class Trade:
    """A trade with the steps that lead to it and on from it."""

    role_type: RoleType
    up: list[Rung]
    down: list[Rung]


def trades() -> list[RoleType]:
    """Return all role types with department and typical skills, in the order of lists. Two queries."""
    rows = RoleType.objects.select_related("department").prefetch_related("typical_skills")
    return list(rows.order_by("department__position", "position", "code"))


def rungs(below: Iterable[int], held: Mapping[int, int] | None = None) -> dict[int, list[Rung]]:
    """Return the steps up from role types (by key). `held` maps the skills a person has to their levels.

    Six queries, however many trades there are.
    """
    return _steps(Step.objects.filter(below__in=list(below)), held or {}, "below_id")


def trade(code: str) -> Trade | None:
    """Return one trade and its place on the ladder, or None. A fixed number of queries."""
    role_type = (
        RoleType.objects.select_related("department")
        .prefetch_related("typical_skills")
        .filter(code=code)
        .first()
    )
    if role_type is None:
        return None
    up = _steps(Step.objects.filter(below=role_type), {}, "below_id")
    down = _steps(Step.objects.filter(above=role_type), {}, "above_id")
    return Trade(role_type, up.get(role_type.pk, []), down.get(role_type.pk, []))


def _steps(steps, held: Mapping[int, int], key: str) -> dict[int, list[Rung]]:
    rows = list(
        steps.select_related("below__department", "above__department")
        .prefetch_related("above__typical_skills")
        .order_by("days_below", "above__position")
    )
    missing = {
        row.pk: [skill for skill in row.above.typical_skills.all() if skill.pk not in held] for row in rows
    }
    taught = _programmes(rows, missing)
    out: dict[int, list[Rung]] = defaultdict(list)
    for row in rows:
        out[getattr(row, key)].append(
            Rung(row.below, row.above, row.days_below, missing[row.pk], taught[row.pk])
        )
    return out


def _programmes(rows: list[Step], missing: dict[int, list[Skill]]) -> dict[int, list[Programme]]:
    every = list(
        Programme.objects.published()
        .select_related("institution")
        .prefetch_related("teaches", "leads_to")
        .order_by("slug")
    )
    out = {}
    for row in rows:
        wanted = {skill.pk for skill in missing[row.pk]}
        out[row.pk] = [
            programme
            for programme in every
            if wanted & {skill.pk for skill in programme.teaches.all()}
            or row.above_id in {role_type.pk for role_type in programme.leads_to.all()}
        ]
    return out


def next_fair(today: date) -> JobFair | None:
    """Return the next job fair with days to come, else one whose days are not published yet. One query."""
    fairs = list(JobFair.objects.published().select_related("institution", "hub").order_by("slug"))
    coming = [fair for fair in fairs if fair.days and fair.days.upper > today]
    undated = [fair for fair in fairs if not fair.days]
    return min(coming, key=lambda fair: fair.days.lower) if coming else next(iter(undated), None)
