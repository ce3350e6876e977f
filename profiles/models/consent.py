"""What a person has agreed to, in which wording, from when and until when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Consent(models.Model):
    """One agreement. `version` names the wording she saw; a withdrawal closes the row, a new yes makes a new one."""

    class Purpose(models.TextChoices):
        TERMS = "terms", _("Rules of the house and handling of personal data")
        MATCHING = "matching", _("Being matched with roles and offered to crews")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consents", verbose_name=_("person")
    )
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose.choices)
    version = models.CharField(_("wording"), max_length=10)
    given_at = models.DateTimeField(_("given"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_stands_once",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=["terms", "matching"]), name="consent_purpose_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}"


class Leaving(models.Model):
    """A wish to have the account deleted: carried out at `due_at`, unless it was taken back before."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="leavings", verbose_name=_("person")
    )
    asked_at = models.DateTimeField(_("asked"))
    due_at = models.DateTimeField(_("to be deleted"))
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    done_at = models.DateTimeField(_("deleted"), null=True, blank=True)

    class Meta:
        verbose_name = _("wish to be deleted")
        verbose_name_plural = _("wishes to be deleted")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(taken_back_at__isnull=True, done_at__isnull=True),
                name="leaving_asked_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.due_at:%Y-%m-%d}"
