"""From packed rows to the engine's problem: columns to columns, no row of Python objects between.

Codes: hubs by slug, skills, role types and languages by code, crews by id; the position of a code is its bit, so that
a problem's vocabulary is the taxonomy. Spans are closed at both ends over there, half-open in the tables.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from jobs.matching.columns import NEVER, People, Roles
from jobs.matching.problem import Problem, Vocabulary
from jobs.models import Role
from jobs.queries import anywhere, columns, wide
from jobs.queries.bindings import UnitRow, with_pins, with_units
from jobs.queries.columns import Codes
from jobs.queries.packed import BLOCKED, MARKED, STARRED, bits, levels, positions, within
from profiles.models import Profile

MOST_NAMED = 20_000
"""People who are named in a query one by one; of more, everybody's rows are read and the others' left aside."""

MARGIN = timedelta(days=3)
"""Days looked at before and after the roles: travel of two days, and one to see it end."""


@dataclass(frozen=True)
class Wishes:
    """What a problem adds to people's own words: role types she applied for, and those she said no to, by profile id."""

    also_wants: Mapping[int, Collection[str]]
    not_again: Mapping[int, Collection[str]]


NO_WISHES = Wishes({}, {})


def build(
    *,
    roles: Iterable[Role] | np.ndarray,
    slots: Mapping[int, int],
    people: QuerySet[Profile] | np.ndarray,
    today: date,
    also_wants: Mapping[int, Collection[str]] | None = None,
    not_again: Mapping[int, Collection[str]] | None = None,
    offers_block: bool = True,
    blocks: Iterable[tuple[int, int]] = (),
    units: Iterable[UnitRow] = (),
    pins: Iterable[tuple[int, int]] = (),
) -> Problem:
    """Build the engine's problem for `roles`, in their order, and some people, as the tables stand now: of a queryset,
    or PERSON[n] by id of who was read already.

    `slots` are the open places by role id. `also_wants` adds role types to a person (she applied), `not_again` takes
    them away (she said no, or was struck). An open offer for other work blocks its days like a booking, unless
    `offers_block` is off. `blocks` are (profile id, crew id) of those who are not proposed to each other, besides
    those who said so. `units` are (profile ids, term, least); `pins` (profile id, role id) that stay where the rules
    let them. 5 queries, fewer by what was read already.
    """
    of = _chosen(people)
    problem = assemble(
        people=people if isinstance(people, np.ndarray) else columns.people(of or []),
        held=columns.commitments(of),
        bonds=columns.bonds(of),
        roles=roles if isinstance(roles, np.ndarray) else _packed(roles),
        slots=slots,
        codes=columns.codes(),
        today=today,
        wishes=Wishes(also_wants or {}, not_again or {}),
        offers_block=offers_block,
        blocks=blocks,
    )
    return with_pins(with_units(problem, units), pins)


def _chosen(people: QuerySet[Profile] | np.ndarray) -> columns.Chosen | None:
    """Whose bookings and bonds are read; None, everybody's, where naming so many would take longer."""
    if isinstance(people, np.ndarray):
        return people["id"].tolist() if len(people) <= MOST_NAMED else None
    try:
        return people.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return []


def _packed(roles: Iterable[Role]) -> np.ndarray:
    ids = [role.pk for role in roles]
    found = columns.roles(ids)
    return found[positions(found["id"], np.array(ids, np.int64))]


def assemble(
    *,
    people: np.ndarray,
    held: np.ndarray,
    bonds: np.ndarray,
    roles: np.ndarray,
    slots: Mapping[int, int],
    codes: Codes,
    today: date,
    wishes: Wishes = NO_WISHES,
    offers_block: bool = True,
    blocks: Iterable[tuple[int, int]] = (),
    narrow: bool = False,
) -> Problem:
    """Put packed rows together: PERSON[n] in the order of ids, COMMITMENT and BOND of these at least, ROLE[m].

    `narrow` leaves out of people what none of the roles asks for: the same scores and barriers, fewer words in facts.
    """
    words = _Words.of(codes, roles, narrow=narrow)
    first = min(roles["first"].tolist(), default=today.toordinal()) - MARGIN.days
    after = max(roles["last"].tolist(), default=today.toordinal()) + 1 + MARGIN.days
    held = held[within(people["id"].astype(np.int64), held["person"])]
    if anywhere.named(held, roles):
        held, roles = (anywhere.placed(rows, len(codes.hubs)) for rows in (held, roles))
        words = replace(words, anywhere=True)
    last = _last_shoots(people["id"], held, today)
    busy = held[(held["first"] < after) & (held["last"] >= first) & (offers_block | (held["offer"] == 0))]
    companies = np.unique(np.concatenate([roles["crew"], held["crew"][last[last >= 0]]])).astype(np.int64)
    return Problem(
        window_start=date.fromordinal(first),
        days=after - first,
        vocabulary=words.vocabulary(companies),
        people=replace(
            _people(people, words, first, after - first, today, wishes),
            **_continuity(held, last, companies, first),
            **_booked(people["id"], busy, first),
        ),
        roles=_roles(roles, slots, words, companies, first, today),
        travel_days=anywhere.travel_days(codes, remote=words.anywhere),
        **_bonds(bonds, blocks, people["id"], companies),
    )


def _bonds(
    bonds: np.ndarray, blocks: Iterable[tuple[int, int]], people: np.ndarray, companies: np.ndarray
) -> dict[str, Any]:
    """Blocks, stars and marks between these people and these companies, as positions; both are ascending."""
    bonds = bonds[within(companies, bonds["crew"]) & within(people, bonds["person"])]
    also = np.array(sorted(set(blocks)), np.int64).reshape(-1, 2)
    also = also[within(people, also[:, 0]) & within(companies, also[:, 1])]
    out: dict[str, Any] = {}
    for kind, name in ((BLOCKED, "block"), (STARRED, "star"), (MARKED, "mark")):
        some = bonds[bonds["kind"] == kind]
        pairs = np.column_stack([some["person"], some["crew"]]).astype(np.int64)
        if kind == BLOCKED:
            pairs = np.unique(np.concatenate([pairs, also]), axis=0)
        out[f"{name}_person"] = np.searchsorted(people, pairs[:, 0]).astype(np.int32)
        out[f"{name}_company"] = np.searchsorted(companies, pairs[:, 1]).astype(np.int32)
    out["mark"] = bonds["value"][bonds["kind"] == MARKED].astype(np.int32)
    return out


@dataclass(frozen=True)
class _Words:
    """The codes of one problem: all of them, or only those its roles ask for; positions of bits, ascending."""

    codes: Codes
    role_types: np.ndarray
    skills: np.ndarray
    languages: np.ndarray
    anywhere: bool = False

    @classmethod
    def of(cls, codes: Codes, roles: np.ndarray, *, narrow: bool) -> _Words:
        if not narrow:
            every = [np.arange(len(each)) for each in (codes.role_types, codes.skills, codes.languages)]
            return cls(codes, every[0], every[1], every[2])
        asked = roles["must_low"] | roles["must_high"] | roles["nice"]
        return cls(codes, np.unique(roles["role_type"]).astype(np.int64), _any(asked), _any(roles["speaks"]))

    def vocabulary(self, companies: np.ndarray) -> Vocabulary:
        return Vocabulary(
            tuple(self.codes.role_types[at] for at in self.role_types),
            tuple(self.codes.skills[at] for at in self.skills),
            (*self.codes.hubs, anywhere.CODE) if self.anywhere else self.codes.hubs,
            tuple(self.codes.languages[at] for at in self.languages),
            tuple(companies.tolist()),
        )

    def role_type(self, positions: np.ndarray) -> np.ndarray:
        """int32: the index of each bit in this problem's role types, -1 where it is not among them."""
        index = np.full(len(self.codes.role_types) + 1, -1, np.int32)
        index[self.role_types] = np.arange(len(self.role_types))
        return index[positions]


def _any(packed: np.ndarray) -> np.ndarray:
    """int64: the positions of bits that are set in any row."""
    return np.flatnonzero(np.unpackbits(np.bitwise_or.reduce(packed, axis=0)))


def _people(rows: np.ndarray, words: _Words, first: int, days: int, today: date, wishes: Wishes) -> People:
    none = np.zeros(0, np.int32)
    since = rows["waiting_since"].astype(np.int64)
    until = rows["appearance_until"].astype(np.int64)
    said = rows["flags"].astype(np.int64)
    return People(
        person_ids=rows["id"].astype(np.int64),
        wants=wide.wants_of(rows, words.codes, words.role_types, (wishes.also_wants, wishes.not_again)),
        primary=words.role_type(rows["primary"]),
        skills=wide.levels_of(rows, words.skills),
        rate_floor=rows["rate_floor"].astype(np.int64),
        home_hub=rows["home"].astype(np.int32),
        willing=wide.willing_of(rows, len(words.codes.hubs), remote=words.anywhere),
        languages=wide.flags_of(rows["languages"], words.languages),
        birth_day=rows["born"].astype(np.int64),
        guardian_consent=np.zeros(len(rows), np.bool_),
        sex=(said >> 1 & 3).astype(np.int8),
        playable_min=rows["playable_min"].astype(np.int16),
        playable_max=rows["playable_max"].astype(np.int16),
        height_cm=rows["height"].astype(np.int16),
        appearance_until=np.where(until > 0, until - first, NEVER).astype(np.int32),
        free_day=wide.free_of(rows, "free_day", first, days),
        free_night=wide.free_of(rows, "free_night", first, days),
        credits=rows["credits"].astype(np.int32),
        reliability=rows["reliability"].astype(np.int16),
        last_company=none,
        last_hub=none,
        last_end=none,
        waiting_days=np.where(since > 0, np.maximum(today.toordinal() - since, 0), 0).astype(np.int32),
        booked_person=none,
        booked_start=none,
        booked_end=none,
        booked_hub=none,
        booked_part=none.astype(np.int8),
    )


def _last_shoots(ids: np.ndarray, held: np.ndarray, today: date) -> np.ndarray:
    """int64[n]: the row of `held` that is each person's last booking to have ended before today; -1 for none."""
    out = np.full(len(ids), -1, np.int64)
    ended = np.flatnonzero((held["offer"] == 0) & (held["last"] < today.toordinal()))
    # Of one person, the last assignment below wins: days ascending, and of equals the lowest number last.
    order = ended[
        np.lexsort((-held["id"][ended], held["last"][ended], held["first"][ended], held["person"][ended]))
    ]
    out[np.searchsorted(ids, held["person"][order])] = order
    return out


def _continuity(
    held: np.ndarray, last: np.ndarray, companies: np.ndarray, first: int
) -> dict[str, np.ndarray]:
    has = last >= 0
    out = {name: np.full(len(last), -1, np.int32) for name in ("last_company", "last_hub")}
    out["last_end"] = np.full(len(last), NEVER, np.int32)
    row = held[last[has]]
    out["last_company"][has] = np.searchsorted(companies, row["crew"])
    out["last_hub"][has] = row["hub"]
    out["last_end"][has] = row["last"] - first
    return out


def _booked(ids: np.ndarray, busy: np.ndarray, first: int) -> dict[str, np.ndarray]:
    return {
        "booked_person": np.searchsorted(ids, busy["person"]).astype(np.int32),
        "booked_start": (busy["first"] - first).astype(np.int32),
        "booked_end": (busy["last"] - first).astype(np.int32),
        "booked_hub": busy["hub"].astype(np.int32),
        "booked_part": busy["part"].astype(np.int8),
    }


def _roles(
    rows: np.ndarray, slots: Mapping[int, int], words: _Words, companies: np.ndarray, first: int, today: date
) -> Roles:
    return Roles(
        role_ids=rows["id"].astype(np.int64),
        shoot=rows["shoot"].astype(np.int64),
        company=np.searchsorted(companies, rows["crew"]).astype(np.int32),
        role_type=words.role_type(rows["role_type"]),
        category=rows["category"].astype(np.int8),
        start=(rows["first"] - first).astype(np.int32),
        end=(rows["last"] - first).astype(np.int32),
        part=rows["part"].astype(np.int8),
        hub=rows["hub"].astype(np.int32),
        headcount=np.array([slots[each] for each in rows["id"].tolist()], np.int32),
        day_rate=rows["day_rate"].astype(np.int64),
        must=levels(rows["must_low"], rows["must_high"], words.skills),
        nice=bits(rows["nice"], words.skills),
        speaks_all=bits(rows["speaks"], words.languages),
        speaks_any=np.zeros((len(rows), len(words.languages)), np.bool_),
        age_min=rows["age_min"].astype(np.int16),
        age_max=rows["age_max"].astype(np.int16),
        sex=rows["sex"].astype(np.int8),
        height_min=rows["height_min"].astype(np.int16),
        height_max=rows["height_max"].astype(np.int16),
        entry_level=rows["entry_level"] > 0,
        hazard=np.zeros(len(rows), np.bool_),
        urgency=np.maximum(rows["first"].astype(np.int32) - today.toordinal(), 0).astype(np.int32),
    )
