"""The call of the day before, as a text message to people without a smartphone. A message is a row before it is sent."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from config.errors import Conflict, NotAllowed
from hubs.timespan import SHANGHAI, shoot_day_of
from jobs.enums import BookingState, NoticeKind
from jobs.models import Notice
from jobs.queries import villages as questions
from jobs.queries.villages import Call
from jobs.services import delivery, locks, log, notices, sending
from jobs.services.notices import Message
from profiles.models import Coordinator, User, Villager

AGAIN_AFTER = timedelta(minutes=10)
"""A second call to the same person within this time is the first one."""


def call_all(*, now: datetime) -> int:
    """Text tomorrow's call to every villager in the country who works then; return how many were written now.

    The keys make a second run harmless: who was called, by this or by her coordinator's hand, is not called again.
    """
    tomorrow = shoot_day_of(now) + timedelta(days=1)
    people = Villager.objects.filter(
        taken_over_at__isnull=True,
        profile__user__spoken_for=True,
        profile__user__is_active=True,
        profile__bookings__days__contains=tomorrow,
        profile__bookings__state=BookingState.CONFIRMED,
    )
    return _write(_calls(people.values("profile"), tomorrow), now=now)


def call(office: Coordinator, day: date, *, by: User, now: datetime, again: Collection[int] = ()) -> int:
    """Text the calls of a day to the coordinator's people who have not had theirs; `again` are bookings to call anew.

    Return how many were written; when they leave: see `at_once`. Raise NotAllowed, Conflict("day_is_past") for a day
    that is over.
    """
    if office.user_id != by.pk or office.retired_at:
        raise NotAllowed("not_yours")
    if day < shoot_day_of(now):
        raise Conflict("day_is_past")
    with locks.act():
        written = _write(_calls(questions.visible_profiles(by), day), again=frozenset(again), now=now)
        if written:
            log.write("village_called", office, by=by, now=now, day=day.isoformat(), people=written)
    return written


def at_once(day: date, *, now: datetime) -> bool:
    """Whether a call for `day` that is written now leaves now; at night one for a later day waits until eight."""
    return delivery.route(NoticeKind.VILLAGE_CALL, {"day": day.isoformat()}, set(), now=now).digest_at is None


def _calls(profiles, day: date) -> list[Call]:
    return [
        each
        for found in questions.calls_on(profiles, day, day)
        for each in found.called
        if each.booking.state == BookingState.CONFIRMED
    ]


def _write(calls: list[Call], *, now: datetime, again: frozenset[int] = frozenset()) -> int:
    slot = int(now.timestamp() // AGAIN_AFTER.total_seconds())
    told = []
    for each in calls:
        key = questions.call_key(each.booking.pk, each.day)
        if each.text and each.booking.pk in again:
            told.append(_message(each, f"{key}:again:{slot}"))
        elif not each.text:
            told.append(_message(each, key))
    known = set(Notice.objects.filter(key__in=[each.key for each in told]).values_list("key", flat=True))
    fresh = [each for each in told if each.key not in known]
    notices.write_all(fresh, now=now)
    return len(fresh)


def _message(call: Call, key: str) -> Message:
    booking = call.booking
    facts = sending.facts_of(booking.offer) | {
        "booking": booking.pk,
        "day": call.day.isoformat(),
        "call": f"{call.call.astimezone(SHANGHAI):%H:%M}",
        "meeting": call.meeting,
    }
    return Message(booking.profile.user_id, NoticeKind.VILLAGE_CALL, key, facts)
