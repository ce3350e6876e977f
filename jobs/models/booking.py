"""An accepted offer. Two of one person never overlap, whichever crews ask."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobs.enums import BookingState
from profiles.models import Profile

from .offer import Offer
from .role import Role


class Booking(models.Model):
    """A person on a role for `days` (half-open production days, 05:00 to 05:00).

    The exclusion constraint is the last word on double booking; it watches the state, not the insert, so a row
    that becomes active later is caught too. State changes only through `jobs.services.bookings`.
    `sequence` counts changes for calendar feeds.
    """

    offer = models.OneToOneField(
        Offer, on_delete=models.PROTECT, related_name="booking", verbose_name=_("offer")
    )
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="bookings", verbose_name=_("role"))
    profile = models.ForeignKey(
        Profile, on_delete=models.PROTECT, related_name="bookings", verbose_name=_("graduate")
    )
    days = DateRangeField(_("days"))
    day_rate = models.PositiveIntegerField(_("day rate, yuan"))
    state = models.CharField(
        _("state"), max_length=10, choices=BookingState.choices, default=BookingState.CONFIRMED
    )
    sequence = models.PositiveIntegerField(_("version for calendars"), default=0)
    confirmed_at = models.DateTimeField(_("booked"))
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["days", "id"]
        constraints = [
            ExclusionConstraint(
                name="booking_person_never_twice",
                expressions=[("profile", RangeOperators.EQUAL), ("days", RangeOperators.OVERLAPS)],
                condition=Q(state__in=[BookingState.CONFIRMED, BookingState.SERVED]),
            ),
            models.CheckConstraint(
                condition=Q(days__isempty=False, days__lower_inf=False, days__upper_inf=False),
                name="booking_has_both_ends",
            ),
            models.CheckConstraint(condition=Q(state__in=BookingState.values), name="booking_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.profile} · {self.role}"

    @property
    def total_pay(self) -> int:
        """Yuan for all days."""
        return self.day_rate * (self.days.upper - self.days.lower).days
