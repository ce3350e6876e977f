"""A part of a problem: some of its people before some of its roles, with all else that takes their days."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from jobs.matching.columns import People, Roles, specs_of
from jobs.matching.flags import some_rows
from jobs.matching.problem import Problem


def part_of(
    problem: Problem, people: np.ndarray, roles: np.ndarray, plan: tuple[np.ndarray, np.ndarray]
) -> Problem:
    """`people` int64[..] before `roles` int64[..], rows in this order. What a `plan`, (person int64[k], role int64[k]),
    asks of them are bookings. Pins stay pins; a role pinned beside comes behind `roles`.
    """
    p, r = problem.people, problem.roles
    number = np.full(problem.n_people, -1, np.int32)
    number[people] = np.arange(len(people))
    pinned = number[problem.pin_person] >= 0
    roles = np.concatenate([roles, np.setdiff1d(problem.pin_role[pinned], roles)]).astype(np.int64)
    place = np.full(problem.n_roles, -1, np.int32)
    place[roles] = np.arange(len(roles))
    mine = number[plan[0]] >= 0
    who, role = number[plan[0][mine]], plan[1][mine]
    known = number[p.booked_person] >= 0
    bookings = {
        "person": (number[p.booked_person], who), "start": (p.booked_start, r.start[role]),
        "end": (p.booked_end, r.end[role]), "hub": (p.booked_hub, r.hub[role]), "part": (p.booked_part, r.part[role]),
    }  # fmt: skip
    free = {"free_day": p.free_day[people], "free_night": p.free_night[people]}
    _take(list(free.values()), who, r.start[role], r.end[role])
    booked = {f"booked_{name}": np.concatenate([old[known], new]) for name, (old, new) in bookings.items()}
    return replace(
        problem,
        people=replace(p, **_rows(p, "n", people) | free | booked),
        roles=replace(r, **_rows(r, "m", roles)),
        pin_person=number[problem.pin_person[pinned]],
        pin_role=place[problem.pin_role[pinned]],
        units=(),
        **_relations(problem, number),
    )


def _take(tables: list[np.ndarray], person: np.ndarray, start: np.ndarray, end: np.ndarray) -> None:
    """The days start..end of each of `person` are free no longer. A rule says so, too, but one by one."""
    for later in range(int((end - start).max(initial=-1)) + 1):
        some = start + later <= end
        for free in tables:
            free[person[some], start[some] + later] = False


def _rows(table: People | Roles, letter: str, rows: np.ndarray) -> dict[str, Any]:
    """The columns of `table` that have one row for each person, "n", or role, "m", at these rows."""
    return {
        name: some_rows(getattr(table, name), rows)
        for name, spec in specs_of(table).items()
        if spec.shape.startswith(letter)
    }


def _relations(problem: Problem, number: np.ndarray) -> dict[str, Any]:
    """Blocks, marks and stars of the people who have a `number` int32[n], -1 for none."""
    out: dict[str, Any] = {}
    for kind, values in (
        ("block", ["block_company"]), ("mark", ["mark_company", "mark"]), ("star", ["star_company"])
    ):  # fmt: skip
        person = number[getattr(problem, f"{kind}_person")]
        out[f"{kind}_person"] = person[person >= 0]
        out |= {name: getattr(problem, name)[person >= 0] for name in values}
    return out
