"""The queue of record. Redis only rings the bell; what is to be done stands here."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobs.enums import WorkKind


class WorkItem(models.Model):
    """A piece of later work, done once: claimed with SKIP LOCKED under a lease, ended in one transaction with its effect.

    `subject_id` is the id of the row it is about, by kind. `key` makes asking twice harmless.
    `lease_token` fences: a worker that was paused past its lease finds another token and may not write.
    An item that failed `attempts` times too often is set aside (`failed_at`) for an admin to look at.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=WorkKind.choices)
    subject_id = models.BigIntegerField(_("about row"))
    key = models.CharField(_("key"), max_length=120, unique=True)
    due_at = models.DateTimeField(_("due"))
    lease_until = models.DateTimeField(_("leased until"), null=True, blank=True)
    lease_token = models.UUIDField(_("lease"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    failed_at = models.DateTimeField(_("set aside"), null=True, blank=True)
    error = models.CharField(_("last error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("work item")
        verbose_name_plural = _("work items")
        ordering = ["due_at", "id"]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(done_at__isnull=True, failed_at__isnull=True),
                name="work_due",
            )
        ]
        constraints = [models.CheckConstraint(condition=Q(kind__in=WorkKind.values), name="work_kind_known")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"


class Heartbeat(models.Model):
    """The last sign of life of a part of the house, written by a task: a process that lives may still not work."""

    part = models.CharField(_("part"), max_length=20, primary_key=True)
    beat_at = models.DateTimeField(_("last beat"))

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self) -> str:
        return self.part
