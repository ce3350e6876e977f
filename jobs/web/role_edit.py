"""Changing one role without the list of all of them: what was typed is kept, whatever is refused."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.wording import sentence
from hubs.models import Skill
from jobs.models import Role
from jobs.queries import role_lists as questions
from jobs.queries.role_lists import Names
from jobs.services import role_lists
from jobs.services.merging import Clash
from jobs.web import grid_fields
from jobs.web.review import editable_role
from jobs.web.role_form import RoleEditForm
from profiles.web.requests import PersonRequest

KEY = "role"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: PersonRequest, pk: int, role_pk: int) -> HttpResponse:
    """Everything about one role. POST saves what changed, and asks where somebody else changed the same."""
    row = questions.rows(editable_role(request, pk, role_pk).shoot).get(pk=role_pk)
    standing, names = questions.values(row), Names()
    sent = request.POST if request.method == "POST" else None
    form = RoleEditForm(sent, role=row, standing=standing, names=names)
    if sent is None or not form.is_valid():
        was = standing if sent is None else _was(sent.get("was", ""), standing)
        return _page(request, row, form, names, was, 200 if sent is None else 400)
    was, fields = _was(sent.get("was", ""), standing), form.plain()
    line = role_lists.RoleEdit(KEY, row.pk, {name: was[name] for name in fields}, fields)
    saved = role_lists.save(shoot=row.shoot, edits=[line], by=request.user, now=timezone.now())
    if (error := saved.refused.get(KEY)) is not None:
        name = {"days": "last_day"}.get(error.field or "", error.field)
        form.add_error(name if name in form.fields else None, sentence(error))
        return _page(request, row, form, names, was, 400)
    if clashes := saved.clashes.get(KEY):
        for clash in clashes:
            form.add_error(_place(clash, form), _words(clash, names))
        now_standing = {clash.name: clash.theirs for clash in clashes}
        return _page(request, row, form, names, fields | now_standing, 409)
    messages.success(request, _("Changed. Offers that are out keep what they promised."))
    return redirect("shoots:role", pk=pk, role_pk=role_pk)


def _was(text: str, standing: dict[str, Any]) -> dict[str, Any]:
    """What stood there when the page was opened; what stands now where the page does not say."""
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        found = {}
    return standing | {name: found[name] for name in standing if isinstance(found, dict) and name in found}


def _place(clash: Clash, form: RoleEditForm) -> str | None:
    name = f"more_{clash.name}" if clash.name in ("must", "wish") else clash.name
    return name if name in form.fields else None


def _words(clash: Clash, names: Names) -> str:
    said = _(
        "Somebody has just changed this to: %(value)s. Yours is still here; save again, and yours stands."
    )
    return said % {"value": grid_fields.words(clash.name, clash.theirs, names)}


def _page(
    request: PersonRequest, row: Role, form: RoleEditForm, names: Names, was: dict[str, Any], status: int
) -> HttpResponse:
    context = {
        "shoot": row.shoot,
        "role": row,
        "form": form,
        "was": json.dumps(was),
        "skills": names.every(Skill),
    }
    return render(request, "jobs/role_edit.html", context, status=status)
