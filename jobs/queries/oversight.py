"""What an admin looks at first: runs withheld, work set aside, crews to be checked."""

from dataclasses import dataclass

from jobs import policies
from jobs.enums import NoticeState, RunState, ShootState
from jobs.models import Crew, Notice, Role, WorkItem
from profiles.models import User


@dataclass(frozen=True)
class Oversight:
    """What an admin should look at: runs withheld, work set aside, crews to be checked, notices that failed."""

    withheld: int
    set_aside: int
    crews_waiting: int
    unsent: int
    shoots_open: int
    slots: int
    booked: int


def oversight(user: User) -> Oversight:
    """Return the numbers of the admin's home; five queries."""
    runs = policies.visible_runs(user)
    roles = Role.objects.filter(shoot__in=policies.visible_shoots(user).filter(state=ShootState.OPEN))
    places = list(roles.values_list("headcount", "filled", "shoot_id"))
    return Oversight(
        withheld=runs.filter(state__in=[RunState.QUARANTINED, RunState.FAILED]).count(),
        set_aside=WorkItem.objects.filter(failed_at__isnull=False).count() if user.is_admin else 0,
        crews_waiting=Crew.objects.filter(state="applied").count() if user.is_admin else 0,
        unsent=Notice.objects.filter(state=NoticeState.FAILED).count() if user.is_admin else 0,
        shoots_open=len({shoot_id for _, _, shoot_id in places}),
        slots=sum(headcount for headcount, _, _ in places),
        booked=sum(filled for _, filled, _ in places),
    )
