"""Questions about matching: the problem of a shoot, what a run proposes, what fits a person."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
from django.db.models import Case, F, Q, QuerySet, When

from hubs.timespan import shoot_day_of, start_of
from jobs import matching as engine
from jobs import policies
from jobs.enums import MatchState, RunState, ShootState
from jobs.models import Match, MatchRun, Role, Shoot, on_the_list
from jobs.queries import bindings, keeper, problems, shortlists, wishes
from jobs.queries.offers import held_out
from jobs.queries.roles import with_place
from jobs.queries.search import Search
from profiles.models import Profile, User

ROLES_FOR_ME = 400
"""The most urgent open roles of her role types that one page looks at."""


@dataclass(frozen=True)
class Pair:
    """How a person and a role fit: contributions are {"rule", "amount", "facts"}, barriers {"barrier", "facts"}."""

    role: Role
    profile: Profile
    score: int
    contributions: list[dict[str, Any]] = field(default_factory=list)
    barriers: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class ForMe:
    """Roles she may take, best first, with what speaks for her; and those that one thing keeps her from, with it alone.

    `as_of` is the time of the snapshot that answered; None where the database did.
    """

    ranked: list[Pair]
    near_misses: list[Pair]
    as_of: datetime | None = None


@dataclass(frozen=True)
class Shortlist:
    """Who fits a role best right now, as (profile, score); `as_of` as in ForMe."""

    best: list[tuple[Profile, int]]
    as_of: datetime | None = None


@dataclass(frozen=True)
class ToSend:
    """What sending a run's proposals would do: offers that go out, places they would leave empty."""

    offers: int
    roles: int
    empty: int


# -- the problem of a shoot -------------------------------------------------------------------------------


def load_problem(shoot: Shoot, now: datetime, *, role: Role | None = None) -> engine.Problem:
    """Return the engine's problem for the places of a shoot (or of one role) that nobody holds.

    People: those open to offers who want one of its role types, or applied for one of its roles. Who said no to a role,
    let its offer lapse or was struck is not proposed for that role type again on this shoot. Pins stay; a unit of
    which somebody is on the shoot binds nobody any more. 10 queries, 11 with units.
    """
    open_roles = with_place(Role.objects.filter(shoot=shoot)).order_by("pk")
    roles = [each for each in open_roles if role is None or each.pk == role.pk]
    slots = free_slots(shoot)
    roles = [each for each in roles if slots[each.pk] > 0 and start_of(each.days.lower) > now]
    said = wishes.of_roles(roles)
    wanted = Q(wanted_roles__in={each.role_type_id for each in roles}) | Q(pk__in=list(said.also_wants))
    binding = bindings.of_shoot(shoot, roles, wanted)
    wanted |= Q(pk__in=list(binding.also))
    return problems.build(
        roles=roles,
        slots=slots,
        people=Profile.objects.filter(wanted, listed=True, user__is_active=True).distinct(),
        today=shoot_day_of(now),
        also_wants=said.also_wants,
        not_again=said.not_again,
        units=binding.units,
        pins=binding.pins,
    )


def free_slots(shoot: Shoot) -> dict[int, int]:
    """Return for each role of a shoot the places neither booked nor held out; none where the role is held back."""
    listed = Case(When(on_the_list(), then=True), default=False)
    rows = Role.objects.filter(shoot=shoot).annotate(out=held_out("offers"), listed=listed)
    counts = rows.values_list("pk", "headcount", "filled", "out", "listed")
    return {pk: (headcount - filled - out) * listed for pk, headcount, filled, out, listed in counts}


def best_now(role: Role, *, count: int, without: set[int], now: datetime) -> Shortlist:
    """Return up to `count` people for a free place of `role`, best first: from the snapshot, or else the tables.

    From the snapshot: 3 queries. `without` are ids of people who are passed over.
    """
    snapshot = keeper.current()
    if snapshot is not None:
        found = shortlists.people_for(
            snapshot, role.pk, today=shoot_day_of(now), count=count, wishes=wishes.of_roles([role]), without=without
        )  # fmt: skip
        return Shortlist(_profiles(found), snapshot.as_of)
    problem = load_problem(role.shoot, now, role=role)
    if not problem.n_roles:
        return Shortlist([])
    ids = problem.people.person_ids
    passed_over = np.flatnonzero(np.isin(ids, np.array(list(without), np.int64)))
    best = engine.refill(problem, (), 0, count, passed_over=passed_over.tolist())
    return Shortlist(_profiles([(int(ids[each.person]), each.score) for each in best]))


def _profiles(scored: list[tuple[int, int]]) -> list[tuple[Profile, int]]:
    rows = Profile.objects.select_related("user").only("headline", "user__name")
    found = rows.in_bulk([pk for pk, _ in scored])
    return [(found[pk], score) for pk, score in scored if pk in found]


# -- runs -------------------------------------------------------------------------------------------------


def newest_published(shoot: Shoot) -> MatchRun | None:
    return (
        MatchRun.objects.filter(shoot=shoot, state=RunState.PUBLISHED).defer("record").order_by("-pk").first()
    )


def to_send(run: MatchRun) -> ToSend:
    """Count what `offers.send_all` would send; two queries."""
    slots = free_slots(run.shoot)
    chosen: dict[int, int] = {}
    unsent = Match.objects.filter(run=run, state=MatchState.CHOSEN, offers__isnull=True)
    for role_id in unsent.values_list("role_id", flat=True):
        chosen[role_id] = chosen.get(role_id, 0) + 1
    going = {role_id: min(count, slots.get(role_id, 0)) for role_id, count in chosen.items()}
    return ToSend(
        offers=sum(going.values()),
        roles=sum(1 for count in going.values() if count),
        empty=sum(slots.values()) - sum(going.values()),
    )


def runs_for_desk(user: User) -> QuerySet[MatchRun]:
    """Runs she may see, newest first, without their records; `seconds` is left to the page."""
    return (
        policies.visible_runs(user)
        .defer("record")
        .select_related("shoot__crew", "shoot__base__hub", "asked_by")
        .order_by("-pk")
    )


# -- one person -------------------------------------------------------------------------------------------


def fit(*, profile: Profile, role: Role, now: datetime) -> Pair:
    """Say how a person and a role fit, or what stands between them; a fixed number of queries."""
    rows = [with_place(Role.objects).get(pk=role.pk)]
    problem = _for_person(profile, rows, now)
    return pair(problem, rows[0], profile, 0)


def for_me(
    *, profile: Profile, now: datetime, count: int = 20, misses: int = 6, search: Search | None = None
) -> ForMe:
    """Rank the open roles of her role types, and list those that exactly one barrier keeps her from.

    `search` narrows both. From a snapshot: every open role, 5 queries, one more for a search; else the most urgent.
    """
    snapshot = keeper.current()
    if snapshot is not None:
        found = shortlists.roles_for(
            snapshot, profile, today=shoot_day_of(now), count=count, misses=misses, search=search
        )
        missing = [(place, role, [plain(found.barrier[place])]) for place, role in found.misses]
        return _for_me(found.problem, profile, found.fits, missing, snapshot.as_of)
    every = search.narrow(Role.objects.all()) if search else Role.objects.all()
    open_roles = (
        with_place(every)
        .filter(
            on_the_list(),
            shoot__state=ShootState.OPEN,
            filled__lt=F("headcount"),
            days__startswith__gt=shoot_day_of(now),
        )
        .filter(role_type__in=profile.wanted.values("role_type"))
        .exclude(offers__profile=profile)
        .order_by("days__startswith", "pk")[:ROLES_FOR_ME]
    )
    rows = list(open_roles)
    if not rows:
        return ForMe([], [])
    problem = _for_person(profile, rows, now)
    best = engine.best_roles(problem, 0, count) if problem.n_people else []
    fits = {opening.role for opening in best}
    missed: list[tuple[int, Role, list[dict[str, Any]]]] = []
    for place in range(len(rows)):
        if len(missed) == misses or not problem.n_people:
            break
        if place not in fits and len(found_bars := engine.barriers(problem, 0, place)) == 1:
            missed.append((place, rows[place], [plain(each) for each in found_bars]))
    return _for_me(problem, profile, [(each.role, rows[each.role]) for each in best], missed, None)


def _for_me(
    problem: engine.Problem,
    profile: Profile,
    fits: list[tuple[int, Role]],
    misses: list[tuple[int, Role, list[dict[str, Any]]]],
    as_of: datetime | None,
) -> ForMe:
    """The one person of `problem` beside the roles at these places of it: all rules at once, not pair by pair."""
    if not fits and not misses:
        return ForMe([], [], as_of)
    points = engine.scores_on(problem, 0)
    said = engine.contributions_on(problem, 0, np.array([place for place, _role in fits], np.int64))
    return ForMe(
        [
            Pair(role, profile, points[place], [plain(each) for each in contributions])
            for (place, role), contributions in zip(fits, said, strict=True)
        ],
        [Pair(role, profile, points[place], barriers=barriers) for place, role, barriers in misses],
        as_of,
    )


def within_reach(*, profile: Profile, now: datetime) -> set[int]:
    """Return the ids of the open roles of her role types that nothing keeps her from."""
    snapshot = keeper.current()
    if snapshot is not None:
        found = shortlists.roles_for(
            snapshot, profile, today=shoot_day_of(now), count=ROLES_FOR_ME, misses=0, search=None
        )
        return {role.pk for _place, role in found.fits}
    return {each.role.pk for each in for_me(profile=profile, now=now, count=ROLES_FOR_ME, misses=0).ranked}


def _for_person(profile: Profile, roles: list[Role], now: datetime) -> engine.Problem:
    return problems.build(
        roles=roles,
        slots={role.pk: max(1, role.open_slots) for role in roles},
        people=Profile.objects.filter(pk=profile.pk),
        today=shoot_day_of(now),
        offers_block=False,
    )


def pair(problem: engine.Problem, role: Role, profile: Profile, place: int) -> Pair:
    """Return how the one person of `problem` fits the role at `place`."""
    return Pair(
        role=role,
        profile=profile,
        score=engine.score(problem, 0, place),
        contributions=[plain(each) for each in engine.contributions(problem, 0, place)],
        barriers=[plain(each) for each in engine.barriers(problem, 0, place)],
    )


def plain(reason: engine.Contribution | engine.BarrierFact) -> dict[str, Any]:
    """Return a reason of the engine as it is kept in JSON."""
    return {key: str(value) if key in ("rule", "barrier") else value for key, value in vars(reason).items()}
