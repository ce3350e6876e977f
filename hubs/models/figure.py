"""A published number, with everything one needs to doubt it."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .bilingual import Named, in_reader_language, spoken, spoken_span
from .curation import Reviewed
from .place import Base, Hub

GOOD_FOR = timedelta(days=365)
"""How long a number stands when nobody has said until when it is good."""


class Figure(Named, Reviewed):
    """A published number: `value` (to `value_high` for a span) in `unit`, for `period`, from `source`.

    `hub` or `base` say what it is about; both empty = the whole country or the world.
    `qualifier` is the word that stands before it ("about", "over", "nearly", "up to").
    """

    stands_in = {"hub": True, "base": True}

    class Qualifier(models.TextChoices):
        EXACT = "", _("as published")
        ABOUT = "about", _("about")
        OVER = "over", _("over")
        NEARLY = "nearly", _("nearly")
        UP_TO = "up_to", _("up to")

    code = models.SlugField(_("code"), max_length=80, unique=True)
    hub = models.ForeignKey(
        Hub, on_delete=models.CASCADE, null=True, blank=True, related_name="figures", verbose_name=_("hub")
    )
    base = models.ForeignKey(
        Base, on_delete=models.CASCADE, null=True, blank=True, related_name="figures", verbose_name=_("base")
    )
    topic = models.SlugField(_("topic"), max_length=40)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=3)
    value_high = models.DecimalField(_("up to"), max_digits=18, decimal_places=3, null=True, blank=True)
    qualifier = models.CharField(
        _("qualifier"), max_length=8, choices=Qualifier.choices, blank=True, default=""
    )
    unit_zh = models.CharField(_("unit (Chinese)"), max_length=40)
    unit_en = models.CharField(_("unit (English)"), max_length=60)
    period_zh = models.CharField(_("period (Chinese)"), max_length=60, blank=True)
    period_en = models.CharField(_("period (English)"), max_length=80, blank=True)
    is_estimate = models.BooleanField(_("estimate"), default=False)
    note_zh = models.TextField(_("note (Chinese)"), blank=True)
    note_en = models.TextField(_("note (English)"), blank=True)
    source_zh = models.CharField(_("source (Chinese)"), max_length=200)
    source_en = models.CharField(_("source (English)"), max_length=240)
    source_url = models.URLField(_("link"), max_length=400, blank=True)
    source_date = models.DateField(_("date of the source"), null=True, blank=True)
    good_until = models.DateField(
        _("good until"),
        null=True,
        blank=True,
        help_text=_("When this number should be looked up again. Empty: a year after its source."),
    )

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["topic", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source_en__regex=r"\S") & Q(source_zh__regex=r"\S"), name="figure_has_a_source"
            ),
            models.CheckConstraint(
                condition=Q(value_high__isnull=True) | Q(value_high__gte=F("value")),
                name="figure_span_in_order",
            ),
        ]

    def is_stale(self, today: date) -> bool:
        """Whether `today` is past the day until which the number was good; one without any date is not judged."""
        until = self.good_until or (self.source_date + GOOD_FOR if self.source_date else None)
        return until is not None and today > until

    @property
    def amount(self) -> str:
        """The number as the reader says it, a span as "60–90"; unit and qualifier stand beside it."""
        if self.value_high is None:
            return spoken(self.value)
        return spoken_span(self.value, self.value_high)

    @property
    def unit(self) -> str:
        return in_reader_language(self.unit_zh, self.unit_en)

    @property
    def period(self) -> str:
        return in_reader_language(self.period_zh, self.period_en)

    @property
    def note(self) -> str:
        return in_reader_language(self.note_zh, self.note_en)

    @property
    def source(self) -> str:
        return in_reader_language(self.source_zh, self.source_en)


class Statement(Named, Reviewed):
    """Something published in words rather than in a number: who watches, who is named, what is at risk.

    `text_*` is our own wording, never a quotation; a real person is named only in `source_*`.
    """

    stands_in = {"hub": True}

    class Topic(models.TextChoices):
        AUDIENCE = "audience", _("Audiences")
        ORGANISATION = "organisation", _("Organisations")
        TITLE = "title", _("Titles")
        PEOPLE = "people", _("People")
        TRADES = "trades", _("Trades")
        POLICY = "policy", _("Policy")
        RISK = "risk", _("Risks")
        PLACE = "place", _("Places")

    code = models.SlugField(_("code"), max_length=80, unique=True)
    topic = models.CharField(_("topic"), max_length=14, choices=Topic.choices)
    hub = models.ForeignKey(
        Hub, on_delete=models.CASCADE, null=True, blank=True, related_name="statements", verbose_name=_("hub")
    )
    text_zh = models.TextField(_("text (Chinese)"))
    text_en = models.TextField(_("text (English)"))
    source_zh = models.CharField(_("source (Chinese)"), max_length=200)
    source_en = models.CharField(_("source (English)"), max_length=240)
    source_url = models.URLField(_("link"), max_length=400, blank=True)
    source_date = models.DateField(_("date of the source"), null=True, blank=True)

    class Meta:
        verbose_name = _("published statement")
        verbose_name_plural = _("published statements")
        ordering = ["topic", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source_en__regex=r"\S") & Q(source_zh__regex=r"\S"), name="statement_has_a_source"
            ),
        ]

    @property
    def text(self) -> str:
        return in_reader_language(self.text_zh, self.text_en)

    @property
    def source(self) -> str:
        return in_reader_language(self.source_zh, self.source_en)
