"""An extras day: called with its rates, checked in by code or by name, wrapped into a list of what is owed."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta

from config.errors import Conflict, Gone, Invalid, NotAllowed
from jobs import policies
from jobs.enums import BookingState
from jobs.models import (
    Booking,
    ExtrasAddOn,
    ExtrasCall,
    ExtrasGroup,
    ExtrasLine,
    Shoot,
    WorkedDay,
    moment_of,
)
from jobs.models.attendance import LONGEST_DAY
from jobs.queries import extras as questions
from jobs.services import locks, log, payables
from profiles.models import User


def open_call(
    shoot: Shoot,
    day: date,
    *,
    by: User,
    now: datetime,
    call: time,
    meeting_point: str = "",
    hours: int = 10,
    overtime_rate: int = 15,
    add_ons: Sequence[tuple[str, int]] = (),
    reason: str = "",
) -> ExtrasCall:
    """Call all extras booked on a day: numbered, in groups of thirty, with the rates of what is paid on top.

    Raise NotAllowed, Invalid("not_a_shoot_day"), Conflict with "extras_called", "no_extras", or "large_call_notice"
    for 150 or more less than two days ahead without a `reason`.
    """
    if not policies.may_edit_shoot(by, shoot):
        raise NotAllowed("not_yours")
    if not shoot.days.lower <= day < shoot.days.upper:
        raise Invalid("not_a_shoot_day", field="day")
    with locks.act():
        Shoot.objects.select_for_update(no_key=True).get(pk=shoot.pk)
        if ExtrasCall.objects.filter(shoot=shoot, day=day).exists():
            raise Conflict("extras_called")
        booked = list(questions.booked(shoot, day))
        if not booked:
            raise Conflict("no_extras")
        late = moment_of(day, call) - now < questions.LARGE_CALL_NOTICE
        if len(booked) >= questions.LARGE_CALL and late and not reason.strip():
            raise Conflict("large_call_notice", most=questions.LARGE_CALL)
        made = ExtrasCall.objects.create(
            shoot=shoot,
            day=day,
            call=call,
            meeting_point=meeting_point.strip(),
            hours=hours,
            overtime_rate=overtime_rate,
            expected=len(booked),
            short_notice_reason=reason.strip(),
            opened_at=now,
        )
        ExtrasAddOn.objects.bulk_create(
            ExtrasAddOn(call=made, position=position, name=name, amount=amount)
            for position, (name, amount) in enumerate(add_ons, 1)
        )
        _line_up(made, booked)
        log.write("extras_called", made, by=by, now=now, day=day.isoformat(), people=len(booked))
    return made


def line_up_joined(call: ExtrasCall, *, by: User, now: datetime) -> int:
    """Give extras booked since the call their numbers and groups; return how many. Raise NotAllowed, "extras_closed"."""
    with locks.act():
        call = _held(call, by)
        known = set(call.lines.values_list("booking_id", flat=True))
        fresh = [each for each in questions.booked(call.shoot, call.day) if each.pk not in known]
        _line_up(call, fresh)
        if fresh:
            log.write("extras_joined", call, by=by, now=now, people=len(fresh))
    return len(fresh)


def _line_up(call: ExtrasCall, bookings: Sequence[Booking]) -> None:
    """Number these people on from the last number; a group is full at thirty."""
    last = call.lines.order_by("-number").values_list("number", flat=True).first() or 0
    groups = {each.number: each for each in call.groups.all()}
    for number, booking in enumerate(bookings, last + 1):
        group_number = (number - 1) // questions.GROUP_SIZE + 1
        if group_number not in groups:
            groups[group_number] = ExtrasGroup.objects.create(call=call, number=group_number)
        call.lines.create(booking=booking, group=groups[group_number], number=number)


def join(call: ExtrasCall, booking: Booking, *, by: User, now: datetime) -> ExtrasLine:
    """Line up one more who stands here already. The day's row is locked by the caller; see `walk_ins.take`."""
    _line_up(call, [booking])
    line = call.lines.select_related("call", "booking", "group").get(booking=booking)
    _arrive(line, by, now)
    return line


def set_leader(group: ExtrasGroup, leader: Booking | None, *, by: User, now: datetime) -> None:
    """Say who leads a group. Raise NotAllowed, Conflict("extras_closed"), Invalid("leader_unknown")."""
    with locks.act():
        call = _held(group.call, by)
        if leader is not None and (
            leader.role.shoot_id != call.shoot_id
            or not leader.days.lower <= call.day < leader.days.upper
            or leader.state == BookingState.CANCELLED
        ):
            raise Invalid("leader_unknown", field="leader")
        ExtrasGroup.objects.filter(pk=group.pk).update(leader=leader)
        log.write("extras_leader", group, by=by, now=now, leader=leader.pk if leader else None)


def check_in(line: ExtrasLine, *, by: User, now: datetime) -> None:
    """Tick somebody as here, by name. Twice does no harm. Raise NotAllowed, Conflict("extras_closed")."""
    with locks.act():
        _held(line.call, by, group=line.group)
        _arrive(line, by, now)


def check_in_by_code(text: str, *, by: User, now: datetime) -> ExtrasLine:
    """She scanned the code at the meeting point. Raise Gone("code_expired"), NotAllowed("not_called"), Conflict."""
    read = questions.read_code(text)
    if read is None or read[1] < now.timestamp():
        raise Gone("code_expired")
    with locks.act():
        line = (
            ExtrasLine.objects.filter(
                call=read[0], booking__profile__user=by, booking__state=BookingState.CONFIRMED
            )
            .select_related("call__shoot", "booking")
            .first()
        )
        if line is None:
            raise NotAllowed("not_called")
        if line.call.closed_at:
            raise Conflict("extras_closed")
        _arrive(line, by, now)
    return line


def _arrive(line: ExtrasLine, by: User, now: datetime) -> None:
    _worked, made = WorkedDay.objects.get_or_create(
        booking=line.booking, day=line.call.day, defaults={"checked_in_at": now}
    )
    if made:
        log.write("checked_in", line.booking, by=by, now=now, day=line.call.day.isoformat())


def tick(line: ExtrasLine, *, by: User, now: datetime, costume_on: bool, add_ons: Collection[int]) -> None:
    """Note what she did: in costume or not, and the add-ons by id. Raise NotAllowed, Conflict with "extras_closed"
    or "not_checked_in".
    """
    with locks.act():
        call = _held(line.call, by, group=line.group)
        if not WorkedDay.objects.filter(booking=line.booking_id, day=call.day).exists():
            raise Conflict("not_checked_in")
        ExtrasLine.objects.filter(pk=line.pk).update(costume_on=costume_on)
        line.costume_on = costume_on
        line.add_ons.set(call.add_ons.filter(pk__in=add_ons))
        log.write("extras_ticked", line, by=by, now=now, costume=costume_on, add_ons=sorted(set(add_ons)))


def check_out(line: ExtrasLine, *, by: User, now: datetime) -> None:
    """She has left. Raise NotAllowed, Conflict with "extras_closed" or "not_checked_in"."""
    with locks.act():
        call = _held(line.call, by, group=line.group)
        stay = WorkedDay.objects.filter(booking=line.booking_id, day=call.day)
        if not stay.update(checked_out_at=now):
            raise Conflict("not_checked_in")
        log.write("checked_out", line.booking, by=by, now=now, day=call.day.isoformat())


def wrap(call: ExtrasCall, *, by: User, now: datetime) -> int:
    """Wrap the day: who is still there leaves now, every line is added up, what is due becomes a wage.

    Return the yuan of the day. Raise NotAllowed, Conflict("extras_closed").
    """
    with locks.act():
        call = _held(call, by)
        stays = WorkedDay.objects.filter(
            day=call.day, booking__in=call.lines.values("booking"), checked_out_at__isnull=True
        )
        for stay in stays:
            stay.checked_out_at = max(min(now, stay.checked_in_at + LONGEST_DAY), stay.checked_in_at)
        WorkedDay.objects.bulk_update(stays, ["checked_out_at"])
        day = questions.on(call, now=now)
        for extra in day.extras:
            extra.line.amount = extra.pay.amount
            extra.line.sums = vars(extra.pay)
        ExtrasLine.objects.bulk_update([extra.line for extra in day.extras], ["amount", "sums"])
        ExtrasCall.objects.filter(pk=call.pk).update(closed_at=now)
        payables.owe(call, now=now)
        log.write("extras_wrapped", call, by=by, now=now, people=day.here, yuan=day.amount)
    return day.amount


def _held(call: ExtrasCall, by: User, *, group: ExtrasGroup | None = None) -> ExtrasCall:
    """Lock the day for a change. `group` lets its leader do it too. Raise NotAllowed, Conflict("extras_closed")."""
    held = ExtrasCall.objects.select_for_update(of=("self",), no_key=True).select_related("shoot__crew")
    call = held.get(pk=call.pk)
    if not policies.may_edit_shoot(by, call.shoot) and (group is None or not group.is_led_by(by.pk)):
        raise NotAllowed("not_yours")
    if call.closed_at:
        raise Conflict("extras_closed")
    return call


def screen_code(call: ExtrasCall, *, now: datetime) -> tuple[str, datetime]:
    """Return a code for a leader's screen and when it runs out: three minutes, so that a photo of it is of no use."""
    until = now + timedelta(minutes=3)
    return questions.code(call, until), until


def paper_code(call: ExtrasCall) -> tuple[str, datetime]:
    """Return a code for the wall: good until the shoot day ends at 05:00."""
    until = moment_of(call.day, time(4, 59))
    return questions.code(call, until), until
