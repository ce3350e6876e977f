"""The trace of every slot that came free: who was asked when, until when, and what came of it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from django.db.models import QuerySet

from jobs import policies
from jobs.enums import OfferState, ShootState, VacancyEnd
from jobs.models import Leeway, Offer, Role, Shoot, Vacancy
from profiles.models import User

SHOWN = 60
"""Slots on one page, the newest first; a shoot with more has other troubles."""


@dataclass(frozen=True)
class Event:
    """A line of the trace. `kind` is "free", "asked", "accepted", "declined", "expired", "withdrawn", "stuck" or an end
    of `VacancyEnd`; `names` are people's, `until` when they had to answer, `widened` what was stretched for them.
    """

    at: datetime
    kind: str
    names: list[str] = field(default_factory=list)
    until: datetime | None = None
    widened: str = ""
    cause: str = ""


@dataclass(frozen=True)
class Trace:
    """A slot from the moment it came free. `state`: "asking", "stuck", "waiting" or how it ended."""

    vacancy: Vacancy
    state: str
    events: list[Event]

    @property
    def role(self) -> Role:
        return self.vacancy.role

    @property
    def is_open(self) -> bool:
        return self.state in ("asking", "stuck", "waiting")


@dataclass(frozen=True)
class Counts:
    """How many slots of a shoot are being refilled, how many have nobody left, and how many were filled by it."""

    asking: int
    stuck: int
    filled: int


def of_shoot(shoot: Shoot, reader: User) -> list[Trace]:
    """Return the traces a reader may see (a department head her department's), what is open first. Two queries."""
    roles = policies.reviewable_roles(reader).filter(shoot=shoot)
    rows = (
        Vacancy.objects.filter(role__in=roles)
        .select_related("role__role_type__department", "role__shoot", "after__profile__user")
        .order_by("-pk")[:SHOWN]
    )
    vacancies = list(rows)
    offers: dict[int | None, list[Offer]] = defaultdict(list)
    for offer in _offers(vacancies):
        offers[offer.vacancy_id].append(offer)
    traces = [_trace(vacancy, offers[vacancy.pk]) for vacancy in vacancies]
    return sorted(traces, key=lambda trace: not trace.is_open)


def counts(shoot: Shoot) -> Counts:
    """Return what the board says of the refill. One query."""
    rows = list(Vacancy.objects.filter(role__shoot=shoot).values_list("closed_at", "stuck_at", "end"))
    open_rows = [stuck for closed, stuck, _end in rows if closed is None]
    return Counts(
        asking=sum(stuck is None for stuck in open_rows),
        stuck=sum(stuck is not None for stuck in open_rows),
        filled=sum(end == VacancyEnd.FILLED for _closed, _stuck, end in rows),
    )


def roles_with_leeway(shoot: Shoot) -> list[tuple[Role, Leeway | None]]:
    """The roles of a shoot with what was allowed for each; two queries."""
    given = {leeway.role_id: leeway for leeway in Leeway.objects.filter(role__shoot=shoot)}
    roles = shoot.roles.select_related("role_type__department").order_by(
        "role_type__department__position", "role_type__position", "pk"
    )
    return [(role, given.get(role.pk)) for role in roles]


def _offers(vacancies: list[Vacancy]) -> QuerySet[Offer]:
    return (
        Offer.objects.filter(vacancy__in=vacancies).select_related("profile__user").order_by("sent_at", "pk")
    )


def _trace(vacancy: Vacancy, offers: list[Offer]) -> Trace:
    freed_by = [vacancy.after.profile.user.name] if vacancy.after else []
    events = [Event(vacancy.opened_at, "free", freed_by, cause=vacancy.cause)]
    for (at, until), group in groupby(offers, key=lambda offer: (offer.sent_at, offer.expires_at)):
        asked = list(group)
        names = [offer.profile.user.name for offer in asked]
        widened = next((offer.widened for offer in asked if offer.widened), "")
        events.append(Event(at or vacancy.opened_at, "asked", names, until, widened))
    events += [
        Event(offer.answered_at, str(offer.state), [offer.profile.user.name])
        for offer in offers
        if offer.answered_at and offer.state != OfferState.OPEN
    ]
    if vacancy.stuck_at:
        events.append(Event(vacancy.stuck_at, "stuck"))
    if vacancy.closed_at and vacancy.end != VacancyEnd.FILLED:
        events.append(Event(vacancy.closed_at, str(vacancy.end)))
    order = {"free": 0, "accepted": 1, "declined": 1, "expired": 1, "withdrawn": 2, "asked": 3}
    events.sort(key=lambda event: (event.at, order.get(event.kind, 4)))
    return Trace(vacancy, _state(vacancy, offers), events)


def _state(vacancy: Vacancy, offers: list[Offer]) -> str:
    if vacancy.end:
        return str(vacancy.end)
    if vacancy.role.shoot.state != ShootState.OPEN:
        return str(VacancyEnd.OVER)
    if any(offer.state == OfferState.OPEN for offer in offers):
        return "asking"
    return "stuck" if vacancy.stuck_at else "waiting"
