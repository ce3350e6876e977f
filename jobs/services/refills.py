"""A slot came free: ask the next person by itself, faster and faster as the first call comes near."""

from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Case, Count, Q, When

from config.errors import Conflict
from hubs.timespan import start_of
from jobs.enums import NoticeKind, OfferState, ShootState, VacancyEnd, WorkKind
from jobs.models import Offer, Role, Vacancy, on_the_list
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
    waiting = _open(role_id)
    if not waiting:
        return []
    rows = Role.objects.select_related("role_type", "shoot__base__hub", "shoot__crew")
    role = rows.annotate(listed=Case(When(on_the_list(), then=True), default=False)).get(pk=role_id)
    if role.shoot.state != ShootState.OPEN:
        _close_over(role, Q(), now)
        return []
    if not role.listed:
        _look_later(role, now)
        return []
    first = cancelling.rest_of(role, role.days, now)
    if first is None:
        _close_over(role, Q(), now)
        return []
    if any(each.first_day and each.first_day >= role.days.upper for each, _out in waiting):
        _close_over(role, Q(first_day__gte=role.days.upper), now)
        waiting = _open(role_id)
    call = first_calls.of_role(role)
    if now >= call:
        # The shoot runs: what is still empty is filled for the rest of its days.
        Vacancy.objects.filter(
            Q(first_day__isnull=True) | Q(first_day__lt=first), role=role, closed_at__isnull=True
        ).update(first_day=first)
        waiting = _open(role_id)
    for vacancy, out in waiting:
        here = first_calls.of_role(role, vacancy.first_day) if vacancy.first_day else call
        if sent := _fill(vacancy, out, role, here, now):
            if len(waiting) > 1 or windows.stage(here, now).at_once > 1:
                key = f"refill:{role.pk}:{sent[-1].pk}"
                enqueue_all([Ask(WorkKind.REFILL_ROLE, role.pk, key, now)], now=now)
            return sent
    return []


def _open(role_id: int, **which: int) -> list[tuple[Vacancy, int]]:
    """The vacancies of a role in the order they are filled, each with how many are asked for it right now."""
    out = Count("offers", filter=Q(offers__state=OfferState.OPEN))
    rows = Vacancy.objects.filter(role=role_id, closed_at__isnull=True, **which).annotate(out=out)
    return [(row, row.out) for row in rows.order_by("pk")]


def _look_later(role: Role, now: datetime) -> None:
    """A role that is off the list asks nobody; its vacancies wait, and are looked at again in an hour."""
    again = now + AGAIN
    if again < start_of(role.days.upper):
        _look_again(role, f"refill:held:{role.pk}", again, now)


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


def _fill(vacancy: Vacancy, out: int, role: Role, call: datetime, now: datetime) -> list[Offer]:
    needed = windows.stage(call, now).at_once - out
    if needed <= 0:
        return []
    candidates = successors.of(vacancy, role, now=now)
    while batch := list(islice(candidates, needed + SPARE)):
        try:
            with transaction.atomic():
                return _ask(vacancy, role, batch, needed, call, now)
        except NobodyTook:
            continue
        except Conflict as refusal:
            if refusal.code == "role_full":
                _close_by_hand(vacancy, now)
            return []
    if not Offer.objects.filter(vacancy=vacancy, state=OfferState.OPEN).exists():
        _stuck(vacancy, role, call, now)
    return []


def _ask(
    vacancy: Vacancy, role: Role, batch: list[Next], needed: int, call: datetime, now: datetime
) -> list[Offer]:
    locks.people(each.profile.pk for each in batch)
    role = locks.role_again(role)
    still = _open(role.pk, pk=vacancy.pk)
    if not still:
        raise Conflict("vacancy_closed")
    vacancy, out = still[0]
    if not out and sending.free_slots(role) < 1:
        raise Conflict("role_full")
    days = successors.days_of(vacancy, role)
    if (
        days is None
        or not Role.objects.filter(on_the_list(), pk=role.pk, shoot__state=ShootState.OPEN).exists()
    ):
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
    if vacancy.stuck_at:
        Vacancy.objects.filter(pk=vacancy.pk).update(stuck_at=None)
    return sent


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
