"""The words of the trades at the desk: the same in every hub, so an admin's alone."""

from django.contrib import admin

from hubs.models import Department, Language, RoleType, Skill, Step

from .desk import NAMES, Desk


@admin.register(Department)
class DepartmentAdmin(Desk):
    list_display = ["code", *NAMES, "field", "position", "edited_by_hand"]
    list_filter = ["field"]
    search_fields = [*NAMES, "code"]


@admin.register(RoleType)
class RoleTypeAdmin(Desk):
    list_display = [
        "code", *NAMES, "department", "category", "entry_level", "rate_low", "rate_high", "rate_is_estimate",
        "edited_by_hand",
    ]  # fmt: skip
    list_filter = ["category", "department__field", "department", "entry_level", "rate_is_estimate"]
    list_select_related = ["department"]
    search_fields = [*NAMES, "code"]


@admin.register(Step)
class StepAdmin(Desk):
    list_display = ["below", "above", "days_below", "edited_by_hand"]
    list_select_related = ["below", "above"]
    list_filter = ["below__department"]
    search_fields = ["below__name_zh", "below__name_en", "above__name_zh", "above__name_en"]


@admin.register(Skill)
class SkillAdmin(Desk):
    list_display = ["code", *NAMES, "edited_by_hand"]
    search_fields = [*NAMES, "code"]


@admin.register(Language)
class LanguageAdmin(Desk):
    list_display = ["code", *NAMES, "is_dialect", "position", "edited_by_hand"]
    list_filter = ["is_dialect"]
    search_fields = [*NAMES, "code"]
