"""What is to be staffed: a shoot with its passport, its budget, its call sheets."""

from datetime import time

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hubs.models import Base, Department, Language, Set
from jobs.enums import (
    FilingState,
    FilingTier,
    Genre,
    MadeWith,
    PlusTag,
    Rights,
    ShootState,
)

from .crew import Crew


class Shoot(models.Model):
    """One production of a crew: 5 to 10 shoot days at a base.

    `days` is half-open. State changes only through `jobs.services.shoots`.
    `hours_per_day`, `settle_within_days` and the other terms are what the offer promises in writing.
    `version` grows with every change by hand, so that two who edit at once are told. `production_cost` decides the
    filing tier and is shown to the crew alone.
    """

    crew = models.ForeignKey(Crew, on_delete=models.PROTECT, related_name="shoots", verbose_name=_("crew"))
    title = models.CharField(_("title"), max_length=120)
    genre = models.CharField(_("genre"), max_length=12, choices=Genre.choices, default=Genre.MODERN)
    synopsis = models.TextField(_("synopsis"), blank=True, max_length=2000)
    base = models.ForeignKey(Base, on_delete=models.PROTECT, related_name="+", verbose_name=_("base"))
    days = DateRangeField(_("shoot days"))
    state = models.CharField(_("state"), max_length=10, choices=ShootState.choices, default=ShootState.DRAFT)
    call_time = models.TimeField(_("general call"), default=time(8, 0))
    hours_per_day = models.PositiveSmallIntegerField(
        _("hours a day"), default=10, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    meals = models.BooleanField(_("meals provided"), default=True)
    lodging = models.BooleanField(_("lodging provided"), default=True)
    insurance = models.BooleanField(_("accident insurance"), default=True)
    settle_within_days = models.PositiveSmallIntegerField(
        _("paid within days after wrap"), default=7, validators=[MaxValueValidator(30)]
    )
    made_with = models.CharField(
        _("how it is made"), max_length=4, choices=MadeWith.choices, default=MadeWith.LIVE
    )
    ai_use = models.CharField(_("what AI is used for"), max_length=200, blank=True)
    scans = models.BooleanField(_("faces, voices or movements are scanned"), default=False)
    plus_tags = ArrayField(
        models.CharField(max_length=8, choices=PlusTag.choices),
        verbose_name=_("Micro Drama Plus"),
        default=list,
        blank=True,
    )
    production_cost = models.PositiveIntegerField(_("cost of the production, yuan"), null=True, blank=True)
    filing_tier = models.CharField(_("filing tier"), max_length=8, choices=FilingTier.choices, blank=True)
    filing_state = models.CharField(
        _("filing"), max_length=10, choices=FilingState.choices, default=FilingState.PENDING
    )
    filing_number = models.CharField(_("filing number"), max_length=60, blank=True)
    rights = models.CharField(_("rights in the story"), max_length=12, choices=Rights.choices, blank=True)
    rights_holder = models.CharField(_("holder of the rights"), max_length=120, blank=True)
    overseas = models.ManyToManyField(
        Language, blank=True, related_name="+", verbose_name=_("overseas versions")
    )
    sets = models.ManyToManyField(Set, blank=True, related_name="+", verbose_name=_("sets"))
    version = models.PositiveIntegerField(_("version"), default=1)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("shoot")
        verbose_name_plural = _("shoots")
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "base"], name="shoot_by_state_and_base")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ShootState.values), name="shoot_state_known"),
            models.CheckConstraint(
                condition=Q(days__isempty=False, days__lower_inf=False, days__upper_inf=False),
                name="shoot_has_both_ends",
            ),
            models.CheckConstraint(
                condition=Q(days__startswith__gte=F("days__endswith") - 10)
                & Q(days__startswith__lte=F("days__endswith") - 5),
                name="shoot_lasts_5_to_10_days",
            ),
            models.CheckConstraint(
                condition=Q(plus_tags__contained_by=PlusTag.values), name="shoot_plus_tags_known"
            ),
            models.CheckConstraint(
                condition=~Q(made_with=MadeWith.AI) | ~Q(ai_use=""), name="shoot_with_ai_says_what_for"
            ),
            models.CheckConstraint(
                condition=Q(scans=False) | ~Q(ai_use=""), name="shoot_with_scans_says_what_for"
            ),
            models.CheckConstraint(
                condition=~Q(filing_state=FilingState.FILED) | ~Q(filing_number=""),
                name="shoot_filed_has_a_number",
            ),
            models.CheckConstraint(
                condition=~Q(rights__in=[Rights.LICENSED, Rights.COMMISSIONED]) | ~Q(rights_holder=""),
                name="shoot_rights_of_others_name_the_holder",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DepartmentBudget(models.Model):
    """What a shoot may spend on the day rates of a department, in yuan for all its days."""

    shoot = models.ForeignKey(
        Shoot, on_delete=models.CASCADE, related_name="budgets", verbose_name=_("shoot")
    )
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="+", verbose_name=_("department")
    )
    yuan = models.PositiveIntegerField(_("budget, yuan"))

    class Meta:
        verbose_name = _("budget of a department")
        verbose_name_plural = _("budgets of departments")
        ordering = ["shoot", "department__position"]
        constraints = [
            models.UniqueConstraint(fields=["shoot", "department"], name="budget_once_a_department"),
        ]

    def __str__(self) -> str:
        return f"{self.department} · {self.yuan}"


class CallSheet(models.Model):
    """Who is where at what time on a shoot day. A new version is a new row; the old ones stay as they were.

    A draft (`published_at` empty) is there at most once a day; a trigger refuses every change of a published one.
    Clock times before 05:00 belong to the night that ends the shoot day.
    """

    shoot = models.ForeignKey(
        Shoot, on_delete=models.CASCADE, related_name="call_sheets", verbose_name=_("shoot")
    )
    day = models.DateField(_("shoot day"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    general_call = models.TimeField(_("general call"))
    wrap = models.TimeField(_("expected wrap"), null=True, blank=True)
    night_call = models.TimeField(_("call of the night roles"), null=True, blank=True)
    sets = models.ManyToManyField(Set, blank=True, related_name="+", verbose_name=_("sets"))
    place = models.CharField(_("other places"), max_length=200, blank=True)
    weather = models.CharField(_("weather"), max_length=80, blank=True)
    hospital = models.CharField(_("nearest hospital"), max_length=200, blank=True)
    meals = models.CharField(_("meals"), max_length=200, blank=True)
    transport = models.CharField(_("transport"), max_length=300, blank=True)
    note = models.TextField(_("note to all"), blank=True, max_length=1000)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        verbose_name = _("call sheet")
        verbose_name_plural = _("call sheets")
        ordering = ["shoot", "day", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["shoot", "day", "version"], name="call_sheet_version_once"),
            models.UniqueConstraint(
                fields=["shoot", "day"],
                condition=Q(published_at__isnull=True),
                name="call_sheet_one_draft_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shoot} · {self.day} · {self.version}"
