"""Who had as many points as somebody on a role and is not on it, by name: out of a run's fairness report."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jobs.models import Role
from profiles.models import Profile


@dataclass(frozen=True)
class PassedOver:
    """`profile` beside `placed`, who has the fewest points on `role`. `why` is a code of `matching.WhyPassedOver`;
    `other` is the role of the same days she is on.
    """

    role: Role
    profile: Profile
    score: int
    placed: Profile
    placed_score: int
    why: str
    other: Role | None = None


def passed_over(report: Mapping[str, Any], *, shoot_id: int | None = None) -> list[PassedOver]:
    """Return those a report names, the widest difference first; of one shoot alone where it is given. 2 queries.

    A person or role that has been deleted since is left out. For admins: a market's report is of all crews.
    """
    lines = report.get("passed_over") or []
    ids = {each["role_id"] for each in lines} | {each["other_role_id"] for each in lines} - {None}
    roles = Role.objects.select_related("role_type", "shoot__crew").in_bulk(ids)
    lines = [
        each
        for each in lines
        if each["role_id"] in roles and shoot_id in (None, roles[each["role_id"]].shoot_id)
    ]
    who = {each[name] for each in lines for name in ("person_id", "placed_id")}
    people = Profile.objects.select_related("user").in_bulk(who)
    return [
        PassedOver(
            role=roles[each["role_id"]],
            profile=people[each["person_id"]],
            score=each["score"],
            placed=people[each["placed_id"]],
            placed_score=each["placed_score"],
            why=each["why"],
            other=roles.get(each["other_role_id"]),
        )
        for each in lines
        if each["person_id"] in people and each["placed_id"] in people
    ]
