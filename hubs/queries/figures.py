"""The published numbers, in the order of a story: who looks for work, what there is, where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hubs.models import Figure
from hubs.models.figure import GOOD_FOR

TOPICS: dict[str, str | Promise] = {
    "graduates": _("Graduates"),
    "jobs": _("Jobs"),
    "pay": _("Pay"),
    "output": _("Output and crews"),
    "money": _("Money"),
    "audience": _("Audiences"),
    "overseas": _("Overseas"),
    "industry": _("Companies, bases and sets"),
    "price": _("Prices of sets"),
    "training": _("Training"),
    "rights": _("Rights"),
}
"""Topics in the order of the page; a topic an admin invents comes last, under its own name."""


@dataclass(frozen=True)
class Topic:
    code: str
    name: str | Promise
    figures: list[Figure]


def all_figures() -> QuerySet[Figure]:
    """Return every published figure with its hub and base."""
    return Figure.objects.published().select_related("hub", "base")


def stale(rows: QuerySet[Figure], *, today: date) -> QuerySet[Figure]:
    """Narrow to figures that are past their day; the list form of `Figure.is_stale`, a test makes the two agree."""
    said = Q(good_until__lt=today)
    return rows.filter(said | Q(good_until=None, source_date__lt=today - GOOD_FOR))


def by_topic(figures: Iterable[Figure]) -> list[Topic]:
    """Group figures under their topics; the country first, then the hubs, each in the order of the files."""
    found: dict[str, list[Figure]] = {code: [] for code in TOPICS}
    for figure in figures:
        found.setdefault(figure.topic, []).append(figure)
    return [
        Topic(code, TOPICS.get(code, code), sorted(rows, key=_country_first))
        for code, rows in found.items()
        if rows
    ]


def _country_first(figure: Figure) -> tuple[str, str, int]:
    hub = figure.hub.slug if figure.hub else ""
    base = figure.base.slug if figure.base else ""
    return hub, base, figure.pk
