"""Who turns up at an extras day without being on the list: she asks by the code at the meeting point, a leader takes her.

Her asking is her yes to the terms she was shown, the leader's press is the crew's: the booking is made at once, with
every check a booking has.
"""

from datetime import datetime, timedelta

from config.errors import Conflict, Gone, NotAllowed
from jobs import policies
from jobs.enums import OFFER_LIVE, OfferState, ShootState
from jobs.models import Booking, ExtrasCall, ExtrasLine, Offer, Role, WalkIn
from jobs.queries import extras as days
from jobs.queries import walk_ins as questions
from jobs.services import extras, locks, log, offers, sending
from profiles.models import Profile, User

SHORT = timedelta(minutes=30)


def ask(text: str, *, by: User, now: datetime) -> WalkIn:
    """Ask to work today, on the terms of the role that has room. Twice does no harm.

    Raise Gone("code_expired"), NotAllowed("graduates_only"), Conflict with "extras_closed", "walk_in_on_list",
    "walk_in_no_room", "walk_in_refused", or what `sending.refuse_taken` says of who is not free.
    """
    call = _call_of(text, now)
    profile = Profile.objects.filter(user=by).first()
    if profile is None or not by.is_graduate:
        raise NotAllowed("graduates_only")
    if questions.line_of(call, profile) is not None:
        raise Conflict("walk_in_on_list")
    standing = WalkIn.objects.filter(call=call, profile=profile).first()
    if standing is not None and standing.taken is False:
        raise Conflict("walk_in_refused")
    role = questions.role_with_room(call, now)
    if role is None:
        raise Conflict("walk_in_no_room")
    with locks.act():
        locks.people([profile.pk])
        sending.refuse_owing(call.shoot.crew, now)
        sending.refuse_taken(role, profile)
        asked, new = WalkIn.objects.get_or_create(
            call=call,
            profile=profile,
            defaults={"role": role, "day_rate": sending.rate(role), "asked_at": now},
        )
        if new:
            log.write("walk_in_asked", call, by=by, now=now, role=role.pk, profile=profile.pk)
    return asked


def take(asked: WalkIn, *, by: User, now: datetime) -> ExtrasLine:
    """Book her from today on, give her a number and note that she is here.

    Raise NotAllowed for who neither runs the crew nor leads a group of the day; Conflict with "extras_closed",
    "walk_in_decided", "walk_in_no_room", "crew_owes", "shoot_not_open", or why she is not free any more.
    """
    with locks.act():
        call = _held(asked, by)
        locks.people([asked.profile_id])
        if not WalkIn.objects.filter(pk=asked.pk, taken__isnull=True).update(taken=True, decided_at=now):
            raise Conflict("walk_in_decided")
        booking = _book(asked, call, by, now)
        line = extras.join(call, booking, by=by, now=now)
        log.write("walk_in_taken", call, by=by, now=now, profile=asked.profile_id, number=line.number)
    return line


def refuse(asked: WalkIn, *, by: User, now: datetime) -> None:
    """Send her home; nothing counts against her. Raise like `take`."""
    with locks.act():
        call = _held(asked, by)
        if not WalkIn.objects.filter(pk=asked.pk, taken__isnull=True).update(taken=False, decided_at=now):
            raise Conflict("walk_in_decided")
        log.write("walk_in_refused", call, by=by, now=now, profile=asked.profile_id)


def may_take(user: User, call: ExtrasCall) -> bool:
    """Who runs the crew, and the leaders of the day's groups."""
    groups = call.groups.select_related("leader__profile")
    return policies.may_edit_shoot(user, call.shoot) or any(each.is_led_by(user.pk) for each in groups)


def _book(asked: WalkIn, call: ExtrasCall, by: User, now: datetime) -> Booking:
    """An offer from today on, at the pay she was shown, accepted in the same moment in her name."""
    role = locks.role(asked.role_id)
    sending.refuse_owing(role.shoot.crew, now)
    if role.shoot.state != ShootState.OPEN:
        raise Conflict("shoot_not_open")
    if sending.free_slots(role) < 1:
        raise Conflict("walk_in_no_room")
    known = Offer.objects.filter(role=role, profile=asked.profile, state__in=OFFER_LIVE)
    if known.filter(state=OfferState.ACCEPTED).exists():
        raise Conflict("walk_in_on_list")
    sending.refuse_taken(role, asked.profile)
    offer = sending.make(role, asked.profile, by=by, now=now, match=None, refill=False, open_for=SHORT)
    Offer.objects.filter(pk=offer.pk).update(first_day=call.day, day_rate=asked.day_rate)
    offer.refresh_from_db()
    return offers.accept(offer, by=asked.profile.user, now=now)


def _held(asked: WalkIn, by: User) -> ExtrasCall:
    rows = ExtrasCall.objects.select_for_update(of=("self",), no_key=True).select_related("shoot__crew")
    call = rows.get(pk=asked.call_id)
    if not may_take(by, call):
        raise NotAllowed("not_yours")
    if call.closed_at:
        raise Conflict("extras_closed")
    return call


def _call_of(text: str, now: datetime) -> ExtrasCall:
    read = days.read_code(text)
    if read is None or read[1] < now.timestamp():
        raise Gone("code_expired")
    call = ExtrasCall.objects.select_related("shoot__crew").filter(pk=read[0]).first()
    if call is None:
        raise Gone("code_expired")
    if call.closed_at:
        raise Conflict("extras_closed")
    return call


def offered(text: str, *, now: datetime) -> tuple[ExtrasCall, Role | None]:
    """The day behind a code and the role that has room, for the page that asks her. Raise like `ask`."""
    call = _call_of(text, now)
    return call, questions.role_with_room(call, now)
