"""Bookings as iCalendar (RFC 5545): whole days, stable identity, and cancellations that calendars hear of.

No organiser, no attendees, no contacts: a feed's address may be passed on.
"""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from config.formats import yuan
from jobs.enums import BookingState
from jobs.models import Booking


def build(bookings: Iterable[Booking], now: datetime) -> bytes:
    """Return a calendar of bookings joined by `queries.bookings.with_place`. DTEND is exclusive, as our spans are."""
    calendar = Calendar()
    calendar.add("prodid", "-//Jinzu//Shoots//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Jinzu: my shoots"))
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    for booking in bookings:
        calendar.add_component(_event(booking, now))
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
    event.add("location", f"{shoot.base.name}, {shoot.base.hub.name}")
    event.add("description", _description(booking))
    event.add("url", settings.SITE_URL.rstrip("/") + reverse("offers:detail", args=[booking.offer_id]))
    event.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    return event


def _description(booking: Booking) -> str:
    shoot = booking.role.shoot
    lines = [
        _("Crew: %(crew)s") % {"crew": shoot.crew.name},
        _("General call: %(time)s; a shoot day runs from 05:00 to 05:00.")
        % {"time": f"{shoot.call_time:%H:%M}"},
        _("Pay: %(pay)s a day") % {"pay": yuan(booking.day_rate)},
    ]
    return "\n".join(lines)
