"""The roles of a shoot as one grid: a plain form of rows, quicker by keyboard. What can be saved is saved at once."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from config.errors import DomainError, Invalid
from config.wording import sentence
from hubs.models import Department, Language, RoleType, Skill
from jobs import policies
from jobs.enums import ShootState
from jobs.models import Role, Shoot
from jobs.queries import role_lists as questions
from jobs.queries.role_lists import SHEETS, Names
from jobs.services import cells, role_lists, shoots
from jobs.web import grid_fields
from jobs.web.shoots import staffable
from profiles.web.requests import PersonRequest

NEW_ROWS = 3
MOST_ROWS = 150


@dataclass
class Sent:
    """What came back of a grid: edits that could be read, what was typed, and what was wrong, by line and field."""

    edits: list[role_lists.RoleEdit] = field(default_factory=list)
    typed: dict[str, dict[str, str]] = field(default_factory=dict)
    wrong: dict[str, dict[str, str]] = field(default_factory=dict)
    added: int = 0

    def refuse(self, key: str, error: DomainError, fallback: str) -> None:
        name = {"days": "last_day"}.get(error.field or "", error.field or "")
        if name not in grid_fields.LABELS and name != "role_type":
            name = fallback
        self.wrong.setdefault(key, {})[name] = sentence(error)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def grid(request: PersonRequest, pk: int) -> HttpResponse:
    """Every role as a row. POST keeps what is right, names what is not, and asks where two changed the same."""
    shoot = staffable(request, pk)
    sheet = request.POST.get("sheet") or request.GET.get("sheet", "")
    sheet = sheet if sheet in SHEETS else "staff"
    names = Names()
    if request.method != "POST":
        return _page(request, shoot, sheet, names, Sent())
    sent = _read(request.POST, names, list(_rows(request, shoot)))
    saved = role_lists.save(shoot=shoot, edits=sent.edits, by=request.user, now=timezone.now())
    for key, error in saved.refused.items():
        sent.refuse(key, error, SHEETS[sheet][0])
    _add_rows(request, shoot, sent, names)
    _budgets(request, shoot, sent)
    count = len(saved.changed) + len(saved.removed) + sent.added
    if count:
        said = ngettext("%(count)d role saved.", "%(count)d roles saved.", count) % {"count": count}
        messages.success(request, said)
    if saved.clashes:
        return _ask(request, shoot, sheet, names, saved, sent)
    if sent.wrong:
        return _page(request, shoot, sheet, names, sent, status=400)
    return _onwards(request, shoot, sheet)


def _rows(request: PersonRequest, shoot: Shoot) -> QuerySet[Role]:
    """The roles she may edit: all of the shoot, or a department head's own."""
    return questions.rows(shoot).filter(pk__in=policies.editable_roles(request.user).values("pk"))


def _role_types(request: PersonRequest, shoot: Shoot, names: Names) -> list[str]:
    department = policies.heads_department(request.user, shoot.crew)
    if department is None:
        return names.every(RoleType)
    return sorted(each.name for each in RoleType.objects.filter(department=department))


def _onwards(request: PersonRequest, shoot: Shoot, sheet: str) -> HttpResponseRedirect:
    then = request.POST.get("then", "")
    if then == "publish":
        shoots.publish(shoot=shoot, by=request.user, now=timezone.now())
        messages.success(request, _("Published: graduates can see its roles now."))
        return redirect("shoots:board", pk=shoot.pk)
    if then == "board":
        return redirect("shoots:board", pk=shoot.pk)
    sheet = then if then in SHEETS else sheet
    return redirect(f"{reverse('shoots:grid', args=[shoot.pk])}?sheet={sheet}")


def _read(post: QueryDict, names: Names, roles: list[Role]) -> Sent:
    """Read the rows that were sent. A row says in `was` which fields it has, so a page may send any part of the list."""
    sent, mine = Sent(), {role.pk: role for role in roles}
    for number in post.getlist("row")[:MOST_ROWS]:
        role = mine.get(int(number)) if number.isdecimal() and len(number) < 19 else None
        if role is None:
            continue
        key = f"r{role.pk}"
        was = _was(post.get(f"{key}-was", ""))
        fields: dict[str, Any] = {}
        sent.typed[key] = {}
        for name in was:
            text = sent.typed[key][name] = post.get(f"{key}-{name}", "")
            try:
                fields[name] = cells.read(name, text, names)
            except Invalid as error:
                sent.refuse(key, error, name)
        remove = post.get(f"{key}-remove") == "on"
        sent.edits.append(role_lists.RoleEdit(key, role.pk, was, fields, remove))
    return sent


def _was(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return (
        {name: found[name] for name in found if name in grid_fields.LABELS} if isinstance(found, dict) else {}
    )


def _add_rows(request: PersonRequest, shoot: Shoot, sent: Sent, names: Names) -> None:
    for at in range(NEW_ROWS):
        key = f"n{at}"
        typed = {name: request.POST.get(f"{key}-{name}", "") for name in ("role_type", *SHEETS["staff"])}
        if not typed["role_type"]:
            continue
        sent.typed[key] = typed
        code = names.code(RoleType, typed["role_type"])
        role_type = RoleType.objects.filter(code=code).first() if code else None
        try:
            if role_type is None:
                raise Invalid("role_type_unknown", field="role_type", name=typed["role_type"])
            fields = {
                name: cells.read(name, typed[name], names)
                for name in SHEETS["staff"]
                if typed[name].strip() or name == "day_rate"
            }
            role_lists.add(
                shoot=shoot, role_type=role_type, fields=fields, by=request.user, now=timezone.now()
            )
            sent.added += 1
            del sent.typed[key]
        except DomainError as error:
            sent.refuse(key, error, "day_rate")


def _budgets(request: PersonRequest, shoot: Shoot, sent: Sent) -> None:
    """Budgets that she changed; one that was left alone is not written, so another's change to it stays."""
    given: dict[Department, int | None] = {}
    for department in Department.objects.all():
        text = request.POST.get(f"b{department.pk}")
        if text is None or text.strip() == request.POST.get(f"b{department.pk}-was", ""):
            continue
        try:
            given[department] = cells.read("overtime_pay", text, Names()) or None
        except Invalid as error:
            sent.wrong.setdefault("budget", {})[str(department.pk)] = sentence(error)
    if given:
        role_lists.set_budgets(shoot=shoot, yuan=given, by=request.user, now=timezone.now())


def _page(
    request: PersonRequest, shoot: Shoot, sheet: str, names: Names, sent: Sent, status: int = 200
) -> HttpResponse:
    rows, runs = list(_rows(request, shoot)), policies.may_edit_shoot(request.user, shoot)
    lines: dict[int, list[dict[str, Any]]] = {}
    for role in rows:
        lines.setdefault(role.role_type.department_id, []).append(_line(role, sheet, names, sent))
    departments = [
        {**each, "lines": lines.get(each["department"].pk, [])}
        for each in questions.budgets(shoot, rows)
        if runs or each["department"].pk in lines
    ]
    context = {
        "shoot": shoot,
        "sheet": sheet,
        "sheets": [{"code": code, "name": label} for code, label in grid_fields.SHEET_NAMES.items()],
        "columns": [grid_fields.LABELS[name] for name in SHEETS[sheet]],
        "departments": departments,
        "new_rows": [_new_line(f"n{at}", names, sent) for at in range(NEW_ROWS)] if sheet == "staff" else [],
        "role_types": _role_types(request, shoot, names) if sheet == "staff" else [],
        "skills": names.every(Skill) if sheet == "needs" else [],
        "languages": names.every(Language) if sheet == "needs" else [],
        "wrong": sum(len(fields) for fields in sent.wrong.values()),
        "places": sum(role.headcount for role in rows),
        "cost": sum(each["cost"] for each in departments),
        "budget": sum(each["budget"] or 0 for each in departments),
        "runs": runs,
        "may_publish": runs and shoot.state == ShootState.DRAFT and shoot.crew.is_verified,
    }
    return render(request, "jobs/grid.html", context, status=status)


def _line(role: Role, sheet: str, names: Names, sent: Sent) -> dict[str, Any]:
    key, standing = f"r{role.pk}", questions.values(role)
    own = grid_fields.fields_of(sheet, role.role_type)
    wrong, typed = sent.wrong.get(key, {}), sent.typed.get(key, {})
    shown = []
    for name in SHEETS[sheet]:
        if name not in own:
            shown.append(grid_fields.Cell(name, "none", ""))
            continue
        kept = typed.get(name) if name in wrong else None
        shown.append(grid_fields.cell(name, standing[name], names, typed=kept, error=wrong.get(name, "")))
    return {
        "key": key,
        "role": role,
        "cells": shown,
        "was": json.dumps({name: standing[name] for name in own}),
        "others": [words for name, words in wrong.items() if name not in own],
    }


def _new_line(key: str, names: Names, sent: Sent) -> dict[str, Any]:
    typed, wrong = sent.typed.get(key, {}), sent.wrong.get(key, {})
    empty = {"part": "day", "fill_mode": "engine"}
    shown = [
        grid_fields.cell(
            name, None, names, typed=typed.get(name, empty.get(name, "")), error=wrong.get(name, "")
        )
        for name in SHEETS["staff"]
    ]
    return {
        "key": key,
        "role_type": typed.get("role_type", ""),
        "cells": shown,
        "error": wrong.get("role_type", ""),
    }


def _ask(
    request: PersonRequest, shoot: Shoot, sheet: str, names: Names, saved: role_lists.Saved, sent: Sent
) -> HttpResponse:
    """Both values where two changed the same; what else could not be saved goes along, so that nothing is lost."""
    found = {f"r{role.pk}": role for role in _rows(request, shoot)}
    entries = questions.last_changes([f"role:{found[key].pk}" for key in saved.clashes], but=request.user)
    asked = []
    for key, clashes in saved.clashes.items():
        role = found[key]
        asked.append(
            {
                "key": key,
                "role": role,
                "who": entries.get(f"role:{role.pk}"),
                "was": json.dumps({clash.name: clash.theirs for clash in clashes}),
                "fields": [
                    {
                        "name": clash.name,
                        "label": grid_fields.LABELS[clash.name],
                        "mine": _side(clash.name, clash.mine, names),
                        "theirs": _side(clash.name, clash.theirs, names),
                    }
                    for clash in clashes
                ],
            }
        )
    context = {
        "shoot": shoot,
        "sheet": sheet,
        "rows": asked,
        "kept": _kept(found, saved, sent),
        "then": request.POST.get("then", ""),
    }
    return render(request, "jobs/grid_conflict.html", context, status=409)


def _side(name: str, value: Any, names: Names) -> dict[str, str]:
    return {
        "words": grid_fields.words(name, value, names),
        "value": grid_fields.show(name, value, names),
    }


def _kept(found: dict[str, Role], saved: role_lists.Saved, sent: Sent) -> list[tuple[str, str]]:
    """The inputs of lines that were refused: they come back as errors once the clashes are settled."""
    out: list[tuple[str, str]] = []
    for key, fields in sent.wrong.items():
        names = [name for name in fields if name in sent.typed.get(key, {})]
        if key in found and key not in saved.clashes and names:
            standing = questions.values(found[key])
            out += [("row", key[1:]), (f"{key}-was", json.dumps({name: standing[name] for name in names}))]
        if key not in saved.clashes:
            out += [(f"{key}-{name}", text) for name, text in sent.typed.get(key, {}).items()]
    return out
