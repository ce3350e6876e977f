"""Units: who moves with whom, on which term, and what is held out to them together."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from hubs.timespan import shoot_day_of, start_of
from jobs.enums import ApplicationState, MatchState, UnitOfferState
from jobs.matching.units import best_seats
from jobs.models import Application, Match, MatchRun, Offer, Role, Shoot, Unit, UnitMember, UnitOffer
from jobs.queries import problems
from jobs.queries.bindings import Bound, bound, bound_unit
from jobs.queries.matching import free_slots, newest_published
from jobs.queries.roles import with_place
from profiles.models import Profile, User

# -- her own unit -----------------------------------------------------------------------------------------


def of(profile: Profile) -> Unit | None:
    """The unit she is in, with its `seats` (active members with their people); two queries."""
    return with_seats(Unit.objects.filter(members__profile=profile, members__left_at__isnull=True)).first()


def led_by(profile: Profile) -> Unit | None:
    """The unit she founded, where it binds two or more; at most two queries."""
    unit = Unit.objects.filter(founder=profile, ended_at__isnull=True).first()
    return unit if unit is not None and bound_unit(unit) is not None else None


def by_code(code: str) -> Unit | None:
    """The unit with this number, however it was typed; None where there is none or it was dissolved."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())[:12]
    return with_seats(Unit.objects.filter(code=plain, ended_at__isnull=True)).first()


def with_seats(units: QuerySet[Unit]) -> QuerySet[Unit]:
    active = UnitMember.objects.filter(left_at__isnull=True).select_related("profile__user").order_by("seat")
    return units.select_related("founder__user").prefetch_related(
        Prefetch("members", queryset=active, to_attr="seats")
    )


def offers_to(unit: Unit) -> list[UnitOffer]:
    """What was held out to a unit, newest first, each with its offers; two queries."""
    rows = UnitOffer.objects.filter(unit=unit).select_related("shoot__crew", "shoot__base__hub")
    people = Offer.objects.select_related("profile__user", "role__role_type").order_by("pk")
    return list(rows.prefetch_related(Prefetch("offers", queryset=people)).order_by("-pk")[:10])


def applications_of(unit: Unit) -> list[Application]:
    """What its people asked for together and still waits; one query."""
    waiting = Application.objects.filter(unit=unit, state=ApplicationState.SENT)
    return list(
        waiting.select_related("profile__user", "role__role_type", "role__shoot").order_by(
            "role__shoot", "pk"
        )
    )


# -- on a shoot -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Seat:
    """One of a unit and the role she would take."""

    profile_id: int
    role_id: int
    match: Match | None = None


def seats_on(each: Bound, shoot: Shoot, now: datetime) -> list[Seat]:
    """Where the people of a unit would sit on a shoot: as the newest run proposes, or where they fit best now.

    Empty where the term cannot be met.
    """
    newest = newest_published(shoot)
    proposed = proposed_seats(each, newest) if newest else []
    return proposed if len(proposed) >= each.needed else fitting(each, shoot, now)


def proposed_people(run: MatchRun) -> QuerySet:
    """Profile ids of those whom a run proposes."""
    return Match.objects.filter(run=run, state=MatchState.CHOSEN).values("profile")


def proposed_seats(each: Bound, run: MatchRun) -> list[Seat]:
    """Where a run would seat the people of a unit; one query."""
    matches = Match.objects.filter(run=run, profile__in=each.people, state=MatchState.CHOSEN)
    seats: dict[int, Seat] = {}
    for match in matches.order_by("profile_id", "pk"):
        seats.setdefault(match.profile_id, Seat(match.profile_id, match.role_id, match))
    return list(seats.values())


def fitting(each: Bound, shoot: Shoot, now: datetime) -> list[Seat]:
    """Where the people of a unit fit best on a shoot as it stands now; empty where the term cannot be met."""
    slots = free_slots(shoot)
    roles = [
        role
        for role in with_place(Role.objects.filter(shoot=shoot)).order_by("pk")
        if slots[role.pk] > 0 and start_of(role.days.lower) > now
    ]
    people = Profile.objects.filter(pk__in=each.people, listed=True, user__is_active=True)
    if not roles:
        return []
    problem = problems.build(
        roles=roles, slots=slots, people=people, today=shoot_day_of(now), units=[each.row]
    )
    if len(problem.units) != 1:
        return []
    ids, role_ids = problem.people.person_ids, problem.roles.role_ids
    return [
        Seat(int(ids[person]), int(role_ids[role])) for person, role in best_seats(problem, problem.units[0])
    ]


@dataclass(frozen=True)
class Block:
    """A unit on the board of a shoot: who of it is where, and the offer they hold together, if any."""

    unit: Unit
    people: tuple[int, ...]
    needed: int
    offer: UnitOffer | None = None
    states: dict[int, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.people)


def on_board(shoot: Shoot, profile_ids: Collection[int]) -> dict[int, Block]:
    """Return the unit of each of these people by profile id, with its newest standing offer; two queries."""
    units = bound(profile_ids, only_firm=False)
    if not units:
        return {}
    standing = UnitOffer.objects.filter(
        shoot=shoot,
        unit__in=[each.unit.pk for each in units],
        state__in=[UnitOfferState.OPEN, UnitOfferState.KEPT],
    )
    offer_of = {each.unit_id: each for each in standing.order_by("pk")}
    blocks = [Block(each.unit, each.people, each.needed, offer_of.get(each.unit.pk)) for each in units]
    return {person: block for block in blocks for person in block.people}


def visible(user: User) -> QuerySet[Unit]:
    """The unit she is a member of; to crews a unit shows itself on their boards only."""
    return Unit.objects.filter(
        members__profile__user=user, members__left_at__isnull=True, ended_at__isnull=True
    )
