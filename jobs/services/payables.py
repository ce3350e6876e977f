"""From the list of an extras day to wages that are owed."""

from datetime import datetime, timedelta

from jobs.models import ExtrasCall, Wage
from jobs.queries.payables import amounts
from jobs.services import wages


def owe(call: ExtrasCall, *, now: datetime) -> None:
    """Write down the wages of extras whose last booked day this was; the others wait for theirs. Twice does no harm."""
    over = [
        line.booking
        for line in call.lines.select_related("booking__role__shoot")
        if line.booking.days.upper - timedelta(days=1) == call.day
    ]
    owed = amounts(over)
    due_on = call.day + timedelta(days=call.shoot.settle_within_days)
    Wage.objects.bulk_create(
        [Wage(booking=each, amount=owed[each.pk], due_on=due_on) for each in over if owed[each.pk] > 0],
        ignore_conflicts=True,
    )
    wages.watch(Wage.objects.filter(booking__in=over), now=now)
