"""Her word about her hours: she says they were others, the crew takes them over or says why not. Both words stay."""

from datetime import date, datetime, time, timedelta

from config.errors import Conflict, Invalid, NotAllowed
from hubs.timespan import SHANGHAI, shoot_day_of
from jobs import policies
from jobs.enums import BookingState, NoticeKind
from jobs.models import Booking, HoursObjection, WorkedDay, moment_of
from jobs.queries.hours import OBJECT_WITHIN
from jobs.services import locks, log, notices
from jobs.services.notices import Message, to_managers
from profiles.models import User
from profiles.services.text import readable

LONGEST = 300


def object_to(
    booking: Booking, day: date, *, came: time, left: time, words: str, by: User, now: datetime
) -> HoursObjection:
    """Say from when to when she was on set on a day; said again before it is answered, the new word holds.

    Raise NotAllowed("not_yours"), Conflict("booking_not_standing" / "hours_answered"), Invalid with
    "not_your_shoot_day", "hours_too_late" (14 days after the day), "hours_ahead" or "text_too_long".
    """
    if booking.profile.user_id != by.pk:
        raise NotAllowed("not_yours")
    if booking.state == BookingState.CANCELLED:
        raise Conflict("booking_not_standing")
    today = shoot_day_of(now)
    if not booking.days.lower <= day < booking.days.upper or day > today:
        raise Invalid("not_your_shoot_day", field="day")
    if day < today - OBJECT_WITHIN:
        raise Invalid("hours_too_late", field="day", days=OBJECT_WITHIN.days)
    came_at, left_at = moment_of(day, came), moment_of(day, left)
    if left_at <= came_at:
        left_at += timedelta(days=1)
    if left_at > now:
        raise Invalid("hours_ahead", field="left")
    words = _words(words)
    with locks.act():
        locks.people([booking.profile_id])
        if HoursObjection.objects.filter(booking=booking, day=day, answered_at__isnull=False).exists():
            raise Conflict("hours_answered")
        said, _new = HoursObjection.objects.update_or_create(
            booking=booking,
            day=day,
            defaults={"came_at": came_at, "left_at": left_at, "words": words, "made_at": now},
        )
        log.write("hours_disputed", booking, by=by, now=now, day=day.isoformat())
        key = f"hours:{said.pk}:{now.timestamp():.6f}"
        notices.write_all(
            to_managers(booking.role.shoot, NoticeKind.HOURS_DISPUTED, key, _facts(said)), now=now
        )
    return said


def take_over(objection: HoursObjection, *, by: User, now: datetime) -> None:
    """Her times are the day's from now on. Raise NotAllowed("not_yours"), Conflict("hours_answered").

    What an extras day has paid at its wrap stays as it was summed up.
    """
    with locks.act():
        held = _held(objection, by)
        WorkedDay.objects.update_or_create(
            booking=held.booking,
            day=held.day,
            defaults={"checked_in_at": held.came_at, "checked_out_at": held.left_at},
        )
        _answer(held, True, "", by, now)


def stand_by(objection: HoursObjection, *, words: str, by: User, now: datetime) -> None:
    """What was noted stands, and why. Raise like `take_over`, and Invalid("hours_need_words" / "text_too_long")."""
    words = _words(words)
    if not words:
        raise Invalid("hours_need_words", field="words")
    with locks.act():
        _answer(_held(objection, by), False, words, by, now)


def _held(objection: HoursObjection, by: User) -> HoursObjection:
    rows = HoursObjection.objects.select_for_update(of=("self",)).select_related(
        "booking__profile__user", "booking__role__shoot__crew", "booking__offer"
    )
    held = rows.get(pk=objection.pk)
    if not policies.may_edit_shoot(by, held.booking.role.shoot):
        raise NotAllowed("not_yours")
    if held.answered_at is not None:
        raise Conflict("hours_answered")
    return held


def _answer(held: HoursObjection, taken_over: bool, words: str, by: User, now: datetime) -> None:
    held.taken_over, held.answer, held.answered_at, held.answered_by = taken_over, words, now, by
    held.save(update_fields=["taken_over", "answer", "answered_at", "answered_by"])
    log.write("hours_answered", held.booking, by=by, now=now, day=held.day.isoformat(), taken_over=taken_over)
    told = Message(
        held.booking.profile.user_id, NoticeKind.HOURS_ANSWERED, f"hours:{held.pk}:answered", _facts(held)
    )
    notices.write_all([told], now=now)


def _words(words: str) -> str:
    words = readable(words, field="words", longest=LONGEST)
    if len(words) > LONGEST:
        raise Invalid("text_too_long", field="words", longest=LONGEST)
    return words


def _facts(said: HoursObjection) -> dict:
    booking = said.booking
    return {
        "booking": booking.pk,
        "offer": booking.offer_id,
        "shoot": booking.role.shoot_id,
        "title": booking.role.shoot.title,
        "person": booking.profile.user.name,
        "day": said.day.isoformat(),
        "came": f"{said.came_at.astimezone(SHANGHAI):%H:%M}",
        "left": f"{said.left_at.astimezone(SHANGHAI):%H:%M}",
        "taken_over": bool(said.taken_over),
        "answer": said.answer,
    }
