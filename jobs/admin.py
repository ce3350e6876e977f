"""The curation desk for work: crews to check, templates to keep, runs and messages to look into.

What moves (crews' states, notices) moves through services; what happened (runs, the log, work items) is read only.
"""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from config.errors import DomainError
from config.wording import sentence
from hubs.models import RoleType
from jobs import policies
from jobs.models import (
    Booking,
    Crew,
    CrewTemplate,
    Entry,
    Heartbeat,
    MarketRun,
    MatchRun,
    Membership,
    Notice,
    Offer,
    Role,
    Shoot,
    TemplateLine,
    WorkItem,
)
from jobs.services import crews, notices


class ReadOnly:
    """Rows that the house writes by itself: to be read here, never to be typed over."""

    def has_add_permission(self, request, *args) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class MembershipInline(ReadOnly, admin.TabularInline):
    """Who belongs to the crew."""

    model = Membership
    extra = 0


@admin.register(Crew)
class CrewAdmin(admin.ModelAdmin):
    """Crews, those that wait for their check first."""

    list_display = ("name", "company_name", "credit_code", "home_hub", "state", "signed_pact", "verified_at")
    list_filter = ("state", "home_hub", "signed_pact")
    list_select_related = ("home_hub",)
    search_fields = ("name", "company_name", "credit_code")
    readonly_fields = ("state", "verified_at", "credit_code")
    ordering = ("state", "id")
    inlines = (MembershipInline,)
    actions = ("verify",)

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def view_on_site(self, crew: Crew) -> str | None:
        """Its record, where it is suspended; there is none before it is checked."""
        public = policies.public_crews().filter(pk=crew.pk).exists()
        return reverse("crews:record", args=[crew.pk]) if public else None

    @admin.action(description=gettext_lazy("The company is checked: let it publish"))
    def verify(self, request, queryset) -> None:
        """Verify each chosen crew through the service, which writes the log."""
        done = 0
        for crew in queryset:
            try:
                crews.verify(crew, by=request.user, now=timezone.now())
                done += 1
            except DomainError as error:
                self.message_user(request, f"{crew.name}: {sentence(error)}", messages.ERROR)
        if done:
            words = ngettext("%(count)d crew may publish now.", "%(count)d crews may publish now.", done)
            self.message_user(request, words % {"count": done}, messages.SUCCESS)


class LinesAddUp(forms.BaseInlineFormSet):
    """The production lines of a template must come to its size, or crews of the wrong size are made from it."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        kept = [
            form.cleaned_data
            for form in self.forms
            if form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]
        people = sum(
            line["headcount"] for line in kept if line["role_type"].category == RoleType.Category.PRODUCTION
        )
        if people != self.instance.size:
            raise ValidationError(
                _("The production lines come to %(people)d people, the template says %(size)d.")
                % {"people": people, "size": self.instance.size}
            )


class TemplateLineInline(admin.TabularInline):
    """The lines of a template."""

    model = TemplateLine
    formset = LinesAddUp
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("role_type")


@admin.register(CrewTemplate)
class CrewTemplateAdmin(admin.ModelAdmin):
    """Crew templates."""

    list_display = ("code", "name_zh", "name_en", "size")
    inlines = (TemplateLineInline,)


@admin.register(MatchRun)
class MatchRunAdmin(ReadOnly, admin.ModelAdmin):
    """Every run of the engine; withheld ones show what the check found."""

    list_display = ("id", "shoot", "market", "state", "filled", "slots", "gap", "seconds", "warm", "asked_at")
    list_filter = ("state", "warm")
    list_select_related = ("shoot", "market__hub")
    date_hierarchy = "asked_at"
    # Who was passed over stands on the page of the run ("view on site"), by name and with the reason.
    exclude = ("record", "prices", "fairness")

    def get_queryset(self, request):
        # A record is a whole problem: a list of a hundred would carry hundreds of megabytes.
        return super().get_queryset(request).defer("record", "prices", "market__record")

    def view_on_site(self, run: MatchRun) -> str:
        return reverse("runs:detail", args=[run.pk])

    @admin.display(description=gettext_lazy("seconds"))
    def seconds(self, run: MatchRun) -> float | None:
        return None if run.seconds is None else round(run.seconds, 2)


@admin.register(MarketRun)
class MarketRunAdmin(ReadOnly, admin.ModelAdmin):
    """Every run of a whole hub or of the country; its own page shows the progress."""

    list_display = (
        "id", "scope", "hub", "state", "shoots", "withheld", "filled", "slots", "gap", "seconds", "memory_mb",
        "warm", "asked_at",
    )  # fmt: skip
    list_filter = ("state", "scope", "warm")
    list_select_related = ("hub",)
    date_hierarchy = "asked_at"
    exclude = ("record", "fairness")

    def get_queryset(self, request):
        return super().get_queryset(request).defer("record")

    def view_on_site(self, run: MarketRun) -> str:
        return reverse("markets:detail", args=[run.pk])

    @admin.display(description=gettext_lazy("seconds"))
    def seconds(self, run: MarketRun) -> float | None:
        return None if run.seconds is None else round(run.seconds, 2)


@admin.register(Notice)
class NoticeAdmin(ReadOnly, admin.ModelAdmin):
    """Messages; the ones that could not be sent can be sent again."""

    list_display = ("id", "kind", "recipient", "state", "error", "created_at", "sent_at")
    list_filter = ("state", "kind")
    list_select_related = ("recipient",)
    actions = ("send_again",)

    @admin.action(description=gettext_lazy("Send again"))
    def send_again(self, request, queryset) -> None:
        """Put the failed ones among the chosen back into the queue."""
        count = notices.send_again(
            list(queryset.values_list("pk", flat=True)), by=request.user, now=timezone.now()
        )
        words = ngettext(
            "%(count)d notice is on its way again.", "%(count)d notices are on their way again.", count
        )
        self.message_user(request, words % {"count": count}, messages.SUCCESS if count else messages.WARNING)


@admin.register(WorkItem)
class WorkItemAdmin(ReadOnly, admin.ModelAdmin):
    """The queue of record."""

    list_display = ("id", "kind", "subject_id", "due_at", "attempts", "done_at", "failed_at", "error")
    list_filter = ("kind", ("failed_at", admin.EmptyFieldListFilter), ("done_at", admin.EmptyFieldListFilter))


@admin.register(Entry)
class EntryAdmin(ReadOnly, admin.ModelAdmin):
    """The log."""

    list_display = ("id", "at", "by", "verb", "subject")
    list_filter = ("verb",)
    list_select_related = ("by",)
    search_fields = ("=subject",)
    show_full_result_count = False


@admin.register(Shoot)
class ShootAdmin(ReadOnly, admin.ModelAdmin):
    """Shoots of all crews."""

    list_display = ("id", "title", "crew", "base", "days", "state", "filing_state")
    list_filter = ("state", "genre", "filing_state")
    list_select_related = ("crew", "base")
    search_fields = ("title", "crew__name")


@admin.register(Role)
class RoleAdmin(ReadOnly, admin.ModelAdmin):
    """Roles of all shoots."""

    list_display = ("id", "role_type", "shoot", "days", "day_rate", "headcount", "filled")
    list_filter = ("category", "entry_level")
    list_select_related = ("role_type", "shoot")
    search_fields = ("shoot__title",)


@admin.register(Offer)
class OfferAdmin(ReadOnly, admin.ModelAdmin):
    """Offers and their states."""

    list_display = (
        "id",
        "role",
        "profile",
        "state",
        "day_rate",
        "sent_at",
        "expires_at",
        "answered_at",
        "refill",
    )
    list_filter = ("state", "refill")
    list_select_related = ("role__role_type", "role__shoot", "profile__user")


@admin.register(Booking)
class BookingAdmin(ReadOnly, admin.ModelAdmin):
    """Bookings and their states."""

    list_display = ("id", "role", "profile", "days", "day_rate", "state", "confirmed_at")
    list_filter = ("state",)
    list_select_related = ("role__role_type", "role__shoot", "profile__user")


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnly, admin.ModelAdmin):
    """The last sign of life of worker and beat."""

    list_display = ("part", "beat_at")
