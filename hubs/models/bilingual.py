"""Curated rows speak both languages of the site in columns, so that an admin sees a gap at once."""

from decimal import Decimal

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def in_reader_language(zh: str, en: str) -> str:
    """Return the text of the active language, or the other one where this one is empty."""
    chinese = (get_language() or "zh-hans").startswith("zh")
    return (zh or en) if chinese else (en or zh)


def spoken(value: Decimal) -> str:
    """Return a number as the reader says it: 38.5 亿 or 3.85 billion; small ones in digits."""
    chinese = (get_language() or "zh-hans").startswith("zh")
    for step, word in _ZH_STEPS if chinese else _EN_STEPS:
        if value >= step:
            return f"{_digits(value / step)} {word}"
    return _digits(value)


def spoken_span(low: Decimal, high: Decimal) -> str:
    """Return "60–90"; both ends on one scale: 8,000–20,000, never 8,000–2 万."""
    first, last = spoken(low), spoken(high)
    if first.partition(" ")[2] != last.partition(" ")[2]:
        first, last = _digits(low), _digits(high)
    return f"{first}–{last}"


_ZH_STEPS = ((Decimal(10**8), "亿"), (Decimal(10**4), "万"))
_EN_STEPS = ((Decimal(10**9), "billion"), (Decimal(10**6), "million"))


def _digits(value: Decimal) -> str:
    whole = f"{value:,.3f}"
    return whole.rstrip("0").rstrip(".")


class Named(models.Model):
    """A row with a name in both languages; `name` is the reader's."""

    name_zh = models.CharField(_("name (Chinese)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=160)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_reader_language(self.name_zh, self.name_en)


class Described(models.Model):
    """A row with a paragraph in both languages; `intro` is the reader's."""

    intro_zh = models.TextField(_("introduction (Chinese)"), blank=True)
    intro_en = models.TextField(_("introduction (English)"), blank=True)

    class Meta:
        abstract = True

    @property
    def intro(self) -> str:
        return in_reader_language(self.intro_zh, self.intro_en)


class Sourced(models.Model):
    """A fact from outside keeps its source in both languages, its date and, where there is one, its link."""

    source_zh = models.CharField(_("source (Chinese)"), max_length=200, blank=True)
    source_en = models.CharField(_("source (English)"), max_length=240, blank=True)
    source_url = models.URLField(_("link"), max_length=400, blank=True)
    source_date = models.DateField(_("date of the source"), null=True, blank=True)
    to_confirm = models.BooleanField(
        _("to be confirmed"),
        default=False,
        help_text=_("Found in a mirror or a single source; an admin has not confirmed it yet."),
    )

    class Meta:
        abstract = True

    @property
    def source(self) -> str:
        return in_reader_language(self.source_zh, self.source_en)


class Curated(models.Model):
    """A row that comes from the data files and may be mended by an admin.

    `services.loading` never writes over a row that is `edited_by_hand`; the curation desk sets the mark
    by itself, and an admin who takes it off hands the row back to the files.
    """

    edited_by_hand = models.BooleanField(
        _("edited by hand"),
        default=False,
        help_text=_("Loading the data files leaves this row alone. Untick to let the files win next time."),
    )

    class Meta:
        abstract = True
