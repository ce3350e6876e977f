"""Schools, programmes and job fairs at the desk."""

from typing import Any

from django.contrib import admin
from django.db.models import Field
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hubs.models import Institution, JobFair, Programme

from .desk import HAND, NAMES, SOURCE_TO_CONFIRM, Inside, ReviewedDesk, confirm, public_page
from .fields import DaysField
from .tools import merge

INTRO: Any = (_("Introduction"), {"fields": ["intro_zh", "intro_en"]})


class ProgrammeInline(Inside):
    model = Programme
    fields = ["slug", *NAMES, "kind", "length_days"]
    show_change_link = True
    extra = 0


@admin.register(Institution)
class InstitutionAdmin(ReviewedDesk):
    list_display = ["slug", *NAMES, "hub", "city_zh", "city_en", "to_confirm", "edited_by_hand"]
    list_filter = ["to_confirm", ("hub", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["hub"]
    search_fields = [*NAMES, "slug", "city_zh", "city_en"]
    inlines = [ProgrammeInline]
    actions = [*ReviewedDesk.actions, confirm, merge]
    fieldsets = [
        (None, {"fields": ["slug", ("name_zh", "name_en"), "also_called", "hub", ("city_zh", "city_en")]}),
        INTRO,
        SOURCE_TO_CONFIRM,
        HAND,
    ]


@admin.register(Programme)
class ProgrammeAdmin(ReviewedDesk):
    list_display = ["slug", *NAMES, "institution", "kind", "length_days", "to_confirm", "edited_by_hand"]
    list_filter = ["kind", "to_confirm", ("institution", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["institution"]
    search_fields = [*NAMES, "slug", "institution__name_zh", "institution__name_en"]
    actions = [*ReviewedDesk.actions, confirm]
    fieldsets = [
        (None, {"fields": ["institution", "slug", ("name_zh", "name_en"), ("kind", "length_days")]}),
        INTRO,
        (_("What it covers"), {"fields": ["covers_zh", "covers_en", "leads_to", "teaches"]}),
        SOURCE_TO_CONFIRM,
        HAND,
    ]

    def view_on_site(self, obj: Programme) -> str | None:
        return public_page("hubs:programme", obj)


@admin.register(JobFair)
class JobFairAdmin(ReviewedDesk):
    list_display = ["slug", *NAMES, "institution", "hub", "days", "to_confirm", "edited_by_hand"]
    list_filter = ["to_confirm", ("hub", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["institution", "hub"]
    search_fields = [*NAMES, "slug"]
    actions = [*ReviewedDesk.actions, confirm]
    fieldsets = [
        (None, {"fields": ["slug", ("name_zh", "name_en"), ("hub", "institution")]}),
        INTRO,
        (
            _("When and where"),
            {"fields": ["days", ("opens", "closes"), ("place_zh", "place_en"), "capacity"]},
        ),
        SOURCE_TO_CONFIRM,
        HAND,
    ]

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "days":
            return DaysField(label=db_field.verbose_name, required=False)
        return super().formfield_for_dbfield(db_field, request, **kwargs)
