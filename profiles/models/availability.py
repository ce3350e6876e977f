"""When a person is free: half-open spans of shoot days, by day, by night, or both."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .profile import Profile


class DayPart(models.TextChoices):
    DAY = "day", _("day")
    NIGHT = "night", _("night")
    BOTH = "both", _("day and night")


class Availability(models.Model):
    """A span of days on which the person is free for `part`. Spans of one person never overlap."""

    profile = models.ForeignKey(
        Profile, on_delete=models.CASCADE, related_name="availabilities", verbose_name=_("profile")
    )
    days = DateRangeField(_("days"))
    part = models.CharField(_("part of the day"), max_length=5, choices=DayPart.choices, default=DayPart.BOTH)

    class Meta:
        verbose_name = _("availability")
        verbose_name_plural = _("availabilities")
        ordering = ["profile", "days"]
        constraints = [
            ExclusionConstraint(
                name="availability_spans_apart",
                expressions=[("profile", RangeOperators.EQUAL), ("days", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                condition=Q(days__isempty=False, days__lower_inf=False, days__upper_inf=False),
                name="availability_has_both_ends",
            ),
            models.CheckConstraint(
                condition=Q(part__in=["day", "night", "both"]), name="availability_part_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.days} {self.part}"
