"""How a crew keeps its word: pay on time and hours as promised, counted from what was noted here."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, DateTimeField, DurationField, ExpressionWrapper, F, Q, Value
from django.db.models.functions import Least, TruncDate

from hubs.timespan import SHANGHAI
from jobs.enums import AppealState, Side
from jobs.models import Cancellation, Crew, Wage, WorkedDay

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Record:
    """Counts, not opinions. `wages` fell due, `on_time` of them were settled by then; `days` have both times noted,
    `within_hours` of them were no longer than promised; `overdue` wages are still open after their day.
    """

    wages: int
    on_time: int
    overdue: int
    days: int
    within_hours: int

    @property
    def is_empty(self) -> bool:
        return not self.wages and not self.days


def record(crew: Crew, today: date) -> Record:
    """The record of a crew up to `today`. Two queries.

    A wage counts as settled on the earlier of the two sides' words: a crew that pays is not late because
    nobody pressed a button. Days count from check-in to check-out, meals included.
    """
    settled_on = TruncDate(Least("paid_at", "received_at"), tzinfo=SHANGHAI)
    fell_due = Q(due_on__lt=today) | Q(paid_at__isnull=False) | Q(received_at__isnull=False)
    money = (
        Wage.objects.filter(fell_due, booking__role__shoot__crew=crew)
        .annotate(settled_on=settled_on)
        .aggregate(
            wages=Count("pk"),
            on_time=Count("pk", filter=Q(settled_on__lte=F("due_on"))),
            overdue=Count("pk", filter=Q(settled_on__isnull=True)),
        )
    )
    noted = WorkedDay.objects.filter(booking__role__shoot__crew=crew, checked_out_at__isnull=False)
    promised = ExpressionWrapper(
        F("booking__role__shoot__hours_per_day") * Value(HOUR, output_field=DurationField()),
        output_field=DurationField(),
    )
    kept = ExpressionWrapper(F("checked_in_at") + promised, output_field=DateTimeField())
    days = noted.aggregate(days=Count("pk"), within_hours=Count("pk", filter=Q(checked_out_at__lte=kept)))
    return Record(**money, **days)


def gave_up(crew: Crew) -> int:
    """How many bookings the crew cancelled late, by the table it had agreed to; an overturned one does not count."""
    return (
        Cancellation.objects.filter(booking__role__shoot__crew=crew, side=Side.CREW, late=True)
        .exclude(appeal__state=AppealState.OVERTURNED)
        .count()
    )
