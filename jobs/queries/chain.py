"""The chain: what a person has, the next shoots she can reach from it, and the best plan for thirty days.

The plan is the engine's and exact (`jobs.matching.chain`); this module brings it the roles and counts the days.
"""

import itertools
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, cast

from django.db.models import F, Q, QuerySet
from psycopg.types.range import DateRange

from hubs.queries import travel
from hubs.timespan import shoot_day_of
from jobs import matching as engine
from jobs.enums import ChainAim, OfferState, ShootState
from jobs.matching.chain import Worth
from jobs.models import Booking, Role, on_the_list
from jobs.queries import matching, problems
from jobs.queries.matching import Pair
from jobs.queries.roles import with_place
from jobs.queries.schedule import STANDING
from profiles.models import Availability, Profile

DAYS = 30
"""How far a chain is planned, and what its paid days are counted against."""

MOST_ROLES = 1500
"""Roles of her trades, hubs and pay that one plan looks at, the earliest first."""

NEXT_SHOWN = 6


@dataclass(frozen=True)
class Step:
    """A shoot of the plan. `idle` are the free days before it that nobody pays, without the `travel` days."""

    pair: Pair
    idle: int
    travel: int

    @property
    def role(self) -> Role:
        return self.pair.role


@dataclass(frozen=True)
class Day:
    """A day of the strip. `state`: "booked", "planned", "travel", "idle" or "off" (she did not say that she is free)."""

    day: date
    state: str
    role: Role | None = None


@dataclass(frozen=True)
class Month:
    """Thirty days from `first` on, with what is booked and what the plan adds. Money in yuan, over all its days."""

    first: date
    aim: str
    booked: list[Booking]
    steps: list[Step]
    days: list[Day]
    next_up: list[Step] = field(default_factory=list)

    @property
    def last_day(self) -> date | None:
        """The last shoot day of what she has."""
        return max((b.days.upper - timedelta(days=1) for b in self.booked), default=None)

    @property
    def paid_days(self) -> int:
        return sum(day.state in ("booked", "planned") for day in self.days)

    @property
    def booked_days(self) -> int:
        return sum(day.state == "booked" for day in self.days)

    @property
    def planned_days(self) -> int:
        return self.paid_days - self.booked_days

    @property
    def idle_days(self) -> int:
        return sum(day.state == "idle" for day in self.days)

    @property
    def pay(self) -> int:
        """What the days of the strip pay, booked and planned."""
        rates = {b.role_id: b.day_rate for b in self.booked} | {
            s.role.pk: s.role.day_rate for s in self.steps
        }
        return sum(rates[day.role.pk] for day in self.days if day.role is not None)

    @property
    def planned_pay(self) -> int:
        return sum(step.role.total_pay for step in self.steps)


def plan(*, profile: Profile, now: datetime, aim: str = ChainAim.SCORE, held: tuple[int, ...] = ()) -> Month:
    """Return the best chain of `profile` for the next thirty days. `held`: role ids that stay in it.

    A fixed number of queries, whatever the size of the market.
    """
    first = shoot_day_of(now) + timedelta(days=1)
    booked = bookings(profile, first)
    roles = list(candidates(profile, first, held)[:MOST_ROLES])
    if not roles:
        return Month(first, aim, booked, [], _strip(profile, first, booked, []))
    problem = for_person(profile, roles, now)
    if not problem.n_people:
        return Month(first, aim, booked, [], _strip(profile, first, booked, []))
    at = {role.pk: place for place, role in enumerate(roles)}
    kept = [at[pk] for pk in held if pk in at and not engine.barriers(problem, 0, at[pk])]
    best = engine.best_chain(problem, 0, worth=cast(Worth, aim), held=kept)
    steps = _steps(profile, problem, roles, booked, best.roles)
    end = max((b.days.upper for b in booked), default=first)
    return Month(
        first=first,
        aim=aim,
        booked=booked,
        steps=steps,
        days=_strip(profile, first, booked, [step.role for step in steps]),
        next_up=_next_up(profile, problem, roles, booked, end),
    )


def for_person(profile: Profile, roles: list[Role], now: datetime) -> engine.Problem:
    """Return the engine's problem of one person: her bookings bind, offers that wait for her answer do not."""
    return problems.build(
        roles=roles,
        slots={role.pk: max(1, role.open_slots) for role in roles},
        people=Profile.objects.filter(pk=profile.pk),
        today=shoot_day_of(now),
        offers_block=False,
    )


def bookings(profile: Profile, first: date) -> list[Booking]:
    """Return her standing bookings that reach into the days from `first` on, in order."""
    around = DateRange(first, first + timedelta(days=DAYS))
    rows = Booking.objects.filter(profile=profile, state__in=STANDING, days__overlap=around)
    return list(rows.select_related("role__role_type", "role__shoot__base__hub").order_by("days", "pk"))


def candidates(profile: Profile, first: date, held: tuple[int, ...] = ()) -> QuerySet[Role]:
    """Return open roles within the thirty days of her trades, hubs and pay, the earliest first.

    Only what the engine's rules would refuse anyway is left out here, so that the plan stays exact.
    """
    ended = [OfferState.DECLINED, OfferState.EXPIRED, OfferState.WITHDRAWN]
    hubs = {*profile.willing_hubs.values_list("pk", flat=True), profile.home_hub_id}
    return (
        with_place(Role.objects)
        .filter(
            Q(remote=True) | Q(shoot__base__hub__in=hubs - {None}),
            on_the_list(),
            shoot__state=ShootState.OPEN,
            filled__lt=F("headcount"),
            days__startswith__gte=first,
            days__endswith__lte=first + timedelta(days=DAYS),
            role_type__in=profile.wanted.values("role_type"),
            day_rate__gte=profile.day_rate_floor,
        )
        .exclude(pk__in=profile.offers.filter(state__in=ended).exclude(role__in=held).values("role"))
        .order_by("days__startswith", "pk")
    )


def _steps(
    profile: Profile,
    problem: engine.Problem,
    roles: list[Role],
    booked: list[Booking],
    chosen: tuple[int, ...],
) -> list[Step]:
    """Put each role of the chain behind what comes before it, booked or planned."""
    held = [(booking.days, booking.role) for booking in booked]
    held += [(roles[place].days, roles[place]) for place in chosen]
    return [_step(matching.pair(problem, roles[place], profile, place), held) for place in chosen]


def _step(pair: Pair, held: list[tuple[Any, Role]]) -> Step:
    role = pair.role
    before = [one for one in held if one[0].upper <= role.days.lower and one[1].pk != role.pk]
    if not before:
        return Step(pair, 0, 0)
    days, last = max(before, key=lambda one: one[0].upper)
    gap = (role.days.lower - days.upper).days
    journey = min(gap, _journey(last, role))
    return Step(pair, gap - journey, journey)


def _journey(first: Role, second: Role) -> int:
    if second.remote or first.remote:
        return 0
    here, there = first.shoot.base.hub, second.shoot.base.hub
    return travel.travel_days({here, there})[here.pk, there.pk]


def _next_up(
    profile: Profile, problem: engine.Problem, roles: list[Role], booked: list[Booking], end: date
) -> list[Step]:
    """The shoots that begin after all she has, one role a shoot: the soonest reachable, the better fit first."""
    held = [(booking.days, booking.role) for booking in booked]
    best: dict[int, tuple[int, int]] = {}
    for place in engine.eligible_roles(problem, 0):
        role = roles[place]
        if role.days.lower < end:
            continue
        scored = (engine.score(problem, 0, place), place)
        best[role.shoot_id] = max(best.get(role.shoot_id, (-1, -1)), scored)
    after = sorted(best.values(), key=lambda one: (roles[one[1]].days.lower, -one[0]))[: 4 * NEXT_SHOWN]
    # A day of waiting weighs like thirty points of fit.
    ranked = sorted(after, key=lambda one: (roles[one[1]].days.lower - end).days * 30 - one[0])
    return [
        _step(matching.pair(problem, roles[place], profile, place), held)
        for _score, place in ranked[:NEXT_SHOWN]
    ]


def _strip(profile: Profile, first: date, booked: list[Booking], planned: list[Role]) -> list[Day]:
    """Name each of the thirty days: what pays, what is travel, what is idle, and where she is not free."""
    around = DateRange(first, first + timedelta(days=DAYS))
    spans = Availability.objects.filter(profile=profile, days__overlap=around).values_list("days", flat=True)
    free = {day for span in spans for day in _days_of(span)}
    taken: dict[date, tuple[str, Role]] = {}
    for state, days, role in [
        *(("planned", role.days, role) for role in planned),
        *(("booked", booking.days, booking.role) for booking in booked),
    ]:
        taken |= dict.fromkeys(_days_of(days), (state, role))
    moving = _travel_days([*planned, *(booking.role for booking in booked)])
    strip = []
    for number in range(DAYS):
        day = first + timedelta(days=number)
        if day in taken:
            strip.append(Day(day, *taken[day]))
        else:
            strip.append(Day(day, "travel" if day in moving else "idle" if day in free else "off"))
    return strip


def _travel_days(roles: list[Role]) -> set[date]:
    """The days before a shoot that the way from the one before takes, where it is in another hub."""
    in_order = sorted(roles, key=lambda role: role.days.lower)
    moving: set[date] = set()
    for first, second in itertools.pairwise(in_order):
        gap = (second.days.lower - first.days.upper).days
        for number in range(min(gap, _journey(first, second))):
            moving.add(second.days.lower - timedelta(days=number + 1))
    return moving


def _days_of(span: Any) -> list[date]:
    return [span.lower + timedelta(days=n) for n in range((span.upper - span.lower).days)]
