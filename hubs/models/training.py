"""Who teaches the trades, and where the industry meets those who want in."""

from django.contrib.postgres.fields import DateRangeField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .bilingual import Described, Named, Sourced, in_reader_language
from .curation import Reviewed
from .place import Hub
from .trade import RoleType, Skill


class Institution(Named, Described, Sourced, Reviewed):
    """A university, school or open university."""

    stands_in = {"hub": True}

    slug = models.SlugField(_("address"), unique=True)
    hub = models.ForeignKey(
        Hub,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="institutions",
        verbose_name=_("hub"),
    )
    city_zh = models.CharField(_("city (Chinese)"), max_length=60, blank=True)
    city_en = models.CharField(_("city (English)"), max_length=80, blank=True)
    also_called = models.CharField(
        _("also called"),
        max_length=80,
        blank=True,
        help_text=_("Short names people search by, apart by spaces: 北电 BFA."),
    )

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        ordering = ["slug"]

    @property
    def city(self) -> str:
        return in_reader_language(self.city_zh, self.city_en)


class Programme(Named, Described, Sourced, Reviewed):
    """A training programme. `length_days` is empty for a degree; `covers_*` is one subject a line."""

    stands_in = {"institution": False}

    class Kind(models.TextChoices):
        DEGREE = "degree", _("Degree")
        SHORT_COURSE = "short_course", _("Short course")
        CREATION_BASE = "creation_base", _("Creation base")

    institution = models.ForeignKey(
        Institution, on_delete=models.CASCADE, related_name="programmes", verbose_name=_("institution")
    )
    slug = models.SlugField(_("address"), unique=True)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices)
    length_days = models.PositiveSmallIntegerField(_("length, days"), null=True, blank=True)
    covers_zh = models.TextField(_("covers (Chinese)"), blank=True)
    covers_en = models.TextField(_("covers (English)"), blank=True)
    leads_to = models.ManyToManyField(
        RoleType, blank=True, related_name="programmes", verbose_name=_("leads to")
    )
    teaches = models.ManyToManyField(Skill, blank=True, related_name="programmes", verbose_name=_("teaches"))

    class Meta:
        verbose_name = _("training programme")
        verbose_name_plural = _("training programmes")
        ordering = ["slug"]

    @property
    def covers(self) -> list[str]:
        return in_reader_language(self.covers_zh, self.covers_en).splitlines()


class JobFair(Named, Described, Sourced, Reviewed):
    """A job fair of the industry. `days` is half-open; empty where only the fact of the fair is published."""

    stands_in = {"institution": True, "hub": True}

    slug = models.SlugField(_("address"), unique=True)
    institution = models.ForeignKey(
        Institution,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="job_fairs",
        verbose_name=_("institution"),
    )
    hub = models.ForeignKey(
        Hub, on_delete=models.PROTECT, null=True, blank=True, related_name="job_fairs", verbose_name=_("hub")
    )
    days = DateRangeField(_("days"), null=True, blank=True)
    opens = models.TimeField(_("opens"), null=True, blank=True)
    closes = models.TimeField(_("closes"), null=True, blank=True)
    place_zh = models.CharField(_("place (Chinese)"), max_length=160, blank=True)
    place_en = models.CharField(_("place (English)"), max_length=200, blank=True)
    capacity = models.PositiveSmallIntegerField(
        _("seats to sign up for"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: no sign-up here. Signing up also needs days."),
    )

    class Meta:
        verbose_name = _("job fair")
        verbose_name_plural = _("job fairs")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens__isnull=True) | Q(closes__isnull=True) | Q(opens__lt=F("closes")),
                name="job_fair_opens_before_it_closes",
            ),
        ]

    @property
    def place(self) -> str:
        return in_reader_language(self.place_zh, self.place_en)
