"""One search over places and training: typed in Chinese, pinyin (whole or initials) or English.

The rows of curation are some hundreds, so they are read whole and held against the words in Python; `spelling` knows how.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import TextChoices
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hubs.enums import Province
from hubs.models import Base, Hub, JobFair, Programme, RoleType, Service, Set
from hubs.models.bilingual import Named

from . import spelling

MOST = 24
"""Hits shown of one kind."""


@dataclass(frozen=True)
class Hit:
    """A row that was found: what it is called, where it belongs, and the path of its page."""

    name: str
    where: str
    path: str


@dataclass(frozen=True)
class Group:
    """Hits of one kind, the best first; `more` counts those left out."""

    code: str
    label: str | Promise
    hits: tuple[Hit, ...]
    more: int


@dataclass(frozen=True)
class _Kind:
    label: str | Promise
    rows: Callable[[], Iterable[Named]]
    around: Callable[[Any], tuple[str, ...]]
    where: Callable[[Any], str]
    path: Callable[[Any], str]


def _of_base(row: Any) -> tuple[str, ...]:
    return (*_in_both(Set.Kind, row.kind), row.base.name_zh, row.base.name_en, *_names(row.base.hub))


@cache
def _in_both(choices: type[TextChoices], value: str) -> tuple[str, ...]:
    """The word of a choice in both languages: what is found does not depend on the language the page is read in."""
    if value not in choices.values:
        return ()
    said = []
    for tongue in ("zh-hans", "en"):
        with translation.override(tongue):
            said.append(str(choices(value).label))
    return tuple(said)


def _names(row: Any) -> tuple[str, ...]:
    return (row.name_zh, row.name_en) if row is not None else ()


_KINDS: dict[str, _Kind] = {
    "hubs": _Kind(
        _("Hubs"),
        lambda: Hub.objects.published(),
        lambda hub: _in_both(Province, hub.province),
        lambda hub: str(hub.get_province_display()),
        lambda hub: reverse("hubs:hub", args=[hub.slug]),
    ),
    "bases": _Kind(
        _("Bases"),
        lambda: Base.objects.published().select_related("hub"),
        lambda base: (*_names(base.hub), base.district_zh, base.district_en),
        lambda base: base.hub.name,
        lambda base: reverse("hubs:base", args=[base.slug]),
    ),
    "sets": _Kind(
        _("Sets"),
        lambda: Set.objects.published().select_related("base__hub"),
        _of_base,
        lambda set_: f"{set_.base.name} · {set_.base.hub.name}",
        lambda set_: reverse("hubs:base", args=[set_.base.slug]) + "#sets",
    ),
    "services": _Kind(
        _("Services"),
        lambda: Service.objects.published().select_related("base", "hub"),
        lambda service: (*_in_both(Service.Kind, service.kind), *_names(service.base), *_names(service.hub)),
        lambda service: (service.base or service.hub).name,
        lambda service: (
            (
                reverse("hubs:base", args=[service.base.slug])
                if service.base
                else reverse("hubs:hub", args=[service.hub.slug])
            )
            + "#services"
        ),
    ),
    "training": _Kind(
        _("Training"),
        lambda: (
            Programme.objects.published()
            .select_related("institution")
            .prefetch_related("leads_to", "teaches")
        ),
        lambda row: (
            *_names(row.institution),
            row.institution.also_called,
            *row.covers_zh.splitlines(),
            *row.covers_en.splitlines(),
            *(name for other in (*row.leads_to.all(), *row.teaches.all()) for name in _names(other)),
        ),
        lambda row: row.institution.name,
        lambda row: reverse("hubs:programme", args=[row.slug]),
    ),
    "fairs": _Kind(
        _("Job fairs"),
        lambda: JobFair.objects.published().select_related("institution", "hub"),
        lambda fair: (*_names(fair.institution), *_names(fair.hub), fair.place_zh, fair.place_en),
        lambda fair: (fair.institution or fair.hub or fair).name,
        lambda fair: reverse("fairs:detail", args=[fair.slug]),
    ),
    "trades": _Kind(
        _("Trades"),
        lambda: RoleType.objects.select_related("department"),
        lambda trade: _names(trade.department),
        lambda trade: trade.department.name,
        lambda trade: reverse("hubs:trade", args=[trade.code]),
    ),
}


def find(typed: str) -> list[Group]:
    """Return what fits all words typed, kind by kind; nothing for nothing typed. A query a kind, two for training.

    A row fits by its name, or by the names of what it belongs to; its own name counts more.
    """
    words = spelling.terms(typed)
    if not words:
        return []
    groups = []
    for code, kind in _KINDS.items():
        found = sorted(_found(kind, words), key=lambda pair: pair[0])
        hits = tuple(Hit(row.name, kind.where(row), kind.path(row)) for _rank, row in found[:MOST])
        if hits:
            groups.append(Group(code, kind.label, hits, max(len(found) - MOST, 0)))
    return groups


def _found(kind: _Kind, words: tuple[str, ...]) -> Iterable[tuple[tuple, Named]]:
    for row in kind.rows():
        names = _names(row)
        texts = (*names, *(str(text) for text in kind.around(row)))
        if all(spelling.finds(word, texts) for word in words):
            own = all(spelling.finds(word, names) for word in words)
            begins = any(spelling.folded(name).startswith(words[0]) for name in names)
            yield (not own, not begins, len(names[0]), row.pk), row
