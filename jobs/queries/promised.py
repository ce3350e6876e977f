"""The days a person has promised, for the page on which she says when she is free."""

from psycopg.types.range import DateRange

from hubs.timespan import DaySpan
from jobs.models import Booking
from jobs.queries.schedule import STANDING
from profiles.queries.taken import Taken


def days(profile_id: int, within: DaySpan) -> list[Taken]:
    """Return her standing bookings that touch `within`; one query. The title is her own shoot's: she may know it."""
    rows = Booking.objects.filter(
        profile_id=profile_id, state__in=STANDING, days__overlap=DateRange(within.start, within.end)
    ).values_list("days", "role__shoot__title", "offer_id")
    return [
        Taken(DaySpan(span.lower, span.upper), title, ("offers:detail", offer_id))
        for span, title, offer_id in rows
    ]
