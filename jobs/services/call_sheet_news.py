"""Who hears of a new version of a call sheet, and what comes back: seen, confirmed, asked again."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from config.errors import Conflict, NotAllowed
from jobs import policies
from jobs.enums import BookingState, NoticeKind
from jobs.models import Booking, CallLine, CallSheet, Notice, SheetReceipt
from jobs.queries import call_sheets as questions
from jobs.services import locks, log, notices
from jobs.services.notices import Message
from profiles.models import User

AGAIN_AFTER = timedelta(minutes=10)
"""A second reminder within this time is the first one."""


def mark(draft: CallSheet, lines: Iterable[CallLine], before: CallSheet | None) -> None:
    """Set `since` of each line: the draft's own version where she has something new to know, else the older one.

    New to know are her call and wrap, her note, a day off; and for everybody the places, the transport and the note
    to all. Weather, meals, hospital and the list of scenes are read on the page and disturb nobody.
    """
    known = {line.booking_id: line for line in before.lines.all()} if before else {}
    moved = before is None or _for_all(before) != _for_all(draft)
    for line in lines:
        hers = known.get(line.booking_id)
        same = hers is not None and (line.off == hers.off) and (line.off or _for_her(line) == _for_her(hers))
        quiet = same and (line.off or not moved)
        line.since = hers.since if quiet and hers else draft.version


def _for_all(sheet: CallSheet) -> tuple:
    return (
        sorted(place.pk for place in sheet.sets.all()),
        sheet.place,
        sheet.transport,
        sheet.note,
    )


def _for_her(line: CallLine) -> tuple:
    return line.call, line.wrap, line.note


def tell(sheet: CallSheet, *, now: datetime) -> int:
    """Write the notices of a version that was just published; return how many people are told."""
    fresh = sheet.lines.filter(since=sheet.version, booking__state=BookingState.CONFIRMED).select_related(
        "booking__profile"
    )
    told = [_message(line, f"sheet:{sheet.pk}") for line in fresh.order_by("pk")]
    notices.write_all(told, now=now)
    return len(told)


def _message(line: CallLine, key: str) -> Message:
    sheet, user_id = line.call_sheet, line.booking.profile.user_id
    facts = {
        "shoot": sheet.shoot_id,
        "title": sheet.shoot.title,
        "day": sheet.day.isoformat(),
        "call": f"{line.call or sheet.general_call:%H:%M}",
        "off": line.off,
        "version": sheet.version,
    }
    return Message(user_id, NoticeKind.CALL_SHEET, f"{key}:{user_id}", facts)


def remind(sheet: CallSheet, booking_ids: Iterable[int] | None, *, by: User, now: datetime) -> int:
    """Send the sheet again to these people, or to all who have not confirmed; return how many were reminded now.

    Who was reminded a moment ago is not asked twice. Raise NotAllowed, Conflict("sheet_superseded") for an old version.
    """
    if not policies.may_edit_shoot(by, sheet.shoot):
        raise NotAllowed("not_yours")
    newest = questions.sheet(sheet.shoot, sheet.day)
    if newest.call_sheet is None or newest.call_sheet.pk != sheet.pk:
        raise Conflict("sheet_superseded")
    waiting = {
        line.booking.pk: line.booking
        for group in newest.listed
        for line in group.lines
        if line.state in (questions.PENDING, questions.SEEN)
    }
    if booking_ids is not None:
        wanted = set(booking_ids)
        waiting = {pk: each for pk, each in waiting.items() if pk in wanted}
    told = _reminders(sheet, waiting, now)
    with locks.act():
        fresh = [each for each in told if not Notice.objects.filter(key=each.key).exists()] if told else []
        notices.write_all(fresh, now=now)
        if fresh:
            log.write("call_sheet_reminded", sheet, by=by, now=now, people=len(fresh))
    return len(fresh)


def _reminders(sheet: CallSheet, waiting: dict[int, Booking], now: datetime) -> list[Message]:
    slot = int(now.timestamp() // AGAIN_AFTER.total_seconds())
    lines = {line.booking_id: line for line in sheet.lines.filter(booking__in=waiting)}
    made = []
    for pk, booking in waiting.items():
        line = lines.get(pk) or CallLine(call_sheet=sheet)
        line.call_sheet, line.booking = sheet, booking
        made.append(_message(line, f"sheet:{sheet.pk}:again:{slot}"))
    return made


def see(sheet: CallSheet, *, by: User, now: datetime) -> SheetReceipt | None:
    """Note that a booked person has opened this version; None for everybody else. The first look counts.

    What she confirmed counts on while nothing new came for her: then the older receipt is returned.
    """
    booking = _booking_on(sheet, by)
    if booking is None:
        return None
    line = CallLine.objects.filter(call_sheet=sheet, booking=booking).first()
    since = line.since if line else sheet.version
    given = SheetReceipt.objects.filter(
        booking=booking,
        call_sheet__shoot=sheet.shoot_id,
        call_sheet__day=sheet.day,
        call_sheet__version__range=(since, sheet.version),
    ).select_related("call_sheet")
    valid = questions.valid_receipt(given.order_by("-call_sheet__version"), since)
    if valid is not None and (valid.confirmed_at or valid.call_sheet_id == sheet.pk):
        return valid
    receipt, _made = SheetReceipt.objects.get_or_create(
        call_sheet=sheet, booking=booking, defaults={"seen_at": now}
    )
    return receipt


def confirm(sheet: CallSheet, *, by: User, now: datetime) -> SheetReceipt:
    """She has read this version and will be there. Raise NotAllowed for whoever is not on it; twice does no harm."""
    with locks.act():
        receipt = see(sheet, by=by, now=now)
        if receipt is None:
            raise NotAllowed("not_yours")
        if SheetReceipt.objects.filter(pk=receipt.pk, confirmed_at__isnull=True).update(confirmed_at=now):
            log.write("call_sheet_confirmed", sheet, by=by, now=now)
    receipt.refresh_from_db()
    return receipt


def _booking_on(sheet: CallSheet, user: User) -> Booking | None:
    return Booking.objects.filter(
        role__shoot=sheet.shoot_id,
        profile__user=user,
        days__contains=sheet.day,
        state__in=[BookingState.CONFIRMED, BookingState.SERVED],
    ).first()
