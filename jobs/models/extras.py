"""An extras day: 60 to 200 people in one call, in groups with a leader, paid by the card that was shown to them."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobs.enums import BookingState
from profiles.models import Profile

from .booking import Booking
from .role import Role
from .shoot import Shoot


class ExtrasCall(models.Model):
    """All extras of one shoot day, over all their roles.

    A day's rate pays `hours` hours from call to wrap; each started hour after that is `overtime_rate` yuan. Who is
    sent home before the costume is on gets half a day, in costume it is a full one. State changes only through
    `jobs.services.extras`; a closed call and its lines stay as they are.
    """

    shoot = models.ForeignKey(
        Shoot, on_delete=models.CASCADE, related_name="extras_calls", verbose_name=_("shoot")
    )
    day = models.DateField(_("shoot day"))
    call = models.TimeField(_("call"))
    meeting_point = models.CharField(_("meeting point"), max_length=120, blank=True)
    hours = models.PositiveSmallIntegerField(
        _("hours in a day's rate"), default=10, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    overtime_rate = models.PositiveSmallIntegerField(
        _("overtime, yuan an hour"), default=15, validators=[MaxValueValidator(1000)]
    )
    expected = models.PositiveSmallIntegerField(_("extras called"), default=0)
    short_notice_reason = models.CharField(_("why at short notice"), max_length=200, blank=True)
    opened_at = models.DateTimeField(_("called"))
    closed_at = models.DateTimeField(_("wrapped"), null=True, blank=True)

    class Meta:
        verbose_name = _("extras day")
        verbose_name_plural = _("extras days")
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(fields=["shoot", "day"], name="extras_call_once_a_day"),
            models.CheckConstraint(condition=Q(hours__range=(1, 12)), name="extras_call_hours_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.shoot} · {self.day}"


class ExtrasAddOn(models.Model):
    """Something on set that is paid on top, at a rate stated before the day: rain, blood, a line, a shaved head."""

    call = models.ForeignKey(
        ExtrasCall, on_delete=models.CASCADE, related_name="add_ons", verbose_name=_("extras day")
    )
    position = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("what for"), max_length=30)
    amount = models.PositiveSmallIntegerField(
        _("amount, yuan"), validators=[MinValueValidator(1), MaxValueValidator(5000)]
    )

    class Meta:
        verbose_name = _("add-on of an extras day")
        verbose_name_plural = _("add-ons of extras days")
        ordering = ["call", "position"]
        constraints = [
            models.UniqueConstraint(fields=["call", "name"], name="extras_add_on_once"),
            models.CheckConstraint(condition=Q(amount__range=(1, 5000)), name="extras_add_on_is_some_money"),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.amount}"


class ExtrasGroup(models.Model):
    """Up to thirty extras and who leads them; the leader may check them in and tick what they did."""

    call = models.ForeignKey(
        ExtrasCall, on_delete=models.CASCADE, related_name="groups", verbose_name=_("extras day")
    )
    number = models.PositiveSmallIntegerField(_("group"))
    leader = models.ForeignKey(
        Booking,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="led_groups",
        verbose_name=_("leader"),
    )

    class Meta:
        verbose_name = _("group of extras")
        verbose_name_plural = _("groups of extras")
        ordering = ["call", "number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="extras_group_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.call} · {self.number}"

    def is_led_by(self, user_id: int | None) -> bool:
        """Whether this user is its leader and still booked; reads `leader.profile`."""
        leader = self.leader
        return bool(leader and leader.state == BookingState.CONFIRMED and leader.profile.user_id == user_id)


class ExtrasLine(models.Model):
    """One extra on the day. When she came and went stands in her WorkedDay, the one ledger of hours.

    `number` is what the tag on her costume says. `amount` (yuan) and `sums` are written when the day is wrapped:
    {"day": "full" | "half" | "absent", "rate", "base", "overtime_hours", "overtime", "add_ons": [[name, yuan]]}.
    """

    call = models.ForeignKey(
        ExtrasCall, on_delete=models.CASCADE, related_name="lines", verbose_name=_("extras day")
    )
    booking = models.ForeignKey(
        Booking, on_delete=models.CASCADE, related_name="extras_lines", verbose_name=_("booking")
    )
    group = models.ForeignKey(
        ExtrasGroup, on_delete=models.CASCADE, related_name="lines", verbose_name=_("group")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    costume_on = models.BooleanField(_("costume on"), default=False)
    add_ons = models.ManyToManyField(ExtrasAddOn, blank=True, related_name="+", verbose_name=_("add-ons"))
    amount = models.PositiveIntegerField(_("amount, yuan"), null=True, blank=True)
    sums = models.JSONField(_("how it adds up"), default=dict, blank=True)

    class Meta:
        verbose_name = _("extra on a day")
        verbose_name_plural = _("extras on days")
        ordering = ["call", "number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "booking"], name="extras_line_once_a_booking"),
            models.UniqueConstraint(fields=["call", "number"], name="extras_line_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.call} · {self.number}"


class WalkIn(models.Model):
    """Somebody who is not on the list stands at the meeting point and asks to work today, on the terms she was shown.

    Her asking is her yes: who runs the day takes her, and she is booked, or sends her home. `taken` is empty meanwhile.
    """

    call = models.ForeignKey(
        ExtrasCall, on_delete=models.CASCADE, related_name="walk_ins", verbose_name=_("extras day")
    )
    profile = models.ForeignKey(
        Profile, on_delete=models.CASCADE, related_name="walk_ins", verbose_name=_("graduate")
    )
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="walk_ins", verbose_name=_("role"))
    day_rate = models.PositiveIntegerField(_("day rate shown, yuan"))
    asked_at = models.DateTimeField(_("asked"))
    taken = models.BooleanField(_("taken"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("walk-in")
        verbose_name_plural = _("walk-ins")
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["call", "profile"], name="walk_in_once_a_day"),
            models.CheckConstraint(
                condition=Q(taken__isnull=True, decided_at__isnull=True)
                | Q(taken__isnull=False, decided_at__isnull=False),
                name="walk_in_decided_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} · {self.profile}"
