"""People who move together: a couple of grips, a team of doubles, friends from one class.

On each shoot there are none of a unit or enough of it: all, or at least so many. Units are seated first, at the prices
of the market without them: a unit goes where its people together earn most above the prices, if they earn anything.
Then they are confirmed, and everybody else is cleared around them. That is done for units that pay and again for
units that nearly do, since the last people of a market earn nothing above the prices; the better plan stays. The
bound of the market without units holds for every plan that keeps them, too: keeping them only takes plans away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from jobs.matching.conflicts import clash
from jobs.matching.problem import Problem, Unit
from jobs.matching.solution import Solution
from jobs.matching.ties import lots

Seat = tuple[int, int]  # (person, role)
Open = dict[int, list[Seat]]  # by person: (role, score) of all that she may be on


SLACKS = (1, 120)  # points a head: rounding; and what a slot is worth that would stay open


def bound_units(problem: Problem) -> list[Unit]:
    """The units that ask for something."""
    return [unit for unit in problem.units if needed(unit) > 1]


def needed(unit: Unit) -> int:
    """How many of a unit must be on a shoot where any of them is."""
    return {"all": len(unit.people), "at_least": unit.least, "split": 1}[unit.keep]


def seatings(problem: Problem, relaxed: Solution, seed: int) -> list[list[Seat]]:
    """The different seatings of all SLACKS; `relaxed` is the plan without units."""
    open_to = _open_to(problem, members(problem))
    found = {tuple(_seat_units(problem, relaxed, seed, slack, open_to)): slack for slack in SLACKS}
    return [list(seats) for seats in found]


def _seat_units(problem: Problem, relaxed: Solution, seed: int, slack: int, open_to: Open) -> list[Seat]:
    """Seats for the units of `problem`, none against a rule, a pin or another.

    Units come by lot. A unit may earn `slack` points a head less than the prices ask. Each takes one shoot after the
    other, the one that earns most first, as long as its seats do not clash with those it has.
    """
    left = problem.roles.headcount.astype(np.int64) - np.bincount(problem.pin_role, minlength=problem.n_roles)
    premiums = np.array(relaxed.premiums or [0] * problem.n_roles, np.int64)
    price = np.array(relaxed.prices, np.int64) - premiums
    seats: list[Seat] = []
    units = bound_units(problem)
    first = np.array([min(problem.people.person_ids[list(unit.people)]) for unit in units], np.int64)
    for at in np.argsort(lots(seed, first, salt=7)).tolist() if units else ():
        taken: list[Seat] = []
        offers = sorted(_offers(problem, units[at], open_to, left, price, slack), key=lambda offer: offer[:2])
        for _, _, some in offers:
            if not _fits(problem, some, taken, left):
                continue
            taken += some
            for _, role in some:
                left[role] -= 1
        seats += taken
    return seats


def best_seats(problem: Problem, unit: Unit) -> list[Seat]:
    """Where the people of one unit fit best on one shoot, whoever else wants these seats; none where the term fails."""
    left = problem.roles.headcount.astype(np.int64) - np.bincount(problem.pin_role, minlength=problem.n_roles)
    open_to = _open_to(problem, sorted(unit.people))
    offers = _offers(problem, unit, open_to, left, np.zeros(problem.n_roles, np.int64), 1)
    return min(offers, key=lambda offer: offer[:2], default=(0, 0, []))[2]


def members(problem: Problem) -> list[int]:
    """Everybody in a unit that asks for something."""
    return sorted({w for unit in bound_units(problem) for w in unit.people})


def with_seats(problem: Problem, seats: list[Seat]) -> Problem:
    """The problem that is left: seats are confirmed, people of units are asked for nothing else."""
    wants = problem.people.wants.copy()
    wants[members(problem)] = False
    return replace(
        problem,
        people=replace(problem.people, wants=wants),
        pin_person=np.concatenate([problem.pin_person, np.array([w for w, _ in seats], np.int32)]),
        pin_role=np.concatenate([problem.pin_role, np.array([o for _, o in seats], np.int32)]),
        units=(),
    )


def proof_of(relaxed: Solution) -> Solution:
    """What the market without units proves, and no plan: prices, and the bound with what they say a filled slot is worth
    beside its score.
    """
    extra = relaxed.premiums or (0,) * len(relaxed.prices)
    whole = relaxed.bound + sum(extra[a.role] for a in relaxed.assignments)
    return replace(relaxed, assignments=(), bound=whole)


def proven_by(solution: Solution, proof: Solution) -> Solution:
    """`solution` with the proof (`proof_of`) of the market without units, and the bound that it gives its plan."""
    extra = proof.premiums or (0,) * len(proof.prices)
    return replace(
        solution,
        prices=proof.prices,
        premiums=proof.premiums,
        guide=proof.guide,
        bound=proof.bound - sum(extra[a.role] for a in solution.assignments),
    )


def keeps_units(problem: Problem, solution: Solution) -> bool:
    """Whether there is none or enough of each unit on each shoot; who was confirmed before may stand alone."""
    shoot = problem.roles.shoot
    pinned = set(zip(problem.pin_person.tolist(), problem.pin_role.tolist(), strict=True))
    units = bound_units(problem)
    of: dict[int, list[int]] = {w: [] for unit in units for w in unit.people}
    for a in solution.assignments if units else ():
        if a.person in of:
            of[a.person].append(a.role)
    for unit in units:
        pairs = [(w, role) for w in unit.people for role in of[w]]
        for each in {int(shoot[role]) for _, role in pairs}:
            there = [pair for pair in pairs if shoot[pair[1]] == each]
            if len({w for w, _ in there}) < needed(unit) and not pinned.issuperset(there):
                return False
    return True


def _open_to(problem: Problem, people: list[int]) -> Open:
    """All roles that `people` may be on, by role id."""
    from jobs.matching.candidates.index import Index  # compiled: only who has units waits for it
    from jobs.matching.candidates.part import part_of

    nothing = np.zeros(0, np.int64)
    if not people:
        return {}
    r, rows = problem.roles, np.array(people)
    wants, willing = problem.people.wants[rows].any(axis=0), problem.people.willing[rows].any(axis=0)
    near = np.flatnonzero(wants[r.role_type] & willing[r.hub])
    part = part_of(problem, rows, near, (nothing, nothing))
    index, ids, out = Index(part), r.role_ids, {}
    for at, person in enumerate(people):
        found, points = index.roles_of(at)
        roles, points = near[found[found < len(near)]], points[found < len(near)]
        order = np.argsort(ids[roles])
        out[person] = list(zip(roles[order].tolist(), points[order].tolist(), strict=True))
    return out


def _offers(
    problem: Problem, unit: Unit, open_to: Open, left: np.ndarray, price: np.ndarray, slack: int
) -> Iterator[tuple[int, int, list[Seat]]]:
    """For each shoot that can take enough of a unit: (minus what they earn there, the shoot's lot, the seats)."""
    pinned = problem.roles.shoot[problem.pin_role]
    earns: dict[int, dict[int, list[tuple[int, int]]]] = {}  # shoot -> person -> (profit, role)
    for person in sorted(unit.people, key=lambda w: int(problem.people.person_ids[w])):
        for role, points in open_to[person]:
            if left[role] > 0:
                profit = points - int(price[role])
                earns.setdefault(int(problem.roles.shoot[role]), {}).setdefault(person, []).append(
                    (profit, role)
                )
    for shoot, of in earns.items():
        there = set(problem.pin_person[pinned == shoot].tolist()) & set(unit.people)
        of = {person: rows for person, rows in of.items() if person not in there}
        least = max(0, needed(unit) - len(there))
        if least <= len(of):
            best = _seated(of, left, least)
            if best is not None and best[0] + slack * len(best[1]) > 0:
                yield -best[0], int(lots(0, np.array([shoot]))[0]), best[1]


def _seated(
    of: dict[int, list[tuple[int, int]]], left: np.ndarray, least: int
) -> tuple[int, list[Seat]] | None:
    """The most that at least `least` people earn on one shoot, one role each; None where they cannot all be seated.

    Person by person over the slots that are still open: a table by (slots taken, people seated), a few dozen rows.
    """
    table: dict[tuple[tuple[int, int], ...], tuple[int, int, list[Seat]]] = {(): (0, 0, [])}
    for person in of:
        grown: dict[tuple[tuple[int, int], ...], tuple[int, int, list[Seat]]] = dict(table)
        for taken, (earned, count, seats) in table.items():
            for profit, role in of[person]:
                held = dict(taken)
                held[role] = held.get(role, 0) + 1
                if held[role] > left[role]:
                    continue
                key = tuple(sorted(held.items()))
                row = (earned + profit, count + 1, [*seats, (person, role)])
                if key not in grown or grown[key][0] < row[0]:
                    grown[key] = row
        table = grown
    enough = [(earned, seats) for earned, count, seats in table.values() if count >= max(least, 1)]
    return max(enough, key=lambda row: row[0], default=None)


def _fits(problem: Problem, some: list[Seat], taken: list[Seat], left: np.ndarray) -> bool:
    """Whether new seats leave those taken standing, and their slots are still there."""
    roles = [role for _, role in some]
    if any(roles.count(role) > left[role] for role in roles):
        return False
    return not any(w == v and clash(problem, a, b) for w, a in some for v, b in taken)
