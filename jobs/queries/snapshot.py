"""The market in the memory of one process: everybody and every open role, packed, and kept current by change rows.

A snapshot is never changed. `Snapshot.load` reads the tables in one scan; `caught_up` returns another snapshot that
shares the large arrays and carries what changed since beside them. Pages that answer from it say so, with its time;
what is promised to anybody (an offer, an acceptance) is always checked in the database.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

import numpy as np
from django.db import connection

from jobs.matching import Problem
from jobs.models import Change
from jobs.queries import columns
from jobs.queries.columns import Codes
from jobs.queries.packed import ANYWHERE, COMMITMENT, LISTED, PERSON, RING, positions
from jobs.queries.problems import NO_WISHES, Wishes, assemble

MOST_CHANGES = 20_000
"""More people than this beside the large arrays, and it is quicker to read the market anew."""

CHUNK = 65_536


class TooFarBehind(Exception):
    """So much has changed that the snapshot must be loaded anew."""


@dataclass(frozen=True, eq=False)
class Base:
    """What was read in one scan: people by id, what they are bound to by person, and where each role type is wanted."""

    people: np.ndarray
    held: np.ndarray

    @cached_property
    def wanted(self) -> tuple[np.ndarray, np.ndarray]:
        """int32 rows of people by role type, and int64[types + 1] where each type's rows begin."""
        found, trades = [], []
        for start in range(0, len(self.people), CHUNK):
            rows, types = np.nonzero(np.unpackbits(self.people["wants"][start : start + CHUNK], axis=1))
            found.append((rows + start).astype(np.int32))
            trades.append(types.astype(np.uint8))
        every = np.concatenate(trades) if trades else np.zeros(0, np.uint8)
        order = np.argsort(every, kind="stable")
        starts = np.searchsorted(every[order], np.arange(PERSON["wants"].itemsize * 8 + 1))
        return (np.concatenate(found)[order] if found else np.zeros(0, np.int32)), starts

    @cached_property
    def quick(self) -> dict[str, np.ndarray]:
        """What most people fail on, each in an array of its own."""
        return {name: np.ascontiguousarray(self.people[name]) for name in ("willing", "rate_floor", "flags")}

    def prepare(self) -> None:
        """Do now what the first question would wait for."""
        self.wanted, self.quick  # noqa: B018 - kept by the properties

    def wanting(self, role_type: int) -> np.ndarray:
        rows, starts = self.wanted
        return rows[starts[role_type] : starts[role_type + 1]]


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The market as it stood at `as_of` (the database's clock). `fresh` people replace those of `base` with their ids.

    `gone` are ids whose rows in `base` count no more. `horizon` is the oldest transaction that was open then: what it
    and later ones write comes with the next reading; `seen` are the change rows that were read already.
    """

    base: Base
    bonds: np.ndarray
    roles: np.ndarray
    codes: Codes
    horizon: int
    as_of: datetime
    fresh: np.ndarray = field(default_factory=lambda: np.zeros(0, PERSON))
    fresh_held: np.ndarray = field(default_factory=lambda: np.zeros(0, COMMITMENT))
    gone: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    seen: frozenset[int] = frozenset()

    @classmethod
    def load(cls) -> Snapshot:
        """Read everything; 6 queries. The horizon is read first: what is written meanwhile is read again."""
        horizon, as_of, _ = _changes(None)
        codes = columns.codes()
        base = Base(columns.everybody(), columns.commitments())
        return cls(base, columns.bonds(), columns.roles(), codes, horizon, as_of)

    def caught_up(self) -> Snapshot:
        """Return the snapshot of now; one query where nothing changed. Raise TooFarBehind."""
        horizon, as_of, found = _changes(self.horizon)
        new = [each for each in found if each[0] not in self.seen]
        out = replace(self, horizon=horizon, as_of=as_of, seen=frozenset(each[0] for each in found))
        of = {kind: {subject for _, its, subject in new if its == kind} for kind in Change.Kind.values}
        if of[Change.Kind.CODES]:
            out = replace(out, codes=columns.codes())
        if of[Change.Kind.ROLE]:
            out = replace(
                out, roles=_replaced(self.roles, _open_roles(of[Change.Kind.ROLE]), of[Change.Kind.ROLE])
            )
        if of[Change.Kind.PERSON]:
            out = out._with_people(of[Change.Kind.PERSON])
        return out

    def _with_people(self, ids: set[int]) -> Snapshot:
        changed = np.array(sorted(ids), np.int64)
        gone = np.union1d(self.gone, changed)
        if len(gone) > MOST_CHANGES:
            raise TooFarBehind
        held = self.fresh_held[~np.isin(self.fresh_held["person"], changed)]
        bonds = self.bonds[~np.isin(self.bonds["person"], changed)]
        return replace(
            self,
            fresh=_replaced(self.fresh, columns.people(changed.tolist()), ids),
            fresh_held=np.concatenate([held, columns.commitments(changed.tolist())]),
            bonds=np.concatenate([bonds, columns.bonds(changed.tolist())]),
            gone=gone,
        )

    # -- a role, and the people for it ------------------------------------------------------------------

    def for_role(self, role: np.ndarray, *, slots: int, today: date, wishes: Wishes = NO_WISHES) -> Problem:
        """The problem of one role (ROLE[1]) and everybody whom nothing simple keeps from it; see `fitting`."""
        people = self.fitting(role[0], also=list(wishes.also_wants))
        return assemble(
            people=people,
            held=self.held_by(people["id"]),
            bonds=self.bonds[np.isin(self.bonds["crew"], role["crew"])],
            roles=role,
            slots={int(role["id"][0]): slots},
            codes=self.codes,
            today=today,
            wishes=wishes,
            narrow=True,
        )

    def fitting(self, role: np.void, *, also: list[int]) -> np.ndarray:
        """PERSON rows, by id, of who wants the role type, would go there for that pay, is listed, free and skilled.

        What takes more than a look at the packed row (age, travel, rest, languages ...) is left to the engine. `also`
        are ids of people who are looked at whatever role types they want.
        """
        rows = self.base.wanting(int(role["role_type"]))
        if also:
            rows = np.union1d(rows, positions(self.base.people["id"], np.array(sorted(also), np.int64)))
        quick = self.base.quick
        rows = rows[_goes(role, quick["willing"][rows], quick["rate_floor"][rows], quick["flags"][rows])]
        rows = rows[_able(role, self.base.people, rows)]
        if len(self.gone):
            rows = rows[~np.isin(self.base.people["id"][rows], self.gone)]
        fresh = self.fresh
        fresh = fresh[_goes(role, fresh["willing"], fresh["rate_floor"], fresh["flags"])]
        wants = _bit(fresh["wants"], int(role["role_type"])) | np.isin(fresh["id"], also)
        return _by_id(np.concatenate([self.base.people[rows], fresh[wants]]))

    def held_by(self, ids: np.ndarray) -> np.ndarray:
        """COMMITMENT rows of these people (ids ascending)."""
        old = ids[~np.isin(ids, self.gone)] if len(self.gone) else ids
        first = np.searchsorted(self.base.held["person"], old, "left")
        count = np.searchsorted(self.base.held["person"], old, "right") - first
        at = np.repeat(first - np.cumsum(count) + count, count) + np.arange(count.sum())
        mine = (
            self.fresh_held[np.isin(self.fresh_held["person"], ids)]
            if len(self.fresh_held)
            else self.fresh_held
        )
        return np.concatenate([self.base.held[at], mine])

    # -- a person, and the roles for her ----------------------------------------------------------------

    def roles_for(self, person: np.void, *, after: date) -> np.ndarray:
        """ROLE rows of the role types she wants, with a free place and a first day after `after`, most urgent first."""
        roles = self.roles
        wants = np.unpackbits(person["wants"]).astype(bool)
        open_ = (roles["filled"] < roles["headcount"]) & (roles["first"] > after.toordinal())
        found = roles[open_ & wants[roles["role_type"]]]
        return found[np.lexsort((found["id"], found["first"]))]


def obstacles(person: np.void, roles: np.ndarray) -> np.ndarray:
    """int64[m]: how many of the simple things (place, pay, days, skills) keep one person from each of the roles."""
    willing = np.unpackbits(person["willing"]).astype(bool)
    return (
        (~(willing[roles["hub"]] | (roles["hub"] == ANYWHERE))).astype(np.int64)
        + (person["rate_floor"] > roles["day_rate"])
        + ~_free_for(person, roles)
        + ((roles["must_low"] | roles["must_high"]) & ~(person["skills_low"] | person["skills_high"])).any(
            axis=1
        )
    )


def _free_for(person: np.void, roles: np.ndarray) -> np.ndarray:
    """bool[m]: she says that she is free on all days of each role, by the part of the day it takes."""
    out = np.ones(len(roles), bool)
    base = int(person["base"])
    for part, name in ((1, "free_day"), (2, "free_night")):
        ring = np.unpackbits(person[name])
        said = np.concatenate([[0], np.cumsum(np.roll(ring, -(base % RING)))])  # days free from `base` on
        first = np.clip(roles["first"].astype(np.int64) - base, 0, RING)
        after = np.clip(roles["last"].astype(np.int64) + 1 - base, 0, RING)
        days = roles["last"].astype(np.int64) - roles["first"] + 1
        out &= ((roles["part"] & part) == 0) | (said[after] - said[first] == days)
    return out


def _goes(role: np.void, willing: np.ndarray, floor: np.ndarray, flags: np.ndarray) -> np.ndarray:
    goes = role["hub"] == ANYWHERE or _bit(willing, int(role["hub"]))
    return goes & (floor <= role["day_rate"]) & ((flags & LISTED) > 0)


def _able(role: np.void, people: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """bool[len(rows)]: has the must skills, at whatever level, and is free on all days. May err towards yes."""
    days = np.arange(int(role["first"]), int(role["last"]) + 1) % RING
    mask = np.zeros(RING, np.uint8)
    mask[days] = 1
    asked = [("skills", role["must_low"] | role["must_high"])]
    asked += [
        (name, np.packbits(mask))
        for part, name in ((1, "free_day"), (2, "free_night"))
        if role["part"] & part
    ]
    out = np.ones(len(rows), bool)
    for name, wanted in asked:
        for byte in np.flatnonzero(wanted):
            if name == "skills":
                has = people["skills_low"][rows, byte] | people["skills_high"][rows, byte]
            else:
                has = people[name][rows, byte]
            out &= (has & wanted[byte]) == wanted[byte]
    return out


def _bit(packed: np.ndarray, position: int) -> np.ndarray:
    return (packed[:, position // 8] & (128 >> position % 8)) > 0


def _by_id(rows: np.ndarray) -> np.ndarray:
    return rows[np.argsort(rows["id"], kind="stable")]


def _replaced(rows: np.ndarray, new: np.ndarray, ids: set[int]) -> np.ndarray:
    """`rows` without `ids`, with `new`, by id."""
    kept = rows[~np.isin(rows["id"], np.array(sorted(ids), np.int64))]
    return _by_id(np.concatenate([kept, new]))


def _open_roles(ids: set[int]) -> np.ndarray:
    found = columns.roles(ids)
    return found[found["open"] > 0]


def _changes(horizon: int | None) -> tuple[int, datetime, list[tuple[int, int, int]]]:
    """Return the oldest open transaction, the time, and (number, kind, id) of what is not older than `horizon`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint, clock_timestamp(), c.id, c.kind, c.subject_id"
            " FROM (SELECT 1) one LEFT JOIN jobs_change c ON c.xid >= %s",
            [2**62 if horizon is None else horizon],
        )
        rows = cursor.fetchall()
    return rows[0][0], rows[0][1], [row[2:] for row in rows if row[2] is not None]
