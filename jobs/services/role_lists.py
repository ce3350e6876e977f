"""The role list of a shoot, saved as a whole: what is right is kept, what is not is named, what two changed is asked."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from psycopg.types.range import DateRange

from config.errors import DomainError, Invalid, NotAllowed
from hubs.models import Department, RoleType
from jobs import policies
from jobs.models import DepartmentBudget, Role, Shoot
from jobs.queries import role_lists as questions
from jobs.services import locks, log, roles
from jobs.services.merging import Clash, merge
from profiles.models import User


@dataclass(frozen=True)
class RoleEdit:
    """A line of the list as it came back. `key` names the line; `was` and `fields` are plain, see `values`."""

    key: str
    role_id: int
    was: dict[str, Any]
    fields: dict[str, Any]
    remove: bool = False


@dataclass
class Saved:
    """What became of a list: ids of roles changed and removed, lines refused, and lines that two have changed."""

    changed: list[int] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)
    refused: dict[str, DomainError] = field(default_factory=dict)
    clashes: dict[str, list[Clash]] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        return not self.refused and not self.clashes


def save(*, shoot: Shoot, edits: Iterable[RoleEdit], by: User, now: datetime) -> Saved:
    """Write each line by itself: one that is refused, or that somebody else changed too, does not hold up the others.

    Raise NotAllowed("not_yours"), Conflict("shoot_not_open"). A line whose role is gone counts as saved: there is
    nothing left to change. A department head writes the lines of her department.
    """
    if not policies.may_staff(by, shoot):
        raise NotAllowed("not_yours")
    edits = list(edits)
    found = {role.pk: role for role in questions.rows(shoot).filter(pk__in=[edit.role_id for edit in edits])}
    out = Saved()
    for edit in edits:
        role = found.get(edit.role_id)
        if role is None or not (edit.remove or _differs(edit)):
            continue
        try:
            _save_one(role, edit, out, by=by, now=now)
        except NotAllowed:
            raise
        except DomainError as error:
            out.refused[edit.key] = error
    return out


def _differs(edit: RoleEdit) -> bool:
    return any(edit.fields[name] != edit.was.get(name) for name in edit.fields)


def _save_one(role: Role, edit: RoleEdit, out: Saved, *, by: User, now: datetime) -> None:
    if edit.remove:
        roles.remove(role, by=by, now=now)
        out.removed.append(role.pk)
        return
    with locks.act():
        locks.role(role.pk)
        current = questions.rows(role.shoot).get(pk=role.pk)
        merged = merge(edit.was, edit.fields, questions.values(current))
        if merged.apply:
            roles.change(current, by=by, now=now, **as_columns(current, merged.apply))
            out.changed.append(role.pk)
        if merged.clashes:
            out.clashes[edit.key] = merged.clashes


def as_columns(role: Role, plain: dict[str, Any]) -> dict[str, Any]:
    """Return what `roles.change` takes: a first and a last day become a span."""
    out = {name: value for name, value in plain.items() if name not in ("first_day", "last_day")}
    if "first_day" in plain or "last_day" in plain:
        now = questions.values(role)
        out["days"] = span(plain.get("first_day", now["first_day"]), plain.get("last_day", now["last_day"]))
    return out


def span(first: str, last: str) -> DateRange:
    """Two ISO days, both included, as a half-open span. Raise Invalid("days_in_order"), Invalid("day_unreadable")."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    if end < start:
        raise Invalid("days_in_order", field="last_day")
    if end == date.max:  # there is no day after it
        raise Invalid("day_unreadable", field="last_day")
    return DateRange(start, end + timedelta(days=1))


def add(*, shoot: Shoot, role_type: RoleType, fields: dict[str, Any], by: User, now: datetime) -> Role:
    """Add a line to the list; what is not in `fields` is as usual for the role type and the shoot."""
    given = dict(fields)
    days = None
    if given.get("first_day") or given.get("last_day"):
        first, last = shoot.days.lower.isoformat(), (shoot.days.upper - timedelta(days=1)).isoformat()
        days = span(given.pop("first_day", None) or first, given.pop("last_day", None) or last)
    if not given.get("must") and not given.get("wish"):
        given["wish"] = list(role_type.typical_skills.values_list("code", flat=True))
    given.pop("first_day", None)
    given.pop("last_day", None)
    return roles.add(
        shoot=shoot,
        role_type=role_type,
        headcount=given.pop("headcount", 1),
        day_rate=given.pop("day_rate", None),
        days=days,
        by=by,
        now=now,
        **given,
    )


def set_budgets(*, shoot: Shoot, yuan: dict[Department, int | None], by: User, now: datetime) -> None:
    """Set what departments may spend; None takes a budget away. Owner and manager; raise Invalid("budget")."""
    if not policies.may_edit_shoot(by, shoot):
        raise NotAllowed("not_yours")
    if any(amount is not None and not 0 <= amount <= 100_000_000 for amount in yuan.values()):
        raise Invalid("budget", field="budget")
    with locks.act():
        for department, amount in yuan.items():
            if amount is None:
                DepartmentBudget.objects.filter(shoot=shoot, department=department).delete()
            else:
                DepartmentBudget.objects.update_or_create(
                    shoot=shoot, department=department, defaults={"yuan": amount}
                )
        log.write("budgets_set", shoot, by=by, now=now, departments=len(yuan))
