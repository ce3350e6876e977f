"""What is wrong with a cell, and what would be right, in the reader's language.

Django's own words are written for programmers: "“abc” value must be an integer" names neither column nor remedy.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

REMEDIES: tuple[tuple[type[models.Field], Any], ...] = (
    (models.SlugField, gettext_lazy("Use small Latin letters, digits and hyphens only, such as east-lake.")),
    (models.URLField, gettext_lazy("Write a whole address that begins with https://")),
    (models.DateField, gettext_lazy("Write the day as year-month-day, such as 2026-12-05.")),
    (models.IntegerField, gettext_lazy("Write a whole number in digits, without a unit or a comma.")),
)
"""By kind of column, the narrowest first: what a value must look like."""

CHOICES_NAMED = 12


def fault(column: Any, error: ValidationError) -> str:
    """Return the column's name and the remedy for one thing that is wrong with its value."""
    return named(column, _remedy(column, error))


def named(column: Any, words: str) -> str:
    """Put the name of the column before `words`."""
    return _("%(label)s: %(error)s") % {"label": capfirst(str(column.verbose_name)), "error": words}


def _remedy(column: Any, error: ValidationError) -> str:
    facts = error.params or {}
    if error.code in ("blank", "null", "required"):
        return _("Fill this in: it may not stay empty.")
    if error.code == "max_length":
        return _("Shorten this to at most %(longest)s characters.") % {"longest": facts["limit_value"]}
    if error.code == "min_value":
        return _("Write a number of %(least)s or more.") % {"least": facts["limit_value"]}
    if error.code == "max_value":
        return _("Write a number of %(most)s or less.") % {"most": facts["limit_value"]}
    if error.code == "invalid_choice":
        known = [str(label) for value, label in column.choices if value][:CHOICES_NAMED]
        return _("Write one of these: %(known)s.") % {"known": _(", ").join(known)}
    for kind, words in REMEDIES:
        if isinstance(column, kind):
            return str(words)
    return " ".join(error.messages)
