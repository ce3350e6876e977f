"""Wages of a shoot."""

from dataclasses import dataclass

from django.db.models import QuerySet

from jobs.enums import Side
from jobs.models import Cancellation, Shoot, Wage


@dataclass(frozen=True)
class Sums:
    """Whole yuan: `owed` in all, `paid` as the crew says, `received` as they say who got it."""

    owed: int
    paid: int
    received: int


def with_place(wages) -> QuerySet[Wage]:
    """Join what a wage's line or notice shows."""
    return wages.select_related(
        "booking__profile__user",
        "booking__offer__role__role_type",
        "booking__offer__role__shoot__crew",
        "booking__offer__role__shoot__base__hub",
        "booking__role__role_type",
        "booking__role__shoot__crew",
    )


def of_shoot(shoot: Shoot) -> list[Wage]:
    """All wages of a shoot: what is open first, then by department as the call sheet lists them."""
    rows = with_place(Wage.objects.filter(booking__role__shoot=shoot))
    return list(
        rows.order_by("paid_at", "booking__role__role_type__position", "booking__profile__user__name", "pk")
    )


def cancelled_late(shoot: Shoot) -> list[Cancellation]:
    """Bookings of a shoot that the crew cancelled late, newest first, with their appeals."""
    rows = Cancellation.objects.filter(booking__role__shoot=shoot, side=Side.CREW, late=True)
    return list(
        rows.select_related("appeal", "booking__profile__user", "booking__role__role_type").order_by(
            "-at", "-pk"
        )
    )


def sums(wages: list[Wage]) -> Sums:
    """Add up a list of wages."""
    return Sums(
        owed=sum(wage.amount for wage in wages),
        paid=sum(wage.amount for wage in wages if wage.paid_at or wage.received_at),
        received=sum(wage.amount for wage in wages if wage.received_at),
    )
