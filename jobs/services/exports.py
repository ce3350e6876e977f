"""A copy of everything about a person: JSON for programs, HTML to read, her photos, in one file only she can fetch."""

import io
import json
import zipfile
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import BinaryField, Field, Model
from django.template.loader import render_to_string
from django.utils import translation

from config.errors import Conflict, Gone, NotAllowed
from jobs.enums import NoticeKind, WorkKind
from jobs.models import AppealProof, DataExport
from jobs.queries import her_data
from jobs.services import locks, log, notices
from jobs.services.later import enqueue
from profiles.models import Photo, User

KEPT_FOR = timedelta(days=7)
MOST_A_DAY = 3
SECRET = frozenset({"password", "feed_token", "page_token", "data", "key", "lease_token", "code_hash"})
"""Columns that open something. A copy that lies about on a phone must not be a key."""


def ask(*, user: User, by: User, now: datetime) -> DataExport:
    """Ask for a copy. Raise NotAllowed("not_yours"), Conflict("copy_asked") where one is made or enough were today."""
    if by.pk != user.pk:
        raise NotAllowed("not_yours")
    with locks.act():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        mine = DataExport.objects.filter(user=user)
        if mine.filter(ready_at__isnull=True).exists():
            raise Conflict("copy_asked")
        if mine.filter(asked_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
            raise Conflict("copy_asked")
        copy = DataExport.objects.create(user=user, asked_at=now)
        log.write("copy_asked", copy, by=by, now=now)
        enqueue(WorkKind.EXPORT_DATA, copy.pk, f"export:{copy.pk}", now, now=now)
    return copy


def tend(copy_id: int, *, now: datetime) -> None:
    """Make a copy that was asked for; empty one whose days are over. Harmless at any other time."""
    copy = DataExport.objects.select_related("user").filter(pk=copy_id).first()
    if copy is None:
        return
    if copy.ready_at is None:
        _make(copy, now)
    elif copy.expires_at is not None and copy.expires_at <= now:
        DataExport.objects.filter(pk=copy_id).update(content=None)


def content(copy: DataExport, *, by: User, now: datetime) -> bytes:
    """Return the file. Raise NotAllowed("not_yours"), Gone("copy_gone") before it is ready and after its days."""
    if copy.user_id != by.pk:
        raise NotAllowed("not_yours")
    if copy.content is None or copy.expires_at is None or copy.expires_at <= now:
        raise Gone("copy_gone")
    return bytes(copy.content)


def _make(copy: DataExport, now: datetime) -> None:
    expires_at = now + KEPT_FOR
    DataExport.objects.filter(pk=copy.pk).update(
        content=archive(copy.user, now=now), ready_at=now, expires_at=expires_at
    )
    facts = {"until": expires_at.isoformat()}
    notices.write(
        recipient_id=copy.user_id, kind=NoticeKind.EXPORT_READY, key=f"export:{copy.pk}", facts=facts, now=now
    )
    enqueue(WorkKind.EXPORT_DATA, copy.pk, f"export:{copy.pk}:end", expires_at, now=now)


def archive(user: User, *, now: datetime) -> bytes:
    """Return a zip with `data.json` and `data.html` in her language, `photos/`, and what proved her appeals.

    Secrets that open something are left out.
    """
    with translation.override(user.language or settings.LANGUAGE_CODE):
        tables = [_table(each) for each in her_data.everything(user) if each.model not in her_data.OF_OTHERS]
        tables = [table for table in tables if table["rows"]]
        page = render_to_string("account/data.html", {"tables": tables, "name": user.name, "now": now})
    data = {
        "made_at": now.isoformat(),
        "tables": {table["key"]: [_by_name(row) for row in table["rows"]] for table in tables},
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=1))
        bundle.writestr("data.html", page)
        for number, photo in (
            Photo.objects.filter(profile__user=user).values_list("pk", "content").iterator(1)
        ):
            # A JPEG is packed already; trying again would only cost time.
            bundle.writestr(photo_name(number), bytes(photo), zipfile.ZIP_STORED)
        for proof in AppealProof.objects.filter(by=user).order_by("pk").iterator(1):
            bundle.writestr(proof_name(proof), bytes(proof.content), zipfile.ZIP_STORED)
    return packed.getvalue()


def photo_name(number: int) -> str:
    """Where the photo with this row number lies in the file; its row in `data.json` has the number."""
    return f"photos/{number}.jpg"


def proof_name(proof: AppealProof) -> str:
    """Where the proof of an appeal lies in the file; the appeal's row in `data.json` has the number."""
    return f"proofs/{proof.appeal_id}.{'jpg' if proof.kind == AppealProof.Kind.PHOTO else 'pdf'}"


def _table(hers: her_data.Hers) -> dict[str, Any]:
    meta = hers.model._meta
    fields = [f for f in meta.concrete_fields if f.name not in SECRET and not isinstance(f, BinaryField)]
    joins = [f.name for f in fields if f.is_relation]
    rows = hers.rows.select_related(*joins) if joins else hers.rows
    many = [f for f in meta.many_to_many if f.related_model is not None]
    return {
        "key": meta.label,
        "title": str(meta.verbose_name_plural),
        "rows": [
            [(f.name, str(f.verbose_name), _value(row, f)) for f in fields]
            + [(f.name, str(f.verbose_name), [str(x) for x in getattr(row, f.name).all()]) for f in many]
            for row in rows
        ],
    }


def _by_name(row: list[tuple[str, str, Any]]) -> dict[str, Any]:
    return {name: value for name, _label, value in row}


def _value(row: Model, field: Field) -> Any:
    value = getattr(row, field.name)
    if isinstance(value, Model):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | dict | list | None) else str(value)
