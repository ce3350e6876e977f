"""A crew manager's shoots, and the casting board of one."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from hubs.models import Department
from jobs.enums import BookingState, MatchState, OfferState, RunState
from jobs.models import Booking, Match, MatchRun, Offer, Role, Shoot
from profiles.models import Profile, User


def for_manager(user: User) -> QuerySet[Shoot]:
    """Shoots of her crews, newest first, each with `headcount`, `booked`, `offered` and `proposed` slots.

    The four are disjoint; what is left of `headcount` is empty. One query.
    """
    return counted(Shoot.objects.filter(crew__memberships__user=user)).order_by("-pk")


def counted(shoots: QuerySet[Shoot]) -> QuerySet[Shoot]:
    """Add the slot counts of `for_manager` to a queryset of shoots."""
    roles = Role.objects.filter(shoot=OuterRef("pk")).order_by().values("shoot")
    offered = (
        Offer.objects.filter(role__shoot=OuterRef("pk"), state=OfferState.OPEN)
        .order_by()
        .values("role__shoot")
    )
    published = MatchRun.objects.filter(shoot=OuterRef("role__shoot"), state=RunState.PUBLISHED)
    proposed = (
        Match.objects.filter(role__shoot=OuterRef("pk"), state=MatchState.CHOSEN, offers__isnull=True)
        .filter(run=Subquery(published.order_by("-pk").values("pk")[:1]))
        .order_by()
        .values("role__shoot")
    )

    def number(rows, aggregate):
        return Coalesce(Subquery(rows.annotate(n=aggregate).values("n"), output_field=IntegerField()), 0)

    return shoots.select_related("crew", "base__hub").annotate(
        headcount=number(roles, Sum("headcount")),
        booked=number(roles, Sum("filled")),
        offered=number(offered, Count("pk")),
        proposed=number(proposed, Count("pk")),
    )


def counts(shoot: Shoot) -> dict[str, int]:
    """Return {"headcount", "booked", "offered", "proposed", "people_told"} of one shoot; one query.

    `people_told`: who would hear of it if the shoot were called off now.
    """
    row = counted(Shoot.objects.filter(pk=shoot.pk)).get()
    slots: dict[str, int] = {
        name: getattr(row, name) for name in ("headcount", "booked", "offered", "proposed")
    }
    return slots | {"people_told": slots["booked"] + slots["offered"]}


@dataclass(frozen=True)
class Slot:
    """One place. `state`: "booked", "offered", "proposed" or "empty"; the rest is None where it does not apply."""

    state: str
    person: Profile | None = None
    score: int | None = None
    offer: Offer | None = None
    booking: Booking | None = None
    match: Match | None = None

    @property
    def expires_at(self) -> datetime | None:
        return self.offer.expires_at if self.offer and self.state == "offered" else None


@dataclass(frozen=True)
class BoardRole:
    """A role with one entry for each of its places."""

    role: Role
    slots: list[Slot]
    declined: int

    def count(self, state: str) -> int:
        return sum(slot.state == state for slot in self.slots)

    @property
    def booked(self) -> int:
        return self.count("booked")

    @property
    def offered(self) -> int:
        return self.count("offered")

    @property
    def proposed(self) -> int:
        return self.count("proposed")

    @property
    def empty(self) -> int:
        return self.count("empty")


@dataclass(frozen=True)
class BoardDepartment:
    department: Department
    roles: list[BoardRole] = field(default_factory=list)

    @property
    def headcount(self) -> int:
        return sum(len(each.slots) for each in self.roles)

    @property
    def booked(self) -> int:
        return sum(each.booked for each in self.roles)


@dataclass(frozen=True)
class Board:
    """The casting board. `run` is the newest run of any state, `published` the newest that may be sent."""

    departments: list[BoardDepartment]
    run: MatchRun | None
    published: MatchRun | None

    def only(self, role_ids: Collection[int]) -> "Board":
        """Return the same board with these roles alone: a department head's part of it."""
        kept = [
            BoardDepartment(each.department, [line for line in each.roles if line.role.pk in role_ids])
            for each in self.departments
        ]
        return replace(self, departments=[each for each in kept if each.roles])

    def _sum(self, state: str) -> int:
        return sum(each.count(state) for department in self.departments for each in department.roles)

    @property
    def headcount(self) -> int:
        return sum(department.headcount for department in self.departments)

    @property
    def booked(self) -> int:
        return self._sum("booked")

    @property
    def offered(self) -> int:
        return self._sum("offered")

    @property
    def proposed(self) -> int:
        return self._sum("proposed")

    @property
    def empty(self) -> int:
        return self._sum("empty")

    @property
    def complete(self) -> bool:
        return 0 < self.headcount == self.booked


def board(shoot: Shoot) -> Board:
    """Return the board of a shoot: departments, roles, slots. 6 queries, whatever its size."""
    roles = list(
        Role.objects.filter(shoot=shoot)
        .select_related("role_type__department", "shoot")
        .order_by("role_type__department__position", "role_type__position", "pk")
    )
    runs = list(MatchRun.objects.filter(shoot=shoot).defer("record").order_by("-pk"))
    published = next((run for run in runs if run.state == RunState.PUBLISHED), None)
    booked = _by_role(
        Booking.objects.filter(role__shoot=shoot, state__in=[BookingState.CONFIRMED, BookingState.SERVED])
        .select_related("profile__user", "offer__match")
        .order_by("confirmed_at", "pk")
    )
    offered = _by_role(
        Offer.objects.filter(role__shoot=shoot, state=OfferState.OPEN)
        .select_related("profile__user", "match")
        .order_by("expires_at", "pk")
    )
    proposed = _by_role(
        Match.objects.filter(run=published, state=MatchState.CHOSEN, offers__isnull=True)
        .select_related("profile__user")
        .order_by("rank", "pk")
        if published
        else ()
    )
    declined = dict(
        Role.objects.filter(shoot=shoot)
        .annotate(n=Count("offers", filter=Q(offers__state__in=[OfferState.DECLINED, OfferState.EXPIRED])))
        .values_list("pk", "n")
    )
    departments: dict[int, BoardDepartment] = {}
    for role in roles:
        slots = _slots(role, booked.get(role.pk, []), offered.get(role.pk, []), proposed.get(role.pk, []))
        department = role.role_type.department
        departments.setdefault(department.pk, BoardDepartment(department)).roles.append(
            BoardRole(role, slots, declined.get(role.pk, 0))
        )
    return Board(list(departments.values()), runs[0] if runs else None, published)


def _by_role(rows) -> dict[int, list]:
    out: dict[int, list] = {}
    for row in rows:
        out.setdefault(row.role_id, []).append(row)
    return out


def _slots(role: Role, booked: list[Booking], offered: list[Offer], proposed: list[Match]) -> list[Slot]:
    slots = [
        Slot("booked", each.profile, _score(each.offer.match), each.offer, each, each.offer.match)
        for each in booked
    ]
    slots += [Slot("offered", each.profile, _score(each.match), each, match=each.match) for each in offered]
    held = {slot.person.pk for slot in slots if slot.person}
    proposed = [each for each in proposed if each.profile_id not in held]  # asked by name beside the run
    left = max(0, role.headcount - len(slots))
    slots += [Slot("proposed", each.profile, each.score, match=each) for each in proposed[:left]]
    slots += [Slot("empty")] * max(0, role.headcount - len(slots))
    return slots


def _score(match: Match | None) -> int | None:
    return match.score if match else None
