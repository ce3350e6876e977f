"""A job fair as iCalendar (RFC 5545), for a download: hours where they are published, whole days where not."""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event

from hubs.models import JobFair
from hubs.timespan import SHANGHAI


def build(fair: JobFair, now: datetime) -> bytes:
    """Return a calendar with one entry a day of the fair. The fair has days."""
    calendar = Calendar()
    calendar.add("prodid", "-//Jinzu//Job fairs//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    days = (fair.days.upper - fair.days.lower).days
    if fair.opens is None or fair.closes is None:
        calendar.add_component(_event(fair, now, "all", fair.days.lower, fair.days.upper))
        return calendar.to_ical()
    for number in range(days):
        day = fair.days.lower + timedelta(days=number)
        first, last = (datetime.combine(day, hour, tzinfo=SHANGHAI) for hour in (fair.opens, fair.closes))
        calendar.add_component(_event(fair, now, f"{day:%Y%m%d}", first, last))
    return calendar.to_ical()


def _event(fair: JobFair, now: datetime, which: str, first, last) -> Event:
    event = Event()
    event.add("uid", f"fair-{fair.pk}-{which}@jinzu")
    event.add("dtstamp", now)
    event.add("dtstart", first)
    event.add("dtend", last)
    event.add("summary", fair.name)
    place = (
        fair.place
        or (fair.institution.name if fair.institution else "")
        or (fair.hub.name if fair.hub else "")
    )
    if place:
        event.add("location", place)
    if fair.intro:
        event.add("description", fair.intro)
    event.add("url", settings.SITE_URL.rstrip("/") + reverse("fairs:detail", args=[fair.slug]))
    return event
