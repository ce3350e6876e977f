"""When and by which ways a notice leaves: her choice, the night, and many as one."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from hubs.timespan import SHANGHAI, shoot_day_of
from jobs.enums import Channel, NoticeKind

QUIET_FROM, QUIET_UNTIL = time(22), time(8)
"""Between these hours, in Shanghai, nothing leaves the house that can wait."""

DIGEST_EVERY = timedelta(minutes=10)
DIGEST_GRACE = timedelta(minutes=1)
"""A row of the last second may be committed a moment later; the digest that takes it must come after that."""

DIGESTED = frozenset(
    {
        NoticeKind.OFFER_ANSWERED, NoticeKind.APPLICATION_RECEIVED, NoticeKind.SEARCH_FOUND,
        NoticeKind.VILLAGE_NEWS,
    }
)  # fmt: skip
"""Kinds that come in swarms: they wait up to ten minutes and leave as one message."""

NIGHT_KINDS = frozenset(
    {
        NoticeKind.OFFER_RECEIVED, NoticeKind.OFFER_WITHDRAWN, NoticeKind.BOOKING_CONFIRMED,
        NoticeKind.BOOKING_CANCELLED, NoticeKind.CALL_SHEET, NoticeKind.CONFIRM_ASKED, NoticeKind.REFILL_STUCK,
        NoticeKind.VILLAGE_CALL,
    }
)  # fmt: skip
"""Kinds that may break the quiet, where they are about today or tomorrow or end before the morning."""

ENDING_KINDS = frozenset({NoticeKind.OFFER_RECEIVED, NoticeKind.CONFIRM_ASKED})
"""Kinds that ask for an answer by `expires_at`. In the facts of others it is the end of an offer long answered."""

TOPICS = {
    NoticeKind.OFFER_ANSWERED: "answers:{shoot}",
    NoticeKind.APPLICATION_RECEIVED: "applications:{shoot}",
}
"""Kinds whose notices of one shoot are shown as one line with a count."""


@dataclass(frozen=True)
class Route:
    """How a notice leaves. `digest_at` None: by itself, at once. With no channel it stays on the page."""

    topic: str
    by_mail: bool
    by_sms: bool
    digest_at: datetime | None

    @property
    def leaves(self) -> bool:
        return self.by_mail or self.by_sms


def route(kind: str, facts: dict, wanted: set[str], *, now: datetime) -> Route:
    """Return how a notice with these facts leaves, for somebody who wants it by the channels `wanted`."""
    digest_at = None
    if quiet(now) and not _breaks_quiet(kind, facts, now):
        digest_at = quiet_end(now)
    elif kind in DIGESTED:
        digest_at = _next_digest(now)
    topic = TOPICS.get(NoticeKind(kind), "").format(shoot=facts.get("shoot", ""))
    return Route(topic.removesuffix(":"), Channel.MAIL in wanted, Channel.SMS in wanted, digest_at)


def quiet(now: datetime) -> bool:
    """Whether it is night in Shanghai."""
    clock = now.astimezone(SHANGHAI).time()
    return clock >= QUIET_FROM or clock < QUIET_UNTIL


def quiet_end(now: datetime) -> datetime:
    """The next 08:00 in Shanghai."""
    local = now.astimezone(SHANGHAI)
    morning = local.replace(hour=QUIET_UNTIL.hour, minute=0, second=0, microsecond=0)
    return morning if morning > local else morning + timedelta(days=1)


def _breaks_quiet(kind: str, facts: dict, now: datetime) -> bool:
    if kind == NoticeKind.VILLAGE_NEWS:
        kind = facts.get("about", kind)  # what wakes her wakes her coordinator, who is asked about it
    if kind not in NIGHT_KINDS:
        return False
    # A shoot day ends at five: at two in the night tomorrow is the day that begins in three hours, not the next one.
    tomorrow = (shoot_day_of(now) + timedelta(days=1)).isoformat()
    day = facts.get("day") or facts.get("first_day")
    if day and str(day) <= tomorrow:
        return True
    ends = facts.get("expires_at")
    if not ends or kind not in ENDING_KINDS:
        return False
    # Whoever reads it in the morning must still have an hour to answer.
    return datetime.fromisoformat(ends) < quiet_end(now) + timedelta(hours=1)


def _next_digest(now: datetime) -> datetime:
    step = DIGEST_EVERY.total_seconds()
    return datetime.fromtimestamp((now.timestamp() // step + 1) * step, tz=now.tzinfo) + DIGEST_GRACE
