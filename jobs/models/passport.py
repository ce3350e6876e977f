"""What the law asks of a title, and lists of roles that were brought along."""

from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.utils.translation import gettext_lazy as _

from hubs.models.bilingual import in_reader_language
from jobs.enums import FilingTier, MadeWith

from .shoot import Shoot


class FilingRule(models.Model):
    """A line of the table of filing tiers: from which cost, in yuan, on which days, and who files.

    Tiers are raised every year or two, so they are rows with their days and their source, not constants.
    """

    made_with = models.CharField(_("how it is made"), max_length=4, choices=MadeWith.choices)
    tier = models.CharField(_("filing tier"), max_length=8, choices=FilingTier.choices)
    cost_from = models.PositiveIntegerField(_("cost from, yuan"))
    days = DateRangeField(_("in force"))
    authority_zh = models.CharField(_("filed with (Chinese)"), max_length=80)
    authority_en = models.CharField(_("filed with (English)"), max_length=120)
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("rule of filing")
        verbose_name_plural = _("rules of filing")
        ordering = ["made_with", "days", "-cost_from"]
        constraints = [
            models.UniqueConstraint(fields=["made_with", "tier", "days"], name="filing_rule_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_made_with_display()} · {self.get_tier_display()}"

    @property
    def authority(self) -> str:
        return in_reader_language(self.authority_zh, self.authority_en)


class RoleImport(models.Model):
    """A role list from a file: its cells as text, the meaning given to its columns, and what came of it.

    `header` is a list of str, `rows` a list of lists of str, `columns` {field: index of its column}. The same file
    (`digest`, SHA-256) of a shoot is one row, however often it is sent.
    """

    shoot = models.ForeignKey(
        Shoot, on_delete=models.CASCADE, related_name="imports", verbose_name=_("shoot")
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    name = models.CharField(_("file"), max_length=120)
    digest = models.CharField(_("digest"), max_length=64)
    header = models.JSONField(_("header"))
    rows = models.JSONField(_("rows"))
    columns = models.JSONField(_("columns"), default=dict)
    created_at = models.DateTimeField(_("created"))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    added = models.PositiveSmallIntegerField(_("roles added"), default=0)

    class Meta:
        verbose_name = _("imported role list")
        verbose_name_plural = _("imported role lists")
        ordering = ["shoot", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["shoot", "digest"], name="role_import_once_a_file"),
        ]

    def __str__(self) -> str:
        return self.name
