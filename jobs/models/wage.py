"""What a crew owes a person for a served booking, and what both sides say of it. No money moves here."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .booking import Booking


class Wage(models.Model):
    """The pay of one served booking: `amount` yuan, promised by `due_on`.

    The crew says when it has paid, she says when she has it; her word alone settles it, the crew's alone does not.
    """

    booking = models.OneToOneField(
        Booking, on_delete=models.PROTECT, related_name="wage", verbose_name=_("booking")
    )
    amount = models.PositiveIntegerField(_("amount, yuan"))
    due_on = models.DateField(_("due"))
    paid_at = models.DateTimeField(_("paid, says the crew"), null=True, blank=True)
    received_at = models.DateTimeField(_("received, says she"), null=True, blank=True)

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
        ]

    def __str__(self) -> str:
        return f"{self.booking} · {self.amount}"

    def days_overdue(self, today: date) -> int:
        """Days since the promise was broken; 0 while it is kept or once she has her money."""
        return 0 if self.received_at else max((today - self.due_on).days, 0)
