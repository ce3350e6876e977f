"""What a shoot costs by department: planned by its roles, promised by its bookings, actual by its wages."""

from collections import defaultdict
from dataclasses import dataclass

from hubs.models import Department
from jobs.enums import BookingState, Right
from jobs.models import Booking, DepartmentBudget, Membership, Role, Shoot, Wage
from jobs.queries.payables import amounts
from profiles.models import User

STANDING = (BookingState.CONFIRMED, BookingState.SERVED)


@dataclass(frozen=True)
class CostLine:
    """Whole yuan. `budget` is None where none was set. `actual` takes each wage that is owed, and of bookings without
    one what they come to so far; `planned` is every place of every role at its day rate.
    """

    department: Department
    places: int
    booked: int
    budget: int | None
    planned: int
    actual: int

    @property
    def left(self) -> int | None:
        """Budget less what is promised; below zero it is overspent."""
        return None if self.budget is None else self.budget - self.actual

    @property
    def over_plan(self) -> bool:
        return self.budget is not None and self.planned > self.budget


@dataclass(frozen=True)
class Costs:
    lines: list[CostLine]

    @property
    def planned(self) -> int:
        return sum(each.planned for each in self.lines)

    @property
    def actual(self) -> int:
        return sum(each.actual for each in self.lines)

    @property
    def budget(self) -> int | None:
        """The sum of the budgets that were set; None where there is none at all."""
        known = [each.budget for each in self.lines if each.budget is not None]
        return sum(known) if known else None


def department_of(user: User, shoot: Shoot) -> Department | None:
    """The one department a head reads in her crew; None for who reads all of it."""
    head = Membership.objects.filter(crew=shoot.crew_id, user=user, right=Right.HEAD)
    return Department.objects.filter(pk__in=head.values("department")).first()


def of_shoot(shoot: Shoot, *, department: Department | None = None) -> Costs:
    """Return the roll-up of a shoot, or a head's part of it. 5 queries."""
    roles = Role.objects.filter(shoot=shoot).select_related("role_type__department", "shoot")
    bookings = list(
        Booking.objects.filter(role__shoot=shoot, state__in=STANDING).select_related("role__role_type")
    )
    owed = dict(Wage.objects.filter(booking__role__shoot=shoot).values_list("booking_id", "amount"))
    sums = amounts(bookings)
    set_aside = DepartmentBudget.objects.filter(shoot=shoot).select_related("department")
    budgets = {each.department_id: each for each in set_aside}
    departments: dict[int, Department] = {pk: each.department for pk, each in budgets.items()}
    places: dict[int, int] = defaultdict(int)
    planned: dict[int, int] = defaultdict(int)
    for role in roles:
        place = role.role_type.department
        departments[place.pk] = place
        places[place.pk] += role.headcount
        planned[place.pk] += role.headcount * role.total_pay
    booked: dict[int, int] = defaultdict(int)
    actual: dict[int, int] = defaultdict(int)
    for booking in bookings:
        pk = booking.role.role_type.department_id
        booked[pk] += 1
        actual[pk] += owed.get(booking.pk, sums[booking.pk])
    wanted = [each for each in departments.values() if department is None or each.pk == department.pk]
    return Costs(
        [
            CostLine(
                department=each,
                places=places[each.pk],
                booked=booked[each.pk],
                budget=budgets[each.pk].yuan if each.pk in budgets else None,
                planned=planned[each.pk],
                actual=actual[each.pk],
            )
            for each in sorted(wanted, key=lambda place: (place.position, place.pk))
        ]
    )
