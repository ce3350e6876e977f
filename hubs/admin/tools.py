"""Pages of the desk beside Django's own: merging duplicates, spreadsheets in and out, what waits and what is stale."""

import base64
import binascii
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from config.errors import DomainError
from config.wording import sentence
from hubs import policies
from hubs.enums import Status
from hubs.models import Base
from hubs.services import merging, sheets
from hubs.services.sheet_reading import MOST_BYTES, read

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_MERGED = 5


@admin.action(description=gettext_lazy("Merge duplicates…"), permissions=["delete"])
def merge(desk: Any, request: HttpRequest, queryset: Any) -> HttpResponse | None:
    """Ask which of the chosen rows stays, then move what points at the others to it."""
    rows = list(queryset.exclude(status=Status.RETIRED).order_by("pk")[: MOST_MERGED + 1])
    if not 2 <= len(rows) <= MOST_MERGED:
        words = _("Choose 2 to %(most)d rows that are not retired.") % {"most": MOST_MERGED}
        desk.message_user(request, words, messages.ERROR)
        return None
    stays = next((row for row in rows if str(row.pk) == request.POST.get("stays")), None)
    if stays is not None:
        return _merged(desk, request, stays, [row for row in rows if row != stays])
    context = {
        **desk.admin_site.each_context(request),
        "title": _("Merge duplicates"),
        "opts": desk.opts,
        "rows": [{"row": row, "references": merging.references(row), "said": _said(row)} for row in rows],
    }
    return TemplateResponse(request, "admin/hubs/merge.html", context)


def _said(row: Any) -> list[tuple[str, Any]]:
    """What a row says, for laying two beside each other; empty columns are left out."""
    plain = [
        column for column in row._meta.concrete_fields if not column.primary_key and column.name != "status"
    ]
    values = [(str(column.verbose_name), _as_read(row, column)) for column in plain]
    return [(name, value) for name, value in values if value not in ("", None, False)]


def _as_read(row: Any, column: Any) -> Any:
    """A value as a person reads it: the word of a choice, and yes for True."""
    value = getattr(row, column.name)
    if column.choices:
        return getattr(row, f"get_{column.name}_display")()
    return pgettext("a fact that holds", "yes") if value is True else value


def _merged(desk: Any, request: HttpRequest, stays: Any, others: list[Any]) -> HttpResponse:
    for goes in others:
        try:
            moved = merging.merge(
                stays, goes, by=request.user, now=timezone.now(), reason=request.POST.get("why", "")
            )
        except DomainError as error:
            desk.message_user(request, f"{goes}: {sentence(error)}", messages.ERROR)
            continue
        words = _("“%(goes)s” is now “%(stays)s”: %(count)d rows were moved, %(left)d could not be.")
        facts = {"count": sum(moved.moved.values()), "left": sum(moved.left.values())}
        desk.message_user(
            request,
            words % {"goes": goes, "stays": stays, **facts},
            messages.WARNING if moved.left else messages.SUCCESS,
        )
    return HttpResponseRedirect(reverse(f"admin:hubs_{desk.opts.model_name}_change", args=[stays.pk]))


class SheetForm(forms.Form):
    """A workbook, first as a file, then as what the preview was made from."""

    file = forms.FileField(
        label=gettext_lazy("Workbook (.xlsx)"),
        help_text=gettext_lazy(
            "Two sheets, “bases” and “sets”, with the columns of the export. Rows you leave out and cells you leave "
            "empty stay as they are."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        max_length=200,
    )


class WithSheets:
    """Adds the spreadsheet's two doors to the list of bases."""

    admin_site: Any

    def get_urls(self) -> list[Any]:
        own = [
            path("export/", self.admin_site.admin_view(self.export), name="hubs_base_export"),
            path("import/", self.admin_site.admin_view(self.bring), name="hubs_base_import"),
        ]
        return own + super().get_urls()  # type: ignore[misc]

    def export(self, request: HttpRequest) -> HttpResponse:
        """The bases she may edit, with their sets."""
        if not policies.may_add(request.user, Base):
            raise PermissionDenied
        rows = policies.editable(request.user, Base).select_related("hub").order_by("hub__slug", "slug")
        response = HttpResponse(sheets.export(rows), content_type=XLSX)
        response["Content-Disposition"] = 'attachment; filename="jinzu-bases.xlsx"'
        return response

    def bring(self, request: HttpRequest) -> HttpResponse:
        """Upload, look at what would change, then write it."""
        if not policies.may_add(request.user, Base):
            raise PermissionDenied
        context: dict[str, Any] = {
            **self.admin_site.each_context(request), "title": _("Import bases and sets"), "opts": Base._meta,
            "form": SheetForm(),
        }  # fmt: skip
        if request.method == "POST":
            data, form = _workbook(request)
            context["form"] = form
            if data is not None:
                try:
                    if "write" in request.POST:
                        return self._written(request, data)
                    rows = read(data, by=request.user)
                    kinds = ("new", "changed", "same", "wrong")
                    context |= {
                        "rows": [row for row in rows if row.kind != "same"],
                        "counts": {kind: sum(row.kind == kind for row in rows) for kind in kinds},
                        "kept": base64.b64encode(data).decode(),
                    }
                except DomainError as error:
                    form.add_error("file", sentence(error))
        status = 400 if context["form"].errors else 200
        return TemplateResponse(request, "admin/hubs/import.html", context, status=status)

    def _written(self, request: HttpRequest, data: bytes) -> HttpResponse:
        counts = sheets.bring(data, by=request.user, now=timezone.now())
        words = _(
            "%(new)d rows are new and wait as drafts, %(changed)d were changed, %(same)d stand as they were, "
            "%(wrong)d were left out."
        )
        messages.success(request, words % counts)
        return HttpResponseRedirect(reverse("admin:hubs_base_changelist"))


def _workbook(request: HttpRequest) -> tuple[bytes | None, SheetForm]:
    """The bytes that were uploaded, or those the preview was made from; None with a form that says what is wrong."""
    if kept := request.POST.get("kept"):
        form = SheetForm()
        try:
            return base64.b64decode(kept, validate=True)[: MOST_BYTES + 1], form
        except (binascii.Error, ValueError):
            return b"-", form
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return None, form
    return form.cleaned_data["file"].read(MOST_BYTES + 1), form
