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
from jobs.matching import Problem, Weights
from jobs.matching.scoring import HALF_EXPERIENCE, SKILLS_COUNTED
from jobs.models import Offer, Role, on_the_list
from jobs.queries import columns
from jobs.queries.packed import ANYWHERE, levels
from jobs.queries.problems import Wishes, assemble
from jobs.queries.roles import with_place
from jobs.queries.search import Search
from jobs.queries.sieve import obstacles
from jobs.queries.snapshot import Snapshot
from profiles.models import Profile

MOST_LOOKS = 60
"""Roles that seem to miss by one thing, the most urgent first, that the engine is asked about."""


FIRST_HELPING = 100
"""People the engine is asked about first, beside four times as many as are wanted; the most promising."""


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
    people = snapshot.fitting(role[0], also=list(wishes.also_wants))
    people = people[~np.isin(people["id"], np.array(sorted(without), np.int64))]
    most = _at_most(snapshot, people, role[0])
    order = np.argsort(-most, kind="stable")
    helping = 4 * count + FIRST_HELPING
    while True:
        some = people[np.sort(order[:helping])]
        problem = snapshot.for_role(role, slots=1, today=today, wishes=wishes, people=some)
        best = engine.refill(problem, (), 0, count)
        # Of those left aside nobody can have as many points as the last of the list: equals go by lot.
        done = helping >= len(order)
        if done or (len(best) == count and best[-1].score > most[order[helping]]):
            ids = problem.people.person_ids
            return [(int(ids[each.person]), each.score) for each in best]
        helping *= 4


def _at_most(snapshot: Snapshot, people: np.ndarray, role: np.void) -> np.ndarray:
    """int64[n]: points that PERSON[n] cannot pass on a role. What a packed row says counts as it is (skills, experience,
    reliability, pay, first trade, first job, home); a last shoot, a mark and a star as if they were the best.
    """
    w = Weights()
    named = np.flatnonzero(np.unpackbits(role["must_low"] | role["must_high"] | role["nice"]))
    held = levels(people["skills_low"], people["skills_high"], named).sum(axis=1, dtype=np.int64)
    ids = people["id"].astype(np.int64)
    known = snapshot.bonds["person"][snapshot.bonds["crew"] == role["crew"]].astype(np.int64)
    credits, floor = people["credits"].astype(np.int64), people["rate_floor"].astype(np.int64)
    above = np.clip(int(role["day_rate"]) - floor, 0, floor)
    away = max(w.near_day, w.near_far) if role["hub"] != ANYWHERE else w.near_home
    return (
        w.skills * held // max(1, SKILLS_COUNTED * len(named))
        + w.experience * credits // (credits + HALF_EXPERIENCE)
        + w.reliability * people["reliability"].astype(np.int64) // 200
        + np.where(people["home"] == role["hub"], w.near_home, away)
        + np.where(people["primary"] == role["role_type"], w.primary, 0)
        + np.where((credits == 0) & (role["entry_level"] > 0), w.first_job, 0)
        + np.where(floor == 0, w.headroom, w.headroom * above // np.maximum(floor, 1))
        + np.where(snapshot.holding(ids), max(w.same_company, w.same_hub), 0)
        + np.where(np.isin(ids, known), w.marked + w.starred, 0)
    )
