"""Role lists from files: CSV in UTF-8 or GBK, or XLSX. Kept as text first, looked at, then added; twice is harmless."""

import csv
import hashlib
import io
import zipfile
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from openpyxl import load_workbook

from config.errors import DomainError, Invalid, NotAllowed
from jobs import policies
from jobs.models import RoleImport, Shoot
from jobs.queries import imports as questions
from jobs.services import cells, log, role_lists
from profiles.models import User

MOST_BYTES = 1_000_000
MOST_ROWS, MOST_COLUMNS = 300, 30
MOST_UNPACKED = 20_000_000
"""Bytes of an XLSX once it is unpacked: a small file may hold gigabytes of zeros."""

LONGEST_CELL = 400


def keep(*, shoot: Shoot, name: str, content: bytes, by: User, now: datetime) -> RoleImport:
    """Read a file and keep its lines for the preview; the same file of a shoot is kept once.

    Raise NotAllowed("not_yours"), Invalid "list_too_big" / "list_unreadable" / "list_empty".
    """
    _refuse_others(shoot, by)
    if len(content) > MOST_BYTES:
        raise Invalid("list_too_big", field="file", most=MOST_ROWS)
    digest = hashlib.sha256(content).hexdigest()
    if kept := RoleImport.objects.filter(shoot=shoot, digest=digest).first():
        return kept
    table = _xlsx(content) if content[:4] == b"PK\x03\x04" else _csv(content)
    table = [row for row in table if any(row)]
    if len(table) < 2:
        raise Invalid("list_empty", field="file")
    if len(table) - 1 > MOST_ROWS:
        raise Invalid("list_too_big", field="file", most=MOST_ROWS)
    kept, _made = RoleImport.objects.get_or_create(
        shoot=shoot,
        digest=digest,
        defaults={
            "asked_by": by,
            "name": name[-120:],
            "header": table[0],
            "rows": table[1:],
            "columns": questions.guess(table[0]),
            "created_at": now,
        },
    )
    return kept


def _csv(content: bytes) -> list[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Invalid("list_unreadable", field="file")
    if "\0" in text:
        raise Invalid("list_unreadable", field="file")
    first = text.splitlines()[0] if text.strip() else ""
    delimiter = max(",;\t，", key=first.count)
    try:
        rows = csv.reader(io.StringIO(text), delimiter=delimiter)
        return [[_cell(value) for value in row[:MOST_COLUMNS]] for row in rows]
    except csv.Error as error:
        raise Invalid("list_unreadable", field="file") from error


def _xlsx(content: bytes) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise Invalid("list_too_big", field="file", most=MOST_ROWS)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS, values_only=True)
        return [[_cell(value) for value in row] for row in rows]
    except Invalid:
        raise
    except Exception as error:  # a broken workbook fails in a dozen ways of its libraries; to her it is one
        raise Invalid("list_unreadable", field="file") from error


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "".join(sign for sign in str(value)[:LONGEST_CELL] if sign.isprintable()).strip()


def choose_columns(given: RoleImport, columns: dict[str, int], *, by: User) -> RoleImport:
    """Say what each column means. Raise NotAllowed("not_yours"), Invalid("list_needs_columns") without role and rate."""
    _refuse_others(given.shoot, by)
    known = {
        name: at for name, at in columns.items() if name in questions.FIELDS and 0 <= at < len(given.header)
    }
    if "role" not in known or not {"day_rate", "piece_yuan"} & set(known):
        raise Invalid("list_needs_columns")
    RoleImport.objects.filter(pk=given.pk).update(columns=known)
    given.columns = known
    return given


def preview(given: RoleImport) -> list[questions.Line]:
    """The lines of a kept list as they would be added."""
    return questions.lines(given, reader=cells.read)


def add(given: RoleImport, *, by: User, now: datetime) -> tuple[int, dict[int, DomainError]]:
    """Add every line that is new and right; return how many, and what was wrong with the others by line number.

    Each line is a transaction of its own, so one that is refused holds nothing up. A line that is on the shoot already
    is left as it is, whatever has been changed about its role since.
    """
    _refuse_others(given.shoot, by)
    if not policies.may_see_rates(by, given.shoot):
        raise Invalid("list_needs_columns")
    added, wrong = 0, {}
    for line in preview(given):
        if line.state != "new" or line.role_type is None:
            if line.errors:
                wrong[line.number] = next(iter(line.errors.values()))
            continue
        try:
            with transaction.atomic():
                role_lists.add(
                    shoot=given.shoot,
                    role_type=line.role_type,
                    fields=line.fields | {"import_key": line.key},
                    by=by,
                    now=now,
                )
            added += 1
        except IntegrityError:  # another tab was quicker with the same line
            continue
        except DomainError as error:
            wrong[line.number] = error
    RoleImport.objects.filter(pk=given.pk).update(done_at=now, added=given.added + added)
    given.refresh_from_db()
    log.write("roles_imported", given.shoot, by=by, now=now, list=given.pk, added=added)
    return added, wrong


def _refuse_others(shoot: Shoot, by: User) -> None:
    """A list is of the whole shoot: owner and manager bring it."""
    if not policies.may_edit_shoot(by, shoot):
        raise NotAllowed("not_yours")
