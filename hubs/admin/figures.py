"""Published numbers and statements at the desk."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from hubs.models import Figure, Statement
from hubs.queries import figures

from .desk import HAND, NAMES, SOURCE, ReviewedDesk


class StaleFilter(admin.SimpleListFilter):
    """Numbers past the day until which they were good: those to look up again."""

    title = _("to be looked up again")
    parameter_name = "stale"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("past their day")), ("undated", _("without any date"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "yes":
            return figures.stale(queryset, today=timezone.localdate())
        if self.value() == "undated":
            return queryset.filter(good_until=None, source_date=None)
        return queryset


@admin.register(Figure)
class FigureAdmin(ReviewedDesk):
    """A figure cannot be saved without its source in both languages: form and database both refuse."""

    list_display = [
        "code", *NAMES, "topic", "hub", "base", "amount", "unit_zh", "is_estimate", "source_date",
        "stale", "edited_by_hand",
    ]  # fmt: skip
    list_filter = [
        StaleFilter,
        "topic",
        ("hub", admin.RelatedOnlyFieldListFilter),
        "is_estimate",
        "edited_by_hand",
    ]
    list_select_related = ["hub", "base"]
    search_fields = [*NAMES, "code", "source_zh", "source_en", "note_zh", "note_en"]
    date_hierarchy = "source_date"
    fieldsets = [
        (None, {"fields": ["code", ("name_zh", "name_en"), "topic", ("hub", "base")]}),
        (
            _("Number"),
            {"fields": [("qualifier", "value", "value_high"), ("unit_zh", "unit_en"), "is_estimate"]},
        ),
        (_("Period"), {"fields": [("period_zh", "period_en"), "good_until"]}),
        (_("Note"), {"fields": ["note_zh", "note_en"]}),
        SOURCE,
        HAND,
    ]

    @admin.display(description=_("stale"))
    def stale(self, figure: Figure) -> str:
        if not figure.is_stale(timezone.localdate()):
            return ""
        return format_html('<span class="status is-stale">{}</span>', _("look up again"))

    @admin.display(description=_("number"), ordering="value")
    def amount(self, figure: Figure) -> str:
        return figure.amount


@admin.register(Statement)
class StatementAdmin(ReviewedDesk):
    list_display = ["code", *NAMES, "topic", "hub", "source_date", "edited_by_hand"]
    list_filter = ["topic", ("hub", admin.RelatedOnlyFieldListFilter), "edited_by_hand"]
    list_select_related = ["hub"]
    search_fields = [*NAMES, "code", "text_zh", "text_en", "source_zh", "source_en"]
