"""A slot came free: ask the next person by itself, faster and faster as the first call comes near."""

from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Q

from config.errors import Conflict
from hubs.timespan import start_of
from jobs.enums import NoticeKind, OfferState, ShootState, VacancyEnd, WorkKind
from jobs.models import Offer, Role, Vacancy, is_listed
from jobs.queries import cancelling, first_calls, successors, windows
from jobs.queries.successors import Next
from jobs.services import locks, log, notices, sending
from jobs.services.later import Ask, enqueue_all
from jobs.services.notices import to_managers

SPARE = 2
"""People looked at beyond those that are needed, so that one who was booked meanwhile does not cost a round."""

AGAIN = timedelta(hours=1)
"""How long a vacancy waits for somebody new where nobody was left; people come free all the time."""


class NobodyTook(Exception):
    """Nobody of a batch could be asked; its locks are to be given back."""


def refill(role_id: int, *, now: datetime) -> list[Offer]:
    """Ask for the first vacancy of a role that needs somebody; return the offers sent, and ask for the rest of the work.

    First the standbys of the newest published run in their order, then whoever the engine ranks best now, then the
    same with the rules as wide as the crew allowed beforehand (`queries.successors`). How many are asked at once and
    how long they have: `queries.windows`. One transaction sends for one vacancy, with all its persons locked before
    the role; what is left is another piece of work, so that a kill loses nothing and coming twice sends nothing twice.
    """
    role = (
        Role.objects.select_related("role_type", "shoot__base__hub", "shoot__crew").filter(pk=role_id).first()
    )
    if role is None:
        return []
    if role.shoot.state != ShootState.OPEN:
        _close_over(role, Q(), now)
        return []
    if _held_back(role, now):
        return []
    first = cancelling.rest_of(role, role.days, now)
    if first is None:
        _close_over(role, Q(), now)
        return []
    _close_over(role, Q(first_day__gte=role.days.upper), now)
    call = first_calls.of_role(role)
    if now >= call:
        # The shoot runs: what is still empty is filled for the rest of its days.
        Vacancy.objects.filter(
            Q(first_day__isnull=True) | Q(first_day__lt=first), role=role, closed_at__isnull=True
        ).update(first_day=first)
    for vacancy in Vacancy.objects.filter(role=role, closed_at__isnull=True).order_by("pk"):
        here = first_calls.of_role(role, vacancy.first_day) if vacancy.first_day else call
        if sent := _fill(vacancy, role, here, now):
            key = f"refill:{role.pk}:{sent[-1].pk}"
            enqueue_all([Ask(WorkKind.REFILL_ROLE, role.pk, key, now)], now=now)
            return sent
    return []


def _held_back(role: Role, now: datetime) -> bool:
    """A role that is off the list asks nobody; its vacancies wait, and are looked at again in an hour."""
    if is_listed(role):
        return False
    again = now + AGAIN
    if (
        again < start_of(role.days.upper)
        and Vacancy.objects.filter(role=role, closed_at__isnull=True).exists()
    ):
        _look_again(role, f"refill:held:{role.pk}", again, now)
    return True


def _look_again(role: Role, key: str, again: datetime, now: datetime) -> None:
    """Once an hour for each `key`: whoever asks in between must not start a second round of looks."""
    hour = int(again.timestamp()) // 3600
    enqueue_all([Ask(WorkKind.REFILL_ROLE, role.pk, f"{key}:{hour}", again)], now=now)


def _close_over(role: Role, which: Q, now: datetime) -> None:
    """Close what cannot be filled any more. The role's lock puts two workers in line: they would meet in the rows."""
    late = Vacancy.objects.filter(which, role=role, closed_at__isnull=True)
    if late.exists():
        locks.role(role.pk)
        late.update(closed_at=now, end=VacancyEnd.OVER)


def _fill(vacancy: Vacancy, role: Role, call: datetime, now: datetime) -> list[Offer]:
    needed = windows.stage(call, now).at_once - _out(vacancy)
    if needed <= 0:
        return []
    candidates = successors.of(vacancy, role, now=now)
    while batch := list(islice(candidates, needed + SPARE)):
        try:
            with transaction.atomic():
                return _ask(vacancy, role.pk, batch, needed, call, now)
        except NobodyTook:
            continue
        except Conflict as refusal:
            if refusal.code == "role_full":
                _close_by_hand(vacancy, now)
            return []
    if not _out(vacancy):
        _stuck(vacancy, role, call, now)
    return []


def _ask(
    vacancy: Vacancy, role_id: int, batch: list[Next], needed: int, call: datetime, now: datetime
) -> list[Offer]:
    locks.people(each.profile.pk for each in batch)
    role = locks.role(role_id)
    if not Vacancy.objects.filter(pk=vacancy.pk, closed_at__isnull=True).exists():
        raise Conflict("vacancy_closed")
    out = _out(vacancy)
    if not out and sending.free_slots(role) < 1:
        raise Conflict("role_full")
    days = successors.days_of(vacancy, role)
    if role.shoot.state != ShootState.OPEN or days is None:
        raise Conflict("shoot_not_open")
    if not is_listed(role):
        raise Conflict("role_held")
    role.days = days
    needed = min(needed, windows.stage(call, now).at_once - out)
    ends = windows.until(call, now)
    sent: list[Offer] = []
    for each in batch:
        if len(sent) >= needed:
            break
        try:
            sending.refuse_taken(role, each.profile)
            sending.refuse_bound(role, each.profile)
        except Conflict:
            continue
        sent.append(
            sending.make(
                role, each.profile, by=None, now=now, match=each.match, refill=True, open_for=ends - now,
                vacancy=vacancy, widened=each.widened,
            )
        )  # fmt: skip
    if not sent:
        raise NobodyTook
    Vacancy.objects.filter(pk=vacancy.pk).update(stuck_at=None)
    return sent


def _out(vacancy: Vacancy) -> int:
    return Offer.objects.filter(vacancy=vacancy, state=OfferState.OPEN).count()


def _close_by_hand(vacancy: Vacancy, now: datetime) -> None:
    """Somebody filled the place by hand: nobody else is asked for it."""
    Vacancy.objects.filter(pk=vacancy.pk, closed_at__isnull=True).update(
        closed_at=now, end=VacancyEnd.BY_HAND, stuck_at=None
    )


def _stuck(vacancy: Vacancy, role: Role, call: datetime, now: datetime) -> None:
    """Nobody is left to ask: say so once, with what could be widened, and look again in an hour."""
    if Vacancy.objects.filter(pk=vacancy.pk, stuck_at__isnull=True).update(stuck_at=now):
        log.write("vacancy_stuck", vacancy, by=None, now=now, role=role.pk)
        facts = {
            "shoot": role.shoot_id, "title": role.shoot.title, "role": role.pk, "vacancy": vacancy.pk,
            "role_zh": role.role_type.name_zh, "role_en": role.role_type.name_en,
            "first_day": role.days.lower.isoformat(), "may_widen": len(successors.allowed(role)) < 3,
        }  # fmt: skip
        told = to_managers(role.shoot, NoticeKind.REFILL_STUCK, f"vacancy:{vacancy.pk}:stuck", facts)
        notices.write_all(told, now=now)
    again = now + AGAIN
    if again < call:
        _look_again(role, f"refill:vacancy:{vacancy.pk}", again, now)
