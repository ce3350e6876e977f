"""Wages that are overdue: what stands on a crew's public record, and when a crew may not list any more."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from jobs.models import Crew, Shoot, Wage

STOPS_AFTER = 30
STAGES = (7, 15, STOPS_AFTER)
"""Days overdue at which a wage is shown, shown as long overdue, and stops new listings of the crew."""


@dataclass(frozen=True)
class Line:
    """One overdue wage as the public reads it: no name, no role; `reply` is the crew's own answer."""

    wage: Wage
    days: int
    stage: int
    reply: str


@dataclass(frozen=True)
class Arrears:
    """The overdue wages of a crew, the oldest first; `stopped`: it may list nothing new until they are paid."""

    lines: list[Line]

    @property
    def total(self) -> int:
        return sum(line.wage.amount for line in self.lines)

    @property
    def worst(self) -> int:
        return max((line.days for line in self.lines), default=0)

    @property
    def stopped(self) -> bool:
        return any(line.stage >= STOPS_AFTER for line in self.lines)


def stage(days: int) -> int:
    """Return the stage reached by so many days overdue: 0, 7, 15 or 30."""
    return max((each for each in STAGES if days >= each), default=0)


def of_crew(crew: Crew, today: date) -> Arrears:
    """What is 7 days overdue or more. One query. See `unpaid` for whose word counts."""
    rows = overdue(today).filter(booking__role__shoot__crew=crew)
    rows = rows.select_related("reply", "booking__role__shoot").order_by("due_on", "pk")
    return Arrears([_line(wage, today) for wage in rows])


def of_shoot(shoot: Shoot, today: date) -> list[Line]:
    """The overdue wages of one shoot, for those who may answer to them. One query."""
    rows = overdue(today).filter(booking__role__shoot=shoot)
    return [
        _line(wage, today)
        for wage in rows.select_related("reply", "booking__profile__user").order_by("due_on", "pk")
    ]


def unpaid() -> Q:
    """Wages that nobody calls settled: she does not have it, and the crew does not say so or she denies it."""
    return Q(received_at__isnull=True) & (Q(paid_at__isnull=True) | Q(denied_at__isnull=False))


def may_list(crew: Crew, today: date) -> bool:
    """Whether the crew may publish anything new: not while a wage of its people is 30 days overdue."""
    owed = Wage.objects.filter(unpaid(), booking__role__shoot__crew=crew)
    return not owed.filter(due_on__lte=today - timedelta(days=STOPS_AFTER)).exists()


def overdue(today: date) -> QuerySet[Wage]:
    """Every wage that is 7 days overdue or more."""
    return Wage.objects.filter(unpaid(), due_on__lte=today - timedelta(days=STAGES[0]))


def _line(wage: Wage, today: date) -> Line:
    days = (today - wage.due_on).days
    return Line(wage, days, stage(days), wage.reply.words if hasattr(wage, "reply") else "")
