"""Which notices have been overtaken before they left: what they tell no longer stands, so they stay on the page alone.

One rule: a notice leaves the house while what it tells still stands. A kind without a line here always does.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from hubs.timespan import shoot_day_of
from jobs.enums import BookingState, LikenessState, NoticeKind, OfferState
from jobs.models import Booking, Confirmation, Likeness, Notice, Offer, Vacancy, Wage
from jobs.queries import arrears

Rows = QuerySet[Any]


@dataclass(frozen=True)
class Standing:
    """What a kind is about: `fact` of the notice names a row by `column`, and `rows` are those it still stands for."""

    fact: str
    column: str
    rows: Callable[[datetime], Rows]


def _still_asked(now: datetime) -> Rows:
    return Confirmation.objects.filter(
        booking__state=BookingState.CONFIRMED,
        confirmed_at__isnull=True,
        missed_at__isnull=True,
        due_at__gt=now,
    )


def _said_to_be_paid(now: datetime) -> Rows:
    return Wage.objects.filter(paid_at__isnull=False, received_at__isnull=True, denied_at__isnull=True)


STANDS: dict[str, Standing] = {
    NoticeKind.OFFER_RECEIVED: Standing(
        "offer", "pk", lambda now: Offer.objects.filter(state=OfferState.OPEN, expires_at__gt=now)
    ),
    NoticeKind.CONFIRM_ASKED: Standing("booking", "booking", _still_asked),
    NoticeKind.BOOKING_CONFIRMED: Standing(
        "booking", "pk", lambda now: Booking.objects.exclude(state=BookingState.CANCELLED)
    ),
    NoticeKind.VILLAGE_CALL: Standing(
        "booking", "pk", lambda now: Booking.objects.filter(state=BookingState.CONFIRMED)
    ),
    NoticeKind.WAGE_PAID: Standing("booking", "booking", _said_to_be_paid),
    NoticeKind.WAGE_OVERDUE: Standing("wage", "pk", lambda now: Wage.objects.filter(arrears.unpaid())),
    NoticeKind.LIKENESS_ASKED: Standing(
        "likeness", "pk", lambda now: Likeness.objects.filter(state=LikenessState.ASKED)
    ),
    NoticeKind.REFILL_STUCK: Standing(
        "vacancy", "pk", lambda now: Vacancy.objects.filter(closed_at__isnull=True)
    ),
}
"""What a notice of a kind needs to be worth leaving."""

OF_A_DAY = frozenset({NoticeKind.VILLAGE_CALL, NoticeKind.CALL_SHEET})
ENDS_OF_OFFERS: dict[str, str] = {
    NoticeKind.OFFER_WITHDRAWN: ":withdrawn",
    NoticeKind.OFFER_EXPIRED: ":expired",
}


def among(found: Iterable[Notice], *, now: datetime) -> set[int]:
    """Return the ids of those of one person's waiting notices that nothing is left of. At most a query a kind."""
    by_kind: dict[str, list[Notice]] = {}
    for notice in found:
        by_kind.setdefault(_about(notice), []).append(notice)
    gone: set[int] = set()
    for kind, rows in by_kind.items():
        if kind in STANDS:
            gone |= _settled(rows, STANDS[kind], now)
        if kind in OF_A_DAY:
            today = shoot_day_of(now).isoformat()
            gone |= {each.pk for each in rows if str(each.facts.get("day", today)) < today}
        if kind == NoticeKind.CALL_SHEET:
            gone |= _older_sheets(rows)
        if kind in ENDS_OF_OFFERS:
            gone |= _never_heard_of(rows, ENDS_OF_OFFERS[kind])
    return gone


def _about(notice: Notice) -> str:
    """News for a coordinator is what it is about: it stands as long as what the villager is told."""
    if notice.kind == NoticeKind.VILLAGE_NEWS:
        return str(notice.facts.get("about", notice.kind))
    return notice.kind


def _settled(rows: list[Notice], standing: Standing, now: datetime) -> set[int]:
    known = {each.pk: each.facts[standing.fact] for each in rows if standing.fact in each.facts}
    column = standing.column
    found = standing.rows(now).filter(**{f"{column}__in": set(known.values())})
    still = set(found.values_list(column, flat=True))
    return {pk for pk, row in known.items() if row not in still}


def _older_sheets(rows: list[Notice]) -> set[int]:
    """A call sheet that a newer one has corrected for her: two times for one morning are one too many."""
    told = Notice.objects.filter(
        Q(kind=NoticeKind.CALL_SHEET) | Q(kind=NoticeKind.VILLAGE_NEWS, facts__about=NoticeKind.CALL_SHEET),
        recipient=rows[0].recipient_id,
        facts__day__in=[each.facts.get("day") for each in rows],
    )
    newest: dict[tuple, int] = {}
    for facts in told.values_list("facts", flat=True):
        newest[_morning(facts)] = max(newest.get(_morning(facts), 0), facts.get("version", 0))
    return {each.pk for each in rows if each.facts.get("version", 0) < newest.get(_morning(each.facts), 0)}


def _morning(facts: dict[str, Any]) -> tuple:
    return facts.get("shoot"), facts.get("day"), facts.get("villager")


def _never_heard_of(rows: list[Notice], end: str) -> set[int]:
    """The end of an offer whose own notice never left and was not read: of what she does not know she misses nothing."""
    keys = {each.key.replace(end, ":received"): each.pk for each in rows}
    unheard = Notice.objects.filter(
        Q(by_mail=True) | Q(by_sms=True),
        key__in=keys,
        mailed_at__isnull=True,
        texted_at__isnull=True,
        read_at__isnull=True,
    ).values_list("key", flat=True)
    return {keys[key] for key in unheard}
