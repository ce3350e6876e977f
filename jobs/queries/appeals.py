"""Appeals that wait for an admin, and what she needs to decide one."""

from django.db.models import QuerySet

from jobs.enums import AppealState
from jobs.models import Appeal


def appeals_waiting() -> QuerySet[Appeal]:
    """Every appeal without a decision, the oldest first, with what a line of the queue shows."""
    return with_case(Appeal.objects.filter(state=AppealState.WAITING)).order_by("filed_at", "pk")


def with_case(appeals: QuerySet[Appeal]) -> QuerySet[Appeal]:
    """Join what was given up, by whom, of which shoot."""
    return appeals.select_related(
        "by",
        "decided_by",
        "paper",
        "cancellation__booking__profile__user",
        "cancellation__booking__offer",
        "cancellation__booking__role__role_type",
        "cancellation__booking__role__shoot__crew",
        "cancellation__booking__role__shoot__base__hub",
    ).defer("paper__content")
