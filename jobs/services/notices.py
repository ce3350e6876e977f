"""Messages: a row in the transaction of the act, mail and text message after it, read marks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from config.errors import NotAllowed
from jobs.channels import email, sms
from jobs.channels.village_words import TEXTED
from jobs.enums import Channel, NoticeKind, NoticeState, Right, WorkKind
from jobs.models import Membership, Notice, NoticeChoice, Shoot
from jobs.queries import notices as questions
from jobs.queries import overtaken
from jobs.services import delivery, log
from jobs.services.later import Ask, Lease, enqueue, enqueue_all
from profiles.models import User
from profiles.queries import villages
from profiles.queries.villages import SpokenFor


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
    """Write several notices in a fixed number of statements; see `write`. How they leave: see `delivery.route`."""
    if not messages:
        return
    villagers = villages.spoken_for(m.recipient_id for m in messages)
    messages = [*messages, *_for_coordinators(messages, villagers)]
    wanted = questions.channels((m.recipient_id for m in messages), (m.kind for m in messages))
    for message in messages:
        if message.recipient_id in villagers:
            # She has no page and no mailbox: what concerns her work is texted, whatever the kind's default is.
            wanted[message.recipient_id, message.kind] = {Channel.SMS} if message.kind in TEXTED else set()
    Notice.objects.bulk_create(
        [_row(m, wanted[m.recipient_id, m.kind], now) for m in messages], ignore_conflicts=True
    )
    pending = Notice.objects.filter(key__in=[m.key for m in messages], state=NoticeState.PENDING)
    asks = {ask.key: ask for ask in map(_ask, pending.only("pk", "recipient_id", "digest_at", "created_at"))}
    if asks:
        enqueue_all(list(asks.values()), now=now)


def _for_coordinators(messages: list[Message], villagers: dict[int, SpokenFor]) -> list[Message]:
    """Whoever speaks for a villager hears what she is told, as news of her own with a way to the person's page."""
    return [
        Message(
            told.coordinator_id,
            NoticeKind.VILLAGE_NEWS,
            f"{message.key[:112]}:village",
            message.facts | {"about": message.kind, "person": told.name, "villager": told.villager_id},
        )
        for message in messages
        if message.kind in questions.TOLD_TO_COORDINATORS
        and (told := villagers.get(message.recipient_id)) is not None
    ]


def _row(message: Message, wanted: set[str], now: datetime) -> Notice:
    route = delivery.route(message.kind, message.facts, wanted, now=now)
    return Notice(
        recipient_id=message.recipient_id,
        kind=message.kind,
        key=message.key,
        facts=message.facts,
        created_at=now,
        topic=route.topic,
        by_mail=route.by_mail,
        by_sms=route.by_sms,
        digest_at=route.digest_at if route.leaves else None,
        state=NoticeState.PENDING if route.leaves else NoticeState.SENT,
        sent_at=None if route.leaves else now,
    )


def _ask(notice: Notice) -> Ask:
    """Work for this notice alone, or for all of one person's that leave at the same time."""
    if notice.digest_at is None:
        return Ask(WorkKind.DELIVER_NOTICE, notice.pk, f"notice:{notice.pk}", notice.created_at)
    key = f"digest:{notice.recipient_id}:{notice.digest_at.timestamp():.0f}"
    return Ask(WorkKind.DELIVER_DIGEST, notice.recipient_id, key, notice.digest_at)


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
    """Send a notice by its channels. At least once each; a copy carries the same Message-ID, or the same key."""
    notice = Notice.objects.select_related("recipient", "recipient__profile").get(pk=notice_id)
    _send([notice] if notice.state != NoticeState.SENT else [], now)
    _finish([notice_id], now, lease)


def deliver_digest(user_id: int, *, now: datetime, lease: Lease) -> None:
    """Send what waits for a person as one mail and one text message; a single notice leaves as itself."""
    rows = _due_together(user_id, now).select_related("recipient", "recipient__profile").order_by("pk")
    found = list(rows)
    _send(found, now)
    _finish([notice.pk for notice in found], now, lease)


def _due_together(user_id: int, now: datetime) -> QuerySet[Notice]:
    return Notice.objects.filter(
        ~Q(state__in=[NoticeState.SENT, NoticeState.FAILED]), recipient=user_id, digest_at__lte=now
    )


def _send(found: list[Notice], now: datetime) -> None:
    """Mail, then text: each is noted when it has left, so that the next try repeats only what had not.

    What was overtaken while it waited stays on the page and leaves by no way (`queries.overtaken`).
    """
    rows = Notice.objects.filter(pk__in=[notice.pk for notice in found])
    rows.update(state=NoticeState.SENDING)
    gone = overtaken.among(found, now=now)
    found = [notice for notice in found if notice.pk not in gone]
    try:
        for channel, mark in ((email, "mailed_at"), (sms, "texted_at")):
            fresh = [n for n in found if channel.wanted(n) and getattr(n, mark) is None]
            if fresh and channel.reachable(fresh[0].recipient):
                channel.send(fresh)
                rows.filter(pk__in=[n.pk for n in fresh]).update(**{mark: now})
    except Exception as error:
        rows.update(state=NoticeState.PENDING, error=type(error).__name__)
        raise


def _finish(notice_ids: list[int], now: datetime, lease: Lease) -> None:
    with transaction.atomic():
        Notice.objects.filter(~Q(state=NoticeState.SENT), pk__in=notice_ids).update(
            state=NoticeState.SENT, sent_at=now, error=""
        )
        lease.finish(now=now)


def give_up(notice_id: int, *, now: datetime) -> None:
    """Mark a notice that was set aside; it still stands on the page."""
    Notice.objects.filter(~Q(state=NoticeState.SENT), pk=notice_id).update(state=NoticeState.FAILED)


def give_up_digest(user_id: int, *, now: datetime) -> None:
    """Mark what should have left together; it still stands on the page."""
    _due_together(user_id, now).update(state=NoticeState.FAILED)


def choose(user: User, chosen: Iterable[tuple[str, str]], *, by: User) -> None:
    """Keep her word on every kind and channel that concerns her: `chosen` are wanted, the rest is not.

    Raise NotAllowed("not_yours"). Pairs that are no kind of hers are left aside.
    """
    if by.pk != user.pk:
        raise NotAllowed("not_yours")
    wanted = set(chosen)
    NoticeChoice.objects.bulk_create(
        [
            NoticeChoice(user=user, kind=kind, channel=channel, wanted=(kind, channel) in wanted)
            for kind in questions.kinds_for(user)
            for channel in Channel
        ],
        update_conflicts=True,
        unique_fields=["user", "kind", "channel"],
        update_fields=["wanted"],
    )


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
