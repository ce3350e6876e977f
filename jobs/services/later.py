"""Asking for later work, and the lease under which it is done.

The row is the work; Redis only rings the bell. A row is claimed by one worker at a time for the length of a lease,
and its "done" is written in the transaction of its effect, under the token of the lease: a worker that slept past
its lease finds another token, and everything it did is rolled back.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from jobs import dispatch
from jobs.enums import WorkKind
from jobs.models import WorkItem

MAX_ATTEMPTS = 8
"""After so many tries an item is set aside for an admin; the rest of the queue goes on."""


class LeaseLost(Exception):
    """Another worker holds the item by now; whatever was done under the old lease must be rolled back."""


@dataclass(frozen=True)
class Lease:
    """The right to do one item until its end. `attempt` counts from 1, tries that ended in a dead worker included."""

    item_id: int
    token: uuid.UUID
    attempt: int

    def extend(self, *, now: datetime) -> None:
        """Keep the item for another lease from `now`; raise LeaseLost where it is no longer ours."""
        if not self._row().update(lease_until=now + lease_length()):
            raise LeaseLost(self.item_id)

    def finish(self, *, now: datetime) -> None:
        """Mark the item done; call it inside the transaction of the effect. Raise LeaseLost where it is not ours."""
        if not self._row().update(done_at=now, lease_until=None, error=""):
            raise LeaseLost(self.item_id)

    def _row(self):
        return WorkItem.objects.filter(pk=self.item_id, lease_token=self.token, done_at__isnull=True)


def lease_length() -> timedelta:
    return timedelta(seconds=settings.WORK_LEASE_SECONDS)


@dataclass(frozen=True)
class Ask:
    """A piece of work to be asked for; see `enqueue`."""

    kind: WorkKind
    subject_id: int
    key: str
    due_at: datetime


def enqueue(kind: WorkKind, subject_id: int, key: str, due_at: datetime, *, now: datetime) -> None:
    """Ask for work of `kind` on the row `subject_id` at `due_at`, once per `key`.

    Call it in the transaction of the act. What is due at once is rung when the transaction commits; what is due
    later waits for the sweep, never for a timer of the broker, which would forget it.
    """
    enqueue_all([Ask(kind, subject_id, key, due_at)], now=now)


def enqueue_all(asks: list[Ask], *, now: datetime) -> None:
    """Ask for several pieces of work in two statements; see `enqueue`.

    What is rung at once carries a date without a token: the sweep leaves it alone until then, claims do not mind it.
    """
    rung = now + lease_length()
    WorkItem.objects.bulk_create(
        [
            WorkItem(
                kind=ask.kind,
                subject_id=ask.subject_id,
                key=ask.key,
                due_at=ask.due_at,
                lease_until=rung if ask.due_at <= now else None,
            )
            for ask in asks
        ],
        ignore_conflicts=True,
    )
    at_once = [ask.key for ask in asks if ask.due_at <= now]
    if at_once:
        rows = WorkItem.objects.filter(key__in=at_once, done_at__isnull=True)
        for item_id, kind in rows.values_list("pk", "kind"):
            dispatch.ring(item_id, kind)


def claim(item_id: int, *, now: datetime) -> tuple[WorkItem, Lease] | None:
    """Take the item for one lease; None where it is done, set aside, not due, or in another's hands."""
    with transaction.atomic():
        item = (
            WorkItem.objects.select_for_update(skip_locked=True)
            .filter(pk=item_id, done_at__isnull=True, failed_at__isnull=True, due_at__lte=now)
            # A date without a token means that it was rung, not that somebody has it.
            .filter(Q(lease_token__isnull=True) | Q(lease_until__isnull=True) | Q(lease_until__lt=now))
            .first()
        )
        if item is None:
            return None
        lease = Lease(item_id, uuid.uuid4(), item.attempts + 1)
        WorkItem.objects.filter(pk=item_id).update(
            lease_token=lease.token, lease_until=now + lease_length(), attempts=F("attempts") + 1
        )
    return item, lease
