"""The best people for a role and the best roles for a person, out of the market in memory.

A snapshot says what most fail on in a look at packed rows; only who is left meets the engine, whose rules have the last
word. What is asked about (this person, this role) is read from its own rows, so that she sees what she has just
changed; the other side is as old as the snapshot. Nothing here promises anything: offers look into the database.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice

import numpy as np
from django.db.models import F

from jobs import matching as engine
from jobs.enums import ShootState
from jobs.matching import Problem
from jobs.models import Offer, Role, on_the_list
from jobs.queries import columns
from jobs.queries.packed import positions
from jobs.queries.problems import Wishes, assemble
from jobs.queries.roles import with_place
from jobs.queries.search import Search
from jobs.queries.snapshot import Snapshot, obstacles
from profiles.models import Profile

MOST_LOOKS = 60
"""Roles that seem to miss by one thing, the most urgent first, that the engine is asked about."""


@dataclass(frozen=True)
class Ranked:
    """`problem` has one person and the roles that are named; `fits` (best first) and `misses` as (place in it, role).

    `barrier` is what stands between her and each of the misses, by place: one thing.
    """

    problem: Problem
    fits: list[tuple[int, Role]]
    misses: list[tuple[int, Role]]
    barrier: Mapping[int, engine.BarrierFact]


def roles_for(
    snapshot: Snapshot,
    profile: Profile,
    *,
    today: date,
    count: int,
    misses: int,
    search: Search | None = None,
) -> Ranked:
    """Rank the open roles of the types a person wants and was not asked for yet; 5 queries, 6 with a search."""
    person, held, bonds = (ask([profile.pk]) for ask in (columns.people, columns.commitments, columns.bonds))
    held = held[held["offer"] == 0]  # what she may still decline binds her to nothing
    asked = np.array(Offer.objects.filter(profile=profile).values_list("role_id", flat=True), np.int64)
    roles = snapshot.roles_for(person[0], after=today)
    barred = obstacles(person[0], roles)
    near = (barred <= 1) & ~np.isin(roles["id"], asked)
    roles, barred = roles[near], barred[near]
    if search:
        kept = search.narrow(Role.objects.filter(pk__in=roles["id"].tolist())).values_list("pk", flat=True)
        found = np.isin(roles["id"], np.array(kept, np.int64))
        roles, barred = roles[found], barred[found]

    def problem(rows: np.ndarray, *, narrow: bool) -> Problem:
        slots = dict(zip(rows["id"].tolist(), (rows["headcount"] - rows["filled"]).tolist(), strict=True))
        return assemble(
            people=person,
            held=held,
            bonds=bonds,
            roles=rows,
            slots=slots,
            codes=snapshot.codes,
            today=today,
            narrow=narrow,
        )

    free = roles[barred == 0]
    best = engine.best_roles(problem(free, narrow=True), 0, count) if len(free) else []
    chosen = free[[each.role for each in best]]
    others = roles[~np.isin(roles["id"], chosen["id"])][: MOST_LOOKS if misses else 0]
    every = problem(np.concatenate([chosen, others]), narrow=False)
    said = ((at, engine.barriers(every, 0, at)) for at in range(len(chosen), every.n_roles))
    missed = dict(islice(((at, barriers[0]) for at, barriers in said if len(barriers) == 1), misses))
    return _named(every, list(range(len(chosen))), missed)


def _named(problem: Problem, fits: list[int], misses: dict[int, engine.BarrierFact]) -> Ranked:
    """Join what cards show; what was filled or called off since the snapshot is left out. One query."""
    ids = problem.roles.role_ids.tolist()
    open_ = Role.objects.filter(on_the_list(), shoot__state=ShootState.OPEN, filled__lt=F("headcount"))
    still = with_place(open_)
    rows = still.in_bulk([ids[at] for at in (*fits, *misses)])
    fitting, missing = (
        [(at, rows[ids[at]]) for at in places if ids[at] in rows] for places in (fits, misses)
    )
    return Ranked(problem, fitting, missing, misses)


def people_for(
    snapshot: Snapshot,
    role_id: int,
    *,
    today: date,
    count: int,
    wishes: Wishes,
    without: Collection[int] = (),
) -> list[tuple[int, int]]:
    """Return (profile id, score) of the best people for a free place of a role, best first. 1 query."""
    role = columns.roles([role_id])
    if not len(role):
        return []
    problem = snapshot.for_role(role, slots=1, today=today, wishes=wishes)
    ids = problem.people.person_ids
    out = positions(ids, np.array(sorted(without), np.int64))
    best = engine.refill(problem, (), 0, count, passed_over=out.tolist())
    return [(int(ids[each.person]), each.score) for each in best]
