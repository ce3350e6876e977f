"""What every list at the desk has: rights by hub, the steps of a row's status, the book of who did what."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import BaseFormSet, Form, ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from config.errors import DomainError
from config.wording import sentence
from hubs import policies
from hubs.enums import STATUS_MOVES, CurationVerb, Status
from hubs.models import Reviewed
from hubs.services import curation

from .book import history_of
from .fields import RowsWithNames, name_it

NAMES = ["name_zh", "name_en"]
SOURCE: Any = (
    gettext_lazy("Source"),
    {"fields": [("source_zh", "source_en"), ("source_url", "source_date")]},
)
SOURCE_TO_CONFIRM: Any = (
    gettext_lazy("Source"),
    {"fields": [("source_zh", "source_en"), ("source_url", "source_date"), "to_confirm"]},
)
HAND: Any = (gettext_lazy("Data files"), {"fields": ["edited_by_hand"]})

STEPS = {
    Status.DRAFT: gettext_lazy("Back to draft"),
    Status.REVIEW: gettext_lazy("Ask for review"),
    Status.PUBLISHED: gettext_lazy("Publish"),
    Status.RETIRED: gettext_lazy("Retire"),
}

Overrides = Mapping[type[models.Field], Mapping[str, Any]]
SCHEMES: Overrides = {
    models.URLField: {"assume_scheme": "https"},
    models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple},
}
"""An address typed without a scheme is https. Many are ticked: a tick has its name, and needs no script."""


class ReasonForm(ActionForm):
    """The bar of actions on many, with the why that some steps need."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, required=False)


class ByHub:
    """Rights from `hubs.policies`, for lists and for the rows inside another form."""

    model: Any

    def has_module_permission(self, request: HttpRequest) -> bool:
        return policies.is_head(request.user) or (
            policies.may_curate(request.user) and self.model in policies.LIES_IN
        )

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return policies.may_look_up(request.user, self.model) or self.has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # The rows themselves are narrowed by get_queryset: one of another hub is as if it were not there.
        return policies.is_head(request.user) or (
            policies.may_curate(request.user) and self.model in policies.LIES_IN
        )

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return policies.may_add(request.user, self.model)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return policies.may_remove(request.user)

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)  # type: ignore[misc]
        if policies.is_head(request.user) or policies.may_look_up(request.user, self.model):
            return rows
        return rows.filter(pk__in=policies.editable(request.user, self.model).values("pk"))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """An editor chooses among her own hubs and what lies in them; the hub is never left open."""
        related = db_field.remote_field.model
        if related in policies.LIES_IN:
            kwargs["queryset"] = policies.editable(request.user, related)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]
        path = policies.LIES_IN.get(self.model, ("",))[0].partition("__")[0]
        if field is not None and db_field.name == path and not policies.is_head(request.user):
            field.required = True
        return field


class Inside(ByHub, admin.TabularInline):
    """Rows within another row's form: they come and go with its rights."""

    formfield_overrides: ClassVar[Overrides] = SCHEMES
    formset = RowsWithNames

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        name_it(field)
        return field


class Desk(ByHub, admin.ModelAdmin):
    """An edit at the desk is kept: the row is marked, and loading the data files leaves it alone."""

    search_fields = NAMES
    list_per_page = 50
    formfield_overrides: ClassVar[Overrides] = SCHEMES

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        if "edited_by_hand" not in form.changed_data and (form.changed_data or not change):
            obj.edited_by_hand = True
        super().save_model(request, obj, form, change)
        self._note(request, obj, form.changed_data, made=not change)

    def save_formset(self, request: HttpRequest, form: Form, formset: BaseFormSet, change: bool) -> None:
        noted = []
        for row_form in formset.forms:
            if row_form.has_changed() and isinstance(row_form, ModelForm):
                if isinstance(row_form.instance, Reviewed) and row_form.instance.pk is None:
                    row_form.instance.status = Status.DRAFT
                row_form.instance.edited_by_hand = True
                noted.append((row_form.instance, list(row_form.changed_data), row_form.instance.pk is None))
        super().save_formset(request, form, formset, change)
        for row, changed, made in noted:
            if row.pk is not None:
                self._note(request, row, changed, made=made)

    def _note(self, request: HttpRequest, row: Any, changed: list[str], *, made: bool) -> None:
        if made or changed:
            verb = CurationVerb.MADE if made else CurationVerb.CHANGED
            after = row.status if made and isinstance(row, Reviewed) else ""
            curation.record(
                verb, row, by=request.user, now=timezone.now(), after=after, fields=[] if made else changed
            )

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: Any
    ) -> HttpResponse:
        # What is another hub's must look like what never was, here as on every other page.
        raise Http404

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        if self.has_change_permission(request) and self.get_object(request, object_id) is None:
            raise Http404
        return super().delete_view(request, object_id, extra_context)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Every step and change of this row, from the curation book."""
        row = self.get_object(request, object_id)
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        if row is None:
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %(name)s") % {"name": row},
            "lines": history_of(row),
            "opts": self.opts,
            "original": row,
        }
        return TemplateResponse(request, "admin/hubs/history.html", context)


class ReviewedDesk(Desk):
    """A list of rows with a status. New rows start as drafts; steps go through the service, one row at a time."""

    action_form = ReasonForm
    actions = ["to_review", "to_published", "to_draft", "to_retired"]
    change_form_template = "admin/hubs/change_form.html"

    def get_list_filter(self, request: HttpRequest) -> Any:
        return ["status", *super().get_list_filter(request)]

    def get_list_display(self, request: HttpRequest) -> Any:
        first, *others = super().get_list_display(request)
        return [first, "status_mark", *others]

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def status_mark(self, row: Reviewed) -> str:
        return format_html('<span class="status is-{}">{}</span>', row.status, row.get_status_display())

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        if not change:
            obj.status = Status.DRAFT
        super().save_model(request, obj, form, change)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ):
        row = self.get_object(request, object_id)
        more = {"steps": steps_of(request.user, row), "row_status": row} if row is not None else {}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **more})

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if (to := request.POST.get("_step", "")) in Status.values:
            self._step(request, [obj], to)
            return HttpResponseRedirect(request.path)
        return super().response_change(request, obj)

    def _step(self, request: HttpRequest, rows: Any, to: str) -> None:
        """Take each row one step and say how it went; a refusal of one does not hold up the others."""
        done, reason = 0, request.POST.get("reason", "") or request.POST.get("_reason", "")
        for row in rows:
            try:
                curation.move(row, to, by=request.user, now=timezone.now(), reason=reason)
                done += 1
            except DomainError as error:
                self.message_user(request, f"{row}: {sentence(error)}", messages.ERROR)
        if done:
            words = ngettext("%(count)d row is now: %(status)s.", "%(count)d rows are now: %(status)s.", done)
            self.message_user(request, words % {"count": done, "status": Status(to).label}, messages.SUCCESS)

    @admin.action(description=STEPS[Status.REVIEW])
    def to_review(self, request: HttpRequest, queryset: Any) -> None:
        self._step(request, queryset, Status.REVIEW)

    @admin.action(description=STEPS[Status.PUBLISHED])
    def to_published(self, request: HttpRequest, queryset: Any) -> None:
        self._step(request, queryset, Status.PUBLISHED)

    @admin.action(description=STEPS[Status.DRAFT])
    def to_draft(self, request: HttpRequest, queryset: Any) -> None:
        self._step(request, queryset, Status.DRAFT)

    @admin.action(description=STEPS[Status.RETIRED])
    def to_retired(self, request: HttpRequest, queryset: Any) -> None:
        self._step(request, queryset, Status.RETIRED)


def public_page(route: str, row: Reviewed) -> str | None:
    """Where the public reads a row; None while it may not."""
    shown = type(row).objects.published().filter(pk=row.pk).exists()
    return reverse(route, args=[row.slug]) if shown else None  # type: ignore[attr-defined]


def steps_of(user: Any, row: Reviewed) -> list[dict[str, Any]]:
    """The steps she may take from where the row stands, and whether each needs a reason."""
    before = Status(row.status)
    by = (
        curation.asked_by([row]).get((row._meta.model_name or "", row.pk))
        if before == Status.REVIEW
        else None
    )
    return [
        {"to": to, "label": STEPS[to], "reasoned": (before, to) in curation.NEEDS_A_REASON}
        for to in (Status.REVIEW, Status.PUBLISHED, Status.DRAFT, Status.RETIRED)
        if to in STATUS_MOVES[before] and policies.may_move(user, row, to, asked_by=by)
    ]


@admin.action(description=gettext_lazy("Mark as confirmed"))
def confirm(modeladmin: admin.ModelAdmin, request: HttpRequest, queryset: Any) -> None:
    """Say of each chosen row that its facts were looked up."""
    for row in queryset.filter(to_confirm=True):
        type(row)._default_manager.filter(pk=row.pk).update(to_confirm=False, edited_by_hand=True)
        curation.record(CurationVerb.CHANGED, row, by=request.user, now=timezone.now(), fields=["to_confirm"])
