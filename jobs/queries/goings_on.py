"""What the pages of hubs and bases show of the work there; told to `hubs.queries.goings_on` when the house starts."""

from datetime import date

from django.db.models import F, Sum

from hubs.queries.goings_on import Source
from jobs.enums import ShootState
from jobs.models import Role, on_the_list
from jobs.queries import sets


def open_slots(today: date) -> dict[str, int]:
    """Return the open places of each hub, by slug. One query."""
    coming = Role.objects.filter(on_the_list(), shoot__state=ShootState.OPEN, days__endswith__gt=today)
    rows = (
        coming.order_by()
        .values_list("shoot__base__hub__slug")
        .annotate(open=Sum(F("headcount") - F("filled")))
    )
    return {slug: count for slug, count in rows if count}


SOURCE = Source(open_slots=open_slots, shoots=sets.shoots_by_day, crews=sets.crews_by_day)
