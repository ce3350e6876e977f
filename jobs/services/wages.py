"""What is owed after a wrap, and both sides' word on it. The platform moves no money."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q

from config.errors import Conflict, NotAllowed
from hubs.timespan import shoot_day_of, start_of
from jobs import policies
from jobs.enums import NoticeKind, WorkKind
from jobs.models import Booking, Shoot, Wage, WageReply
from jobs.queries import arrears
from jobs.queries import wages as questions
from jobs.queries.payables import amounts as payable
from jobs.services import locks, log, notices, sending
from jobs.services.later import Ask, enqueue_all
from jobs.services.notices import Message, to_admins, to_managers
from profiles.models import User
from profiles.services.text import clean_line


def owe(shoot: Shoot, served: Iterable[Booking], *, now: datetime) -> None:
    """Write down the wage of each served booking, inside the act that wraps the shoot; twice does no harm."""
    due_on = shoot.days.upper - timedelta(days=1) + timedelta(days=shoot.settle_within_days)
    served = list(served)
    owed = payable(served)
    Wage.objects.bulk_create(
        [
            Wage(booking=booking, amount=owed[booking.pk], due_on=due_on)
            for booking in served
            if owed[booking.pk] > 0
        ],
        ignore_conflicts=True,
    )
    watch(Wage.objects.filter(booking__role__shoot=shoot), now=now)


def watch(owed: Iterable[Wage], *, now: datetime) -> None:
    """Have each wage looked at when it is 7, 15 and 30 days overdue; asking twice does no harm."""
    asks = [
        Ask(
            WorkKind.TEND_WAGE,
            wage.pk,
            f"wage:{wage.pk}:late:{stage}",
            start_of(wage.due_on + timedelta(days=stage)),
        )
        for wage in owed
        for stage in arrears.STAGES
    ]
    if asks:
        enqueue_all(asks, now=now)


def tend(wage_id: int, *, now: datetime) -> int:
    """Tell who must know of a wage that has reached a stage of being overdue; return the stage, 0 for none.

    What the public sees and what stops a crew is read from the wages themselves; this only speaks of it, once a stage.
    """
    # A look at the row alone: most wages are paid by then, and the rest of the answer joins a dozen tables.
    due = list(Wage.objects.filter(arrears.unpaid(), pk=wage_id).values_list("due_on", flat=True))
    stage = arrears.stage((shoot_day_of(now) - due[0]).days) if due else 0
    if not stage:
        return 0
    wage = questions.with_place(Wage.objects).get(pk=wage_id)
    booking = wage.booking
    facts = sending.facts_of(booking.offer) | {
        "wage": wage.pk, "booking": booking.pk, "amount": wage.amount, "days": stage,
        "crew_id": booking.role.shoot.crew_id, "person": booking.profile.user.name,
    }  # fmt: skip
    key = f"wage:{wage.pk}:late:{stage}"
    told = to_managers(booking.role.shoot, NoticeKind.WAGE_OVERDUE, key, facts | {"to": "crew"})
    told.append(
        Message(booking.profile.user_id, NoticeKind.WAGE_OVERDUE, f"{key}:hers", facts | {"to": "graduate"})
    )
    if stage >= arrears.STOPS_AFTER:
        told += to_admins(NoticeKind.WAGE_OVERDUE, key, facts | {"to": "admin"})
    notices.write_all(told, now=now)
    return stage


def mark_paid(wage: Wage, *, by: User, now: datetime) -> Wage:
    """The crew says it has paid; she is asked whether it arrived. Raise NotAllowed, or Conflict("wage_marked")."""
    if not policies.may_edit_shoot(by, wage.booking.role.shoot):
        raise NotAllowed("not_yours")
    with locks.act():
        unsaid = Q(paid_at__isnull=True) | Q(denied_at__isnull=False)
        if not Wage.objects.filter(unsaid, pk=wage.pk, received_at__isnull=True).update(
            paid_at=now, denied_at=None
        ):
            raise Conflict("wage_marked")
        log.write("wage_paid", wage, by=by, now=now, amount=wage.amount)
        booking = wage.booking
        facts = sending.facts_of(booking.offer) | {"booking": booking.pk, "amount": wage.amount}
        told = Message(
            booking.profile.user_id, NoticeKind.WAGE_PAID, f"wage:{wage.pk}:paid:{now:%Y%m%d}", facts
        )
        notices.write_all([told], now=now)
    wage.refresh_from_db()
    return wage


def mark_received(wage: Wage, *, by: User, now: datetime) -> Wage:
    """She says the money is there. Raise NotAllowed("not_yours") for anyone else, or Conflict("wage_marked")."""
    if wage.booking.profile.user_id != by.pk:
        raise NotAllowed("not_yours")
    with locks.act():
        if not Wage.objects.filter(pk=wage.pk, received_at__isnull=True).update(
            received_at=now, denied_at=None
        ):
            raise Conflict("wage_marked")
        log.write("wage_received", wage, by=by, now=now, amount=wage.amount)
    wage.refresh_from_db()
    return wage


def deny(wage: Wage, *, by: User, now: datetime) -> Wage:
    """She says that what the crew calls paid has not arrived: the clock runs on, and the crew is told.

    Raise NotAllowed("not_yours") for anyone else, Conflict("wage_not_marked") where the crew has not said it paid.
    """
    if wage.booking.profile.user_id != by.pk:
        raise NotAllowed("not_yours")
    with locks.act():
        said = Wage.objects.filter(
            pk=wage.pk, paid_at__isnull=False, received_at__isnull=True, denied_at__isnull=True
        )
        if not said.update(denied_at=now):
            raise Conflict("wage_not_marked")
        log.write("wage_denied", wage, by=by, now=now, amount=wage.amount)
        booking = wage.booking
        facts = sending.facts_of(booking.offer) | {
            "wage": wage.pk, "amount": wage.amount, "person": booking.profile.user.name,
        }  # fmt: skip
        key = f"wage:{wage.pk}:denied:{now:%Y%m%d}"
        notices.write_all(to_managers(booking.role.shoot, NoticeKind.WAGE_DENIED, key, facts), now=now)
    wage.refresh_from_db()
    return wage


def reply(wage: Wage, *, words: str, by: User, now: datetime) -> WageReply:
    """The crew's own words beside an overdue wage on its public record; writing again replaces them.

    Raise NotAllowed, Conflict("wage_not_overdue"), or what `clean_line` says of the words.
    """
    if not policies.may_edit_shoot(by, wage.booking.role.shoot):
        raise NotAllowed("not_yours")
    words = clean_line(words, field="words", longest=300, required=True)
    if not arrears.overdue(shoot_day_of(now)).filter(pk=wage.pk).exists():
        raise Conflict("wage_not_overdue")
    with locks.act():
        answer, _made = WageReply.objects.update_or_create(
            wage=wage, defaults={"words": words, "by": by, "at": now}
        )
        log.write("wage_replied", wage, by=by, now=now)
    return answer
