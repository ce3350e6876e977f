"""Everything the house knows of one booking, in the order it happened: what an evidence pack is printed from."""

from dataclasses import dataclass

from django.db.models import Q

from jobs.models import (
    Booking,
    CallLine,
    CallSheet,
    Cancellation,
    Confirmation,
    Entry,
    HoursObjection,
    Notice,
    Offer,
    SheetReceipt,
    Wage,
    WageReply,
    WorkedDay,
)
from jobs.queries.bookings import with_place

MOST_MESSAGES = 200


@dataclass(frozen=True)
class SheetHad:
    """A published version of a call sheet for one of her days; when she had it, where she did, and her own line."""

    sheet: CallSheet
    receipt: SheetReceipt | None
    line: CallLine | None


@dataclass(frozen=True)
class Evidence:
    """One booking with all that hangs on it. What is missing is None or empty: an empty place is evidence, too."""

    booking: Booking
    offer: Offer
    log: list[Entry]
    confirmation: Confirmation | None
    cancellation: Cancellation | None
    sheets: list[SheetHad]
    days: list[WorkedDay]
    objections: list[HoursObjection]
    wage: Wage | None
    reply: WageReply | None
    messages: list[Notice]


def of(pk: int) -> Evidence:
    """Collect the evidence of a booking; a fixed number of queries."""
    booking = with_place(
        Booking.objects.select_related("confirmation", "cancellation__appeal", "wage__reply")
    ).get(pk=pk)
    offer = booking.offer
    wage = getattr(booking, "wage", None)
    subjects = [f"offer:{offer.pk}", f"booking:{booking.pk}"]
    subjects += [f"wage:{wage.pk}"] if wage else []
    # That a pack was made is not part of it: it would be another pack each time.
    log = Entry.objects.filter(subject__in=subjects).exclude(verb="evidence_made")
    about = Q(facts__offer=offer.pk) | Q(facts__booking=booking.pk)
    about |= Q(facts__shoot=booking.role.shoot_id, facts__has_key="call")
    told = Notice.objects.filter(about, recipient=booking.profile.user_id).order_by("created_at", "pk")
    return Evidence(
        booking=booking,
        offer=offer,
        log=list(log.select_related("by").order_by("at", "pk")),
        confirmation=getattr(booking, "confirmation", None),
        cancellation=getattr(booking, "cancellation", None),
        sheets=_sheets(booking),
        days=list(WorkedDay.objects.filter(booking=booking).order_by("day")),
        objections=list(HoursObjection.objects.filter(booking=booking).order_by("day")),
        wage=wage,
        reply=getattr(wage, "reply", None) if wage else None,
        messages=list(told[:MOST_MESSAGES]),
    )


def _sheets(booking: Booking) -> list[SheetHad]:
    sheets = CallSheet.objects.filter(
        shoot=booking.role.shoot_id,
        published_at__isnull=False,
        day__gte=booking.days.lower,
        day__lt=booking.days.upper,
    ).order_by("day", "version")
    receipts = {r.call_sheet_id: r for r in SheetReceipt.objects.filter(booking=booking)}
    lines = {line.call_sheet_id: line for line in CallLine.objects.filter(booking=booking)}
    return [SheetHad(sheet, receipts.get(sheet.pk), lines.get(sheet.pk)) for sheet in sheets]
