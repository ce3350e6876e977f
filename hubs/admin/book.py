"""The curation book at the desk: to be read, never to be typed over."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Case, CharField, Model, OuterRef, QuerySet, Subquery, Value, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from hubs import policies
from hubs.models import CurationEntry
from hubs.models.bilingual import in_reader_language

LINES_SHOWN = 200
KINDS: dict[str, type[Model]] = {
    str(model._meta.model_name): model for model in (*policies.LIES_IN, *policies.FOR_ALL)
}


def with_names(lines: QuerySet[CurationEntry]) -> QuerySet[CurationEntry]:
    """Put `who` on lines of the book: the name of the account, empty where it is gone. One query with the lines."""
    people = get_user_model()._default_manager.filter(pk=OuterRef("by_id"))
    return lines.annotate(who=Subquery(people.values("name")[:1]))


def with_rows(lines: QuerySet[CurationEntry]) -> QuerySet[CurationEntry]:
    """Put `row_name` on lines: how the row is called today, None where it was removed. One query with the lines."""
    tongue = in_reader_language("zh", "en")
    cases = []
    for label, model in KINDS.items():
        columns = {field.name for field in model._meta.concrete_fields}
        named = next((name for name in (f"name_{tongue}", f"caption_{tongue}") if name in columns), None)
        if named:
            rows = model._default_manager.filter(pk=OuterRef("object_id")).values(named)[:1]
            cases.append(When(label=label, then=Subquery(rows)))
    return lines.annotate(row_name=Case(*cases, default=Value(None), output_field=CharField()))


def history_of(row: Model) -> list[Any]:
    """The newest lines about one row, with who it was and the columns by the names they have on the form."""
    about = CurationEntry.objects.filter(label=row._meta.model_name, object_id=row.pk)
    lines: list[Any] = list(with_names(about)[:LINES_SHOWN])
    names = {field.name: str(getattr(field, "verbose_name", field.name)) for field in row._meta.get_fields()}
    for line in lines:
        line.changed = [names.get(column, column) for column in line.facts.get("fields", [])]
    return lines


@admin.register(CurationEntry)
class CurationEntryAdmin(admin.ModelAdmin):
    """Who did what, newest first; an editor reads the lines about her own hubs."""

    list_display = ["at", "who", "verb", "row", "before", "after", "reason"]
    list_filter = ["verb", "label", "after"]
    search_fields = ["reason", "=object_id"]
    date_hierarchy = "at"
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> Any:
        return with_rows(with_names(policies.readable_book(request.user)))

    @admin.display(description=_("who"))
    def who(self, line: Any) -> str:
        return line.who or ("–" if line.by_id is None else f"#{line.by_id}")

    @admin.display(description=_("row"), ordering="label")
    def row(self, line: Any) -> str:
        model = KINDS.get(line.label)
        kind = capfirst(str(model._meta.verbose_name)) if model else line.label
        if not line.row_name:
            return f"{kind} #{line.object_id}"
        url = reverse(f"admin:hubs_{line.label}_change", args=[line.object_id])
        return format_html('{}: <a href="{}">{}</a>', kind, url, line.row_name)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return policies.may_curate(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return policies.may_curate(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
