"""Keeping one's word before the first call: confirmed again, given up early, and what may be said against it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobs.enums import AppealGround, AppealState, GivenUp, Side

from .booking import Booking


class Confirmation(models.Model):
    """She is asked once more before the first call whether she comes; without a word by `due_at` the slot goes on."""

    booking = models.OneToOneField(
        Booking, on_delete=models.CASCADE, related_name="confirmation", verbose_name=_("booking")
    )
    asked_at = models.DateTimeField(_("asked"))
    due_at = models.DateTimeField(_("answer by"))
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    missed_at = models.DateTimeField(_("missed"), null=True, blank=True)

    class Meta:
        verbose_name = _("confirmation before the first call")
        verbose_name_plural = _("confirmations before the first call")
        ordering = ["due_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(missed_at__isnull=True),
                name="confirmation_confirmed_or_missed",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("asked_at")), name="confirmation_leaves_time_to_answer"
            ),
        ]

    def __str__(self) -> str:
        return str(self.booking)


class Cancellation(models.Model):
    """A booking that ended before its work was done: by whom, how late, and what follows by the offer's own terms.

    `owed` (yuan, from the crew) and `strikes` (hers) are what the table said at that moment; a waiting appeal holds
    them back, an overturned one takes them away. `late`: it counts on the record of who gave up.
    """

    booking = models.OneToOneField(
        Booking, on_delete=models.CASCADE, related_name="cancellation", verbose_name=_("booking")
    )
    kind = models.CharField(_("how"), max_length=12, choices=GivenUp.choices)
    side = models.CharField(_("whose doing"), max_length=8, choices=Side.choices)
    at = models.DateTimeField(_("at"))
    hours_before = models.IntegerField(_("hours before the first call"))
    in_grace = models.BooleanField(_("taken back right after booking"), default=False)
    late = models.BooleanField(_("late"), default=False)
    owed = models.PositiveIntegerField(_("owed by the crew, yuan"), default=0)
    strikes = models.PositiveSmallIntegerField(_("strikes"), default=0)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("cancellation")
        verbose_name_plural = _("cancellations")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=GivenUp.values), name="cancellation_kind_known"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="cancellation_side_known"),
            models.CheckConstraint(
                condition=Q(side=Side.CREW, strikes=0) | Q(side=Side.GRADUATE, owed=0),
                name="cancellation_burdens_who_gave_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking} · {self.get_kind_display()}"


class Appeal(models.Model):
    """Against what a cancellation brought: force majeure with its proof, or a mistake. An admin decides, with a reason.

    State changes only through `jobs.services.appeals`.
    """

    cancellation = models.OneToOneField(
        Cancellation, on_delete=models.CASCADE, related_name="appeal", verbose_name=_("cancellation")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    ground = models.CharField(_("ground"), max_length=10, choices=AppealGround.choices)
    words = models.TextField(_("what happened"), max_length=1000)
    proof = models.CharField(_("proof"), max_length=300, blank=True)
    filed_at = models.DateTimeField(_("filed"))
    state = models.CharField(
        _("state"), max_length=10, choices=AppealState.choices, default=AppealState.WAITING
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decision = models.CharField(_("reason of the decision"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["filed_at", "id"]
        indexes = [
            models.Index(fields=["filed_at"], condition=Q(state="waiting"), name="appeal_waiting_by_time")
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ground__in=AppealGround.values), name="appeal_ground_known"),
            models.CheckConstraint(condition=Q(state__in=AppealState.values), name="appeal_state_known"),
            models.CheckConstraint(
                condition=Q(state=AppealState.WAITING, decided_at__isnull=True)
                | Q(decided_at__isnull=False) & ~Q(decision="") & ~Q(state=AppealState.WAITING),
                name="appeal_decided_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cancellation} · {self.get_state_display()}"


class AppealProof(models.Model):
    """The paper that proves an appeal: a photo written anew by us, or a PDF as it came.

    It lies in the table, so that it goes with the appeal. Admins alone read it; a PDF is only ever handed out to be
    saved. Lists must leave `content` out.
    """

    class Kind(models.TextChoices):
        PHOTO = "photo", _("photo")
        PDF = "pdf", _("PDF")

    appeal = models.OneToOneField(
        Appeal, on_delete=models.CASCADE, related_name="paper", verbose_name=_("appeal")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("by")
    )
    kind = models.CharField(_("kind"), max_length=5, choices=Kind.choices)
    content = models.BinaryField(_("file"))
    size = models.PositiveIntegerField(_("bytes"))
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("proof of an appeal")
        verbose_name_plural = _("proofs of appeals")
        ordering = ["-added_at", "-id"]

    def __str__(self) -> str:
        return f"{self.appeal} · {self.get_kind_display()}"
