"""What would change a role's chances, and where one person stands with it: asked of the problem a run was solved from."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.db.models import Q, QuerySet

from jobs import matching as engine
from jobs.matching import replay
from jobs.matching.eligibility import HARD_RULES, bars_by_rule
from jobs.models import Role
from jobs.queries.matching import Pair, plain
from profiles.models import Profile

OWN_MATTER = frozenset(
    {"wrong_role_type", "age_unknown", "too_young", "guardian_consent", "blocked", "look_kept"}
)
"""What a crew cannot ease, or is nobody's business by the person: it is counted, never offered as a fix."""

INSTEAD_AT_MOST = 3

SKILL_RULES = (engine.Barrier.MISSING_SKILL, engine.Barrier.SKILL_LEVEL)
FOUND_AT_MOST = 5
LOOKED_AT = 200
"""People of a name that are looked at; more have to be asked for by a longer name."""


@dataclass(frozen=True)
class Without:
    """One requirement of a role taken away: `without` people would be eligible, now `eligible` are.

    `code` names the skill where the requirement is one skill of several.
    """

    barrier: str
    eligible: int
    without: int
    code: str = ""

    @property
    def can_be_eased(self) -> bool:
        return self.barrier not in OWN_MATTER


@dataclass(frozen=True)
class Chosen:
    """Somebody who is on the role in the plan; `ahead` by rule: points more (or less) than the person asked about."""

    profile: Profile
    score: int
    ahead: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Standing:
    """Where a person stands with a role in a run: a status of the engine, how she fits, and who was chosen.

    `place` is her rank among the standbys; `elsewhere` are the roles of the same days she is proposed for instead.
    """

    status: str
    pair: Pair
    place: int | None = None
    chosen: list[Chosen] = field(default_factory=list)
    elsewhere: list[Role] = field(default_factory=list)

    @property
    def instead(self) -> list[Chosen]:
        """Who was chosen and she not, the best few. Beside somebody who may not take the role points say nothing."""
        return [] if self.pair.barriers else self.chosen[:INSTEAD_AT_MOST]


def without(kept: replay.Replay, role: Role) -> list[Without]:
    """What each single requirement of a role costs, the dearest first; skills one by one. No query."""
    place = place_of(kept.problem, role)
    return [] if place is None else without_each(kept.problem, place)[1]


def without_each(problem: engine.Problem, place: int) -> tuple[np.ndarray, list[Without]]:
    """The same for a position in a problem, with its bars, bool[rules, people]; see `bars_by_rule`."""
    bars = bars_by_rule(problem, place)
    count = bars.sum(axis=0)
    eligible = int(np.count_nonzero(count == 0))
    out = []
    for rule, row in zip(HARD_RULES, bars, strict=True):
        alone = int(np.count_nonzero(row & (count == 1)))
        if alone and rule.barrier not in SKILL_RULES:
            out.append(Without(str(rule.barrier), eligible, eligible + alone))
    out += _skill_by_skill(problem, place, bars, eligible)
    return bars, sorted(out, key=lambda each: (-each.without, each.barrier, each.code))


def _skill_by_skill(problem: engine.Problem, place: int, bars: np.ndarray, eligible: int) -> list[Without]:
    """A skill counts as one requirement, whether she lacks it or holds too little of it."""
    of_skill = np.array([rule.barrier in SKILL_RULES for rule in HARD_RULES])
    fine = ~bars[~of_skill].any(axis=0)
    asked = np.flatnonzero(problem.roles.must[place])
    lacks = problem.people.skills[:, asked] < problem.roles.must[place][asked]
    only = lacks.sum(axis=1) == 1
    out = []
    for at, skill in enumerate(asked.tolist()):
        gained = int(np.count_nonzero(fine & only & lacks[:, at]))
        if gained:
            code = str(problem.vocabulary.skills[skill])
            out.append(Without("missing_skill", eligible, eligible + gained, code))
    return out


def named(kept: replay.Replay, role: Role, name: str) -> list[Standing]:
    """Where the people of this name stand who look for the role's work; at most FOUND_AT_MOST, 4 queries."""
    return (
        _stand(kept, role, looking(role).filter(user__name__icontains=name.strip())) if name.strip() else []
    )


def of_person(kept: replay.Replay, role: Role, profile_id: int) -> Standing | None:
    """Where one of those stands who look for the role's work; None for all others, and for who came after the run.

    4 queries.
    """
    return next(iter(_stand(kept, role, looking(role).filter(pk=profile_id))), None)


def looking(role: Role) -> QuerySet[Profile]:
    """Whom a crew may ask about for a role: who is open to offers and looks for this work, or applied for it."""
    hers = Q(wanted_roles=role.role_type_id) | Q(applications__role=role)
    return Profile.objects.filter(hers, listed=True, user__is_active=True)


def _stand(kept: replay.Replay, role: Role, rows: QuerySet[Profile]) -> list[Standing]:
    place = place_of(kept.problem, role)
    if place is None or kept.solution is None:
        return []
    people = {pk: at for at, pk in enumerate(kept.problem.people.person_ids.tolist())}
    ids = rows.order_by("user__name", "pk").values_list("pk", flat=True).distinct()[:LOOKED_AT]
    found = [pk for pk in ids if pk in people][:FOUND_AT_MOST]
    explained = {pk: engine.explain(kept.problem, kept.solution, people[pk], place) for pk in found}
    return _standings(kept.problem, role, place, explained)


def _standings(
    problem: engine.Problem, role: Role, place: int, explained: dict[int, engine.Explanation]
) -> list[Standing]:
    ids, role_ids = problem.people.person_ids, problem.roles.role_ids
    on = {int(ids[a.person]) for each in explained.values() for a in each.chosen}
    profiles = Profile.objects.select_related("user", "home_hub").in_bulk({*explained, *on})
    clashing = {int(role_ids[a.role]) for each in explained.values() for a in each.clashes}
    roles = Role.objects.select_related("role_type").filter(shoot=role.shoot_id).in_bulk(clashing)
    out = []
    for pk, each in explained.items():
        hers = {said.rule: said.amount for said in each.contributions}
        chosen = [
            Chosen(profiles[int(ids[a.person])], a.score, _ahead(problem, a.person, place, hers))
            for a in each.chosen
            if int(ids[a.person]) in profiles and int(ids[a.person]) != pk
        ]
        pair = Pair(
            role=role,
            profile=profiles[pk],
            score=each.score,
            contributions=[plain(said) for said in each.contributions],
            barriers=[plain(said) for said in each.barriers],
        )
        status = "elsewhere" if each.clashes else str(each.status)
        there = [roles[int(role_ids[a.role])] for a in each.clashes if int(role_ids[a.role]) in roles]
        out.append(Standing(status, pair, each.place, chosen, there))
    return out


def _ahead(problem: engine.Problem, person: int, place: int, hers: dict[str, int]) -> dict[str, int]:
    theirs: dict[str, Any] = {said.rule: said.amount for said in engine.contributions(problem, person, place)}
    return {rule: theirs[rule] - hers.get(rule, 0) for rule in theirs if theirs[rule] != hers.get(rule, 0)}


def place_of(problem: engine.Problem, role: Role) -> int | None:
    """Return the position of a role in a problem; None where the role was made after it."""
    places = np.flatnonzero(problem.roles.role_ids == role.pk)
    return int(places[0]) if len(places) else None
