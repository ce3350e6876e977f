"""The trades of the industry: departments, role types, skills, languages.

They stand on the ground floor because everybody above speaks them: a programme teaches them, a profile
wants them, a role asks for them.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .bilingual import Curated, Named, in_reader_language
from .room import Limited


class Department(Named, Curated):
    """A department of a crew, or a field beside the set: cast, post, script, AI, overseas, distribution."""

    class Field(models.TextChoices):
        CREW = "crew", _("On-set crew")
        CAST = "cast", _("Cast and extras")
        POST = "post", _("Post-production")
        SCRIPT = "script", _("Script")
        AI = "ai", _("AI")
        OVERSEAS = "overseas", _("Overseas")
        DISTRIBUTION = "distribution", _("Distribution")

    code = models.SlugField(_("code"), unique=True)
    field = models.CharField(_("field"), max_length=14, choices=Field.choices)
    position = models.PositiveSmallIntegerField(_("position on lists"))

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["position", "code"]


class Skill(Limited, Named, Curated):
    """Something one can do on a set, said in words that can be shown."""

    most = 192

    code = models.SlugField(_("code"), unique=True)

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        ordering = ["code"]


class Language(Limited, Named, Curated):
    """A language or dialect, by its BCP 47 tag."""

    most = 64

    code = models.CharField(_("tag"), max_length=16, unique=True)
    is_dialect = models.BooleanField(_("dialect"), default=False)
    position = models.PositiveSmallIntegerField(_("position on lists"))

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        ordering = ["position", "code"]


class RoleType(Limited, Named, Curated):
    """An entry of the taxonomy. Day rates are yuan for 10 to 12 hours, with their source."""

    class Category(models.TextChoices):
        PRODUCTION = "production", _("Production crew")
        LEADS = "leads", _("Leads and supporting cast")
        EXTRAS = "extras", _("Extras")

    most = 192

    code = models.SlugField(_("code"), unique=True)
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="role_types", verbose_name=_("department")
    )
    category = models.CharField(_("category"), max_length=10, choices=Category.choices)
    position = models.PositiveSmallIntegerField(_("position on lists"))
    entry_level = models.BooleanField(_("open to first-timers"), default=False)
    rate_low = models.PositiveIntegerField(_("usual day rate from, yuan"), null=True, blank=True)
    rate_high = models.PositiveIntegerField(_("usual day rate to, yuan"), null=True, blank=True)
    rate_is_estimate = models.BooleanField(_("rate is an estimate"), default=True)
    rate_source_zh = models.CharField(_("source of the rate (Chinese)"), max_length=200, blank=True)
    rate_source_en = models.CharField(_("source of the rate (English)"), max_length=240, blank=True)
    typical_skills = models.ManyToManyField(
        Skill, blank=True, related_name="role_types", verbose_name=_("typical skills")
    )

    class Meta:
        verbose_name = _("role type")
        verbose_name_plural = _("role types")
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rate_low__isnull=True)
                | Q(rate_high__isnull=True)
                | Q(rate_low__lte=models.F("rate_high")),
                name="role_type_rates_in_order",
            )
        ]

    @property
    def rate_source(self) -> str:
        return in_reader_language(self.rate_source_zh, self.rate_source_en)
