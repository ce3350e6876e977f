"""Bringing a role list as a file: choose it, say what its columns mean, look at every line, add."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from config.errors import DomainError
from config.wording import sentence
from jobs.models import RoleImport
from jobs.queries import imports as questions
from jobs.services import imports
from jobs.web.crews import refused
from jobs.web.doors import found
from jobs.web.grid_fields import LABELS
from jobs.web.shoots import editable
from profiles.web.requests import PersonRequest

NAMES = {"role": gettext_lazy("Role"), **LABELS}


class FileForm(forms.Form):
    """A list as a file."""

    file = forms.FileField(
        label=gettext_lazy("Role list, CSV or XLSX"),
        help_text=gettext_lazy(
            "The first line names the columns. UTF-8 and GBK are both fine; at most 300 lines."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def bring(request: PersonRequest, pk: int) -> HttpResponse:
    """Choose a file. Nothing is added before every line has been seen."""
    shoot = editable(request, pk)
    form = FileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            content = file.read(imports.MOST_BYTES + 1)
            kept = imports.keep(
                shoot=shoot, name=file.name, content=content, by=request.user, now=timezone.now()
            )
        except DomainError as error:
            refused(form, error)
        else:
            return redirect("shoots:import_list", pk=pk, import_pk=kept.pk)
    context = {"shoot": shoot, "form": form, "before": shoot.imports.defer("rows")[:10]}
    return render(request, "jobs/import_file.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def look(request: PersonRequest, pk: int, import_pk: int) -> HttpResponse:
    """Every line with its meaning and its faults. POST changes the columns, or adds what is new and right."""
    shoot = editable(request, pk)
    kept = found(RoleImport.objects.filter(shoot=shoot).select_related("shoot__crew"), import_pk)
    refusals: dict[int, str] = {}
    problem = ""
    if request.method == "POST":
        try:
            imports.choose_columns(kept, _columns(request), by=request.user)
            if "add" in request.POST:
                added, wrong = imports.add(kept, by=request.user, now=timezone.now())
                said = ngettext("%(count)d role added.", "%(count)d roles added.", added) % {"count": added}
                messages.success(request, said if added else _("Nothing new in this list."))
                if not wrong:
                    return redirect("shoots:grid", pk=pk)
                refusals = {number: sentence(error) for number, error in wrong.items()}
        except DomainError as error:
            problem = sentence(error)
    context = _preview(kept, refusals) | {"shoot": shoot, "problem": problem}
    return render(request, "jobs/import_list.html", context, status=400 if problem or refusals else 200)


def _columns(request: PersonRequest) -> dict[str, int]:
    out = {}
    for name in questions.FIELDS:
        number = request.POST.get(f"column-{name}", "")
        if number.isdecimal() and len(number) < 4:
            out[name] = int(number)
    return out


def _preview(kept: RoleImport, refusals: dict[int, str]) -> dict:
    found = imports.preview(kept)
    lines = [
        {
            "line": line,
            "cells": [
                (NAMES[name], line.cells[kept.columns[name]] if kept.columns[name] < len(line.cells) else "")
                for name in questions.FIELDS
                if name in kept.columns
            ],
            "faults": [
                *(f"{NAMES[name]}: {sentence(error)}" for name, error in line.errors.items()),
                *([refusals[line.number]] if line.number in refusals and not line.errors else []),
            ],
        }
        for line in found
    ]
    states = [line.state for line in found]
    return {
        "kept": kept,
        "lines": lines,
        "headings": [NAMES[name] for name in questions.FIELDS if name in kept.columns],
        "columns": [
            {"name": name, "label": NAMES[name], "at": kept.columns.get(name)} for name in questions.FIELDS
        ],
        "new": states.count("new"),
        "known": states.count("known"),
        "wrong": states.count("wrong"),
    }
