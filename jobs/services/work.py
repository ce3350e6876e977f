"""Doing later work: who handles which kind, what happens when it fails, and the sweep that finds what was left.

`later` asks for work and keeps the leases; this module stands on the services that do it.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from config.errors import DomainError
from jobs import dispatch
from jobs.enums import WorkKind
from jobs.models import WorkItem
from jobs.services import (
    confirmations,
    exports,
    floors,
    later,
    leaving,
    locks,
    market,
    matching,
    members,
    notices,
    offers,
    refills,
    searches,
    set_bookings,
    simulation,
    unit_settling,
    wages,
)
from jobs.services.later import MAX_ATTEMPTS, Lease, LeaseLost, enqueue

__all__ = ["HANDLERS", "SEVERAL_TRANSACTIONS", "drain", "enqueue", "perform", "sweep"]

logger = logging.getLogger(__name__)

SWEEP_AT_ONCE = 500
"""Bells rung by one sweep. A flood of due items is rung in portions, so that new acts are heard in between."""

HANDLERS: dict[str, Callable[..., object]] = {
    WorkKind.EXPIRE_OFFER: offers.expire,
    WorkKind.REFILL_ROLE: refills.refill,
    WorkKind.SETTLE_UNIT: unit_settling.settle,
    WorkKind.TEND_BOOKING: confirmations.tend,
    WorkKind.TEND_WAGE: wages.tend,
    WorkKind.SIMULATE_ANSWER: simulation.answer,
    WorkKind.EXPORT_DATA: exports.tend,
    WorkKind.ERASE_PERSON: leaving.erase,
    WorkKind.SEARCH_SHOOT: searches.look_at_shoot,
    WorkKind.SEARCH_ROLE: searches.look_at_role,
    WorkKind.TELL_SEARCH: searches.tell,
    WorkKind.LAPSE_SET: set_bookings.lapse,
    WorkKind.REVIEW_FLOORS: floors.review,
}
"""Work whose effect is in PostgreSQL alone: the effect and "done" are one transaction, so it happens exactly once."""

SEVERAL_TRANSACTIONS: dict[str, Callable[..., object]] = {
    WorkKind.RUN_MATCH: matching.solve,
    WorkKind.CLEAR_MARKET: market.solve,
    WorkKind.DELIVER_NOTICE: notices.deliver,
    WorkKind.DELIVER_DIGEST: notices.deliver_digest,
    WorkKind.INVITE_MEMBER: members.deliver,
}
"""Work that shows progress or speaks to the outside; it ends its lease itself, in the transaction of its last step.

A match is published exactly once. An e-mail is sent at least once: a worker killed between the mail server's
"accepted" and our commit sends it again, under the same Message-ID.
"""

GIVE_UP: dict[str, Callable[..., object]] = {
    WorkKind.RUN_MATCH: matching.give_up,
    WorkKind.CLEAR_MARKET: market.give_up,
    WorkKind.DELIVER_NOTICE: notices.give_up,
    WorkKind.DELIVER_DIGEST: notices.give_up_digest,
}
"""What to write where people look, when work about it was set aside."""


def perform(item_id: int, *, now: datetime) -> bool:
    """Do one item; say whether it was done by us. Never raises: a poison item is put back, then set aside."""
    claimed = later.claim(item_id, now=now)
    if claimed is None:
        return False
    item, lease = claimed
    if lease.attempt > MAX_ATTEMPTS:
        # Every worker that took it has died without a word. It may be what kills them.
        _put_back(item, lease, "WorkerLost", now)
        return False
    try:
        if item.kind in SEVERAL_TRANSACTIONS:
            SEVERAL_TRANSACTIONS[item.kind](item.subject_id, now=now, lease=lease)
        else:
            with locks.act():
                HANDLERS[item.kind](item.subject_id, now=now)
                lease.finish(now=now)
    except LeaseLost:
        logger.warning("work item %s (%s): lease lost, another worker has it", item.pk, item.kind)
        return False
    except Exception as error:
        name = (
            f"{type(error).__name__}: {error.code}"
            if isinstance(error, DomainError)
            else type(error).__name__
        )
        _put_back(item, lease, name, now)
        return False
    return True


def due(*, now: datetime) -> list[int]:
    """Return ids of items that may be done now, rung or not, oldest first, at most SWEEP_AT_ONCE."""
    free = Q(lease_token__isnull=True) | Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    waiting = WorkItem.objects.filter(free, done_at__isnull=True, failed_at__isnull=True, due_at__lte=now)
    return list(waiting.order_by("due_at", "id").values_list("pk", flat=True)[:SWEEP_AT_ONCE])


def sweep(*, now: datetime) -> list[int]:
    """Ring for what is due and was not rung during the last lease; return the ids. Two sweeps at once share the items.

    What was rung is left alone for the length of a lease, so that a long queue is not rung again and again. The
    token is taken away with it: a worker whose lease had run out can write no more.
    """
    silent = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    waiting = WorkItem.objects.filter(silent, done_at__isnull=True, failed_at__isnull=True, due_at__lte=now)
    with transaction.atomic():
        locked = waiting.select_for_update(skip_locked=True).order_by("due_at", "id")
        found = list(locked.values_list("pk", "kind")[:SWEEP_AT_ONCE])
        ids = [item_id for item_id, _ in found]
        WorkItem.objects.filter(pk__in=ids).update(lease_token=None, lease_until=now + later.lease_length())
        for item_id, kind in found:
            dispatch.ring(item_id, kind)
    return ids


def try_again(item_id: int, *, now: datetime) -> bool:
    """Put an item that was set aside back into the queue; say whether there was one."""
    back = WorkItem.objects.filter(pk=item_id, failed_at__isnull=False, done_at__isnull=True)
    return bool(back.update(failed_at=None, attempts=0, due_at=now, lease_until=None))


def drain(*, now: datetime) -> int:
    """Do here what is due now, and what that asks for at once, until nothing is; return how many items were done.

    For commands that build a market and cannot wait for a worker. Items that fail are put back and left.
    """
    done = 0
    while ids := due(now=now):
        did = sum(perform(item_id, now=now) for item_id in ids)
        done += did
        if not did:
            break
    return done


def backoff(attempt: int) -> timedelta:
    """Return the pause after a failed attempt: 1 s, 2 s, 4 s ... up to 5 minutes."""
    return timedelta(seconds=min(2 ** (attempt - 1), 300))


def _put_back(item: WorkItem, lease: Lease, name: str, now: datetime) -> None:
    """Release the item for a later try, or set it aside. Keeps the kind of error only: its text may name people."""
    given_up = lease.attempt >= MAX_ATTEMPTS
    released = WorkItem.objects.filter(pk=item.pk, lease_token=lease.token, done_at__isnull=True).update(
        lease_until=None,
        lease_token=None,
        due_at=now + backoff(lease.attempt),
        error=name,
        failed_at=now if given_up else None,
    )
    words = "set aside" if given_up else "put back"
    logger.error("work item %s (%s), attempt %s: %s; %s", item.pk, item.kind, lease.attempt, name, words)
    if released and given_up and item.kind in GIVE_UP:
        GIVE_UP[item.kind](item.subject_id, now=now)
