"""Hubs, bases, sets and services at the desk."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from hubs.models import Base, Hub, Service, Set

from .desk import HAND, NAMES, SOURCE_TO_CONFIRM, Inside, ReviewedDesk, confirm, public_page
from .photos import PhotosInline
from .tools import WithSheets, merge


class SetInline(Inside):
    model = Set
    fields = ["slug", *NAMES, "kind", "makeup_room_adjacent"]
    prepopulated_fields = {"slug": ["name_en"]}
    extra = 0


class ServiceInline(Inside):
    model = Service
    fields = ["code", "hub", "kind", *NAMES]
    extra = 0


class BaseInline(Inside):
    model = Base
    fields = ["slug", *NAMES, "daily_crew_capacity", "set_count", "to_confirm"]
    show_change_link = True
    extra = 0


@admin.register(Hub)
class HubAdmin(ReviewedDesk):
    list_display = ["slug", *NAMES, "kind", "province", "to_confirm", "edited_by_hand"]
    list_filter = ["to_confirm", "edited_by_hand", "kind"]
    search_fields = [*NAMES, "slug"]
    inlines = [BaseInline]
    actions = [*ReviewedDesk.actions, confirm]
    fieldsets = [
        (None, {"fields": ["slug", ("name_zh", "name_en"), "kind", "province", ("longitude", "latitude")]}),
        (_("Introduction"), {"fields": ["intro_zh", "intro_en"]}),
        SOURCE_TO_CONFIRM,
        HAND,
    ]

    def view_on_site(self, obj: Hub) -> str | None:
        return public_page("hubs:hub", obj)


@admin.register(Base)
class BaseAdmin(WithSheets, ReviewedDesk):
    list_display = ["slug", *NAMES, "hub", "daily_crew_capacity", "set_count", "to_confirm", "edited_by_hand"]
    list_filter = [("hub", admin.RelatedOnlyFieldListFilter), "to_confirm", "edited_by_hand"]
    list_select_related = ["hub"]
    search_fields = [*NAMES, "slug", "district_zh", "district_en"]
    inlines = [SetInline, ServiceInline, PhotosInline]
    actions = [*ReviewedDesk.actions, confirm, merge]
    change_list_template = "admin/hubs/base_list.html"
    fieldsets = [
        (None, {"fields": ["hub", "slug", ("name_zh", "name_en")]}),
        (_("Introduction"), {"fields": ["intro_zh", "intro_en"]}),
        (
            _("Place"),
            {
                "fields": [
                    ("district_zh", "district_en"),
                    ("address_zh", "address_en"),
                    ("transport_zh", "transport_en"),
                ]
            },
        ),
        (_("Call sheet"), {"fields": [("hospital_zh", "hospital_en")]}),
        (
            _("Size and price"),
            {
                "fields": [
                    "daily_crew_capacity",
                    "set_count",
                    "area_sqm",
                    ("price_zh", "price_en"),
                    ("price_yuan", "price_hours", "price_extra_hour_yuan"),
                ]
            },
        ),
        SOURCE_TO_CONFIRM,
        HAND,
    ]

    def view_on_site(self, obj: Base) -> str | None:
        return public_page("hubs:base", obj)


@admin.register(Set)
class SetAdmin(ReviewedDesk):
    list_display = ["slug", *NAMES, "base", "kind", "makeup_room_adjacent", "edited_by_hand"]
    list_filter = [("base", admin.RelatedOnlyFieldListFilter), "kind", "makeup_room_adjacent"]
    list_select_related = ["base"]
    search_fields = [*NAMES, "slug", "base__name_zh", "base__name_en"]
    fieldsets = [
        (None, {"fields": ["base", "slug", ("name_zh", "name_en"), "kind", "makeup_room_adjacent"]}),
        (_("Introduction"), {"fields": ["intro_zh", "intro_en"]}),
        HAND,
    ]


@admin.register(Service)
class ServiceAdmin(ReviewedDesk):
    list_display = ["code", *NAMES, "kind", "hub", "base", "to_confirm", "edited_by_hand"]
    list_filter = ["kind", ("hub", admin.RelatedOnlyFieldListFilter), "to_confirm"]
    list_select_related = ["hub", "base"]
    search_fields = [*NAMES, "code"]
    actions = [*ReviewedDesk.actions, confirm, merge]
    fieldsets = [
        (None, {"fields": ["code", ("name_zh", "name_en"), "kind", ("hub", "base")]}),
        (_("Introduction"), {"fields": ["intro_zh", "intro_en"]}),
        SOURCE_TO_CONFIRM,
        HAND,
    ]
