"""From a solution to rows of Match: who is proposed, who stands by, and who comes close behind."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from jobs import matching as engine
from jobs.enums import MatchState
from jobs.matching.explanation import clash
from jobs.models import Match, MatchRun
from jobs.queries.matching import plain

CLOSE_BEHIND = 10
"""People kept for each role beyond the standbys, so that "why not she?" has an answer."""


@dataclass(frozen=True)
class Placed:
    """A solution sorted by role and by person, once for all the shoots it is cut into."""

    on_role: dict[int, list[engine.Assignment]]
    held: dict[int, list[int]]

    @classmethod
    def of(cls, solution: engine.Solution) -> "Placed":
        on_role: dict[int, list[engine.Assignment]] = {}
        held: dict[int, list[int]] = {}
        for each in solution.assignments:
            on_role.setdefault(each.role, []).append(each)
            held.setdefault(each.person, []).append(each.role)
        return cls(on_role, held)


def standbys(slots: int) -> int:
    """Return how many people stand by for a role with so many open places."""
    return 3 + 2 * slots


def longest_list(problem: engine.Problem, close_behind: int = CLOSE_BEHIND) -> int:
    """Return how many people beyond the chosen the solver must rank for the longest role."""
    return standbys(int(problem.roles.headcount.max(initial=0))) + close_behind


def rows(
    run: MatchRun,
    problem: engine.Problem,
    solution: engine.Solution,
    *,
    roles: Iterable[int] | None = None,
    placed: "Placed | None" = None,
    close_behind: int = CLOSE_BEHIND,
) -> list[Match]:
    """Return the matches of a run, unsaved. Ranks count from 1 over chosen, standbys and those behind, by role.

    `roles` are the positions to write down, all of them by default; `close_behind` people are kept beyond the standbys.
    """
    plan = placed or Placed.of(solution)
    out: list[_Line] = []
    for role in range(problem.n_roles) if roles is None else roles:
        out += _lines(problem, solution, role, plan, close_behind)
    why = engine.contributions_of(
        problem,
        np.array([line.person for line in out], np.int64),
        np.array([line.role for line in out], np.int64),
    )
    return [
        Match(
            run=run,
            role_id=int(problem.roles.role_ids[line.role]),
            profile_id=int(problem.people.person_ids[line.person]),
            state=line.state,
            rank=line.rank,
            score=line.score,
            contributions=[plain(each) for each in reasons],
            facts=line.facts,
        )
        for line, reasons in zip(out, why, strict=True)
    ]


class _Line(NamedTuple):
    """One match to write down, by positions."""

    role: int
    person: int
    score: int
    state: MatchState
    rank: int
    facts: dict[str, Any]


def _lines(
    problem: engine.Problem, solution: engine.Solution, role: int, plan: Placed, close_behind: int
) -> list[_Line]:
    """One role's: the chosen by score, who stands by, who comes close behind, and who is taken elsewhere."""
    chosen = sorted(
        plan.on_role.get(role, []), key=lambda a: (-a.score, int(problem.people.person_ids[a.person]))
    )
    out = [
        _Line(role, each.person, each.score, MatchState.CHOSEN, rank, {})
        for rank, each in enumerate(chosen, start=1)
    ]
    behind = {"least_chosen": chosen[-1].score if chosen else None}
    places = standbys(int(problem.roles.headcount[role]))
    waiting = solution.standby[role][: places + close_behind]
    for place, each in enumerate(waiting, start=1):
        facts = behind | ({"status": "standby", "place": place} if place <= places else {"status": "behind"})
        out.append(_Line(role, each.person, each.score, MatchState.STANDBY, len(chosen) + place, facts))
    return out + _taken(problem, role, plan.held, len(out), behind, close_behind)


def risks(problem: engine.Problem, solution: engine.Solution) -> list[dict[str, int]]:
    """Roles with fewer than two eligible people a place, as they are kept with a run; see `MatchRun.risks`."""
    held = Placed.of(solution).held
    out = []
    for role, slots in enumerate(problem.roles.headcount.tolist()):
        people = engine.eligible_people(problem, role).tolist()
        if len(people) < 2 * slots:
            wanted = sum(role not in held.get(each, (role,)) for each in people)
            out.append(
                {
                    "role": int(problem.roles.role_ids[role]),
                    "slots": slots,
                    "eligible": len(people),
                    "wanted": wanted,
                }
            )
    return out


def _taken(
    problem: engine.Problem,
    role: int,
    held: dict[int, list[int]],
    rank: int,
    behind: dict[str, Any],
    count: int,
) -> list[_Line]:
    """People who fit this role and are proposed for another one of the same days; the best of them."""
    best = engine.best_people(problem, role, count * 3)
    taken = [
        (each, other)
        for each in best
        for other in held.get(each.person, ())[:1]
        if role not in held[each.person] and clash(problem, other, role)
    ][:count]
    return [
        _Line(
            role, each.person, each.score, MatchState.STANDBY, rank + place,
            behind | {"status": "taken", "by_role": int(problem.roles.role_ids[other])},
        )
        for place, (each, other) in enumerate(taken, start=1)
    ]  # fmt: skip
