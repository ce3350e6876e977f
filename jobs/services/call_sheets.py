"""Call sheets: each version is a row that stays as it was."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db.models import Max

from config.errors import Invalid, NotAllowed
from hubs.models import Set
from jobs import policies
from jobs.enums import BookingState, NoticeKind
from jobs.models import Booking, CallSheet, SheetReceipt, Shoot
from jobs.services import locks, log, notices
from jobs.services.notices import Message
from profiles.models import User


def publish(
    shoot: Shoot,
    day: date,
    *,
    by: User,
    now: datetime,
    general_call: time | None = None,
    sets: Iterable[Set] = (),
    note: str = "",
    weather: str = "",
) -> CallSheet:
    """Publish the next version for a shoot day. Raise NotAllowed, Invalid("not_a_shoot_day" / "set_elsewhere")."""
    if not policies.may_edit_shoot(by, shoot):
        raise NotAllowed("not_yours")
    if not shoot.days.lower <= day < shoot.days.upper:
        raise Invalid("not_a_shoot_day", field="day")
    sets = list(sets)
    if any(place.base_id != shoot.base_id for place in sets):
        raise Invalid("set_elsewhere", field="sets")
    with locks.act():
        Shoot.objects.select_for_update(no_key=True).get(pk=shoot.pk)
        last = CallSheet.objects.filter(shoot=shoot, day=day).aggregate(last=Max("version"))["last"] or 0
        made = CallSheet.objects.create(
            shoot=shoot,
            day=day,
            version=last + 1,
            general_call=general_call or shoot.call_time,
            weather=weather.strip(),
            note=note.strip(),
        )
        made.sets.set(sets)
        # Last, because from then on a trigger refuses every change of the version.
        made.published_at = now
        made.save(update_fields=["published_at"])
        log.write("call_sheet_published", shoot, by=by, now=now, day=day.isoformat(), version=made.version)
        _tell_booked(made, now)
    return made


def _tell_booked(sheet: CallSheet, now: datetime) -> None:
    """Tell everybody booked on the day that there is a sheet, or a new version of it."""
    booked = Booking.objects.filter(
        role__shoot=sheet.shoot_id, days__contains=sheet.day, state=BookingState.CONFIRMED
    )
    facts = {
        "shoot": sheet.shoot_id,
        "title": sheet.shoot.title,
        "day": sheet.day.isoformat(),
        "call": f"{sheet.general_call:%H:%M}",
        "version": sheet.version,
    }
    notices.write_all(
        [
            Message(user_id, NoticeKind.CALL_SHEET, f"sheet:{sheet.pk}:{user_id}", facts)
            for user_id in booked.order_by("pk").values_list("profile__user_id", flat=True)
        ],
        now=now,
    )


def see(sheet: CallSheet, *, by: User, now: datetime) -> SheetReceipt | None:
    """Note that a booked person has opened this version; None for everybody else. The first look counts."""
    booking = _booking_on(sheet, by)
    if booking is None:
        return None
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
