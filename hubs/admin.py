"""The curation desk of places, training, figures and trades."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import BaseFormSet, Form, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hubs.models import (
    Base,
    Department,
    Figure,
    Hub,
    Institution,
    JobFair,
    Language,
    Programme,
    RoleType,
    Service,
    Set,
    Skill,
    Statement,
    Step,
)

NAMES = ["name_zh", "name_en"]
SOURCE: Any = (_("Source"), {"fields": [("source_zh", "source_en"), ("source_url", "source_date")]})
SOURCE_TO_CONFIRM: Any = (
    _("Source"),
    {"fields": [("source_zh", "source_en"), ("source_url", "source_date"), "to_confirm"]},
)
HAND: Any = (_("Data files"), {"fields": ["edited_by_hand"]})


class MarksEdits(admin.ModelAdmin):
    """An edit at the desk is kept: the row is marked, and loading the data files leaves it alone."""

    search_fields = NAMES
    list_per_page = 50
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        if "edited_by_hand" not in form.changed_data and (form.changed_data or not change):
            obj.edited_by_hand = True
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Form, formset: BaseFormSet, change: bool) -> None:
        for row_form in formset.forms:
            if row_form.has_changed() and isinstance(row_form, ModelForm):
                row_form.instance.edited_by_hand = True
        super().save_formset(request, form, formset, change)


@admin.action(description=_("Mark as confirmed"))
def confirm(modeladmin: admin.ModelAdmin, request: HttpRequest, queryset: Any) -> None:
    queryset.update(to_confirm=False, edited_by_hand=True)


class SetInline(admin.TabularInline):
    model = Set
    fields = ["slug", *NAMES, "makeup_room_adjacent"]
    prepopulated_fields = {"slug": ["name_en"]}
    extra = 0


class ServiceInline(admin.TabularInline):
    model = Service
    fields = ["code", "hub", "kind", *NAMES]
    extra = 0


class BaseInline(admin.TabularInline):
    model = Base
    fields = ["slug", *NAMES, "daily_crew_capacity", "set_count", "to_confirm"]
    show_change_link = True
    extra = 0


class ProgrammeInline(admin.TabularInline):
    model = Programme
    fields = ["slug", *NAMES, "kind", "length_days"]
    show_change_link = True
    extra = 0


@admin.register(Hub)
class HubAdmin(MarksEdits):
    list_display = ["slug", *NAMES, "kind", "province", "to_confirm", "edited_by_hand"]
    list_filter = ["to_confirm", "edited_by_hand", "kind"]
    search_fields = [*NAMES, "slug"]
    inlines = [BaseInline]
    actions = [confirm]
    fieldsets = [
        (None, {"fields": ["slug", ("name_zh", "name_en"), "kind", "province", ("longitude", "latitude")]}),
        (_("Introduction"), {"fields": ["intro_zh", "intro_en"]}),
        SOURCE_TO_CONFIRM,
        HAND,
    ]


@admin.register(Base)
class BaseAdmin(MarksEdits):
    list_display = ["slug", *NAMES, "hub", "daily_crew_capacity", "set_count", "to_confirm", "edited_by_hand"]
    list_filter = ["hub", "to_confirm", "edited_by_hand"]
    list_select_related = ["hub"]
    search_fields = [*NAMES, "slug", "district_zh", "district_en"]
    inlines = [SetInline, ServiceInline]
    actions = [confirm]
    fieldsets = [
        (None, {"fields": ["hub", "slug", ("name_zh", "name_en")]}),
        (_("Introduction"), {"fields": ["intro_zh", "intro_en"]}),
        (_("Place"), {"fields": [("district_zh", "district_en"), ("address_zh", "address_en")]}),
        (_("Call sheet"), {"fields": [("hospital_zh", "hospital_en")]}),
        (
            _("Size and price"),
            {"fields": ["daily_crew_capacity", "set_count", "area_sqm", ("price_zh", "price_en")]},
        ),
        SOURCE_TO_CONFIRM,
        HAND,
    ]


@admin.register(Set)
class SetAdmin(MarksEdits):
    list_display = ["slug", *NAMES, "base", "makeup_room_adjacent", "edited_by_hand"]
    list_filter = ["base", "makeup_room_adjacent"]
    list_select_related = ["base"]


@admin.register(Service)
class ServiceAdmin(MarksEdits):
    list_display = ["code", *NAMES, "kind", "hub", "base", "to_confirm", "edited_by_hand"]
    list_filter = ["kind", "hub", "to_confirm"]
    list_select_related = ["hub", "base"]
    search_fields = [*NAMES, "code"]
    actions = [confirm]


@admin.register(Institution)
class InstitutionAdmin(MarksEdits):
    list_display = ["slug", *NAMES, "hub", "city_zh", "city_en", "to_confirm", "edited_by_hand"]
    list_filter = ["to_confirm", "hub"]
    list_select_related = ["hub"]
    search_fields = [*NAMES, "slug", "city_zh", "city_en"]
    inlines = [ProgrammeInline]
    actions = [confirm]


@admin.register(Programme)
class ProgrammeAdmin(MarksEdits):
    list_display = ["slug", *NAMES, "institution", "kind", "length_days", "to_confirm", "edited_by_hand"]
    list_filter = ["kind", "to_confirm", ("institution", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["institution"]
    search_fields = [*NAMES, "slug", "institution__name_zh", "institution__name_en"]
    autocomplete_fields = ["leads_to", "teaches"]
    actions = [confirm]


@admin.register(JobFair)
class JobFairAdmin(MarksEdits):
    list_display = ["slug", *NAMES, "institution", "hub", "days", "to_confirm", "edited_by_hand"]
    list_filter = ["to_confirm", "hub"]
    list_select_related = ["institution", "hub"]
    search_fields = [*NAMES, "slug"]
    actions = [confirm]


@admin.register(Figure)
class FigureAdmin(MarksEdits):
    """A figure cannot be saved without its source in both languages: form and database both refuse."""

    list_display = [
        "code", *NAMES, "topic", "hub", "base", "amount", "unit_zh", "is_estimate", "source_date",
        "edited_by_hand",
    ]  # fmt: skip
    list_filter = ["topic", "hub", "is_estimate", "edited_by_hand"]
    list_select_related = ["hub", "base"]
    search_fields = [*NAMES, "code", "source_zh", "source_en", "note_zh", "note_en"]
    date_hierarchy = "source_date"
    fieldsets = [
        (None, {"fields": ["code", ("name_zh", "name_en"), "topic", ("hub", "base")]}),
        (
            _("Number"),
            {"fields": [("qualifier", "value", "value_high"), ("unit_zh", "unit_en"), "is_estimate"]},
        ),
        (_("Period"), {"fields": [("period_zh", "period_en")]}),
        (_("Note"), {"fields": ["note_zh", "note_en"]}),
        SOURCE,
        HAND,
    ]

    @admin.display(description=_("number"), ordering="value")
    def amount(self, figure: Figure) -> str:
        return figure.amount


@admin.register(Statement)
class StatementAdmin(MarksEdits):
    list_display = ["code", *NAMES, "topic", "hub", "source_date", "edited_by_hand"]
    list_filter = ["topic", "hub", "edited_by_hand"]
    list_select_related = ["hub"]
    search_fields = [*NAMES, "code", "text_zh", "text_en", "source_zh", "source_en"]


@admin.register(Department)
class DepartmentAdmin(MarksEdits):
    list_display = ["code", *NAMES, "field", "position", "edited_by_hand"]
    list_filter = ["field"]
    search_fields = [*NAMES, "code"]


@admin.register(RoleType)
class RoleTypeAdmin(MarksEdits):
    list_display = [
        "code", *NAMES, "department", "category", "entry_level", "rate_low", "rate_high", "rate_is_estimate",
        "edited_by_hand",
    ]  # fmt: skip
    list_filter = ["category", "department__field", "department", "entry_level", "rate_is_estimate"]
    list_select_related = ["department"]
    search_fields = [*NAMES, "code"]
    autocomplete_fields = ["typical_skills"]


@admin.register(Step)
class StepAdmin(MarksEdits):
    list_display = ["below", "above", "days_below", "edited_by_hand"]
    list_select_related = ["below", "above"]
    list_filter = ["below__department"]
    search_fields = ["below__name_zh", "below__name_en", "above__name_zh", "above__name_en"]
    autocomplete_fields = ["below", "above"]


@admin.register(Skill)
class SkillAdmin(MarksEdits):
    list_display = ["code", *NAMES, "edited_by_hand"]
    search_fields = [*NAMES, "code"]


@admin.register(Language)
class LanguageAdmin(MarksEdits):
    list_display = ["code", *NAMES, "is_dialect", "position", "edited_by_hand"]
    list_filter = ["is_dialect"]
    search_fields = [*NAMES, "code"]
