"""Who has which base and which of its sets, on which day: the grid of sets by days.

A crew that comes to a base for a day takes one of its numbered berths. The number is what keeps the count: two crews
cannot hold the same one, and a trigger refuses a number above the base's crews a day. A count over rows would need
every writer to take the same lock first; a number taken twice fails whoever writes. What is promised stands when
an admin lowers the capacity.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hubs.models import Base, Set
from hubs.timespan import SHANGHAI
from jobs.enums import SET_BOOKING_HELD, SetBookingState, SetPart

from .shoot import Shoot


class BaseDay(models.Model):
    """A shoot's place at a base for one shoot day. It goes with the last booking that stands in it."""

    base = models.ForeignKey(Base, on_delete=models.PROTECT, related_name="+", verbose_name=_("base"))
    shoot = models.ForeignKey(
        Shoot, on_delete=models.CASCADE, related_name="base_days", verbose_name=_("shoot")
    )
    day = models.DateField(_("shoot day"))
    berth = models.PositiveSmallIntegerField(_("which of the base's places"))

    class Meta:
        verbose_name = _("day at a base")
        verbose_name_plural = _("days at bases")
        ordering = ["base", "day", "berth"]
        constraints = [
            models.UniqueConstraint(fields=["base", "day", "berth"], name="base_berth_never_twice"),
            models.UniqueConstraint(fields=["shoot", "day"], name="base_day_once_a_shoot"),
            models.CheckConstraint(condition=Q(berth__gte=1), name="base_berth_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.base} · {self.day} · {self.berth}"


class SetBooking(models.Model):
    """A set for a part of a shoot day, or the base alone where `set` is empty; the makeup room comes with the set.

    `during` are the hours taken, aware and half-open, inside the shoot day from 05:00 to 05:00. Two live rows of one set
    never overlap: the exclusion constraint has the last word, and it watches the state, so that a row which leaves
    the waiting list is caught too. A live row stands in a `place`, a waiting one in none (trigger: the place is of
    the same shoot and day, and the set lies in its base). State changes only through `jobs.services.set_bookings`.
    """

    shoot = models.ForeignKey(
        Shoot, on_delete=models.CASCADE, related_name="set_bookings", verbose_name=_("shoot")
    )
    base = models.ForeignKey(Base, on_delete=models.PROTECT, related_name="+", verbose_name=_("base"))
    set = models.ForeignKey(
        Set, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("set")
    )
    place = models.ForeignKey(
        BaseDay,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="bookings",
        verbose_name=_("day at the base"),
    )
    day = models.DateField(_("shoot day"))
    part = models.CharField(_("part of the day"), max_length=5, choices=SetPart.choices)
    during = DateTimeRangeField(_("hours"))
    state = models.CharField(_("state"), max_length=8, choices=SetBookingState.choices)
    asked_at = models.DateTimeField(_("asked"))
    confirm_by = models.DateTimeField(_("to be confirmed by"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("booking of a set")
        verbose_name_plural = _("bookings of sets")
        ordering = ["day", "during", "id"]
        indexes = [
            models.Index(fields=["base", "day"], name="set_booking_by_base_and_day"),
            models.Index(
                fields=["base", "asked_at"],
                condition=Q(state=SetBookingState.WAITING),
                name="set_booking_waiting",
            ),
        ]
        constraints = [
            ExclusionConstraint(
                name="set_never_twice",
                expressions=[("set", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(state__in=SET_BOOKING_HELD),
            ),
            ExclusionConstraint(
                name="set_waited_for_once",
                expressions=[
                    ("shoot", RangeOperators.EQUAL),
                    ("set", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(state=SetBookingState.WAITING),
            ),
            models.UniqueConstraint(
                fields=["shoot", "day"],
                condition=Q(set__isnull=True) & Q(state__in=[*SET_BOOKING_HELD, SetBookingState.WAITING]),
                name="base_alone_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SET_BOOKING_HELD, place__isnull=False)
                | (~Q(state__in=SET_BOOKING_HELD) & Q(place__isnull=True)),
                name="set_booking_stands_in_a_place",
            ),
            models.CheckConstraint(
                condition=Q(state=SetBookingState.OFFERED, confirm_by__isnull=False)
                | (~Q(state=SetBookingState.OFFERED) & Q(confirm_by__isnull=True)),
                name="set_booking_offered_until",
            ),
            models.CheckConstraint(
                condition=Q(during__isempty=False, during__lower_inf=False, during__upper_inf=False),
                name="set_booking_has_both_ends",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SetBookingState.values), name="set_booking_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.set or self.base} · {self.day} · {self.part}"

    @property
    def clock(self) -> str:
        """Its hours by the clock: 05:00–18:00."""
        first, last = (moment.astimezone(SHANGHAI) for moment in (self.during.lower, self.during.upper))
        return f"{first:%H:%M}–{last:%H:%M}"

    @property
    def with_makeup_room(self) -> bool:
        return self.set is not None and self.set.makeup_room_adjacent
