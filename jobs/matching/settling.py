"""Of plans that are worth the same, the one that changes least.

Two people on roles of the same days and place may often trade places without any loss: their scores are sums in which
the person and the role count apart. A solver has no reason to prefer one over the other, so the plan of tonight would
shuffle the crews of yesterday. `solve_again` first tries to keep yesterday's plan whole and solves the rest around it;
where that costs more than WORTH, or yesterday knew only a few shoots of a large market, it takes the new plan, and
makes such trades backwards, one at a time, as long as a person comes home to the role she was proposed for last time
and the plan loses nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np

from jobs.matching.conflicts import clash
from jobs.matching.eligibility import barriers, eligible_people
from jobs.matching.problem import Problem
from jobs.matching.scoring import score
from jobs.matching.solution import Assignment, Solution
from jobs.matching.solving import SMALL, STANDBY, Progress, solve

WORTH = 0.002  # part of the score that one may lose to leave everybody where she was

MOSTLY = 0.5  # share of a large market's places that had somebody: from there on a second solve is worth it
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

    It fills as many slots, as early, as the plan made without a look back, is worth at most WORTH less, and carries
    the bound of that plan: no figure is made to look better by it.
    """
    free = solve(problem, seed, progress, standby=standby, warm=warm)
    if not before:
        return free
    if problem.n_roles > SMALL and len(before) < MOSTLY * int(problem.roles.headcount.sum()):
        return settle(problem, free, before)
    kept = _kept(problem, free, seed, standby, before)
    return settle(problem, free, before) if kept is None else kept


def _kept(
    problem: Problem, free: Solution, seed: int, standby: int, before: Collection[tuple[int, int]]
) -> Solution | None:
    """Yesterday's pairs as if they were pinned, and the rest solved around them; None where that costs too much."""
    held = _still_possible(problem, before)
    if not held:
        return None
    pins = np.array(held, np.int32)
    around = replace(
        problem,
        pin_role=np.concatenate([problem.pin_role, pins[:, 0]]),
        pin_person=np.concatenate([problem.pin_person, pins[:, 1]]),
    )
    plan = solve(around, seed, standby=standby)
    filled, wanted = (_premiums(free, each) for each in (plan, free))
    if filled < wanted or len(plan.assignments) < len(free.assignments):
        return None
    if plan.objective < free.objective * (1 - WORTH):
        return None
    proof = {name: getattr(free, name) for name in ("prices", "premiums", "guide")}
    return replace(plan, bound=free.bound + wanted - filled, **proof)


def _premiums(proof: Solution, plan: Solution) -> int:
    """What the slots of `plan` are worth by the premiums of `proof`: more for more slots, and for earlier ones."""
    return sum(proof.premiums[a.role] for a in plan.assignments) if proof.premiums else 0


def _still_possible(problem: Problem, before: Collection[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pairs (role, person) of `before` that break nothing today, pins and people of units left out."""
    table = _Table(problem, None)
    by_role: dict[int, list[int]] = {}
    for role, person in sorted(table.positions(before)):
        if person not in table.fixed:
            by_role.setdefault(role, []).append(person)
    room = problem.roles.headcount - np.bincount(problem.pin_role, minlength=problem.n_roles)
    roles_of: dict[int, list[int]] = {}
    out = []
    for role in sorted(by_role):
        people = eligible_people(problem, role, np.array(by_role[role]))
        left = int(room[role])
        for person in people.tolist():
            mine = roles_of.setdefault(person, [])
            if left and not any(clash(problem, role, other) for other in mine):
                mine.append(role)
                out.append((role, person))
                left -= 1
    return out


def settle(problem: Problem, solution: Solution, before: Collection[tuple[int, int]]) -> Solution:
    """`solution` with as many of `before` (role id, person id) in place again as trades of two people bring back.

    Only roles of the same days, part and hub trade, so nobody's other work, travel or rest is touched, and who stands
    by is not either. Score and fill never fall; pins and people of a unit stay where they are.
    """
    table = _Table(problem, solution)
    wanted = {pair for pair in table.positions(before) if pair[0] in table.on}
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

    def __init__(self, problem: Problem, solution: Solution | None) -> None:
        self.problem, self.gained = problem, 0
        self.on: dict[int, dict[int, int]] = {}
        self.roles_of: dict[int, list[int]] = {}
        for person, role, points in solution.assignments if solution else ():
            self.on.setdefault(role, {})[person] = points
            self.roles_of.setdefault(person, []).append(role)
        self.fixed = set(problem.pin_person.tolist())
        for unit in getattr(problem, "units", ()):
            self.fixed.update(unit.people)

    def positions(self, before: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
        """Pairs of ids as pairs of positions, where both are in the problem and the role is on the plan."""
        roles = {pk: place for place, pk in enumerate(self.problem.roles.role_ids.tolist())}
        people = {pk: place for place, pk in enumerate(self.problem.people.person_ids.tolist())}
        return {(roles[r], people[p]) for r, p in before if r in roles and p in people}

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
