"""Hard rules about what a person has already promised: days, travel, rest, her look; and whom she will not work
with.

Same shape as the rules of `eligibility`: each answers bool[len(rows)], True where it stands in the way.
"""

from __future__ import annotations

import numpy as np

from jobs.matching.columns import DAY, NIGHT, PRODUCTION
from jobs.matching.problem import Problem

Facts = dict[str, object]


def _gaps(p: Problem, role: int) -> tuple[np.ndarray, ...]:
    """Of each commitment: other than this role itself; overlaps it; free days between the two; its kind first
    or second.
    """
    c, start, end = p.commitments, int(p.roles.start[role]), int(p.roles.end[role])
    other = c.role != role
    before = c.end < start
    overlap = other & (c.start <= end) & (c.end >= start)
    between = np.where(before, start - c.end - 1, c.start - end - 1)
    return other & ~overlap, overlap, between, before


def _close(p: Problem, role: int) -> np.ndarray:
    """Commitments in reach of which there is no time to travel."""
    apart, _, between, before = _gaps(p, role)
    hub, c = p.roles.hub[role], p.commitments
    return apart & (between < np.where(before, p.travel_days[c.hub, hub], p.travel_days[hub, c.hub]))


def _restless(p: Problem, role: int) -> np.ndarray:
    """Commitments that leave no rest: a day part right after a night."""
    apart, _, between, before = _gaps(p, role)
    part, c = p.roles.part[role], p.commitments
    first, second = np.where(before, c.part, part), np.where(before, part, c.part)
    return apart & (between == 0) & ((first & NIGHT) > 0) & ((second & DAY) > 0)


def _people_of(p: Problem, which: np.ndarray, rows: np.ndarray) -> np.ndarray:
    out = np.zeros(p.n_people, np.bool_)
    out[p.commitments.person[which]] = True
    return out[rows]


def booked(p: Problem, role: int, rows: np.ndarray) -> np.ndarray:
    return _people_of(p, _gaps(p, role)[1], rows)


def travel(p: Problem, role: int, rows: np.ndarray) -> np.ndarray:
    return _people_of(p, _close(p, role), rows)


def rest(p: Problem, role: int, rows: np.ndarray) -> np.ndarray:
    return _people_of(p, _restless(p, role), rows)


def _commitment_facts(p: Problem, person: int, which: np.ndarray) -> Facts:
    c = p.commitments
    mine = sorted(
        np.flatnonzero(which & (c.person == person)), key=lambda i: (int(c.start[i]), int(c.role[i]))
    )
    return {
        "with": [
            {
                "first": p.date(c.start[i]).isoformat(),
                "last": p.date(c.end[i]).isoformat(),
                "hub": p.vocabulary.hubs[c.hub[i]],
                "role_id": None if c.role[i] < 0 else int(p.roles.role_ids[c.role[i]]),
            }
            for i in mine
        ]
    }


def booked_facts(p: Problem, person: int, role: int) -> Facts:
    return _commitment_facts(p, person, _gaps(p, role)[1])


def travel_facts(p: Problem, person: int, role: int) -> Facts:
    return _commitment_facts(p, person, _close(p, role))


def rest_facts(p: Problem, person: int, role: int) -> Facts:
    return _commitment_facts(p, person, _restless(p, role))


def _looks(p: Problem, role: int) -> np.ndarray:
    """Pins on other roles whose look is another one and is still needed on the first day of this role."""
    asked, needed, pin = p.roles.look[role], p.roles.look[p.pin_role], p.pin_role
    return (
        (pin != role)
        & (p.roles.category[pin] != PRODUCTION)
        & (needed > 0)
        & (needed != asked)
        & (p.roles.end[pin] >= p.roles.start[role])
    )


def look_kept(p: Problem, role: int, rows: np.ndarray) -> np.ndarray:
    """A look that is promised stays until its last day: no part may change it before."""
    asked = p.roles.look[role]
    if not asked or p.roles.category[role] == PRODUCTION:
        return np.zeros(len(rows), np.bool_)
    kept = p.people.look[rows]
    out = (kept > 0) & (kept != asked) & (p.people.look_until[rows] >= p.roles.start[role])
    return out | np.isin(rows, p.pin_person[_looks(p, role)])


def look_facts(p: Problem, person: int, role: int) -> Facts:
    names, kept = p.vocabulary.looks, int(p.people.look[person])
    until = int(p.people.look_until[person])
    spans = [(until, kept)] if kept and kept != p.roles.look[role] and until >= p.roles.start[role] else []
    pins = p.pin_role[_looks(p, role) & (p.pin_person == person)]
    spans += [(int(p.roles.end[pin]), int(p.roles.look[pin])) for pin in pins]
    needed = int(p.roles.look[role])
    last, look = max(spans, default=(int(p.roles.start[role]), 0))
    return {
        "kept": names[look - 1] if look else None,
        "needed": names[needed - 1] if needed else None,
        "until": p.date(last).isoformat(),
    }


def blocked(p: Problem, role: int, rows: np.ndarray) -> np.ndarray:
    return np.isin(rows, p.block_person[p.block_company == p.roles.company[role]])


def blocked_facts(p: Problem, person: int, role: int) -> Facts:
    return {"company": p.vocabulary.companies[p.roles.company[role]]}


def clash(problem: Problem, a: int, b: int) -> bool:
    """Whether one person cannot hold both roles (positions): days, travel or rest."""
    r, kind = problem.roles, problem.place_kind
    if r.start[a] > r.start[b]:
        a, b = b, a
    return bool(r.start[b] <= r.end[a] + problem.buffer_days[kind[a], kind[b]])
