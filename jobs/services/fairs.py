"""Signing up for a job fair, and giving the seat back."""

from datetime import datetime

from django.db import IntegrityError, transaction
from psycopg import errors as pg

from config.errors import Conflict, Invalid
from hubs.models import JobFair
from hubs.timespan import SHANGHAI
from jobs.models import FairSeat
from jobs.services import locks, log
from profiles.models import User


def sign_up(fair: JobFair, *, by: User, now: datetime) -> FairSeat:
    """Take the lowest seat that is free; a second press returns the same seat.

    Raise Invalid("fair_no_sign_up") where the fair takes nobody here, Conflict "fair_over" or "fair_full".
    """
    with locks.act():
        fair = _open(fair, now)
        mine = FairSeat.objects.filter(fair=fair, user=by).first()
        if mine is not None:
            return mine
        seat = _seat(fair, by, now)
        log.write("fair_signed_up", fair, by=by, now=now)
    return seat


def give_back(fair: JobFair, *, by: User, now: datetime) -> bool:
    """Give one's seat to the next; say whether there was one. Raise Conflict("fair_over") once the fair has begun."""
    with locks.act():
        fair = _locked(fair)
        if not FairSeat.objects.filter(fair=fair, user=by).exists():
            return False
        _refuse_begun(fair, now)
        FairSeat.objects.filter(fair=fair, user=by).delete()
        log.write("fair_given_back", fair, by=by, now=now)
    return True


def _locked(fair: JobFair) -> JobFair:
    """The row of the fair puts everybody who presses in line."""
    return JobFair.objects.select_for_update(no_key=True).get(pk=fair.pk)


def _open(fair: JobFair, now: datetime) -> JobFair:
    fair = _locked(fair)
    if not fair.capacity or fair.days is None or not fair.is_public:
        raise Invalid("fair_no_sign_up")
    _refuse_begun(fair, now)
    return fair


def _refuse_begun(fair: JobFair, now: datetime) -> None:
    if fair.days is not None and now.astimezone(SHANGHAI).date() >= fair.days.lower:
        raise Conflict("fair_over")


def _seat(fair: JobFair, user: User, now: datetime) -> FairSeat:
    taken = set(FairSeat.objects.filter(fair=fair).values_list("number", flat=True))
    number = next(n for n in range(1, len(taken) + 2) if n not in taken)
    try:
        with transaction.atomic():
            return FairSeat.objects.create(fair=fair, user=user, number=number, taken_at=now)
    except IntegrityError as error:
        if not isinstance(error.__cause__, pg.UniqueViolation | pg.CheckViolation):
            raise
        raise Conflict("fair_full") from error
