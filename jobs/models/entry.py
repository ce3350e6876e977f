"""The log: what happened, when, by whom. Rows are added and never changed; a trigger refuses the rest."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """An entry of the append-only log. `subject` is "offer:12"; `facts` hold no contacts and no secrets."""

    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        null=True,
        related_name="+",
        verbose_name=_("by"),
        db_constraint=False,
    )
    verb = models.CharField(_("what"), max_length=40)
    subject = models.CharField(_("about"), max_length=60, db_index=True)
    facts = models.JSONField(_("facts"), default=dict)

    class Meta:
        verbose_name = _("log entry")
        verbose_name_plural = _("log entries")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"
