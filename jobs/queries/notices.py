"""A person's notices, and by which ways she wants to have them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol, cast

from django.db.models import Count, F, Q, QuerySet, Value, Window
from django.db.models.functions import Coalesce, NullIf, RowNumber

from jobs.enums import Channel, NoticeKind
from jobs.models import Notice, NoticeChoice
from profiles.models import User

MAIL, SMS = frozenset({Channel.MAIL}), frozenset({Channel.MAIL, Channel.SMS})

DEFAULTS: dict[str, frozenset] = {
    # A crew of 75 gets a hundred answers: they stand on the page, and the mail comes when the crew is complete.
    NoticeKind.OFFER_ANSWERED: frozenset(),
    NoticeKind.OFFER_RECEIVED: SMS,
    NoticeKind.BOOKING_CANCELLED: SMS,
    NoticeKind.CALL_SHEET: SMS,
    NoticeKind.CONFIRM_ASKED: SMS,
    NoticeKind.VILLAGE_NEWS: SMS,
}
"""What leaves the house where she has said nothing; every other kind by mail."""

GRADUATE_KINDS = (
    NoticeKind.OFFER_RECEIVED, NoticeKind.OFFER_WITHDRAWN, NoticeKind.OFFER_EXPIRED, NoticeKind.BOOKING_CONFIRMED,
    NoticeKind.BOOKING_CANCELLED, NoticeKind.CALL_SHEET, NoticeKind.WAGE_PAID, NoticeKind.SEARCH_FOUND,
    NoticeKind.UNIT_CHANGED, NoticeKind.UNIT_SETTLED, NoticeKind.CREW_MESSAGE, NoticeKind.APPLICATION_CLOSED,
    NoticeKind.CONFIRM_ASKED, NoticeKind.STRIKE, NoticeKind.APPEAL_DECIDED, NoticeKind.WAGE_OVERDUE,
    NoticeKind.CASE_DECIDED, NoticeKind.LIKENESS_ASKED, NoticeKind.HOURS_ANSWERED,
)  # fmt: skip
MANAGER_KINDS = (
    NoticeKind.MATCH_READY, NoticeKind.OFFER_ANSWERED, NoticeKind.APPLICATION_RECEIVED,
    NoticeKind.BOOKING_CANCELLED, NoticeKind.CREW_FULL, NoticeKind.CREW_DECIDED, NoticeKind.CREW_RIGHT,
    NoticeKind.SET_FREE,
    NoticeKind.UNIT_SETTLED,
    NoticeKind.REFILL_STUCK, NoticeKind.WAGE_OVERDUE, NoticeKind.WAGE_DENIED, NoticeKind.APPEAL_DECIDED,
    NoticeKind.CASE_DECIDED, NoticeKind.LIKENESS_ANSWERED, NoticeKind.ROLE_BELOW_FLOOR, NoticeKind.HOURS_DISPUTED,
)  # fmt: skip
TOLD_TO_COORDINATORS = frozenset(
    {
        NoticeKind.OFFER_RECEIVED, NoticeKind.OFFER_WITHDRAWN, NoticeKind.OFFER_EXPIRED,
        NoticeKind.BOOKING_CANCELLED, NoticeKind.CALL_SHEET, NoticeKind.CONFIRM_ASKED, NoticeKind.WAGE_PAID,
        NoticeKind.WAGE_OVERDUE, NoticeKind.STRIKE,
    }
)  # fmt: skip
"""What a coordinator hears of the people she speaks for, as VILLAGE_NEWS."""

COORDINATOR_KINDS = (NoticeKind.VILLAGE_NEWS,)
ADMIN_KINDS = (
    NoticeKind.MATCH_READY,
    NoticeKind.APPEAL_FILED,
    NoticeKind.WAGE_OVERDUE,
)


class Counted(Protocol):
    """A notice with what `together` puts on it: how many it stands for, and how many of them say "accepted"."""

    kind: str
    facts: dict[str, Any]
    count: int
    accepted: int


def for_user(user: User) -> QuerySet[Notice]:
    """Her notices, newest first. Words are put on by `jobs.channels.words`."""
    return Notice.objects.filter(recipient=user).order_by("-pk")


def together(user: User) -> QuerySet[Notice, Counted]:
    """Her notices as a page shows them: those of one topic that are all unread, or were read at once, as one.

    Each is the newest of its kind, with `count` and `accepted` (how many of them say "accepted"). One query.
    """
    group: list[Coalesce | F] = [_group(), F("read_at")]
    counted = Notice.objects.filter(recipient=user).annotate(
        place=Window(RowNumber(), partition_by=group, order_by="-pk"),
        count=Window(Count("pk"), partition_by=group),
        accepted=Window(Count("pk", filter=Q(facts__answer="accepted")), partition_by=group),
    )
    return cast("QuerySet[Notice, Counted]", counted.filter(place=1).order_by("-pk"))


def unread(user: User) -> int:
    """How many lines of hers are new: a hundred answers for one shoot are one."""
    new = Notice.objects.filter(recipient=user, read_at__isnull=True)
    return new.aggregate(n=Count(_group(), distinct=True))["n"]


def _group() -> Coalesce:
    return Coalesce(NullIf(F("topic"), Value("")), F("key"))


def kinds_for(user: User) -> tuple[NoticeKind, ...]:
    """The kinds of notices that such a user can get at all."""
    if user.is_graduate:
        return GRADUATE_KINDS
    if user.is_coordinator:
        return COORDINATOR_KINDS
    return MANAGER_KINDS if user.is_manager else ADMIN_KINDS


def channels(user_ids: Iterable[int], kinds: Iterable[str]) -> dict[tuple[int, str], set[str]]:
    """Return by which channels each of these people wants each of these kinds. One query."""
    user_ids, kinds = set(user_ids), set(kinds)
    wanted = {(user, kind): set(DEFAULTS.get(kind, MAIL)) for user in user_ids for kind in kinds}
    for choice in NoticeChoice.objects.filter(user__in=user_ids, kind__in=kinds).order_by():
        said = wanted[choice.user_id, choice.kind]
        (said.add if choice.wanted else said.discard)(choice.channel)
    return wanted
