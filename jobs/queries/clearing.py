"""The market of a hub or of the country as one problem for the engine: every place still open, everybody who may come."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.db.models import F, Q, QuerySet
from psycopg.types.range import DateRange

from hubs.models import Hub
from hubs.timespan import shoot_day_of
from jobs import matching as engine
from jobs.enums import ApplicationState, MatchState, OfferState, RunState, ShootState
from jobs.models import Application, CodeBit, Match, MatchRun, Offer, Pin, Role, Shoot, on_the_list
from jobs.queries import bindings, columns, problems
from jobs.queries.offers import held_out
from jobs.queries.packed import LISTED, within
from jobs.queries.sieve import looking

WINDOW = timedelta(days=31)
"""How far ahead a market is cleared: crews are put together days before they shoot, seldom more than a month."""


@dataclass(frozen=True)
class Market:
    """A problem over many shoots; `shoot_of` goes by role id."""

    problem: engine.Problem
    shoot_of: dict[int, int]

    @property
    def shoots(self) -> list[int]:
        return sorted(set(self.shoot_of.values()))


def window_from(now: datetime) -> DateRange:
    """The month of shoot days that begins today."""
    today = shoot_day_of(now)
    return DateRange(today, today + WINDOW)


def open_roles(hub: Hub | None, days: DateRange, now: datetime) -> QuerySet[Any]:
    """Roles of open shoots with a place that nobody holds and nobody is asked for; each has `free`, their number.

    Only what begins within `days` and has not begun yet. `hub` None: everywhere.
    """
    roles = Role.objects.filter(
        on_the_list(),
        shoot__state=ShootState.OPEN,
        days__startswith__gte=days.lower,
        days__startswith__lt=days.upper,
    )
    if hub is not None:
        roles = roles.filter(shoot__base__hub=hub)
    return (
        roles.annotate(free=F("headcount") - F("filled") - held_out("offers"))
        .filter(free__gt=0)
        .order_by("pk")
    )


def hubs_with_open_roles(days: DateRange, now: datetime) -> list[Hub]:
    """Hubs where something is open in these days; two queries."""
    ids = open_roles(None, days, now).order_by().values_list("shoot__base__hub", flat=True)
    return list(Hub.objects.filter(pk__in=set(ids)).order_by("pk"))


def open_by_hub(days: DateRange, now: datetime) -> list[tuple[Hub, int, int]]:
    """(hub, shoots, free places) for each hub where something is open in these days, most places first; two queries."""
    found: dict[int, tuple[set[int], int]] = {}
    rows = open_roles(None, days, now).values_list("shoot__base__hub", "shoot", "free")
    for hub_id, shoot_id, free in rows:
        shoots, places = found.get(hub_id, (set(), 0))
        found[hub_id] = (shoots | {shoot_id}, places + free)
    hubs = Hub.objects.in_bulk(found)
    lines = [(hubs[hub_id], len(shoots), places) for hub_id, (shoots, places) in found.items()]
    return sorted(lines, key=lambda line: (-line[2], line[0].pk))


def load_market(hub: Hub | None, days: DateRange, now: datetime) -> Market:
    """Return the problem of all open places of a hub or of the country; 10 queries, 11 where units have others in.

    Who said no to a crew, let its offer lapse or was struck by it is not proposed to that crew by a market run; its
    own runs look more closely, shoot by shoot. People and roles are read as packed rows: a country has too many of
    them for rows of objects.
    """
    begins_later = open_roles(hub, days, now).filter(days__startswith__gt=shoot_day_of(now))
    slots = dict(begins_later.values_list("pk", "free"))
    roles = columns.roles(slots)
    applied = _applied(slots)
    people, together = _people(hub, roles, applied)
    pins = Pin.objects.filter(role__shoot__state=ShootState.OPEN).order_by("made_at", "pk")
    problem = problems.build(
        roles=roles,
        slots=slots,
        people=people,
        today=shoot_day_of(now),
        also_wants=applied,
        blocks=_refusals(set(roles["crew"].tolist())),
        units=[each.row for each in together],
        pins=list(pins.values_list("profile_id", "role_id")),
    )
    return Market(problem, dict(zip(roles["id"].tolist(), roles["shoot"].tolist(), strict=True)))


def _people(
    hub: Hub | None, roles: np.ndarray, applied: Collection[int]
) -> tuple[np.ndarray, list[bindings.Bound]]:
    """PERSON[n] of everybody who looks for work like these roles, there, or applied, with all of her unit; the units."""
    at = _bit(hub) if hub is not None else None
    also = np.array(sorted(applied), np.int64)
    people = columns.everybody(lambda some: looking(some, roles, also, hub=at))
    every = bindings.bound(None)
    members = np.array(sorted({person for each in every for person in each.people}), np.int64)
    here = set(members[within(people["id"].astype(np.int64), members)].tolist())
    together = [each for each in every if not here.isdisjoint(each.people)]
    fellows = sorted({person for each in together for person in each.people} - here)
    if fellows:
        more = columns.people(fellows)
        people = np.concatenate([people, more[(more["flags"] & LISTED) > 0]])
        people = people[np.argsort(people["id"], kind="stable")]
    return people, together


def _bit(hub: Hub) -> int:
    """Which bit of a packed row stands for a hub."""
    return CodeBit.objects.values_list("position", flat=True).get(kind=CodeBit.Kind.HUB, subject_id=hub.pk)


def _applied(open_ids: Collection[int]) -> dict[int, set[str]]:
    """Role types by profile id of those who applied for one of the roles."""
    out: dict[int, set[str]] = {}
    waiting = Application.objects.filter(role__shoot__state=ShootState.OPEN, state=ApplicationState.SENT)
    for profile_id, role_id, code in waiting.values_list("profile_id", "role_id", "role__role_type__code"):
        if role_id in open_ids:
            out.setdefault(profile_id, set()).add(code)
    return out


def _refusals(crews: set[int]) -> set[tuple[int, int]]:
    """(profile id, crew id) where one side said no on a shoot that is still open."""
    ended = [OfferState.DECLINED, OfferState.EXPIRED, OfferState.WITHDRAWN]
    here = {"role__shoot__crew__in": crews, "role__shoot__state": ShootState.OPEN}
    said = Offer.objects.filter(state__in=ended, **here)
    struck = Match.objects.filter(state=MatchState.STRUCK, **here)
    pairs = ("profile_id", "role__shoot__crew_id")
    return {*said.values_list(*pairs), *struck.values_list(*pairs)}


@dataclass(frozen=True)
class LastTime:
    """Where the next run of some shoots starts: prices by role id, and who was proposed, as (role id, profile id)."""

    prices: dict[int, int]
    proposed: list[tuple[int, int]]


def last_time(shoot_ids: list[int]) -> LastTime:
    """Return what the newest published run of each shoot has left behind; two queries."""
    runs = MatchRun.objects.filter(shoot__in=shoot_ids, state=RunState.PUBLISHED)
    newest = runs.order_by("shoot_id", "-pk").distinct("shoot_id")
    rows = dict(newest.values_list("pk", "prices"))
    prices = {int(role_id): price for kept in rows.values() for role_id, price in kept.items()}
    chosen = Match.objects.filter(run__in=list(rows), state=MatchState.CHOSEN)
    return LastTime(prices, sorted(chosen.values_list("role_id", "profile_id")))


def overtaken(shoot_ids: list[int], since: datetime) -> set[int]:
    """Those of the shoots that are no longer open, or whose own run began or was published after `since`; 2 queries."""
    own = MatchRun.objects.filter(shoot__in=shoot_ids, market__isnull=True)
    fresh = own.filter(Q(state__in=[RunState.WAITING, RunState.RUNNING]) | Q(ended_at__gte=since))
    still_open = Shoot.objects.filter(pk__in=shoot_ids, state=ShootState.OPEN).values_list("pk", flat=True)
    return set(fresh.values_list("shoot_id", flat=True)) | (set(shoot_ids) - set(still_open))
