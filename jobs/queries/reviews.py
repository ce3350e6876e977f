"""One role of a run under the lamp: who is proposed and why, who waits, and why the others are not."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Q

from jobs import matching as engine
from jobs.enums import ApplicationState, BookingState, MatchState, OfferState, RunState
from jobs.matching import replay
from jobs.matching.eligibility import bars_by_rule
from jobs.models import Match, MatchRun, Offer, Role
from jobs.queries.matching import Pair, newest_published, plain
from jobs.queries.runs import record
from jobs.queries.standing import Standing, Without, named, of_person, place_of, without
from profiles.models import Profile

NEAR_MISSES = 6

THERE_IS = """
SELECT
    EXISTS (SELECT FROM jobs_matchrun WHERE shoot_id = %(shoot)s AND state = %(published)s),
    EXISTS (SELECT FROM jobs_offer o LEFT JOIN jobs_booking b ON b.offer_id = o.id
        WHERE o.role_id = %(role)s AND (o.state = %(open)s OR b.state = ANY(%(standing)s))),
    EXISTS (SELECT FROM jobs_application WHERE role_id = %(role)s AND state = %(sent)s)
"""


@dataclass(frozen=True)
class ThereIs:
    """What there is to review of a role: a published run of its shoot, people who hold a place, applications."""

    run: bool
    holders: bool
    applicants: bool


def there_is(role: Role) -> ThereIs:
    """Look before asking at large: of most roles, before the first match, there is nothing. One query, written out, since
    each of the large ones takes five times as long to word and to ask.
    """
    facts: dict[str, Any] = {
        "shoot": role.shoot_id, "role": role.pk, "published": RunState.PUBLISHED.value, "open": OfferState.OPEN.value,
        "standing": [BookingState.CONFIRMED.value, BookingState.SERVED.value], "sent": ApplicationState.SENT.value,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(THERE_IS, facts)
        return ThereIs(*cursor.fetchone())


@dataclass(frozen=True)
class Seat:
    """A match with the newest offer that came of it, if any."""

    match: Match
    offer: Offer | None

    @property
    def profile(self) -> Profile:
        return self.match.profile


@dataclass(frozen=True)
class Cost:
    """What one requirement does: `bars` people it keeps out, `alone` who would fit but for it."""

    barrier: str
    bars: int
    alone: int


@dataclass(frozen=True)
class Review:
    """`not_chosen`: eligible and behind; `near_misses`: one barrier stands between them and the role."""

    run: MatchRun | None
    role: Role
    chosen: list[Seat] = field(default_factory=list)
    standby: list[Seat] = field(default_factory=list)
    not_chosen: list[Seat] = field(default_factory=list)
    struck: list[Seat] = field(default_factory=list)
    near_misses: list[Pair] = field(default_factory=list)
    eligible: int | None = None
    costs: list[Cost] = field(default_factory=list)
    without: list[Without] = field(default_factory=list)
    found: list[Standing] | None = None

    @property
    def keeps_out(self) -> list[Cost]:
        """What keeps anybody out, the hardest first. People who look for other work are no loss: nobody counts them."""
        counted = [
            cost for cost in self.costs if cost.bars and cost.barrier != engine.Barrier.WRONG_ROLE_TYPE
        ]
        return sorted(counted, key=lambda cost: -cost.bars)


def review(run: MatchRun | None, role: Role, name: str = "") -> Review:
    """Return the review of a role in a run; at most 5 queries. Without a run everything is empty.

    With a `name`, `found` says where the people of that name stand; 3 more.
    """
    if run is None:
        return Review(None, role)
    matches = (
        Match.objects.filter(run=run, role=role)
        .select_related("profile__user", "profile__home_hub")
        .order_by("rank", "pk")
    )
    offers = {
        offer.profile_id: offer
        for offer in Offer.objects.filter(role=role).select_related("role").order_by("pk")
    }
    seats: dict[str, list[Seat]] = {"chosen": [], "standby": [], "not_chosen": [], "struck": []}
    for match in matches:
        seats[_list_of(match)].append(Seat(match, offers.get(match.profile_id)))
    return Review(
        run,
        role,
        chosen=seats["chosen"],
        standby=seats["standby"],
        not_chosen=seats["not_chosen"],
        struck=seats["struck"],
        **_from_record(run, role, name),
    )


def _list_of(match: Match) -> str:
    if match.state == MatchState.STANDBY and match.facts.get("status") != "standby":
        return "not_chosen"
    return str(match.state)


def _from_record(run: MatchRun, role: Role, name: str) -> dict[str, Any]:
    """Ask the stored problem what each requirement costs, and who only just misses; nothing for a role not in it."""
    kept = record(run)
    place = None if kept is None else place_of(kept.problem, role)
    if kept is None or place is None:
        return {}
    problem = kept.problem
    bars = bars_by_rule(problem, place)
    once = np.flatnonzero(bars.sum(axis=0) == 1)
    points = {int(person): engine.score(problem, int(person), place) for person in once[:200]}
    best = sorted(points, key=lambda person: (-points[person], int(problem.people.person_ids[person])))[
        :NEAR_MISSES
    ]
    ids = {person: int(problem.people.person_ids[person]) for person in best}
    found = Profile.objects.select_related("user").in_bulk(ids.values())
    return {
        **_costs(kept, role, place),
        "found": named(kept, role, name) if name else None,
        "near_misses": [
            Pair(
                role=role,
                profile=found[ids[person]],
                score=points[person],
                contributions=[plain(each) for each in engine.contributions(problem, person, place)],
                barriers=[plain(each) for each in engine.barriers(problem, person, place)],
            )
            for person in best
            if ids[person] in found
        ],
    }


def _costs(kept: replay.Replay, role: Role, place: int) -> dict[str, Any]:
    found = engine.what_if(kept.problem, place)
    return {
        "eligible": found.eligible,
        "costs": [Cost(str(cost.barrier), cost.bars, cost.alone) for cost in found.costs],
        "without": without(kept, role),
    }


def what_if(role: Role) -> Review:
    """The same of the newest published run, without its people; 2 queries, and the record where it is not at hand."""
    run = newest_published(role.shoot)
    kept = None if run is None else record(run)
    place = None if kept is None else place_of(kept.problem, role)
    return (
        Review(run, role) if kept is None or place is None else Review(run, role, **_costs(kept, role, place))
    )


def stands(role: Role, profile_id: int) -> Standing | None:
    """Where a person stands with a role in its newest published run, see `standing.of_person`; 2 queries more."""
    run = newest_published(role.shoot)
    kept = None if run is None else record(run)
    return None if kept is None else of_person(kept, role, profile_id)


def holders(role: Role) -> list[Offer]:
    """Return the offers that hold a place of a role, booked ones (with `booking`) first; one query."""
    live = Q(state=OfferState.OPEN) | Q(booking__state__in=[BookingState.CONFIRMED, BookingState.SERVED])
    beside = Offer.objects.select_related("profile__user", "booking")
    rows = beside.filter(live, role=role).only(
        "state", "expires_at", "role", "profile__user__name", "booking__state", "booking__profile"
    )
    return sorted(rows, key=lambda offer: (offer.state == OfferState.OPEN, offer.expires_at, offer.pk))
