"""What happened on a shoot day: who had the call sheet, who was there, and for how long."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .booking import Booking
from .shoot import CallSheet

LONGEST_DAY = timedelta(hours=24)


class SheetReceipt(models.Model):
    """A booked person has had one version of a call sheet: seen when she opened it, confirmed when she said so."""

    call_sheet = models.ForeignKey(
        CallSheet, on_delete=models.CASCADE, related_name="receipts", verbose_name=_("call sheet")
    )
    booking = models.ForeignKey(
        Booking, on_delete=models.CASCADE, related_name="receipts", verbose_name=_("booking")
    )
    seen_at = models.DateTimeField(_("seen"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    class Meta:
        verbose_name = _("receipt of a call sheet")
        verbose_name_plural = _("receipts of call sheets")
        ordering = ["call_sheet", "id"]
        constraints = [
            models.UniqueConstraint(fields=["call_sheet", "booking"], name="sheet_receipt_once_a_booking"),
        ]

    def __str__(self) -> str:
        return f"{self.call_sheet} · {self.booking}"


class WorkedDay(models.Model):
    """A shoot day a person was on set, from check-in to check-out. `day` is the shoot day, 05:00 to 05:00.

    The moments are what counts for hours; they are written by her or by the crew, and the log says by whom.
    """

    booking = models.ForeignKey(
        Booking, on_delete=models.CASCADE, related_name="worked_days", verbose_name=_("booking")
    )
    day = models.DateField(_("shoot day"))
    checked_in_at = models.DateTimeField(_("checked in"))
    checked_out_at = models.DateTimeField(_("checked out"), null=True, blank=True)

    class Meta:
        verbose_name = _("worked day")
        verbose_name_plural = _("worked days")
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "day"], name="worked_day_once_a_booking"),
            models.CheckConstraint(
                condition=Q(checked_out_at__isnull=True)
                | Q(
                    checked_out_at__gte=F("checked_in_at"),
                    checked_out_at__lte=F("checked_in_at") + LONGEST_DAY,
                ),
                name="worked_day_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking} · {self.day}"

    @property
    def length(self) -> timedelta | None:
        """Time from check-in to check-out, meals included; None while she is on set."""
        return self.checked_out_at - self.checked_in_at if self.checked_out_at else None


class HoursObjection(models.Model):
    """She says that her hours of a day were others than those noted: her own times where she gives them, and a few words.

    The crew takes them over or says why not; what both said stays, and goes into the evidence.
    """

    booking = models.ForeignKey(
        Booking, on_delete=models.CASCADE, related_name="hours_objections", verbose_name=_("booking")
    )
    day = models.DateField(_("shoot day"))
    came_at = models.DateTimeField(_("came, says she"))
    left_at = models.DateTimeField(_("left, says she"))
    words = models.CharField(_("what happened"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("made"))
    taken_over = models.BooleanField(_("taken over by the crew"), null=True, blank=True)
    answer = models.CharField(_("answer of the crew"), max_length=300, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )

    class Meta:
        verbose_name = _("objection to hours")
        verbose_name_plural = _("objections to hours")
        ordering = ["-made_at", "-id"]
        indexes = [
            models.Index(
                fields=["booking"], condition=Q(answered_at__isnull=True), name="hours_objection_waiting"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["booking", "day"], name="hours_objection_once_a_day"),
            models.CheckConstraint(
                condition=Q(left_at__gt=F("came_at"), left_at__lte=F("came_at") + LONGEST_DAY),
                name="hours_objection_says_a_day",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, taken_over__isnull=True)
                | Q(answered_at__isnull=False, taken_over=True)
                | Q(answered_at__isnull=False, taken_over=False) & ~Q(answer=""),
                name="hours_objection_refused_with_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking} · {self.day}"
