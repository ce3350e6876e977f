"""What a person looks for again and again, and what was found for her."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobs.enums import AlertPace
from profiles.models import Profile

from .role import Role


class SavedSearch(models.Model):
    """A search of the role list, kept under a name. `query` is what stands in the address: `Search.as_query`."""

    profile = models.ForeignKey(
        Profile, on_delete=models.CASCADE, related_name="searches", verbose_name=_("graduate")
    )
    name = models.CharField(_("name"), max_length=80)
    query = models.JSONField(_("what is looked for"), default=dict)
    alert = models.CharField(_("tell me"), max_length=8, choices=AlertPace.choices, default=AlertPace.DAILY)
    created_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "query"], name="saved_search_once_a_person"),
            models.CheckConstraint(condition=Q(alert__in=AlertPace.values), name="saved_search_pace_known"),
        ]

    def __str__(self) -> str:
        return self.name


class SearchHit(models.Model):
    """A role that fits a saved search. Unique, so that nobody is told twice of one role, however often work repeats."""

    search = models.ForeignKey(
        SavedSearch, on_delete=models.CASCADE, related_name="hits", verbose_name=_("saved search")
    )
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="+", verbose_name=_("role"))
    found_at = models.DateTimeField(_("found"))
    told_at = models.DateTimeField(_("told"), null=True, blank=True)

    class Meta:
        verbose_name = _("hit of a saved search")
        verbose_name_plural = _("hits of saved searches")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["search", "role"], name="search_hit_once_a_role")]
        indexes = [
            models.Index(fields=["search"], condition=Q(told_at__isnull=True), name="search_hit_to_be_told")
        ]

    def __str__(self) -> str:
        return f"{self.search_id} · {self.role_id}"
