"""Asking for later work, and the lease under which it is done.

The row is the work; Redis only rings the bell. A row is claimed by one worker at a time for the length of a lease,
and its "done" is written in the transaction of its effect, under the token of the lease: a worker that slept past
its lease finds another token, and everything it did is rolled back.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from jobs import dispatch
from jobs.enums import WorkKind
from jobs.models import WorkItem

MAX_ATTEMPTS = 8
"""After so many tries an item is set aside for an admin; the rest of the queue goes on."""


ASK = """
INSERT INTO jobs_workitem (kind, subject_id, key, due_at, lease_until, attempts, error)
SELECT kind, subject_id, key, due_at, CASE WHEN due_at <= %(now)s THEN %(rung)s END, 0, ''
FROM unnest(%(kinds)s::text[], %(subjects)s::bigint[], %(keys)s::text[], %(dues)s::timestamptz[])
    AS ask (kind, subject_id, key, due_at)
ON CONFLICT (key) DO NOTHING
RETURNING id, kind, lease_until
"""
"""Written out, because Django does not say which rows of an INSERT were new: what stood there was rung in its time."""

CLAIM = """
WITH unhurried AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))
UPDATE jobs_workitem SET lease_token = %(token)s, lease_until = %(until)s, attempts = attempts + 1
FROM unhurried
WHERE id = (
    SELECT id FROM jobs_workitem
    WHERE id = %(id)s AND done_at IS NULL AND failed_at IS NULL AND due_at <= %(now)s
        AND (lease_token IS NULL OR lease_until IS NULL OR lease_until < %(now)s)
    FOR UPDATE SKIP LOCKED
)
RETURNING jobs_workitem.*
"""
"""One statement, a transaction of its own. A date without a token means that it was rung, not that somebody has it.

Its commit does not wait for the disk, as long as all else before a freed slot is offered on: a claim that a crash of the
database forgets was of a worker whose connection it has broken, and the item is there to be claimed again.
"""


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
    """Ask for several pieces of work in one statement; see `enqueue`.

    What is rung at once carries a date without a token: the sweep leaves it alone until then, claims do not mind it.
    """
    if not asks:
        return
    facts: dict[str, Any] = {
        "now": now,
        "rung": now + lease_length(),
        "kinds": [ask.kind.value for ask in asks],
        "subjects": [ask.subject_id for ask in asks],
        "keys": [ask.key for ask in asks],
        "dues": [ask.due_at for ask in asks],
    }
    with connection.cursor() as cursor:
        cursor.execute(ASK, facts)
        for item_id, kind, rung in cursor.fetchall():
            if rung is not None:
                dispatch.ring(item_id, kind)


def claim(item_id: int, *, now: datetime) -> tuple[WorkItem, Lease] | None:
    """Take the item for one lease; None where it is done, set aside, not due, or in another's hands."""
    token = uuid.uuid4()
    facts = {"id": item_id, "now": now, "until": now + lease_length(), "token": token}
    for item in WorkItem.objects.raw(CLAIM, facts):
        return item, Lease(item_id, token, item.attempts)
    return None
