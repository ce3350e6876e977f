"""What a problem must fulfil, beyond types and ranges: spans the right way round, pairs that exist, pins and
units that can be kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from jobs.matching.columns import NEVER, InvalidProblem, check_columns, check_triangle, check_unique

if TYPE_CHECKING:
    from jobs.matching.problem import Problem

HIGHEST_MARK = 6
KEPT = ("all", "at_least", "split")


def check_problem(p: Problem) -> None:
    """Raise `InvalidProblem` for the first thing that is wrong."""
    v = p.vocabulary
    if type(p.days) is not int or p.days < 1:
        raise InvalidProblem("days", None, f"{p.days!r} is not a number of days")
    lengths = {
        "T": len(v.role_types),
        "S": len(v.skills),
        "P": len(v.hubs),
        "L": len(v.languages),
        "C": len(v.companies),
        "K": len(v.looks) + 1,
        "D": p.days,
    }
    check_columns(p.people, lengths)
    check_columns(p.roles, lengths)
    _check_rows(p)
    _check_travel(p.travel_days, lengths["P"])
    _check_index("pin_person", p.pin_person, p.n_people)
    _check_index("pin_role", p.pin_role, p.n_roles, len(p.pin_person))
    _check_index("block_person", p.block_person, p.n_people)
    _check_index("block_company", p.block_company, lengths["C"], len(p.block_person))
    _check_index("star_person", p.star_person, p.n_people)
    _check_index("star_company", p.star_company, lengths["C"], len(p.star_person))
    _check_index("mark_person", p.mark_person, p.n_people)
    _check_index("mark_company", p.mark_company, lengths["C"], len(p.mark_person))
    _check_index("mark", p.mark - 1, HIGHEST_MARK, len(p.mark_person))
    if len(p.mark_person):
        check_unique("mark_person", p.mark_person, p.mark_company)
    _check_pins(p)
    _check_units(p)


def _check_rows(problem: Problem) -> None:
    p, r = problem.people, problem.roles
    check_unique("people.person_ids", p.person_ids)
    check_unique("roles.role_ids", r.role_ids)
    for where, low, high in (
        ("people.booked_start", p.booked_start, p.booked_end),
        ("people.playable_min", p.playable_min, p.playable_max),
        ("roles.start", r.start, r.end),
        ("roles.age_min", r.age_min, r.age_max),
        ("roles.height_min", r.height_min, np.where(r.height_max == 0, 300, r.height_max)),
    ):
        wrong = np.flatnonzero(low > high)
        if len(wrong):
            raise InvalidProblem(where, int(wrong[0]), f"{int(low[wrong[0]])} is after {int(high[wrong[0]])}")


def _check_travel(travel: np.ndarray, hubs: int) -> None:
    if not isinstance(travel, np.ndarray) or travel.dtype != np.int32 or travel.shape != (hubs, hubs):
        raise InvalidProblem("travel_days", None, f"needs an int32 table of {hubs} by {hubs}")
    if travel.size and (travel.min() < 0 or travel.max() > -NEVER):
        raise InvalidProblem(
            "travel_days",
            int(np.argwhere((travel < 0) | (travel > -NEVER))[0][0]),
            "not a number of days",
        )
    check_triangle("travel_days", travel)


def _check_index(where: str, array: np.ndarray, length: int, size: int | None = None) -> None:
    if not isinstance(array, np.ndarray) or array.dtype != np.int32 or array.ndim != 1:
        raise InvalidProblem(where, None, "needs a flat int32 array")
    if size is not None and len(array) != size:
        raise InvalidProblem(where, None, f"needs {size} rows, found {len(array)}")
    outside = np.flatnonzero((array < 0) | (array >= length))
    if len(outside):
        raise InvalidProblem(
            where, int(outside[0]), f"{int(array[outside[0]])} is not within 0..{length - 1}"
        )


def _check_pins(p: Problem) -> None:
    """No pin twice, no role over its headcount, no person in two places on one day.

    Two bookings with too little travel between them are people's own affair once confirmed: kept, not
    refused.
    """
    check_unique("pin_person", p.pin_person, p.pin_role)
    held: dict[int, int] = {}
    days: dict[int, list[tuple[int, int, int]]] = {}
    for index, (person, role) in enumerate(zip(p.pin_person.tolist(), p.pin_role.tolist(), strict=True)):
        held[role] = held.get(role, 0) + 1
        if held[role] > p.roles.headcount[role]:
            raise InvalidProblem("pin_role", index, f"role {role} has {int(p.roles.headcount[role])} slots")
        span = (int(p.roles.start[role]), int(p.roles.end[role]))
        for start, end, other in days.setdefault(person, []):
            if start <= span[1] and span[0] <= end:
                raise InvalidProblem(
                    "pin_person",
                    index,
                    f"person {person} is already pinned to role {other} on these days",
                )
        days[person].append((*span, role))


def _check_units(p: Problem) -> None:
    """People of a unit exist and are in one unit only; `least` counts some of them."""
    of: dict[int, int] = {}
    for index, unit in enumerate(p.units):
        for person in unit.people:
            if not 0 <= person < p.n_people:
                raise InvalidProblem("units", index, f"{person} is not within 0..{p.n_people - 1}")
            if of.setdefault(person, index) != index:
                raise InvalidProblem("units", index, f"person {person} is in unit {of[person]}, too")
        if len(set(unit.people)) != len(unit.people):
            raise InvalidProblem("units", index, "names a person twice")
        if unit.keep not in KEPT:
            raise InvalidProblem("units", index, f"{unit.keep!r} is not one of {', '.join(KEPT)}")
        if unit.keep == "at_least" and not 1 <= unit.least <= len(unit.people):
            raise InvalidProblem("units", index, f"{unit.least} is not within 1..{len(unit.people)}")
