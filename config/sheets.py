"""Tables for a spreadsheet, CSV or XLSX: what people typed stays text, and never becomes a formula.

A cell that begins like a formula is a program in somebody else's spreadsheet (OWASP calls it CSV injection). In XLSX
such a cell is stored as text and marked as quoted, so it reads back as it was. CSV has no types: there an apostrophe
is put before it, and `unquoted` takes it off again when a table comes back.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

LEADS = tuple("=+-@\t\r\n|%") + tuple("＝＋－＠")
"""First characters at which one spreadsheet or another begins to calculate, the full-width ones included."""

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"csv": CSV_TYPE, "xlsx": XLSX_TYPE}

WIDEST = 48
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")

Row = Sequence[Any]


def is_risky(text: str) -> bool:
    """Say whether a spreadsheet could read this text as a formula; spaces before it do not make it safe."""
    return text.lstrip(" \u00a0\u3000\ufeff").startswith(LEADS)


def unquoted(text: str) -> str:
    """Return a cell of our CSV as it was before it was made safe."""
    return text[1:] if text.startswith("'") and (is_risky(text[1:]) or text.startswith("''")) else text


def table(kind: str, head: Row, rows: Iterable[Row], *, title: str, made_at: datetime) -> bytes:
    """Return a file of `kind` "csv" or "xlsx". Cells are text, whole numbers, days, moments or None."""
    return csv_file(head, rows) if kind == "csv" else xlsx_file(head, rows, title=title, made_at=made_at)


def csv_file(head: Row, rows: Iterable[Row]) -> bytes:
    """Return UTF-8 with a byte order mark: without it Excel takes Chinese for something else."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in (head, *rows):
        writer.writerow([_csv_cell(value) for value in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    text = _clean(value)
    return f"'{text}" if is_risky(text) or text.startswith("'") else text


def xlsx_file(head: Row, rows: Iterable[Row], *, title: str, made_at: datetime) -> bytes:
    """Return a workbook of one sheet: the head stands still, columns are as wide as what they hold."""
    book = Workbook()
    book.properties.creator = "Jinzu"
    book.properties.created = book.properties.modified = made_at.astimezone(UTC).replace(tzinfo=None)
    page = book.active
    page.title = re.sub(r"[\[\]:*?/\\]", " ", _clean(title))[:31].strip() or "Jinzu"
    widths = [0] * len(head)
    for number, row in enumerate((head, *rows), 1):
        for column, value in enumerate(row, 1):
            _xlsx_cell(page.cell(number, column), value)
            widths[column - 1] = max(widths[column - 1], _width(value))
    for cell in page[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E9EDE7")
        cell.alignment = Alignment(vertical="center")
    for column, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(column)].width = min(width + 2, WIDEST)
    page.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _xlsx_cell(cell, value: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool | int | float):
        cell.value = value
    elif isinstance(value, date) and not isinstance(value, datetime):
        cell.value = value
        cell.number_format = "yyyy-mm-dd"
    else:
        text = _clean(value)
        cell.value = text
        # The library takes "=…" for a formula; the type says that it is words.
        cell.data_type = "s"
        if is_risky(text) or _NUMBER.fullmatch(text):
            cell.quotePrefix = True


def _clean(value: Any) -> str:
    """Text without the control characters that no spreadsheet file may hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", str(value))


def _width(value: Any) -> int:
    """Columns a text takes: a Chinese character is as wide as two letters."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in str("" if value is None else value))
