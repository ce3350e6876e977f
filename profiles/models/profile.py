"""What a graduate says of herself, once, so that work can find her."""

import secrets
from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hubs.models import Hub, Language, RoleType, Skill

from .age import FULL_AGE, age_on
from .user import User


def _feed_token() -> str:
    return secrets.token_urlsafe(24)


class Profile(models.Model):
    """A graduate's profile. `day_rate_floor` is yuan a day; heights are cm; ages are years.

    `contact_wechat` is private: it is shown only to a crew that the person has accepted.
    `reliability` runs from 0 to 200; everyone starts in the middle of the upper half.
    """

    class Sex(models.TextChoices):
        UNSAID = "", _("not said")
        FEMALE = "female", _("female")
        MALE = "male", _("male")

    user = models.OneToOneField(
        User, on_delete=models.CASCADE, related_name="profile", verbose_name=_("user")
    )
    birth_date = models.DateField(_("date of birth"))
    headline = models.CharField(_("in one line"), max_length=120, blank=True)
    contact_wechat = models.CharField(_("Weixin account"), max_length=40, blank=True)
    home_hub = models.ForeignKey(
        Hub, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("home hub")
    )
    willing_hubs = models.ManyToManyField(
        Hub, blank=True, related_name="+", verbose_name=_("hubs she would travel to")
    )
    day_rate_floor = models.PositiveIntegerField(
        _("lowest day rate, yuan"), default=0, validators=[MaxValueValidator(100_000)]
    )
    skills = models.ManyToManyField(Skill, through="ProfileSkill", related_name="+", verbose_name=_("skills"))
    wanted_roles = models.ManyToManyField(
        RoleType, through="WantedRole", related_name="+", verbose_name=_("role types wanted")
    )
    languages = models.ManyToManyField(
        Language, blank=True, related_name="+", verbose_name=_("languages and dialects")
    )

    acting = models.BooleanField(_("wants acting work"), default=False)
    sex = models.CharField(
        _("sex, for casting only"), max_length=6, choices=Sex.choices, blank=True, default=""
    )
    playable_age_min = models.PositiveSmallIntegerField(_("plays from age"), null=True, blank=True)
    playable_age_max = models.PositiveSmallIntegerField(_("plays to age"), null=True, blank=True)
    height_cm = models.PositiveSmallIntegerField(
        _("height, cm"), null=True, blank=True, validators=[MinValueValidator(80), MaxValueValidator(230)]
    )

    reliability = models.PositiveSmallIntegerField(
        _("reliability"), default=150, validators=[MaxValueValidator(200)]
    )
    listed = models.BooleanField(_("open to offers"), default=True)
    simulated = models.BooleanField(
        _("simulated"),
        default=False,
        help_text=_("A person of the demo market, who answers offers by herself."),
    )
    waiting_since = models.DateField(_("looking for work since"), null=True, blank=True)
    former_trade = models.CharField(_("trade she comes from"), max_length=60, blank=True)
    studied_abroad = models.BooleanField(_("studied abroad"), default=False)
    feed_token = models.CharField(_("calendar address"), max_length=64, unique=True, default=_feed_token)
    page_token = models.CharField(
        _("address of the public page"),
        max_length=32,
        unique=True,
        null=True,
        blank=True,
        help_text=_("Empty: she shows no public page."),
    )

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(playable_age_min__isnull=True, playable_age_max__isnull=True)
                | Q(
                    playable_age_min__gte=1,
                    playable_age_max__lte=100,
                    playable_age_max__gte=F("playable_age_min"),
                ),
                name="profile_playable_ages_in_order",
            ),
            models.CheckConstraint(condition=Q(reliability__lte=200), name="profile_reliability_in_scale"),
            models.CheckConstraint(condition=Q(sex__in=["", "female", "male"]), name="profile_sex_known"),
        ]

    def __str__(self) -> str:
        return self.user.name

    def age_on(self, day: date) -> int:
        """Whole years on `day`."""
        return age_on(self.birth_date, day)

    def is_minor_on(self, day: date) -> bool:
        """16 or 17 on `day`: no night work, no dangerous work."""
        return self.age_on(day) < FULL_AGE


class ProfileSkill(models.Model):
    """A skill at a level: 1 has tried it, 2 works alone, 3 leads others."""

    class Level(models.IntegerChoices):
        TRIED = 1, _("has tried it")
        ALONE = 2, _("works alone")
        LEADS = 3, _("leads others")

    profile = models.ForeignKey(
        Profile, on_delete=models.CASCADE, related_name="skill_levels", verbose_name=_("profile")
    )
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="+", verbose_name=_("skill"))
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices, default=Level.TRIED)

    class Meta:
        verbose_name = _("skill of a profile")
        verbose_name_plural = _("skills of profiles")
        ordering = ["profile", "-level", "skill"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "skill"], name="profile_skill_once"),
            models.CheckConstraint(condition=Q(level__range=(1, 3)), name="profile_skill_level_in_scale"),
        ]

    def __str__(self) -> str:
        return f"{self.skill_id}: {self.level}"


class WantedRole(models.Model):
    """A role type a person would take; rank 1 is the one she wants most."""

    profile = models.ForeignKey(
        Profile, on_delete=models.CASCADE, related_name="wanted", verbose_name=_("profile")
    )
    role_type = models.ForeignKey(
        RoleType, on_delete=models.CASCADE, related_name="+", verbose_name=_("role type")
    )
    rank = models.PositiveSmallIntegerField(_("rank"), default=1)

    class Meta:
        verbose_name = _("wanted role type")
        verbose_name_plural = _("wanted role types")
        ordering = ["profile", "rank", "role_type"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "role_type"], name="profile_wants_role_type_once"),
            models.CheckConstraint(condition=Q(rank__gte=1), name="wanted_role_rank_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.role_type_id}"
