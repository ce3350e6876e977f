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
from jobs.queries.base import Base
from jobs.queries.columns import Codes
from jobs.queries.packed import ANYWHERE, COMMITMENT, LISTED, PERSON, joined, positions, take
from jobs.queries.problems import NO_WISHES, Wishes, assemble
from jobs.queries.sieve import able, bit, goes

MOST_CHANGES = 20_000
"""More people than this beside the large arrays, and it is quicker to read the market anew."""


class TooFarBehind(Exception):
    """So much has changed that the snapshot must be loaded anew."""


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
            fresh_held=joined(held, columns.commitments(changed.tolist())),
            bonds=joined(bonds, columns.bonds(changed.tolist())),
            gone=gone,
        )

    # -- a role, and the people for it ------------------------------------------------------------------

    def role(self, role_id: int) -> np.ndarray:
        """ROLE[1] of one role as the tables stand now, ROLE[0] where there is none. A query; a second one, five times as
        long, where the role is not open here or has been changed since this was read.
        """
        at = positions(self._role_ids, np.array([role_id], np.int64))
        return (
            take(self.roles, at) if len(at) and not self._changed_since(role_id) else columns.roles([role_id])
        )

    @cached_property
    def _role_ids(self) -> np.ndarray:
        return self.roles["id"].astype(np.int64)

    def _changed_since(self, role_id: int) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM jobs_change WHERE xid >= %s AND kind = %s AND subject_id = %s",
                [self.horizon, Change.Kind.ROLE.value, role_id],
            )
            return any(number not in self.seen for (number,) in cursor.fetchall())

    def for_role(
        self,
        role: np.ndarray,
        *,
        slots: int,
        today: date,
        wishes: Wishes = NO_WISHES,
        people: np.ndarray | None = None,
    ) -> Problem:
        """The problem of one role (ROLE[1]) and `people`, by id: everybody whom nothing simple keeps from it where
        nobody is named; see `fitting`.
        """
        if people is None:
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
        rows, fresh = self.likely(role, also=also)
        return self.chosen(rows, fresh)

    def likely(self, role: np.void, *, also: list[int]) -> tuple[np.ndarray, np.ndarray]:
        """The same as (rows of `base.people`, PERSON rows out of `fresh`): nothing large is copied."""
        rows, quick = self.base.wanting(int(role["role_type"]), int(role["hub"])), self.base.quick
        if also:
            rows = np.union1d(rows, positions(quick["ids"], np.array(sorted(also), np.int64)))
        rows = rows[(quick["rate_floor"][rows] <= role["day_rate"]) & ((quick["flags"][rows] & LISTED) > 0)]
        if also and role["hub"] != ANYWHERE:  # the others are in the list of this hub
            byte, mask = role["hub"] // 8, 128 >> role["hub"] % 8
            rows = rows[(quick["willing"][rows, byte] & mask) > 0]
        rows = able(role, self.base.people, rows)
        if len(self.gone):
            rows = rows[~np.isin(rows, positions(quick["ids"], self.gone))]
        fresh = self.fresh
        fresh = fresh[goes(role, fresh["willing"], fresh["rate_floor"], fresh["flags"])]
        wants = bit(fresh["wants"], int(role["role_type"])) | np.isin(fresh["id"], also)
        return rows, fresh[wants]

    def chosen(self, rows: np.ndarray, fresh: np.ndarray) -> np.ndarray:
        """PERSON rows, by id, of rows of `base.people` and others."""
        return _by_id(joined(take(self.base.people, rows), fresh))

    def held_by(self, ids: np.ndarray) -> np.ndarray:
        """COMMITMENT rows of these people (ids ascending)."""
        old = ids[~np.isin(ids, self.gone)] if len(self.gone) else ids
        first = np.searchsorted(self.base.holders, old, "left")
        count = np.searchsorted(self.base.holders, old, "right") - first
        at = np.repeat(first - np.cumsum(count) + count, count) + np.arange(count.sum())
        mine = (
            self.fresh_held[np.isin(self.fresh_held["person"], ids)]
            if len(self.fresh_held)
            else self.fresh_held
        )
        return joined(take(self.base.held, at), mine)

    # -- a person, and the roles for her ----------------------------------------------------------------

    def roles_for(self, person: np.void, *, after: date) -> np.ndarray:
        """ROLE rows of the role types she wants, with a free place and a first day after `after`, most urgent first."""
        roles = self.roles
        wants = np.unpackbits(person["wants"]).astype(bool)
        open_ = (roles["filled"] < roles["headcount"]) & (roles["first"] > after.toordinal())
        found = roles[open_ & wants[roles["role_type"]]]
        return found[np.lexsort((found["id"], found["first"]))]


def _by_id(rows: np.ndarray) -> np.ndarray:
    return take(rows, np.argsort(rows["id"].astype(np.int64), kind="stable"))


def _replaced(rows: np.ndarray, new: np.ndarray, ids: set[int]) -> np.ndarray:
    """`rows` without `ids`, with `new`, by id."""
    kept = rows[~np.isin(rows["id"], np.array(sorted(ids), np.int64))]
    return _by_id(joined(kept, new))


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
