"""Why somebody is no longer proposed: what the new run says of her, in codes and facts."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from jobs import matching as engine
from jobs.enums import MatchState
from jobs.models import Match, MatchRun, Role
from jobs.queries.matching import plain
from jobs.queries.runs import Changes, record


@dataclass(frozen=True)
class Why:
    """`code`: "standby", "taken" (`by` is the role), "struck", "behind", "barrier" (`barrier` names it) or "gone"."""

    code: str
    place: int = 0
    by: Role | None = None
    barrier: dict[str, Any] = field(default_factory=dict)


def why_left(run: MatchRun, changes: Changes) -> dict[tuple[int, int], Why]:
    """Return by (role id, profile id) why those who left did so. Two queries, and the record of a run of its own."""
    pairs = {(each.role.pk, each.profile.pk) for each in changes.left}
    if not pairs:
        return {}
    rows = Match.objects.filter(run=run, profile__in={person for _role, person in pairs}).defer(
        "contributions"
    )
    matches = {(row.role_id, row.profile_id): row for row in rows}
    taken = {matches[pair].facts.get("by_role") for pair in pairs if pair in matches} - {None}
    roles = Role.objects.select_related("role_type").in_bulk(taken)
    kept = None if run.market_id or pairs <= set(matches) else record(run)
    return {pair: _why(matches.get(pair), pair, roles, kept) for pair in pairs}


def _why(match: Match | None, pair: tuple[int, int], roles: dict[int, Role], kept) -> Why:
    if match is not None:
        if match.state == MatchState.STRUCK:
            return Why("struck")
        if match.facts.get("status") == "taken" and match.facts.get("by_role") in roles:
            return Why("taken", by=roles[match.facts["by_role"]])
        if match.facts.get("status") == "standby":
            return Why("standby", place=int(match.facts.get("place", 0)))
        return Why("behind")
    if kept is None:
        return Why("behind")
    person = np.flatnonzero(kept.problem.people.person_ids == pair[1])
    role = np.flatnonzero(kept.problem.roles.role_ids == pair[0])
    if not len(role):
        return Why("behind")
    if not len(person):
        return Why("gone")
    found = engine.barriers(kept.problem, int(person[0]), int(role[0]))
    return Why("barrier", barrier=plain(found[0])) if found else Why("behind")
