"""What follows when a booking ends early: strikes, money owed, and the record of it, by the terms of its own offer."""

from datetime import datetime, timedelta

from django.db.models import F, IntegerField, Value
from django.db.models.functions import Greatest, Least

from hubs.timespan import shoot_day_of
from jobs.enums import GivenUp, NoticeKind, Side, WageKind
from jobs.models import Booking, Cancellation, Wage
from jobs.queries import cancelling, strikes
from jobs.services import log, notices, sending, wages
from jobs.services.notices import Message
from profiles.models import Profile

WEIGHT = 20
"""Points of reliability, of 200, that one strike costs in the engine's ranking while it counts."""

MOST = 200


def write(booking: Booking, *, kind: GivenUp, side: Side, now: datetime, reason: str) -> Cancellation:
    """Write down how a booking ended and what follows; called inside the act that ends it, before its wage exists."""
    said = cancelling.outcome(booking, kind=kind, side=side, now=now)
    row = Cancellation.objects.create(
        booking=booking,
        kind=kind,
        side=side,
        at=now,
        hours_before=int(said.left.total_seconds() // 3600),
        in_grace=said.in_grace,
        late=said.late,
        owed=said.owed,
        strikes=said.strikes,
        reason=reason.strip()[:200],
    )
    owe(row, pay=said.worked, now=now)
    weigh(booking.profile, -row.strikes)
    if row.strikes:
        facts = sending.facts_of(booking.offer) | {
            "cancellation": row.pk, "strikes": row.strikes, "how": kind,
            "until": (now + strikes.APPEAL_WITHIN).isoformat(),
        }  # fmt: skip
        told = Message(booking.profile.user_id, NoticeKind.STRIKE, f"cancellation:{row.pk}:strike", facts)
        notices.write_all([told], now=now)
        log.write("strike_given", row, by=None, now=now, strikes=row.strikes, kind=kind)
    return row


def owe(row: Cancellation, *, pay: int, now: datetime) -> None:
    """Write down what the crew owes after a cancellation: its penalty, and the days that were worked already."""
    amount = row.owed + pay
    if not amount:
        return
    due_on = shoot_day_of(now) + timedelta(days=row.booking.role.shoot.settle_within_days)
    Wage.objects.bulk_create(
        [Wage(booking=row.booking, amount=amount, due_on=due_on, kind=WageKind.CANCELLATION)],
        ignore_conflicts=True,
    )
    wages.watch(Wage.objects.filter(booking=row.booking), now=now)
    log.write("cancellation_owed", row, by=None, now=now, amount=amount)


def forgive(row: Cancellation, *, now: datetime) -> None:
    """Take the penalty out of what is owed, while an appeal waits or because it was overturned; paid money stays paid."""
    if not row.owed:
        return
    wage = Wage.objects.select_for_update().filter(booking=row.booking, paid_at__isnull=True).first()
    if wage is None or wage.received_at:
        return
    if wage.amount > row.owed:
        Wage.objects.filter(pk=wage.pk).update(amount=F("amount") - row.owed)
    else:
        wage.delete()
    log.write("cancellation_forgiven", row, by=None, now=now, amount=row.owed)


def owe_again(row: Cancellation, *, now: datetime) -> None:
    """Put the penalty back after an appeal was turned down; it falls due anew, counted from the decision."""
    if not row.owed:
        return
    if Wage.objects.filter(booking=row.booking, paid_at__isnull=True, received_at__isnull=True).update(
        amount=F("amount") + row.owed
    ):
        return
    owe(row, pay=0, now=now)


def weigh(profile: Profile, strikes_more: int) -> None:
    """Let strikes weigh on, or lift off, a person's place in the ranking: the column has the bounds 0 and 200."""
    if strikes_more:
        moved = Greatest(
            Least(F("reliability") + strikes_more * WEIGHT, Value(MOST, IntegerField())),
            Value(0, IntegerField()),
        )
        Profile.objects.filter(pk=profile.pk).update(reliability=moved)
