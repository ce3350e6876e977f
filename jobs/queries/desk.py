"""What the casting board shows beside its slots: pins, units, what the crew remembers, who stands by, who asked."""

from dataclasses import dataclass, field

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from jobs.enums import ApplicationState, MatchState
from jobs.models import Application, Block, Confirmation, CrewNote, Mark, Match, MatchRun, Pin, Role, Shoot
from jobs.queries import units
from profiles.models import Profile

WAITING_SHOWN = 3
"""Standbys that the board names for each role; the page of the role has them all."""


@dataclass(frozen=True)
class Memory:
    """What a crew keeps of people: marks by profile id, whom it has written a note on, whom it will not work with."""

    marks: dict[int, int] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)
    blocked: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Standby:
    """Who waits for a role: the first few, and how many in all."""

    first: list[Match] = field(default_factory=list)
    total: int = 0


@dataclass(frozen=True)
class Desk:
    """By role id: `pins` (profiles), `standby`, `applications` (how many wait). By profile id: `blocks` of units.

    `confirmed` are ids of bookings that were confirmed again before the first call.
    """

    pins: dict[int, list[Profile]]
    standby: dict[int, Standby]
    applications: dict[int, int]
    blocks: dict[int, units.Block]
    memory: Memory
    confirmed: frozenset[int]


def desk(shoot: Shoot, published: MatchRun | None, people: set[int]) -> Desk:
    """Return it for a shoot on whose board `people` (profile ids) are seated; at most 9 queries."""
    pins: dict[int, list[Profile]] = {}
    for pin in (
        Pin.objects.filter(role__shoot=shoot).select_related("profile__user").order_by("made_at", "pk")
    ):
        pins.setdefault(pin.role_id, []).append(pin.profile)
    standby = _standby(published) if published else {}
    seen = people | {one.pk for some in pins.values() for one in some}
    seen |= {match.profile_id for each in standby.values() for match in each.first}
    waiting = Application.objects.filter(role__shoot=shoot, state=ApplicationState.SENT).order_by()
    return Desk(
        pins=pins,
        standby=standby,
        applications=dict(waiting.values_list("role").annotate(n=Count("pk"))),
        blocks=units.on_board(shoot, seen),
        memory=memory(shoot, seen),
        confirmed=frozenset(
            Confirmation.objects.filter(booking__role__shoot=shoot, confirmed_at__isnull=False).values_list(
                "booking_id", flat=True
            )
        ),
    )


def _standby(run: MatchRun) -> dict[int, Standby]:
    rows = (
        Match.objects.filter(run=run, state=MatchState.STANDBY, facts__status="standby", offers__isnull=True)
        .annotate(
            place=Window(RowNumber(), partition_by=F("role"), order_by=["rank", "pk"]),
            of=Window(Count("pk"), partition_by=F("role")),
        )
        .filter(place__lte=WAITING_SHOWN)
        .select_related("profile__user")
        .order_by("role", "rank", "pk")
    )
    out: dict[int, Standby] = {}
    for row in rows:
        each = out.setdefault(row.role_id, Standby(total=row.of))
        each.first.append(row)
    return out


def memory(shoot: Shoot, people: set[int]) -> Memory:
    """What the crew of a shoot remembers of these people; three queries."""
    here = {"crew": shoot.crew_id, "profile__in": people}
    return Memory(
        dict(Mark.objects.filter(**here).values_list("profile", "value")),
        dict(CrewNote.objects.filter(**here).values_list("profile", "words")),
        frozenset(Block.objects.filter(**here, side=Block.Side.CREW).values_list("profile", flat=True)),
    )


def people_near(role: Role) -> QuerySet[Profile]:
    """Whom a crew may find by name for a role: everybody who looks for work, in no order."""
    return Profile.objects.filter(listed=True, user__is_active=True).exclude(
        blocks__crew=role.shoot.crew_id, blocks__side=Block.Side.PERSON
    )
