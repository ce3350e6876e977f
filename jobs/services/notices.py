"""Messages: a row in the transaction of the act, an e-mail after it, read marks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from config.errors import NotAllowed
from jobs.channels import email
from jobs.enums import NoticeKind, NoticeState, Right, WorkKind
from jobs.models import Membership, Notice, Shoot
from jobs.services import log
from jobs.services.later import Ask, Lease, enqueue, enqueue_all
from profiles.models import User

IN_APP_ONLY = frozenset({NoticeKind.OFFER_ANSWERED})
"""A crew of 75 gets a hundred answers: they stand on the page, and the mail comes when the crew is complete."""


@dataclass(frozen=True)
class Message:
    """A notice to be written. `key` makes the second try of an act harmless; `facts` are JSON-ready."""

    recipient_id: int
    kind: NoticeKind
    key: str
    facts: dict[str, Any]


def write(*, recipient_id: int, kind: NoticeKind, key: str, facts: dict[str, Any], now: datetime) -> None:
    """Write one notice and ask for its delivery; a second one with the same key changes nothing."""
    write_all([Message(recipient_id, kind, key, facts)], now=now)


def write_all(messages: list[Message], *, now: datetime) -> None:
    """Write several notices in a fixed number of statements; see `write`."""
    if not messages:
        return
    Notice.objects.bulk_create([_row(message, now) for message in messages], ignore_conflicts=True)
    pending = Notice.objects.filter(key__in=[m.key for m in messages], state=NoticeState.PENDING)
    asks = [
        Ask(WorkKind.DELIVER_NOTICE, notice_id, f"notice:{notice_id}", now)
        for notice_id in pending.values_list("pk", flat=True)
    ]
    if asks:
        enqueue_all(asks, now=now)


def _row(message: Message, now: datetime) -> Notice:
    quiet = message.kind in IN_APP_ONLY
    return Notice(
        recipient_id=message.recipient_id,
        kind=message.kind,
        key=message.key,
        facts=message.facts,
        created_at=now,
        state=NoticeState.SENT if quiet else NoticeState.PENDING,
        sent_at=now if quiet else None,
    )


def managers_of(shoot: Shoot) -> list[int]:
    """User ids of those who run the shoot's crew."""
    return list(
        Membership.objects.filter(crew_id=shoot.crew_id, right__in=[Right.OWNER, Right.MANAGER])
        .order_by("user_id")
        .values_list("user_id", flat=True)
    )


def to_managers(shoot: Shoot, kind: NoticeKind, key: str, facts: dict[str, Any]) -> list[Message]:
    """Return one message for each person who runs the shoot's crew."""
    return [Message(user_id, kind, f"{key}:{user_id}", facts) for user_id in managers_of(shoot)]


def to_admins(kind: NoticeKind, key: str, facts: dict[str, Any]) -> list[Message]:
    """Return one message for each active admin."""
    admins = User.objects.filter(kind=User.Kind.ADMIN, is_active=True).values_list("pk", flat=True)
    return [Message(user_id, kind, f"{key}:{user_id}", facts) for user_id in admins]


def deliver(notice_id: int, *, now: datetime, lease: Lease) -> None:
    """Send the e-mail of a notice. At least once; the Message-ID is the notice's, so that a copy can be known as one."""
    notice = Notice.objects.select_related("recipient", "recipient__profile").get(pk=notice_id)
    if notice.state != NoticeState.SENT and email.reachable(notice.recipient):
        Notice.objects.filter(pk=notice_id).update(state=NoticeState.SENDING)
        try:
            email.send(notice)
        except Exception as error:
            Notice.objects.filter(pk=notice_id).update(state=NoticeState.PENDING, error=type(error).__name__)
            raise
    with transaction.atomic():
        Notice.objects.filter(~Q(state=NoticeState.SENT), pk=notice_id).update(
            state=NoticeState.SENT, sent_at=now, error=""
        )
        lease.finish(now=now)


def give_up(notice_id: int, *, now: datetime) -> None:
    """Mark a notice whose e-mail was set aside; it still stands on the page."""
    Notice.objects.filter(~Q(state=NoticeState.SENT), pk=notice_id).update(state=NoticeState.FAILED)


def mark_read(user: User, *, now: datetime) -> int:
    """Mark all of a person's notices as read; return how many were not."""
    return Notice.objects.filter(recipient=user, read_at__isnull=True).update(read_at=now)


def send_again(notice_ids: list[int], *, by: User, now: datetime) -> int:
    """Put those of these notices that could not be sent back into the queue; return how many. Admins only."""
    if not by.is_admin:
        raise NotAllowed("not_yours")
    with transaction.atomic():
        failed = list(
            Notice.objects.select_for_update()
            .filter(pk__in=notice_ids, state=NoticeState.FAILED)
            .order_by("pk")
        )
        Notice.objects.filter(pk__in=[notice.pk for notice in failed]).update(
            state=NoticeState.PENDING, error=""
        )
        for notice in failed:
            # A new key: the first piece of work for this notice is set aside and stays as a trace.
            enqueue(
                WorkKind.DELIVER_NOTICE, notice.pk, f"notice:{notice.pk}:{now.timestamp():.6f}", now, now=now
            )
            log.write("notice_sent_again", notice, by=by, now=now)
    return len(failed)
