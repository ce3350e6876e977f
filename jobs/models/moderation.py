"""What somebody, or the zero-fee guard, asks an admin to look at: a listing, a crew, a message."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .crew import Crew
from .role import Role


class CaseSubject(models.TextChoices):
    """What a case is about; `subject_id` is its number."""

    ROLE = "role", _("a role")
    SHOOT = "shoot", _("a shoot")
    CREW = "crew", _("a crew")
    APPLICATION = "application", _("a message to a crew")
    REPLY = "reply", _("a message from a crew")


class CaseReason(models.TextChoices):
    FEE = "fee", _("money is asked of the person who looks for work")
    FAKE = "fake", _("the work or the company is not real")
    UNSAFE = "unsafe", _("the place or the work is not safe")
    HARASSMENT = "harassment", _("somebody is harassed")
    UNFAIR = "unfair", _("people are shut out for who they are")
    TERMS = "terms", _("pay, hours or place are not as promised")
    OUTSIDE = "outside", _("one is drawn off to other channels")
    OTHER = "other", _("something else")


class CaseState(models.TextChoices):
    OPEN = "open", _("waiting")
    UPHELD = "upheld", _("upheld")
    DISMISSED = "dismissed", _("dismissed")


CASE_MOVES = {
    CaseState.OPEN: {CaseState.UPHELD, CaseState.DISMISSED},
    CaseState.UPHELD: set(),
    CaseState.DISMISSED: set(),
}


class Case(models.Model):
    """One thing to be decided. State changes only through `jobs.services.moderation`.

    `reporter` is empty where the guard found it. `evidence` is what stood there when the case was made, so that a
    mended text does not empty it: {"texts": [{"field", "text", "terms": [...]}], "crew", "title"}.
    """

    subject = models.CharField(_("about"), max_length=12, choices=CaseSubject.choices)
    subject_id = models.BigIntegerField(_("number"))
    crew = models.ForeignKey(
        Crew, on_delete=models.CASCADE, null=True, related_name="cases", verbose_name=_("crew")
    )
    reason = models.CharField(_("reason"), max_length=12, choices=CaseReason.choices)
    words = models.CharField(_("what happened"), max_length=600, blank=True)
    evidence = models.JSONField(_("evidence"), default=dict)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("reported by"),
    )
    by_guard = models.BooleanField(_("found by the zero-fee guard"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=CaseState.choices, default=CaseState.OPEN)
    made_at = models.DateTimeField(_("made"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decision = models.CharField(_("reason of the decision"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["made_at", "id"]
        indexes = [models.Index(fields=["made_at"], condition=Q(state="open"), name="case_waiting")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CaseState.values), name="case_state_known"),
            models.CheckConstraint(
                condition=Q(state="open") | (~Q(decision="") & Q(decided_at__isnull=False)),
                name="case_decided_says_why",
            ),
            models.UniqueConstraint(
                fields=["subject", "subject_id", "reporter"],
                condition=Q(state="open"),
                name="case_open_once_a_person",
            ),
            models.UniqueConstraint(
                fields=["subject", "subject_id"],
                condition=Q(state="open", by_guard=True),
                name="case_open_once_for_the_guard",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()} {self.subject_id}"


class Hold(models.Model):
    """A role taken off the list because a case about it was upheld. Lifted by deleting the row; the log keeps both."""

    role = models.OneToOneField(Role, on_delete=models.CASCADE, related_name="hold", verbose_name=_("role"))
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="holds", verbose_name=_("case"))
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("role taken off the list")
        verbose_name_plural = _("roles taken off the list")

    def __str__(self) -> str:
        return str(self.role)
