"""The market of a hub or of the country as one problem for the engine: every place still open, everybody who may come."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from psycopg.types.range import DateRange

from hubs.models import Hub
from hubs.timespan import shoot_day_of, start_of
from jobs import matching as engine
from jobs.enums import ApplicationState, MatchState, OfferState, RunState, ShootState
from jobs.models import Application, Match, MatchRun, Offer, Pin, Role, Shoot, on_the_list
from jobs.queries import bindings, problems
from jobs.queries.offers import held_out
from jobs.queries.roles import with_place
from profiles.models import Profile

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
    """Return the problem of all open places of a hub or of the country; 11 queries.

    Who said no to a crew, let its offer lapse or was struck by it is not proposed to that crew by a market run; its
    own runs look more closely, shoot by shoot.
    """
    found: QuerySet[Any] = with_place(open_roles(hub, days, now))
    roles = [role for role in found if start_of(role.days.lower) > now]
    types = {role.role_type_id for role in roles}
    applied = _applied(roles)
    wanted = Q(wanted_roles__in=types) | Q(pk__in=list(applied))
    people = Profile.objects.filter(wanted, listed=True, user__is_active=True)
    if hub is not None:
        remote = {role.role_type_id for role in roles if role.remote}
        near = Q(home_hub=hub) | Q(willing_hubs=hub) | Q(pk__in=list(applied))
        people = people.filter(near | Q(wanted_roles__in=remote) if remote else near)
    together = bindings.bound(people.values("pk"))
    fellows = {person for each in together for person in each.people}
    if fellows:
        people = people | Profile.objects.filter(pk__in=fellows, listed=True, user__is_active=True)
    pins = Pin.objects.filter(role__in=[role.pk for role in roles]).order_by("made_at", "pk")
    problem = problems.build(
        roles=roles,
        slots={role.pk: role.free for role in roles},
        people=people.distinct(),
        today=shoot_day_of(now),
        also_wants=applied,
        blocks=_refusals({role.shoot.crew_id for role in roles}),
        units=[each.row for each in together],
        pins=list(pins.values_list("profile_id", "role_id")),
    )
    return Market(problem, {role.pk: role.shoot_id for role in roles})


def _applied(roles: list[Role]) -> dict[int, set[str]]:
    """Role types by profile id of those who applied for one of the roles."""
    code_of = {role.pk: role.role_type.code for role in roles}
    out: dict[int, set[str]] = {}
    waiting = Application.objects.filter(role__in=code_of, state=ApplicationState.SENT)
    for profile_id, role_id in waiting.values_list("profile_id", "role_id"):
        out.setdefault(profile_id, set()).add(code_of[role_id])
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
