"""What stands on a call sheet: each person's own call, and the scenes of the day."""

from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hubs.timespan import DAY_BREAK, SHANGHAI

from .booking import Booking
from .shoot import CallSheet


def moment_of(day: date, clock: time) -> datetime:
    """Return the moment a clock shows `clock` on a shoot day: before 05:00 it is the night that ends the day."""
    return datetime.combine(day + timedelta(days=clock < DAY_BREAK), clock, tzinfo=SHANGHAI)


class CallLine(models.Model):
    """One person on one version of a call sheet.

    A draft holds lines only for those whose times or words are their own; publishing writes a line for everybody,
    with the times that were in force. Published lines are frozen by a trigger, like their sheet. Who is `off` is
    booked for the day but has it free. `own` tells a time that was set for her from the general one. `since` is the
    version in which what she has to know last changed: who confirmed that one need not confirm again.
    """

    call_sheet = models.ForeignKey(
        CallSheet, on_delete=models.CASCADE, related_name="lines", verbose_name=_("call sheet")
    )
    booking = models.ForeignKey(
        Booking, on_delete=models.CASCADE, related_name="call_lines", verbose_name=_("booking")
    )
    call = models.TimeField(_("call"), null=True, blank=True)
    wrap = models.TimeField(_("expected wrap"), null=True, blank=True)
    note = models.CharField(_("note to her"), max_length=100, blank=True)
    off = models.BooleanField(_("not called"), default=False)
    own = models.BooleanField(_("times of her own"), default=False)
    since = models.PositiveSmallIntegerField(_("unchanged since version"), default=0)

    class Meta:
        verbose_name = _("line of a call sheet")
        verbose_name_plural = _("lines of call sheets")
        ordering = ["call_sheet", "id"]
        constraints = [
            models.UniqueConstraint(fields=["call_sheet", "booking"], name="call_line_once_a_booking"),
        ]

    def __str__(self) -> str:
        return f"{self.call_sheet} · {self.booking}"


class CallScene(models.Model):
    """A scene to be shot, in the order of the day. `pages` of the script, in tenths."""

    call_sheet = models.ForeignKey(
        CallSheet, on_delete=models.CASCADE, related_name="scenes", verbose_name=_("call sheet")
    )
    position = models.PositiveSmallIntegerField(_("order"))
    number = models.CharField(_("scene"), max_length=12)
    heading = models.CharField(_("where and when"), max_length=80, blank=True)
    pages = models.DecimalField(_("pages"), max_digits=4, decimal_places=1, null=True, blank=True)
    cast = models.CharField(_("cast"), max_length=120, blank=True)
    note = models.CharField(_("what happens, what is needed"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("scene of a call sheet")
        verbose_name_plural = _("scenes of call sheets")
        ordering = ["call_sheet", "position"]
        constraints = [
            models.UniqueConstraint(fields=["call_sheet", "position"], name="call_scene_once_a_place"),
            models.CheckConstraint(
                condition=Q(pages__isnull=True) | Q(pages__gte=0), name="call_scene_pages_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_sheet} · {self.number}"
