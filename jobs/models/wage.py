"""What a crew owes a person for a served booking, and what both sides say of it. No money moves here."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobs.enums import WageKind

from .booking import Booking


class Wage(models.Model):
    """What a crew owes for one booking, as pay or for cancelling late: `amount` yuan, promised by `due_on`.

    The crew says when it has paid, she says when she has it; her word alone settles it, the crew's alone does not.
    `denied_at`: the crew says it has paid and she says that nothing came.
    """

    booking = models.OneToOneField(
        Booking, on_delete=models.PROTECT, related_name="wage", verbose_name=_("booking")
    )
    kind = models.CharField(_("owed for"), max_length=12, choices=WageKind.choices, default=WageKind.PAY)
    amount = models.PositiveIntegerField(_("amount, yuan"))
    due_on = models.DateField(_("due"))
    paid_at = models.DateTimeField(_("paid, says the crew"), null=True, blank=True)
    received_at = models.DateTimeField(_("received, says she"), null=True, blank=True)

    denied_at = models.DateTimeField(_("not received, says she"), null=True, blank=True)

    class Meta:
        verbose_name = _("wage")
        verbose_name_plural = _("wages")
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(
                fields=["due_on"], condition=Q(received_at__isnull=True), name="wage_open_by_due_day"
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=1), name="wage_is_some_money"),
            models.CheckConstraint(condition=Q(kind__in=WageKind.values), name="wage_kind_known"),
            models.CheckConstraint(
                condition=Q(denied_at__isnull=True) | Q(received_at__isnull=True),
                name="wage_not_received_and_denied",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking} · {self.amount}"

    def days_overdue(self, today: date) -> int:
        """Days since the promise was broken; 0 while it is kept or once she has her money."""
        return 0 if self.received_at else max((today - self.due_on).days, 0)


class WageReply(models.Model):
    """What the crew answers to an overdue wage on its public record; shown beside it, word for word."""

    wage = models.OneToOneField(Wage, on_delete=models.CASCADE, related_name="reply", verbose_name=_("wage"))
    words = models.CharField(_("answer"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("answered"))

    class Meta:
        verbose_name = _("answer to an overdue wage")
        verbose_name_plural = _("answers to overdue wages")
        ordering = ["-at"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="wage_reply_says_something")]

    def __str__(self) -> str:
        return str(self.wage)
