"""An opening on a shoot, with what it asks for and what it promises."""

from django.contrib.postgres.fields import DateRangeField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hubs.models import Language, RoleType, Skill
from jobs.enums import AddOn, ContractKind, CrewState, FillMode
from profiles.models.availability import DayPart

from .piece import Piecework, piece_constraints
from .shoot import Shoot

MOST_PLACES = 60
MOST_EXTRAS = 200
"""Places of one role; a crowd is one role, and one day of it is called in groups of thirty."""


class Role(Piecework):
    """An opening on a shoot. `days` (half-open) lies within the shoot's; `day_rate` is yuan a day.

    `filled` counts confirmed bookings and is changed only by compare-and-set in `jobs.services.bookings`:
    the CHECK below makes an overfilled role impossible, whoever writes.
    Age, sex and height are traits of a character and exist on cast roles only.
    `below_floor` is kept by `jobs.services.floors`: such a role is off the list until it pays enough; see `on_the_list`.
    `meals`, `lodging`, `insurance` and `hours_per_day` are empty where the shoot's own hold; read `gives_*` and
    `agreed_hours`. Add-ons are yuan: an hour of overtime, a night, a day of rain, and so on; 0 = none agreed.
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
        _("headcount"), validators=[MinValueValidator(1), MaxValueValidator(MOST_EXTRAS)]
    )
    filled = models.PositiveSmallIntegerField(_("booked"), default=0)
    entry_level = models.BooleanField(_("open to first-timers"), default=False)
    fill_mode = models.CharField(
        _("filled by"), max_length=12, choices=FillMode.choices, default=FillMode.ENGINE
    )
    contract = models.CharField(
        _("contract"), max_length=10, choices=ContractKind.choices, default=ContractKind.SERVICE
    )
    hours_per_day = models.PositiveSmallIntegerField(
        _("hours a day"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    meals = models.BooleanField(_("meals provided"), null=True, blank=True)
    lodging = models.BooleanField(_("lodging provided"), null=True, blank=True)
    insurance = models.BooleanField(_("accident insurance"), null=True, blank=True)
    overtime_pay = models.PositiveSmallIntegerField(_("overtime, yuan an hour"), default=0)
    night_pay = models.PositiveSmallIntegerField(_("night, yuan"), default=0)
    rain_pay = models.PositiveSmallIntegerField(_("rain, yuan a day"), default=0)
    lines_pay = models.PositiveSmallIntegerField(_("spoken lines, yuan a day"), default=0)
    shaved_head_pay = models.PositiveSmallIntegerField(_("shaved head, yuan once"), default=0)
    transport_pay = models.PositiveSmallIntegerField(_("transport, yuan a day"), default=0)
    below_floor = models.BooleanField(_("below the floor of piecework"), default=False, editable=False)
    import_key = models.CharField(_("line of an imported list"), max_length=64, blank=True, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1)
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
            models.CheckConstraint(
                condition=Q(headcount__range=(1, MOST_PLACES))
                | Q(category=RoleType.Category.EXTRAS, headcount__range=(1, MOST_EXTRAS)),
                name="role_headcount_in_range",
            ),
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
            models.CheckConstraint(condition=Q(fill_mode__in=FillMode.values), name="role_fill_mode_known"),
            models.CheckConstraint(
                condition=Q(hours_per_day__isnull=True) | Q(hours_per_day__range=(1, 12)),
                name="role_hours_within_12",
            ),
            models.UniqueConstraint(
                fields=["shoot", "import_key"], condition=~Q(import_key=""), name="role_imported_once"
            ),
            *piece_constraints(),
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

    @property
    def add_ons(self) -> list[tuple[AddOn, int]]:
        """What is paid beside the day rate, as (kind, yuan); kinds that were not agreed are left out."""
        every = [(kind, getattr(self, f"{kind}_pay")) for kind in AddOn]
        return [(kind, yuan) for kind, yuan in every if yuan]

    @property
    def agreed_hours(self) -> int:
        return self.hours_per_day or self.shoot.hours_per_day

    @property
    def gives_meals(self) -> bool:
        return self.shoot.meals if self.meals is None else self.meals

    @property
    def gives_lodging(self) -> bool:
        return self.shoot.lodging if self.lodging is None else self.lodging

    @property
    def gives_insurance(self) -> bool:
        return self.shoot.insurance if self.insurance is None else self.insurance


def on_the_list(role: str = "") -> Q:
    """Roles that nothing holds back: no case about them, not below the floor of piecework, of a verified crew.

    `role` is the path to the role with its "__" at the end. Everything that shows, ranks or fills roles asks this.
    """
    verified = {f"{role}shoot__crew__state": CrewState.VERIFIED}
    return Q(**{f"{role}hold__isnull": True, f"{role}below_floor": False} | verified)


def is_listed(role: Role) -> bool:
    """Whether nothing holds this role back right now; one query, since a case may have been made meanwhile."""
    return Role.objects.filter(on_the_list(), pk=role.pk).exists()


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
