"""What is done at the desk of places: a step of a row's status, and a line in the book for everything."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from config.errors import Conflict, Invalid, NotAllowed
from hubs import policies
from hubs.enums import STATUS_MOVES, CurationVerb, Status
from hubs.models import CurationEntry, Reviewed

LONGEST_REASON = 300
NEEDS_A_REASON = {
    (Status.REVIEW, Status.DRAFT),
    (Status.PUBLISHED, Status.RETIRED),
    (Status.DRAFT, Status.RETIRED),
}
"""Steps that take something away from somebody: she is owed a why."""


def record(
    verb: CurationVerb,
    row: Model,
    *,
    by: Any,
    now: datetime,
    before: str = "",
    after: str = "",
    reason: str = "",
    **facts: Any,
) -> CurationEntry:
    """Add a line about `row` to the curation book; `by` None = the house."""
    return CurationEntry.objects.create(
        at=now,
        by_id=getattr(by, "pk", None),
        verb=verb,
        label=row._meta.model_name or "",
        object_id=row.pk,
        before=before,
        after=after,
        reason=reason,
        facts=facts,
    )


def asked_by(rows: Iterable[Reviewed]) -> dict[tuple[str, int], int | None]:
    """Return who put each of `rows` into review, by (label, id). One query."""
    found: dict[tuple[str, int], int | None] = {}
    wanted = [(row._meta.model_name or "", row.pk) for row in rows]
    lines = CurationEntry.objects.filter(
        label__in={label for label, _pk in wanted},
        object_id__in={pk for _label, pk in wanted},
        after=Status.REVIEW,
    )
    for line in lines.order_by("pk"):
        found[line.label, line.object_id] = line.by_id
    return found


def move(row: Reviewed, to: str, *, by: Any, now: datetime, reason: str = "") -> None:
    """Take a row one step: to review, published, retired, back to draft.

    One conditional UPDATE: of two who press at once, one takes the step. The row is marked as edited by hand, so that
    loading the data files does not undo it. Raise NotAllowed("not_yours" / "own_review"), Invalid("reason_required"),
    Conflict("move_not_allowed").
    """
    before, reason = Status(row.status), reason.strip()[:LONGEST_REASON]
    if not policies.may_edit(by, row):
        raise NotAllowed("not_yours")
    if to not in STATUS_MOVES[before]:
        raise Conflict("move_not_allowed", state=str(before.label))
    key = (row._meta.model_name or "", row.pk)
    if not policies.may_move(by, row, to, asked_by=asked_by([row]).get(key)):
        raise NotAllowed("own_review")
    if (before, to) in NEEDS_A_REASON and not reason:
        raise Invalid("reason_required", field="reason")
    with transaction.atomic():
        here = type(row)._default_manager.filter(pk=row.pk, status=before)
        if not here.update(status=to, edited_by_hand=True):
            raise Conflict("move_not_allowed", state=str(before.label))
        record(CurationVerb.MOVED, row, by=by, now=now, before=before, after=to, reason=reason)
    row.status, row.edited_by_hand = to, True
