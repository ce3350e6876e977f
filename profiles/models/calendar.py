"""Where her free days come from beside her own taps: a weekly pattern, outside calendars, and the way back."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .availability import DayPart
from .profile import Profile


class Pattern(models.Model):
    """The same every week: on `weekdays` (a bit a day, Monday is 1) free for `part`, on others not.

    It is laid over the days from `first` to `last` once; `laid_until` is the day after the last one laid, and a pattern
    without an end is laid further as days come near. A day that differs from it is an exception, and stays one.
    """

    profile = models.OneToOneField(
        Profile, on_delete=models.CASCADE, related_name="pattern", verbose_name=_("profile")
    )
    weekdays = models.PositiveSmallIntegerField(_("weekdays"))
    part = models.CharField(_("part of the day"), max_length=5, choices=DayPart.choices)
    first = models.DateField(_("from"))
    last = models.DateField(_("to"), null=True, blank=True)
    laid_until = models.DateField(_("laid until"))

    class Meta:
        verbose_name = _("weekly pattern")
        verbose_name_plural = _("weekly patterns")
        constraints = [
            models.CheckConstraint(condition=Q(weekdays__range=(1, 127)), name="pattern_has_weekdays"),
            models.CheckConstraint(condition=Q(part__in=["day", "night", "both"]), name="pattern_part_known"),
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(last__gte=models.F("first")), name="pattern_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekdays:07b} {self.part}"


class OutsideCalendar(models.Model):
    """A calendar kept elsewhere, read as busy. `address` is a secret of hers; empty for a file she sent.

    Only days are kept of it, no titles and no places. `due_at` is when it is read next; empty: never again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits to be read")
        READ = "read", _("read")
        FAILED = "failed", _("could not be read")

    profile = models.ForeignKey(
        Profile, on_delete=models.CASCADE, related_name="outside_calendars", verbose_name=_("profile")
    )
    name = models.CharField(_("name"), max_length=40)
    address = models.CharField(_("secret address"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    problem = models.CharField(_("why it could not be read"), max_length=40, blank=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    due_at = models.DateTimeField(_("read next"), null=True, blank=True, db_index=True)

    class Meta:
        verbose_name = _("outside calendar")
        verbose_name_plural = _("outside calendars")
        ordering = ["profile", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(address="") | Q(address__startswith="https://"), name="outside_calendar_is_https"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "read", "failed"]), name="outside_calendar_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def host(self) -> str:
        """Where it is kept; the rest of the address stays a secret even on her own page."""
        return self.address.split("/")[2] if self.address else ""


class BusySpan(models.Model):
    """Days on which an outside calendar says busy, by day, by night, or both. Those of one calendar never overlap."""

    calendar = models.ForeignKey(
        OutsideCalendar, on_delete=models.CASCADE, related_name="busy", verbose_name=_("calendar")
    )
    days = DateRangeField(_("days"))
    part = models.CharField(_("part of the day"), max_length=5, choices=DayPart.choices)

    class Meta:
        verbose_name = _("busy days")
        verbose_name_plural = _("busy days")
        ordering = ["calendar", "days"]

    def __str__(self) -> str:
        return f"{self.days} {self.part}"


class HeldSpan(models.Model):
    """What she said of days that an outside calendar takes: it comes back when that calendar lets them go."""

    profile = models.ForeignKey(
        Profile, on_delete=models.CASCADE, related_name="held_days", verbose_name=_("profile")
    )
    days = DateRangeField(_("days"))
    part = models.CharField(_("part of the day"), max_length=5, choices=DayPart.choices)

    class Meta:
        verbose_name = _("days held back")
        verbose_name_plural = _("days held back")
        ordering = ["profile", "days"]

    def __str__(self) -> str:
        return f"{self.days} {self.part}"


class DaysBefore(models.Model):
    """What she had said of her days before her last change, so that it can be undone: [[first, end, part], ...]."""

    profile = models.OneToOneField(
        Profile, on_delete=models.CASCADE, related_name="days_before", verbose_name=_("profile")
    )
    spans = models.JSONField(_("free days before"), default=list)

    class Meta:
        verbose_name = _("days before the last change")
        verbose_name_plural = _("days before the last change")

    def __str__(self) -> str:
        return f"{len(self.spans)}"
