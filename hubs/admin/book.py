"""The curation book at the desk: to be read, never to be typed over."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hubs import policies
from hubs.models import CurationEntry

from .desk import with_names


@admin.register(CurationEntry)
class CurationEntryAdmin(admin.ModelAdmin):
    """Who did what, newest first; an editor reads the lines about her own hubs."""

    list_display = ["at", "who", "verb", "label", "object_id", "before", "after", "reason"]
    list_filter = ["verb", "label", "after"]
    search_fields = ["reason", "=object_id"]
    date_hierarchy = "at"
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> Any:
        return with_names(policies.readable_book(request.user))

    @admin.display(description=_("who"))
    def who(self, line: Any) -> str:
        return line.who or ("–" if line.by_id is None else f"#{line.by_id}")

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
