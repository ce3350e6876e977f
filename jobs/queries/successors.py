"""Who is asked next for a slot that came free: the standbys, then the engine, then only as far as the crew allowed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np
from django.db.models import Q
from psycopg.types.range import DateRange

from hubs.models import Hub, Step
from hubs.queries import travel
from hubs.timespan import shoot_day_of
from jobs import matching as engine
from jobs.enums import ApplicationState, FillMode, MatchState, RunState, Widening
from jobs.models import Application, Leeway, Match, MatchRun, Offer, Role, Vacancy
from jobs.queries import keeper, problems, shortlists, wishes
from profiles.models import Profile

FROM_THE_ENGINE = 20
"""How many people the engine is asked for when the standbys have run out."""

AT_FIRST = 8
"""How many standbys are read at once; the others once these were all looked at."""


@dataclass(frozen=True)
class Next:
    """Somebody to ask: proposed by a `match`, or found with the rules `widened` ("" = as they stand)."""

    profile: Profile
    match: Match | None = None
    widened: str = ""


def of(vacancy: Vacancy, role: Role, *, now: datetime) -> Iterator[Next]:
    """Yield who may be asked, best first; nobody is asked a second time for the same role.

    A role filled by name has no successors, one filled from applications only those who applied.
    """
    if role.fill_mode == FillMode.INVITE:
        return
    asked = set(Offer.objects.filter(role=role).order_by().values_list("profile_id", flat=True))
    only = None
    if role.fill_mode == FillMode.APPLICATIONS:
        applied = Application.objects.filter(role=role, state=ApplicationState.SENT)
        only = set(applied.values_list("profile_id", flat=True))
    for each in _standbys(role, asked):
        if only is None or each.profile.pk in only:
            asked.add(each.profile.pk)
            yield each
    for widened in _widths(role):
        for profile in _from_engine(role, vacancy.first_day, widened, asked, now):
            if only is None or profile.pk in only:
                asked.add(profile.pk)
                yield Next(profile, widened=widened)


def _widths(role: Role) -> Iterator[str]:
    """The rules as they stand, then each way they may be widened; that is asked when nobody is left within them."""
    yield ""
    yield from allowed(role)


def allowed(role: Role) -> list[Widening]:
    """Return what the crew allowed to be widened for this role beforehand, in the order it is tried."""
    leeway = Leeway.objects.filter(role=role).first()
    if leeway is None:
        return []
    said = ((Widening.ROLE_TYPE, leeway.role_type), (Widening.HUB, leeway.hub), (Widening.PAY, leeway.pay))
    return [widening for widening, granted in said if granted]


def neighbours(role: Role) -> dict[int, str]:
    """Return the role types one step of the ladder below or above the role's: codes by id."""
    steps = Step.objects.filter(Q(below=role.role_type_id) | Q(above=role.role_type_id))
    pairs = steps.values_list("below_id", "below__code", "above_id", "above__code")
    found = {pk: code for below, b, above, a in pairs for pk, code in ((below, b), (above, a))}
    found.pop(role.role_type_id, None)
    return found


def next_hub(role: Role) -> Hub | None:
    """Return the hub nearest to the role's. Reads `role.shoot.base.hub`."""
    here = role.shoot.base.hub

    def far(hub: Hub) -> float:
        return travel.distance_km(here.longitude, here.latitude, hub.longitude, hub.latitude)

    return min(Hub.objects.exclude(pk=here.pk), key=lambda hub: (far(hub), hub.pk), default=None)


def _standbys(role: Role, asked: set[int]) -> Iterator[Next]:
    published = MatchRun.objects.filter(shoot=role.shoot_id, state=RunState.PUBLISHED).order_by("-pk")
    run = published.values_list("pk", flat=True).first()
    if run is None:
        return
    ranked = (
        Match.objects.filter(run=run, role=role, state__in=[MatchState.STANDBY, MatchState.CHOSEN])
        .select_related("profile")
        .defer("contributions", "facts")
        .order_by("rank", "pk")
    )
    ranked = ranked.exclude(profile_id__in=sorted(asked))
    some = list(ranked[:AT_FIRST])
    yield from (Next(match.profile, match) for match in some)
    if len(some) == AT_FIRST:  # rarely read: a place has one taker, and sixty may stand by
        last = some[-1]
        behind = ranked.filter(Q(rank__gt=last.rank) | Q(rank=last.rank, pk__gt=last.pk))
        yield from (Next(match.profile, match) for match in behind)
    struck = Match.objects.filter(run=run, role=role, state=MatchState.STRUCK).order_by()
    asked |= set(struck.values_list("profile_id", flat=True))


def _from_engine(
    role: Role, first_day: date | None, widened: str, asked: set[int], now: datetime
) -> list[Profile]:
    """The engine's best, from the market in memory where nothing about the role is changed; else from the tables."""
    snapshot = keeper.current()
    if snapshot is not None and not widened and first_day is None:
        found = shortlists.people_for(
            snapshot, role.pk, today=shoot_day_of(now), count=FROM_THE_ENGINE,
            wishes=wishes.of_roles([role]), without=asked,
        )  # fmt: skip
        return _named([pk for pk, _score in found])
    problem = _problem(role, first_day, widened, now)
    if problem is None or not problem.n_people:
        return []
    ids = problem.people.person_ids
    without = np.flatnonzero(np.isin(ids, np.array(sorted(asked), np.int64)))
    best = engine.refill(problem, (), 0, FROM_THE_ENGINE, passed_over=without.tolist())
    return _named([int(ids[each.person]) for each in best])


def _problem(role: Role, first_day: date | None, widened: str, now: datetime) -> engine.Problem | None:
    said = wishes.of_roles([role])
    near = neighbours(role) if widened == Widening.ROLE_TYPE else {}
    if widened == Widening.ROLE_TYPE and not near:
        return None
    types = set(near) or {role.role_type_id}
    wanted = Q(wanted_roles__in=types) | Q(pk__in=list(said.also_wants))
    problem = problems.build(
        roles=[role],
        slots={role.pk: 1},
        people=Profile.objects.filter(wanted, listed=True, user__is_active=True).distinct(),
        today=shoot_day_of(now),
        also_wants=said.also_wants,
        not_again=said.not_again,
    )
    if widened == Widening.ROLE_TYPE:
        problem = _as_neighbours(problem, role, set(near.values()))
    elif widened == Widening.HUB:
        problem = _from_next_hub(problem, role)
    elif widened == Widening.PAY:
        problem = replace(
            problem, roles=replace(problem.roles, day_rate=-(-problem.roles.day_rate * 11 // 10))
        )
    return _rest_of_days(problem, first_day)


def _as_neighbours(problem: engine.Problem, role: Role, codes: set[str]) -> engine.Problem:
    """Whoever wants a neighbouring role type counts as wanting this one; who said no to this one still does not."""
    types = list(problem.vocabulary.role_types)
    mine, near = types.index(role.role_type.code), [types.index(code) for code in codes if code in types]
    wants = problem.people.wants.copy()
    wants[:, mine] |= wants[:, near].any(axis=1)
    return replace(problem, people=replace(problem.people, wants=wants))


def _from_next_hub(problem: engine.Problem, role: Role) -> engine.Problem:
    """Whoever works in the next hub counts as coming here; the days of travel stay a rule."""
    hub = next_hub(role)
    hubs = list(problem.vocabulary.hubs)
    if hub is None or hub.slug not in hubs:
        return problem
    here, there = int(problem.roles.hub[0]), hubs.index(hub.slug)
    willing = problem.people.willing.copy()
    willing[:, here] |= willing[:, there] | (problem.people.home_hub == there)
    return replace(problem, people=replace(problem.people, willing=willing))


def _rest_of_days(problem: engine.Problem, first_day: date | None) -> engine.Problem:
    if first_day is None:
        return problem
    start = np.full(1, (first_day - problem.window_start).days, np.int32)
    return replace(problem, roles=replace(problem.roles, start=start))


def days_of(vacancy: Vacancy, role: Role) -> DateRange | None:
    """Return the days that are to be filled, or None where none is left of them."""
    first = max(role.days.lower, vacancy.first_day or role.days.lower)
    return DateRange(first, role.days.upper) if first < role.days.upper else None


def _named(ids: list[int]) -> list[Profile]:
    found = Profile.objects.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]
