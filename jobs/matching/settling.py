"""Of plans that are worth the same, the one that changes least.

While it is made, whoever had a place is worth more on it (`staying`). Two people on roles of the same days and place
may often trade places without any loss besides: their scores are sums in which the person and the role count apart.
`settle` makes such trades backwards, one at a time, as long as a person comes home to the role she was proposed for
last time and the plan loses nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from jobs.matching.eligibility import barriers
from jobs.matching.problem import Problem
from jobs.matching.scoring import score
from jobs.matching.solution import Assignment, Solution
from jobs.matching.solving import STANDBY, Progress, solve
from jobs.matching.staying import in_problem

TRIES = 20_000  # trades looked at: some seconds at most, and more than one night's changes of a hub
BESIDE = 4  # people looked at on one role


def solve_again(
    problem: Problem,
    seed: int = 0,
    progress: Progress | None = None,
    *,
    standby: int = STANDBY,
    warm: Mapping[int, int] | None = None,
    before: Collection[tuple[int, int]] = (),
) -> Solution:
    """The plan for `problem`, as `solve` makes it, that changes little of `before` (role id, person id).

    It fills as many slots, as early, as the plan made without a look back, is worth at most `again.WORTH` less, and
    carries the bound of all plans: no figure is made to look better by it.
    """
    plan = solve(problem, seed, progress, standby=standby, warm=warm, before=before)
    return settle(problem, plan, before) if before else plan


def settle(problem: Problem, solution: Solution, before: Collection[tuple[int, int]]) -> Solution:
    """`solution` with as many of `before` (role id, person id) in place again as trades of two people bring back.

    Only roles of the same days, part and hub trade, so nobody's other work, travel or rest is touched, and who stands
    by is not either. Score and fill never fall; pins and people of a unit stay where they are.
    """
    table = _Table(problem, solution)
    pairs = in_problem(problem, before).tolist()
    wanted = {(role, person) for person, role in pairs if role in table.on}
    left = TRIES
    for role, person in sorted(wanted):
        now = table.role_beside(person, role)
        if now is None or (now, person) in wanted:
            continue
        strangers = [other for other in sorted(table.on[role]) if (role, other) not in wanted]
        strangers.sort(key=lambda other: (now, other) not in wanted)
        for other in strangers[:BESIDE]:
            left -= 1
            if table.trade(person, now, other, role):
                break
        if left <= 0:
            break
    return table.settled(solution)


class _Table:
    """A plan that can be changed: who is on each role, with her score."""

    def __init__(self, problem: Problem, solution: Solution) -> None:
        self.problem, self.gained = problem, 0
        self.on: dict[int, dict[int, int]] = {}
        self.roles_of: dict[int, list[int]] = {}
        for person, role, points in solution.assignments:
            self.on.setdefault(role, {})[person] = points
            self.roles_of.setdefault(person, []).append(role)
        self.fixed = set(problem.pin_person.tolist())
        for unit in getattr(problem, "units", ()):
            self.fixed.update(unit.people)

    def role_beside(self, person: int, role: int) -> int | None:
        """Her role of the same days and place as `role`; None where she is on it already, or on none, or is fixed."""
        if person in self.fixed or person in self.on[role]:
            return None
        return next((mine for mine in self.roles_of.get(person, ()) if self._alike(mine, role)), None)

    def _alike(self, a: int, b: int) -> bool:
        r, kind = self.problem.roles, self.problem.place_kind
        return bool(r.start[a] == r.start[b] and r.end[a] == r.end[b] and kind[a] == kind[b])

    def trade(self, person: int, now: int, other: int, role: int) -> bool:
        """Put `person` from `now` to `role` and `other` the other way, where both may and nothing is lost."""
        if other in self.fixed or other in self.on[now]:
            return False
        hers, his = score(self.problem, person, role), score(self.problem, other, now)
        gain = hers + his - self.on[now][person] - self.on[role][other]
        if gain < 0 or barriers(self.problem, person, role) or barriers(self.problem, other, now):
            return False
        del self.on[now][person], self.on[role][other]
        self.on[role][person], self.on[now][other] = hers, his
        for who, old, new in ((person, now, role), (other, role, now)):
            self.roles_of[who][self.roles_of[who].index(old)] = new
        self.gained += gain
        return True

    def settled(self, plan: Solution) -> Solution:
        role_ids, person_ids = self.problem.roles.role_ids, self.problem.people.person_ids
        rows = [
            Assignment(person, role, points) for role, on in self.on.items() for person, points in on.items()
        ]
        rows.sort(key=lambda a: (int(role_ids[a.role]), int(person_ids[a.person])))
        return replace(plan, assignments=tuple(rows), objective=plan.objective + self.gained)
