"""The market as numbers: what stood and what happened, by day, hub and trade. Written by beat, read by the market room.

Nothing here names a person. `MarketFact` is what was counted of a day. Pages read `MarketSum`: the same by department,
each day and each month once as counted and once `rounded` for everybody, so that ten years are a hundred and twenty
months of some twenty rows. Rows of a month are the sums of its days (stocks: those of its last day).
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hubs.models import Department, Hub, RoleType

FILL_HOURS = (6, 24, 72, 168)
"""Upper ends, in hours, of the spans into which times to fill are counted; the last span is open."""


class Grain(models.TextChoices):
    DAY = "day", _("day")
    MONTH = "month", _("month")


class Counted(models.Model):
    """What is counted of some places.

    Stocks at the end of the day: `places` on the list that are not over, `booked` of them.
    Flows of the day: offers `sent`, `accepted`, `declined`, `expired`, `withdrawn`; places `filled`, after
    `fill_hours` in all and counted by span in `fill_spans`; `first_timers` among those booked; roles that begin: `due`
    places, `due_filled` of them; `paid_days` of people at work.
    """

    places = models.PositiveIntegerField(_("places"), default=0)
    booked = models.PositiveIntegerField(_("booked"), default=0)
    sent = models.PositiveIntegerField(_("offers sent"), default=0)
    accepted = models.PositiveIntegerField(_("offers accepted"), default=0)
    declined = models.PositiveIntegerField(_("offers declined"), default=0)
    expired = models.PositiveIntegerField(_("offers expired"), default=0)
    withdrawn = models.PositiveIntegerField(_("offers withdrawn"), default=0)
    filled = models.PositiveIntegerField(_("places filled"), default=0)
    fill_hours = models.PositiveBigIntegerField(_("hours until filled, in all"), default=0)
    fill_spans = ArrayField(models.PositiveIntegerField(), verbose_name=_("filled, by hours"), default=list)
    first_timers = models.PositiveIntegerField(_("first-timers booked"), default=0)
    due = models.PositiveIntegerField(_("places that begin"), default=0)
    due_filled = models.PositiveIntegerField(_("of them booked"), default=0)
    paid_days = models.PositiveIntegerField(_("paid days"), default=0)

    class Meta:
        abstract = True


class MarketFact(Counted):
    """One hub and one role type on one shoot day, as counted.

    `wanted` places are free on roles that begin within seven days; `free_people` want such a role most, here, and have
    days in that week.
    """

    day = models.DateField(_("day"))
    hub = models.ForeignKey(Hub, on_delete=models.CASCADE, related_name="+", verbose_name=_("hub"))
    role_type = models.ForeignKey(
        RoleType, on_delete=models.CASCADE, related_name="+", verbose_name=_("role type")
    )
    wanted = models.PositiveIntegerField(_("wanted within a week"), default=0)
    free_people = models.PositiveIntegerField(_("people free within a week"), default=0)

    class Meta:
        verbose_name = _("market fact")
        verbose_name_plural = _("market facts")
        ordering = ["-day", "hub", "role_type"]
        constraints = [
            models.UniqueConstraint(fields=["day", "hub", "role_type"], name="market_fact_once"),
            models.CheckConstraint(
                condition=Q(booked__lte=F("places")), name="market_fact_books_what_is_there"
            ),
            models.CheckConstraint(
                condition=Q(due_filled__lte=F("due")), name="market_fact_fills_what_is_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} · {self.hub_id} · {self.role_type_id}"


class MarketSum(Counted):
    """One hub, department and category on one day, or in the month that begins on `day`. `hub` empty: all hubs.

    `rounded` rows are what everybody may read, see `queries.market_rounding`; the others are for admins. Rounded each
    for itself, a part may be more than its whole. Days are kept for as long as a page draws days.
    """

    grain = models.CharField(_("span"), max_length=5, choices=Grain.choices)
    rounded = models.BooleanField(_("rounded for everybody"))
    day = models.DateField(_("day"))
    hub = models.ForeignKey(
        Hub, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("hub")
    )
    department = models.ForeignKey(
        Department, on_delete=models.CASCADE, related_name="+", verbose_name=_("department")
    )
    category = models.CharField(_("category"), max_length=10, choices=RoleType.Category.choices)

    class Meta:
        verbose_name = _("sum of the market")
        verbose_name_plural = _("sums of the market")
        ordering = ["-day", "hub", "department", "category"]
        constraints = [
            # In the order in which pages ask: a series of one hub, or of all, from a day on.
            models.UniqueConstraint(
                fields=["grain", "rounded", "hub", "day", "department", "category"],
                name="market_sum_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(grain__in=Grain.values), name="market_sum_grain_known"),
        ]

    def __str__(self) -> str:
        return f"{self.day} · {self.hub_id} · {self.department_id}"


class HubFact(models.Model):
    """One hub on one day, or in one month: what is not a matter of a trade. `hub` empty: the whole country.

    `days` counted; `shoot_days` on all of them. At the end of the last one: `people` with a paid day in the thirty days
    before, and their `paid_days_30`: the paid-day index is paid_days_30 / (30 * people). `late_wages` are overdue, with
    `late_yuan`; `rest_breaches` happened on these days; `reasons` counts declines by why, {"pay": 3}. `rounded` rows are
    what everybody may read: without rest and overdue pay, which are for admins.
    """

    grain = models.CharField(_("span"), max_length=5, choices=Grain.choices, default=Grain.DAY)
    day = models.DateField(_("day"))
    hub = models.ForeignKey(
        Hub, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("hub")
    )
    rounded = models.BooleanField(_("rounded for everybody"), default=False)
    days = models.PositiveSmallIntegerField(_("days"), default=1)
    shoot_days = models.PositiveIntegerField(_("shoots at work"), default=0)
    people = models.PositiveIntegerField(_("people at work in thirty days"), default=0)
    paid_days_30 = models.PositiveIntegerField(_("paid days in thirty days"), default=0)
    rest_breaches = models.PositiveIntegerField(_("breaches of rest"), default=0)
    late_wages = models.PositiveIntegerField(_("overdue wages"), default=0)
    late_yuan = models.PositiveBigIntegerField(_("overdue, yuan"), default=0)
    reasons = models.JSONField(_("why offers were declined"), default=dict)

    class Meta:
        verbose_name = _("fact of a hub")
        verbose_name_plural = _("facts of hubs")
        ordering = ["-day", "hub"]
        constraints = [
            models.UniqueConstraint(
                fields=["grain", "rounded", "hub", "day"], name="hub_fact_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(grain__in=Grain.values), name="hub_fact_grain_known"),
        ]

    def __str__(self) -> str:
        return f"{self.day} · {self.hub_id}"
