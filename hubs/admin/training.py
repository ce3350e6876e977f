"""Schools, programmes and job fairs at the desk."""

from django.contrib import admin

from hubs.models import Institution, JobFair, Programme

from .desk import NAMES, Inside, ReviewedDesk, confirm
from .tools import merge


class ProgrammeInline(Inside, admin.TabularInline):
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


@admin.register(Programme)
class ProgrammeAdmin(ReviewedDesk):
    list_display = ["slug", *NAMES, "institution", "kind", "length_days", "to_confirm", "edited_by_hand"]
    list_filter = ["kind", "to_confirm", ("institution", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["institution"]
    search_fields = [*NAMES, "slug", "institution__name_zh", "institution__name_en"]
    autocomplete_fields = ["leads_to", "teaches"]
    actions = [*ReviewedDesk.actions, confirm]


@admin.register(JobFair)
class JobFairAdmin(ReviewedDesk):
    list_display = ["slug", *NAMES, "institution", "hub", "days", "to_confirm", "edited_by_hand"]
    list_filter = ["to_confirm", ("hub", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["institution", "hub"]
    search_fields = [*NAMES, "slug"]
    actions = [*ReviewedDesk.actions, confirm]
