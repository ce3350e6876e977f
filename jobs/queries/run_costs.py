"""What a match run would cost, by department, against the budget; and which roles stand on few people."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet

from hubs.models import Department
from jobs.enums import BookingState, MatchState, OfferState
from jobs.models import Booking, DepartmentBudget, Match, MatchRun, Offer, Role


@dataclass(frozen=True)
class BudgetLine:
    """Whole yuan of day rates. `promised`: booked and asked; `proposed`: what sending this run would add.

    `limit` is the budget that was set, or what the role list comes to (`set` says which).
    """

    department: Department
    promised: int
    proposed: int
    limit: int
    set: bool

    @property
    def total(self) -> int:
        return self.promised + self.proposed

    @property
    def over(self) -> int:
        """Yuan over the limit; 0 where it holds."""
        return max(0, self.total - self.limit)


@dataclass(frozen=True)
class Budget:
    lines: list[BudgetLine]

    @property
    def total(self) -> int:
        return sum(line.total for line in self.lines)

    @property
    def limit(self) -> int:
        return sum(line.limit for line in self.lines)

    @property
    def within(self) -> bool:
        return not any(line.over for line in self.lines)


def budget(run: MatchRun, roles: QuerySet[Role]) -> Budget:
    """Return what is promised and what the run proposes for those of `roles` that are on its shoot. 5 queries."""
    mine = {
        role.pk: role
        for role in roles.filter(shoot=run.shoot_id).select_related("role_type__department", "shoot")
    }
    promised: dict[int, int] = defaultdict(int)
    proposed: dict[int, int] = defaultdict(int)
    planned: dict[int, int] = defaultdict(int)
    departments: dict[int, Department] = {}
    for role in mine.values():
        department = role.role_type.department
        departments[department.pk] = department
        planned[department.pk] += role.headcount * role.total_pay

    def of(role_id: int) -> int:
        return mine[role_id].role_type.department_id

    standing = Booking.objects.filter(role__in=mine, state__in=[BookingState.CONFIRMED, BookingState.SERVED])
    for booking in standing:
        promised[of(booking.role_id)] += booking.total_pay
    for role_id, rate in Offer.objects.filter(role__in=mine, state=OfferState.OPEN).values_list(
        "role", "day_rate"
    ):
        promised[of(role_id)] += rate * mine[role_id].day_count
    unsent = Match.objects.filter(run=run, role__in=mine, state=MatchState.CHOSEN, offers__isnull=True)
    for role_id in unsent.values_list("role", flat=True):
        proposed[of(role_id)] += mine[role_id].total_pay
    limits = dict(DepartmentBudget.objects.filter(shoot=run.shoot_id).values_list("department", "yuan"))
    return Budget(
        [
            BudgetLine(each, promised[pk], proposed[pk], limits.get(pk, planned[pk]), pk in limits)
            for pk, each in sorted(departments.items(), key=lambda item: (item[1].position, item[0]))
        ]
    )


@dataclass(frozen=True)
class Risk:
    """A role with fewer than two eligible people a place; `wanted` of them are proposed for other work."""

    role: Role
    slots: int
    eligible: int
    wanted: int


def risks(run: MatchRun, visible: QuerySet[Role]) -> list[Risk]:
    """The roles of a run that stand on few people, the thinnest first; those of `visible` only. One query."""
    roles = visible.select_related("role_type").in_bulk([each["role"] for each in run.risks])
    found = [
        Risk(roles[each["role"]], each["slots"], each["eligible"], each["wanted"])
        for each in run.risks
        if each["role"] in roles
    ]
    return sorted(found, key=lambda risk: (risk.eligible / risk.slots, risk.role.pk))
