"""A spreadsheet of bases and sets, held against the tables: what each line would do, and what is wrong with it."""

import copy
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from config.errors import Invalid
from hubs import policies
from hubs.enums import Status
from hubs.models import Base, Hub, Set
from hubs.services.sheet_words import fault, named

MOST_BYTES = 1_500_000
MOST_UNPACKED = 60_000_000
MOST_ROWS = 2000

BASE_COLUMNS = (
    "slug", "hub", "name_zh", "name_en", "district_zh", "district_en", "address_zh", "address_en", "intro_zh", "intro_en",
    "daily_crew_capacity", "set_count", "area_sqm", "price_zh", "price_en", "price_yuan", "price_hours",
    "price_extra_hour_yuan", "transport_zh", "transport_en", "hospital_zh", "hospital_en", "source_zh", "source_en",
    "source_url", "source_date", "to_confirm",
)  # fmt: skip
SET_COLUMNS = ("base", "slug", "name_zh", "name_en", "kind", "intro_zh", "intro_en", "makeup_room_adjacent")
TABLES: dict[str, tuple[type[models.Model], tuple[str, ...]]] = {
    "bases": (Base, BASE_COLUMNS),
    "sets": (Set, SET_COLUMNS),
}
YES, NO = {"1", "true", "yes", "y", "是", "有", "✓"}, {"", "0", "false", "no", "n", "否", "无"}


@dataclass
class Row:
    """One line of a sheet. `kind`: "new", "changed", "same", "wrong"; `changes` by column: [before, after].

    `errors` name the cell: {"cell": "bases!C5", "said": what is wrong and what would be right}.
    """

    sheet: str
    line: int
    key: str
    kind: str
    values: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, list[str]] = field(default_factory=dict)
    errors: list[dict[str, str]] = field(default_factory=list)


def said(value: Any) -> Any:
    """A value as a cell says it: an address for a row, yes or no, a day as 2026-11-21, nothing as empty text."""
    if isinstance(value, models.Model):
        return value.slug  # type: ignore[attr-defined]
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return ""
    return value.isoformat() if hasattr(value, "isoformat") else value


def read(data: bytes, *, by: Any) -> list[Row]:
    """Hold an uploaded workbook against the tables and say what each line would do. Writes nothing.

    Raise Invalid (field file) "sheet_required", "sheet_too_big", "sheet_unreadable", "sheet_columns", "sheet_too_long".
    """
    book = _opened(data)
    out: list[Row] = []
    fresh: dict[str, Base] = {}
    for name, (model, columns) in TABLES.items():
        if name not in book.sheetnames:
            continue
        lines = list(_lines(book[name], columns, name))
        if len(lines) > MOST_ROWS:
            raise Invalid("sheet_too_long", field="file", most=MOST_ROWS)
        out += _Judge(model, name, columns, by, fresh).judged(lines)
    if not out and not set(TABLES) & set(book.sheetnames):
        raise Invalid("sheet_columns", field="file", sheet="bases", columns=", ".join(BASE_COLUMNS[:4]))
    return out


def _opened(data: bytes) -> Any:
    if not data:
        raise Invalid("sheet_required", field="file")
    if len(data) > MOST_BYTES:
        raise Invalid("sheet_too_big", field="file", most=MOST_BYTES // 1_000_000)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise Invalid("sheet_too_big", field="file", most=MOST_BYTES // 1_000_000)
        return load_workbook(io.BytesIO(data), read_only=True, data_only=False)
    except Invalid:
        raise
    except Exception as error:  # a broken workbook breaks in as many ways as there are parts in it
        raise Invalid("sheet_unreadable", field="file") from error


def _lines(sheet: Any, columns: tuple[str, ...], name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (line, {column: cell}) for lines that hold anything; columns are found by their heads, in any order."""
    heads: list[str] = []
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        if line == 1:
            heads = [str(cell.value or "").strip() for cell in cells]
            if not set(columns[:2]) <= set(heads):
                raise Invalid("sheet_columns", field="file", sheet=name, columns=", ".join(columns[:4]))
            continue
        if line > MOST_ROWS * 2:
            raise Invalid("sheet_too_long", field="file", most=MOST_ROWS)
        found = {
            head: cell
            for head, cell in zip(heads, cells, strict=False)
            if head in columns and cell.value is not None
        }
        if found:
            yield line, found


class _Judge:
    """Holds the lines of one sheet against its table. `fresh`: bases that an earlier sheet of the file would make."""

    def __init__(
        self, model: Any, sheet: str, columns: tuple[str, ...], by: Any, fresh: dict[str, Base]
    ) -> None:
        self.model, self.sheet, self.columns, self.fresh = model, sheet, columns, fresh
        self.hubs = {hub.slug: hub for hub in policies.editable(by, Hub)}
        self.bases = {base.slug: base for base in policies.editable(by, Base).select_related("hub")}
        rows = policies.editable(by, model).select_related("base" if model is Set else "hub")
        self.rows = {self._key(row): row for row in rows}
        self.taken = set() if model is Set else set(Base.objects.values_list("slug", flat=True))

    def _key(self, row: Any) -> str:
        return f"{row.base.slug}/{row.slug}" if isinstance(row, Set) else row.slug

    def judged(self, lines: list[tuple[int, dict[str, Any]]]) -> list[Row]:
        seen: dict[str, int] = {}
        return [self._judged(line, cells, seen) for line, cells in lines]

    def _judged(self, line: int, cells: dict[str, Any], seen: dict[str, int]) -> Row:
        out = Row(self.sheet, line, "", "same")
        values = {name: self._value(name, cell, out) for name, cell in cells.items()}
        slug = str(values.get("slug") or "")
        out.key = f"{_slug(values.get('base'))}/{slug}" if self.model is Set else slug
        here = self.rows.get(out.key)
        if out.key in seen:
            self._wrong(
                out, cells, "slug", _("Line %(line)d is the same row. Keep one.") % {"line": seen[out.key]}
            )
        seen.setdefault(out.key, line)
        if here is None and out.key in self.taken:
            self._wrong(
                out, cells, "slug", _("This address belongs to a base of another hub. Choose another one.")
            )
        # A copy: what stands in the table must still be there to be compared with.
        row = copy.copy(here) if here is not None else self.model(status=Status.DRAFT, edited_by_hand=True)
        for name, value in values.items():
            if here is not None and said(getattr(here, name)) != said(value):
                out.changes[name] = [str(said(getattr(here, name))), str(said(value))]
            setattr(row, name, value)
        self._check(row, cells, out)
        out.values = {name: said(value) for name, value in values.items()}
        if out.errors:
            out.kind = "wrong"
        elif here is None:
            out.kind = "new"
            if self.model is Base:
                self.fresh[row.slug] = row
        elif out.changes:
            out.kind = "changed"
        return out

    def _value(self, name: str, cell: Any, out: Row) -> Any:
        column: Any = self.model._meta.get_field(name)
        if cell.data_type == "f":
            self._say(out, cell.coordinate, _("This is a formula. Put its result there as a plain value."))
            return column.get_default() if not column.is_relation else None
        text = str(cell.value).strip()
        if column.is_relation:
            return self._related(name, text, cell, out)
        if column.choices:
            spoken = {str(label): value for value, label in column.choices}
            return spoken.get(text, text) or column.get_default()
        if isinstance(column, models.BooleanField):
            if text.lower() not in YES | NO:
                self._say(out, cell.coordinate, named(column, _("Write yes or no (是 / 否).")))
            return text.lower() in YES
        if isinstance(column, models.DateField):
            return _day(cell.value, text)
        if isinstance(column, models.IntegerField):
            return int(text) if text.isascii() and text.isdigit() else (text or None)
        return text

    def _related(self, name: str, text: str, cell: Any, out: Row) -> Any:
        known: dict[str, Any] = self.hubs if name == "hub" else {**self.bases, **self.fresh}
        by_name = {row.name_zh: row for row in known.values()} | {row.name_en: row for row in known.values()}
        found = known.get(text) or by_name.get(text)
        if found is None:
            words = _("There is no “%(text)s” among those you edit. Known: %(known)s.")
            self._say(out, cell.coordinate, words % {"text": text[:40], "known": ", ".join(list(known)[:6])})
        return found

    def _check(self, row: Any, cells: dict[str, Any], out: Row) -> None:
        """What the form of the desk would say, cell by cell; what was said already is not said twice."""
        try:
            row.clean_fields(exclude=[name for name in ("base", "hub") if name in self.columns])
        except ValidationError as error:
            for name, faults in error.error_dict.items():
                column = self.model._meta.get_field(name)
                self._wrong(out, cells, name, fault(column, faults[0]))
        for name in ("hub", "base"):
            if name in self.columns and name not in cells:
                self._wrong(out, cells, name, _("Fill this in: the address of the row it lies in."))

    def _wrong(self, out: Row, cells: dict[str, Any], name: str, said: str) -> None:
        column = cells[name].coordinate if name in cells else f"{name} {out.line}"
        self._say(out, column, said)

    def _say(self, out: Row, cell: str, said: str) -> None:
        if not any(error["cell"] == f"{self.sheet}!{cell}" for error in out.errors):
            out.errors.append({"cell": f"{self.sheet}!{cell}", "said": said})


def _slug(row: Any) -> str:
    return getattr(row, "slug", "") or ""


def _day(value: Any, text: str) -> Any:
    if isinstance(value, datetime):
        return value.date()
    try:
        return datetime.strptime(text, "%Y-%m-%d").date() if text else None
    except ValueError:
        return text
