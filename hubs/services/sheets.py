"""Bases and sets as a spreadsheet, out and in. What was exported and comes back unchanged changes nothing.

A row is known by its address (`slug`), a set by its base's and its own. Nothing is deleted by leaving it out. Cells are
text, never formulas: one that begins with "=" is written as the text it is, and a formula that comes in is refused.
"""

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models, transaction
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from hubs.enums import CurationVerb, Status
from hubs.models import Base, Hub, Set
from hubs.services import curation
from hubs.services.sheet_reading import TABLES, Row, read, said


def export(bases: Iterable[Base]) -> bytes:
    """Return a workbook of `bases` (with their hubs) and all their sets. Two queries beside that of `bases`."""
    rows = list(bases)
    sets = (
        Set.objects.filter(base__in=[base.pk for base in rows])
        .select_related("base")
        .order_by("base__slug", "slug")
    )
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, found in (("bases", rows), ("sets", list(sets))):
        _write(book.create_sheet(name), TABLES[name][1], found)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(sheet: Any, columns: tuple[str, ...], rows: Iterable[models.Model]) -> None:
    for at, column in enumerate(columns, start=1):
        cell = sheet.cell(row=1, column=at, value=column)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E5EFE9")
        sheet.column_dimensions[get_column_letter(at)].width = 24 if "_" in column else 14
    sheet.freeze_panes = "A2"
    for line, row in enumerate(rows, start=2):
        for at, column in enumerate(columns, start=1):
            value = said(getattr(row, column))
            cell = sheet.cell(row=line, column=at, value=value)
            if isinstance(value, str):
                cell.data_type = "s"  # openpyxl makes a formula of a text that begins with "="


def bring(data: bytes, *, by: Any, now: datetime) -> dict[str, int]:
    """Write the lines of a workbook that are right; return {"new", "changed", "same", "wrong"}. Twice is harmless.

    New rows are drafts. Raise what `read` raises, and NotAllowed where she may not make bases.
    """
    rows = read(data, by=by)
    counts = dict.fromkeys(("new", "changed", "same", "wrong"), 0)
    with transaction.atomic():
        for row in rows:
            counts[row.kind] += 1
            if row.kind in ("new", "changed"):
                _bring(row, now=now, by=by)
    return counts


def _bring(row: Row, *, by: Any, now: datetime) -> None:
    model, _columns = TABLES[row.sheet]
    wanted = dict(row.values)
    for name, above in (("hub", Hub), ("base", Base)):
        if name in wanted:
            wanted[name] = above.objects.get(slug=wanted[name])
    key = {"slug": wanted["slug"], **({"base": wanted["base"]} if model is Set else {})}
    values = {name: _stored(model, name, value) for name, value in wanted.items()} | {"edited_by_hand": True}
    made, fresh = model._default_manager.update_or_create(
        **key, defaults=values, create_defaults=values | {"status": Status.DRAFT}
    )
    curation.record(
        CurationVerb.IMPORTED,
        made,
        by=by,
        now=now,
        after=Status.DRAFT if fresh else "",
        fields=sorted(row.changes),
    )


def _stored(model: type[models.Model], name: str, value: Any) -> Any:
    column: Any = model._meta.get_field(name)
    if isinstance(column, models.BooleanField):
        return value == "yes"
    if value == "" and not isinstance(column, models.CharField | models.TextField):
        return None
    return value
