"""Two rows that mean one place: what points at the duplicate is moved to the one that stays.

The duplicate is not deleted: it is retired, so that the data files do not bring it back and its history can be read.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import ForeignObjectRel, Model

from config.errors import Conflict, Invalid, NotAllowed
from hubs import policies
from hubs.enums import CurationVerb, Status
from hubs.models import Base, Institution, Reviewed, Service, Set
from hubs.services import curation

MERGED: tuple[type[Reviewed], ...] = (Base, Institution, Service)
PLAIN = (
    models.CharField,
    models.TextField,
    models.PositiveIntegerField,
    models.PositiveSmallIntegerField,
    models.DateField,
)


@dataclass
class Moved:
    """Rows that point at the one that stays now, by table; `left` could not, because it had the like already."""

    moved: dict[str, int] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)


def pointing_at(model: type[Model]) -> list[tuple[type[Model], str]]:
    """Every (table, column) that points at `model`, on whatever floor, links of many-to-many included."""
    return sorted(
        (
            (relation.related_model, relation.field.name)
            for relation in model._meta.get_fields(include_hidden=True)
            if isinstance(relation, ForeignObjectRel)
            and (relation.one_to_many or relation.one_to_one)
            and relation.related_model
        ),
        key=lambda pair: (pair[0]._meta.label, pair[1]),
    )


def references(row: Model) -> dict[str, int]:
    """How many rows of each table point at `row`; tables without any are left out. One query a table."""
    found: dict[str, int] = {}
    for model, column in pointing_at(type(row)):
        if count := model._default_manager.filter(**{column: row.pk}).count():
            name = str(model._meta.verbose_name_plural)
            found[name] = found.get(name, 0) + count
    return found


def merge(stays: Reviewed, goes: Reviewed, *, by: Any, now: datetime, reason: str = "") -> Moved:
    """Move what points at `goes` to `stays`, fill the gaps of `stays` from it, and retire `goes`.

    Raise NotAllowed("not_yours"), Invalid("merge_itself"), Conflict("merge_other_hub" / "move_not_allowed").
    """
    if not policies.may_merge(by):
        raise NotAllowed("not_yours")
    if type(stays) is not type(goes) or type(stays) not in MERGED or stays.pk == goes.pk:
        raise Invalid("merge_itself")
    if isinstance(stays, Base | Service) and stays.hub_id != goes.hub_id:  # type: ignore[attr-defined]
        # Work at a base counts for its hub: a move across hubs would rewrite what happened where.
        raise Conflict("merge_other_hub")
    with transaction.atomic():
        rows = type(stays)._default_manager.select_for_update().order_by("pk").in_bulk([stays.pk, goes.pk])
        if len(rows) < 2 or Status.RETIRED in {row.status for row in rows.values()}:
            raise Conflict("move_not_allowed", state=str(Status.RETIRED.label))
        out = Moved()
        for model, column in pointing_at(type(stays)):
            _move(model, column, goes, stays, out)
        filled = _fill_gaps(rows[stays.pk], rows[goes.pk])
        before = rows[goes.pk].status
        type(goes)._default_manager.filter(pk=goes.pk).update(status=Status.RETIRED, edited_by_hand=True)
        common = {"by": by, "now": now, "reason": reason.strip()[:300]}
        curation.record(
            CurationVerb.MERGED,
            goes,
            before=before,
            after=Status.RETIRED,
            into=stays.pk,
            merged=f"→ {stays}",
            **common,
        )
        curation.record(
            CurationVerb.MERGED,
            stays,
            merged=f"← {goes}",
            moved=out.moved,
            left=out.left,
            fields=filled,
            **common,
        )
    return out


def _move(model: type[Model], column: str, goes: Reviewed, stays: Reviewed, out: Moved) -> None:
    rows = model._default_manager.filter(**{column: goes.pk})
    name = str(model._meta.label_lower)
    if model is Set:
        _free_slugs(goes, stays)
    try:
        with transaction.atomic():
            count = rows.update(**{column: stays.pk})
    except IntegrityError:
        # Some of them the survivor has already: each for itself, and what cannot move stays where it is.
        count = sum(_moved_one(model, pk, column, stays) for pk in list(rows.values_list("pk", flat=True)))
    if count:
        out.moved[name] = out.moved.get(name, 0) + count
    if left := rows.count():
        out.left[name] = out.left.get(name, 0) + left


def _moved_one(model: type[Model], pk: Any, column: str, stays: Reviewed) -> int:
    try:
        with transaction.atomic():
            return model._default_manager.filter(pk=pk).update(**{column: stays.pk})
    except IntegrityError:
        return 0


def _free_slugs(goes: Reviewed, stays: Reviewed) -> None:
    """Two hospital sets of one base need two addresses."""
    taken = set(Set.objects.filter(base=stays.pk).values_list("slug", flat=True))
    for row in Set.objects.filter(base=goes.pk).order_by("pk"):
        slug, number = row.slug, 2
        while slug in taken:
            slug, number = f"{row.slug}-{number}", number + 1
        if slug != row.slug:
            Set.objects.filter(pk=row.pk).update(slug=slug, edited_by_hand=True)
        taken.add(slug)


def _fill_gaps(stays: Reviewed, goes: Reviewed) -> list[str]:
    """Take over what only the duplicate says; a school keeps the other name among those it is found by."""
    filled = []
    for column in stays._meta.concrete_fields:
        if not isinstance(column, PLAIN) or not column.editable or column.unique:
            continue
        value = getattr(goes, column.name)
        if getattr(stays, column.name) in ("", None) and value not in ("", None):
            setattr(stays, column.name, value)
            filled.append(column.name)
    if isinstance(stays, Institution) and isinstance(goes, Institution):
        names = [*stays.also_called.split(), *goes.also_called.split(), goes.name_zh.replace(" ", "")]
        known = " ".join(dict.fromkeys(name for name in names if name != stays.name_zh))
        if len(known) <= 80 and known != stays.also_called:
            stays.also_called = known
            filled.append("also_called")
    if filled:
        stays.edited_by_hand = True
        stays.save(update_fields=[*dict.fromkeys(filled), "edited_by_hand"])
    return filled
