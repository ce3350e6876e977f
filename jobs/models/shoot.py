"""What is to be staffed: a shoot, its roles, its call sheets."""

from datetime import time

from django.contrib.postgres.fields import DateRangeField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hubs.models import Base, Language, RoleType, Set, Skill
from jobs.enums import FilingState, Genre, ShootState
from profiles.models.availability import DayPart

from .crew import Crew


class Shoot(models.Model):
    """One production of a crew: 5 to 10 shoot days at a base.

    `days` is half-open. State changes only through `jobs.services.shoots`.
    `hours_per_day`, `settle_within_days` and the other terms are what the offer promises in writing.
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
    ai_use = models.CharField(_("what AI is used for"), max_length=200, blank=True)
    filing_state = models.CharField(
        _("filing"), max_length=10, choices=FilingState.choices, default=FilingState.PENDING
    )
    filing_number = models.CharField(_("filing number"), max_length=60, blank=True)
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
        ]

    def __str__(self) -> str:
        return self.title


class Role(models.Model):
    """An opening on a shoot. `days` (half-open) lies within the shoot's; `day_rate` is yuan a day.

    `filled` counts confirmed bookings and is changed only by compare-and-set in `jobs.services.bookings`:
    the CHECK below makes an overfilled role impossible, whoever writes.
    Age, sex and height are traits of a character and exist on cast roles only.
    """

    class Sex(models.TextChoices):
        ANY = "", _("any")
        FEMALE = "female", _("female")
        MALE = "male", _("male")

    shoot = models.ForeignKey(Shoot, on_delete=models.CASCADE, related_name="roles", verbose_name=_("shoot"))
    role_type = models.ForeignKey(
        RoleType, on_delete=models.PROTECT, related_name="+", verbose_name=_("role type")
    )
    category = models.CharField(_("category"), max_length=10, choices=RoleType.Category.choices)
    note = models.CharField(_("what is special"), max_length=200, blank=True)
    days = DateRangeField(_("days"))
    part = models.CharField(_("part of the day"), max_length=5, choices=DayPart.choices, default=DayPart.DAY)
    day_rate = models.PositiveIntegerField(
        _("day rate, yuan"), validators=[MinValueValidator(1), MaxValueValidator(100_000)]
    )
    headcount = models.PositiveSmallIntegerField(
        _("headcount"), validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    filled = models.PositiveSmallIntegerField(_("booked"), default=0)
    entry_level = models.BooleanField(_("open to first-timers"), default=False)
    skills = models.ManyToManyField(Skill, through="RoleSkill", related_name="+", verbose_name=_("skills"))
    languages = models.ManyToManyField(
        Language, blank=True, related_name="+", verbose_name=_("languages needed")
    )
    character_age_min = models.PositiveSmallIntegerField(_("character's age from"), null=True, blank=True)
    character_age_max = models.PositiveSmallIntegerField(_("character's age to"), null=True, blank=True)
    character_sex = models.CharField(
        _("character's sex"), max_length=6, choices=Sex.choices, blank=True, default=""
    )
    height_min = models.PositiveSmallIntegerField(_("height from, cm"), null=True, blank=True)
    height_max = models.PositiveSmallIntegerField(_("height to, cm"), null=True, blank=True)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["shoot", "role_type__position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(headcount__range=(1, 60)), name="role_headcount_in_range"),
            models.CheckConstraint(condition=Q(filled__lte=F("headcount")), name="role_never_overfills"),
            models.CheckConstraint(condition=Q(day_rate__gte=1), name="role_is_paid"),
            models.CheckConstraint(
                condition=Q(days__isempty=False, days__lower_inf=False, days__upper_inf=False),
                name="role_has_both_ends",
            ),
            models.CheckConstraint(
                condition=~Q(category="production")
                | Q(
                    character_sex="",
                    character_age_min__isnull=True,
                    character_age_max__isnull=True,
                    height_min__isnull=True,
                    height_max__isnull=True,
                ),
                name="crew_role_asks_no_age_sex_or_height",
            ),
            models.CheckConstraint(
                condition=Q(character_age_min__isnull=True)
                | Q(character_age_max__isnull=True)
                | Q(character_age_min__lte=F("character_age_max")),
                name="role_character_ages_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role_type} · {self.shoot}"

    @property
    def open_slots(self) -> int:
        return self.headcount - self.filled

    @property
    def day_count(self) -> int:
        return (self.days.upper - self.days.lower).days

    @property
    def total_pay(self) -> int:
        """Yuan for one place, all days."""
        return self.day_rate * self.day_count


class RoleSkill(models.Model):
    """A skill a role asks for, at a level from 1 to 3; a must is a hard rule, otherwise it only counts for fit."""

    role = models.ForeignKey(
        Role, on_delete=models.CASCADE, related_name="skill_levels", verbose_name=_("role")
    )
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="+", verbose_name=_("skill"))
    level = models.PositiveSmallIntegerField(_("level"), default=1)
    must = models.BooleanField(_("must have"), default=False)

    class Meta:
        verbose_name = _("skill of a role")
        verbose_name_plural = _("skills of roles")
        ordering = ["role", "-must", "skill"]
        constraints = [
            models.UniqueConstraint(fields=["role", "skill"], name="role_skill_once"),
            models.CheckConstraint(condition=Q(level__range=(1, 3)), name="role_skill_level_in_scale"),
        ]

    def __str__(self) -> str:
        return f"{self.skill} · {self.level}"


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
