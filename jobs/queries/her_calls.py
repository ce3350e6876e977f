"""What the call sheets say to one person, day by day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jobs.matching.rest import Stint
from jobs.models import Booking, CallLine, CallSheet, SheetReceipt
from jobs.queries import rest
from jobs.queries.call_sheets import valid_receipt


@dataclass(frozen=True)
class HerCall:
    """What the newest sheet says to one person."""

    sheet: CallSheet
    stint: Stint
    off: bool
    note: str
    receipt: SheetReceipt | None


def her_calls(bookings: Iterable[Booking]) -> dict[tuple[int, date], HerCall]:
    """Return (booking id, day) → her call on every published day of these bookings. Three queries; reads `role.shoot`."""
    mine = {booking.pk: booking for booking in bookings}
    sheets = {
        (each.shoot_id, each.day): each
        for each in CallSheet.objects.filter(
            shoot__in={b.role.shoot_id for b in mine.values()}, published_at__isnull=False
        )
        .order_by("shoot_id", "day", "-version")
        .distinct("shoot_id", "day")
    }
    lines = {
        (line.booking_id, line.call_sheet_id): line
        for line in CallLine.objects.filter(booking__in=mine, call_sheet__in=sheets.values())
    }
    receipts: dict[tuple[int, date], list[SheetReceipt]] = {}
    given = SheetReceipt.objects.filter(booking__in=mine).select_related("call_sheet")
    for each in given.order_by("-call_sheet__version"):
        receipts.setdefault((each.booking_id, each.call_sheet.day), []).append(each)
    found = {}
    for (shoot_id, day), made in sheets.items():
        for booking in mine.values():
            if booking.role.shoot_id == shoot_id and booking.days.lower <= day < booking.days.upper:
                line = lines.get((booking.pk, made.pk))
                found[booking.pk, day] = HerCall(
                    sheet=made,
                    stint=rest.planned(
                        booking.role,
                        day,
                        sheet=made,
                        call=line.call if line else None,
                        wrap=line.wrap if line else None,
                    ),
                    off=line.off if line else False,
                    note=line.note if line else "",
                    receipt=valid_receipt(
                        receipts.get((booking.pk, day), []), line.since if line else made.version
                    ),
                )
    return found
