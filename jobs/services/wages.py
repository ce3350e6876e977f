"""What is owed after a wrap, and both sides' word on it. The platform moves no money."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from config.errors import Conflict, NotAllowed
from jobs import policies
from jobs.enums import NoticeKind
from jobs.models import Booking, Shoot, Wage
from jobs.services import locks, log, notices, sending
from jobs.services.notices import Message
from profiles.models import User


def owe(shoot: Shoot, served: Iterable[Booking]) -> None:
    """Write down the wage of each served booking, inside the act that wraps the shoot; twice does no harm."""
    due_on = shoot.days.upper - timedelta(days=1) + timedelta(days=shoot.settle_within_days)
    Wage.objects.bulk_create(
        [Wage(booking=booking, amount=booking.total_pay, due_on=due_on) for booking in served],
        ignore_conflicts=True,
    )


def mark_paid(wage: Wage, *, by: User, now: datetime) -> Wage:
    """The crew says it has paid; she is asked whether it arrived. Raise NotAllowed, or Conflict("wage_marked")."""
    if not policies.may_edit_shoot(by, wage.booking.role.shoot):
        raise NotAllowed("not_yours")
    with locks.act():
        if not Wage.objects.filter(pk=wage.pk, paid_at__isnull=True).update(paid_at=now):
            raise Conflict("wage_marked")
        log.write("wage_paid", wage, by=by, now=now, amount=wage.amount)
        booking = wage.booking
        facts = sending.facts_of(booking.offer) | {"booking": booking.pk, "amount": wage.amount}
        told = Message(booking.profile.user_id, NoticeKind.WAGE_PAID, f"wage:{wage.pk}:paid", facts)
        notices.write_all([told], now=now)
    wage.refresh_from_db()
    return wage


def mark_received(wage: Wage, *, by: User, now: datetime) -> Wage:
    """She says the money is there. Raise NotAllowed("not_yours") for anyone else, or Conflict("wage_marked")."""
    if wage.booking.profile.user_id != by.pk:
        raise NotAllowed("not_yours")
    with locks.act():
        if not Wage.objects.filter(pk=wage.pk, received_at__isnull=True).update(received_at=now):
            raise Conflict("wage_marked")
        log.write("wage_received", wage, by=by, now=now, amount=wage.amount)
    wage.refresh_from_db()
    return wage
