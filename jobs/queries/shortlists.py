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
from jobs.matching.scoring import SKILLS_COUNTED
from jobs.models import Offer, Role, on_the_list
from jobs.queries import columns
from jobs.queries.base import brought
from jobs.queries.packed import ANYWHERE, levels
from jobs.queries.problems import Wishes, assemble
from jobs.queries.roles import with_place
from jobs.queries.search import Search
from jobs.queries.sieve import obstacles
from jobs.queries.snapshot import Snapshot
from profiles.models import Profile

MOST_LOOKS = 60
"""Roles that seem to miss by one thing, the most urgent first, that the engine is asked about."""


USUAL = Weights()

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
    """Return (profile id, score) of the best people for a free place of a role, best first. 1 query, 2 for a role
    that was changed a moment ago.
    """
    role = snapshot.role(role_id)
    if not len(role):
        return []
    rows, fresh = snapshot.likely(role[0], also=list(wishes.also_wants))
    if without:
        passed = np.array(sorted(without), np.int64)
        rows = rows[~np.isin(snapshot.base.quick["ids"][rows], passed)]
        fresh = fresh[~np.isin(fresh["id"], passed)]
    most = _at_most(snapshot, rows, fresh, role[0])
    helping = 4 * count + FIRST_HELPING
    while True:
        done = helping >= len(most)
        order = np.arange(len(most)) if done else np.argpartition(-most, helping)
        some = order[:helping]
        people = snapshot.chosen(rows[some[some < len(rows)]], fresh[some[some >= len(rows)] - len(rows)])
        problem = snapshot.for_role(role, slots=1, today=today, wishes=wishes, people=people)
        best = engine.refill(problem, (), 0, count)
        # Of those left aside nobody can have as many points as the last of the list: equals go by lot.
        if done or (len(best) == count and best[-1].score > most[order[helping]]):
            ids = problem.people.person_ids
            return [(int(ids[each.person]), each.score) for each in best]
        helping *= 4


def _at_most(snapshot: Snapshot, rows: np.ndarray, fresh: np.ndarray, role: np.void) -> np.ndarray:
    """int64: points that people cannot pass on a role, `rows` of the snapshot's base and then PERSON rows. What a packed
    row says counts as it is (skills, experience, reliability, pay, first trade, first job, home); a last shoot, a mark
    and a star as if they were the best.
    """
    w, base = USUAL, snapshot.base
    mine, new = base.quick, brought(fresh)
    facts = {name: np.concatenate([mine[name][rows], new[name]]) for name in new}
    busy = np.concatenate([mine["busy"][rows], np.ones(len(fresh), bool)])
    if len(snapshot.fresh_held):
        busy |= np.isin(facts["ids"], snapshot.fresh_held["person"].astype(np.int64))
    known = snapshot.bonds["person"][snapshot.bonds["crew"] == role["crew"]].astype(np.int64)
    floor = facts["rate_floor"].astype(np.int64)
    above = np.clip(int(role["day_rate"]) - floor, 0, floor)
    away = max(w.near_day, w.near_far) if role["hub"] != ANYWHERE else w.near_home
    out = (
        facts["static"]
        + np.where(facts["home"] == role["hub"], w.near_home, away)
        + np.where(facts["primary"] == role["role_type"], w.primary, 0)
        + np.where(facts["first"] & (role["entry_level"] > 0), w.first_job, 0)
        + np.where(floor == 0, w.headroom, w.headroom * above // np.maximum(floor, 1))
        + np.where(busy, max(w.same_company, w.same_hub), 0)
    )
    if len(known):
        out += np.where(np.isin(facts["ids"], known), w.marked + w.starred, 0)
    named = np.flatnonzero(np.unpackbits(role["must_low"] | role["must_high"] | role["nice"]))
    if len(named):
        held = [
            levels(some["skills_low"][at], some["skills_high"][at], named).sum(axis=1, dtype=np.int64)
            for some, at in ((base.people, rows), (fresh, slice(None)))
        ]
        out += w.skills * np.concatenate(held) // (SKILLS_COUNTED * len(named))
    return out
