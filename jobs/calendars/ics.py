"""Bookings as iCalendar (RFC 5545): whole days, stable identity, and cancellations that calendars hear of.

No organiser, no attendees, no contacts: a feed's address may be passed on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from config.formats import yuan
from jobs.enums import BookingState
from jobs.models import Booking


@dataclass(frozen=True)
class Call:
    """One day's call of a booking, as the newest version of its sheet has it."""

    booking: Booking
    day: date
    starts: datetime
    ends: datetime
    version: int
    off: bool
    note: str


def build(bookings: Iterable[Booking], now: datetime, *, calls: Iterable[Call] = ()) -> bytes:
    """Return a calendar of bookings joined by `queries.bookings.with_place`. DTEND is exclusive, as our spans are.

    Published calls stand beside them as entries with times; the sheet's version is their sequence.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Jinzu//Shoots//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Jinzu: my shoots"))
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    for booking in bookings:
        calendar.add_component(_event(booking, now))
    for call in calls:
        calendar.add_component(_call(call, now))
    return calendar.to_ical()


def _event(booking: Booking, now: datetime) -> Event:
    role, shoot = booking.role, booking.role.shoot
    cancelled = booking.state == BookingState.CANCELLED
    event = Event()
    event.add("uid", f"booking-{booking.pk}@jinzu")
    event.add("dtstamp", now)
    event.add("sequence", booking.sequence)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("dtstart", booking.days.lower)
    event.add("dtend", booking.days.upper)
    event.add("summary", f"{role.role_type.name} · {shoot.title}")
    event.add("location", _place(booking))
    event.add("description", _description(booking))
    event.add("url", settings.SITE_URL.rstrip("/") + reverse("offers:detail", args=[booking.offer_id]))
    event.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    return event


def _call(call: Call, now: datetime) -> Event:
    role, shoot = call.booking.role, call.booking.role.shoot
    cancelled = call.off or call.booking.state == BookingState.CANCELLED
    event = Event()
    event.add("uid", f"call-{call.booking.pk}-{call.day.isoformat()}@jinzu")
    event.add("dtstamp", now)
    event.add("sequence", call.version * 10 + call.booking.sequence)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("dtstart", call.starts.astimezone(UTC))
    event.add("dtend", call.ends.astimezone(UTC))
    event.add(
        "summary", _("Call: %(role)s · %(title)s") % {"role": role.role_type.name, "title": shoot.title}
    )
    event.add("location", f"{shoot.base.name}, {shoot.base.hub.name}")
    event.add("description", call.note)
    sheet = reverse("shoots:call_sheet", args=[shoot.pk, call.day])
    event.add("url", settings.SITE_URL.rstrip("/") + sheet)
    event.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    return event


def _place(booking: Booking) -> str:
    """Where she works: a calendar that names the base of a remote job would send her there."""
    if booking.role.remote:
        return _("remote, from anywhere")
    base = booking.role.shoot.base
    return f"{base.name}, {base.hub.name}"


def _description(booking: Booking) -> str:
    shoot = booking.role.shoot
    lines = [_("Crew: %(crew)s") % {"crew": shoot.crew.name}]
    if not booking.role.remote:
        called = {"time": f"{shoot.call_time:%H:%M}"}
        lines.append(_("General call: %(time)s; a shoot day runs from 05:00 to 05:00.") % called)
    lines.append(_("Pay: %(pay)s a day") % {"pay": yuan(booking.day_rate)})
    return "\n".join(lines)
