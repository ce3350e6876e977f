"""Rows of fixed length out of PostgreSQL, read by NumPy without a loop: people, what binds their days, and roles.

The database concatenates packed rows and hands over a few large values; a row of Python objects for each would cost
more than everything else together. People are packed when they change (see the migration that watches them), the rest
when it is asked for. Numbers are big-endian; days are `date.toordinal()`, 0 for none; -1 is no bit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString, cast

import numpy as np
from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg import ClientCursor, Cursor, sql
from psycopg.pq import Format

from jobs.models import CodeBit
from jobs.queries.packed import ANYWHERE, BOND, COMMITMENT, PERSON, ROLE, take, whole

WIDTHS = {
    CodeBit.Kind.ROLE_TYPE: 192,
    CodeBit.Kind.SKILL: 192,
    CodeBit.Kind.HUB: ANYWHERE,
    CodeBit.Kind.LANGUAGE: 64,
}
"""How many codes of a kind a packed row has bits for."""

PEOPLE_SQL: LiteralString = "SELECT string_agg(data, ''::bytea) FROM jobs_personcolumns WHERE {where}"

EVERYBODY_SQL: LiteralString = """
SELECT part.packed, pg_relation_size('jobs_personcolumns')
FROM generate_series(0, pg_relation_size('jobs_personcolumns') / current_setting('block_size')::integer, 256) AS block
CROSS JOIN LATERAL (
    SELECT string_agg(data, ''::bytea) AS packed
    FROM jobs_personcolumns
    WHERE ctid >= ('(' || block || ',0)')::tid AND ctid < ('(' || block + 256 || ',0)')::tid
) part
WHERE part.packed IS NOT NULL
"""
"""The table from its first block to its last, some thousand people a value: nothing is sorted or held twice."""

COMMITMENTS_SQL: LiteralString = """
SELECT string_agg(
    int8send(held.profile_id) || int8send(held.id) || int8send(r.id) || int8send(s.crew_id)
    || int4send(jobs_day(lower(held.days))) || int4send(jobs_day(upper(held.days)) - 1)
    || int2send(CASE WHEN r.remote THEN 255 ELSE coalesce(bit.position, -1) END::smallint)
    || int2send(CASE r.part WHEN 'day' THEN 1 WHEN 'night' THEN 2 ELSE 3 END::smallint)
    || int2send(held.offer::smallint), ''::bytea)
FROM (
    SELECT id, profile_id, role_id, days, 0 AS offer FROM jobs_booking WHERE state IN ('confirmed', 'served')
    UNION ALL
    SELECT o.id, o.profile_id, o.role_id, r.days, 1
    FROM jobs_offer o JOIN jobs_role r ON r.id = o.role_id WHERE o.state = 'open'
) held
JOIN jobs_role r ON r.id = held.role_id
JOIN jobs_shoot s ON s.id = r.shoot_id
JOIN hubs_base base ON base.id = s.base_id
LEFT JOIN jobs_codebit bit ON bit.kind = 3 AND bit.subject_id = base.hub_id
{where}
"""

BONDS_SQL: LiteralString = """
SELECT string_agg(
    int8send(profile_id) || int8send(crew_id) || int2send(kind::smallint) || int2send(value::smallint), ''::bytea
    ORDER BY profile_id, crew_id, kind)
FROM (
    SELECT DISTINCT profile_id, crew_id, 1 AS kind, 0 AS value FROM jobs_block
    UNION ALL SELECT profile_id, crew_id, 2, 0 FROM jobs_star
    UNION ALL SELECT profile_id, crew_id, 3, value FROM jobs_mark
) bond
{where}
"""

ROLES_SQL: LiteralString = """
SELECT string_agg(
    int8send(r.id) || int8send(r.shoot_id) || int8send(s.crew_id)
    || int4send(jobs_day(lower(r.days))) || int4send(jobs_day(upper(r.days)) - 1) || int4send(r.day_rate)
    || int2send(coalesce(type.position, -1)::smallint)
    || int2send(CASE r.category WHEN 'production' THEN 0 WHEN 'leads' THEN 1 ELSE 2 END::smallint)
    || int2send(CASE WHEN r.remote THEN 255 ELSE coalesce(hub.position, -1) END::smallint)
    || int2send(CASE r.part WHEN 'day' THEN 1 WHEN 'night' THEN 2 ELSE 3 END::smallint)
    || int2send(r.headcount) || int2send(r.filled)
    || int2send(CASE r.character_sex WHEN 'female' THEN 1 WHEN 'male' THEN 2 ELSE 0 END::smallint)
    || int2send(CASE WHEN r.character_age_max IS NULL AND r.character_age_min IS NULL THEN 0
        ELSE coalesce(nullif(r.character_age_min, 0), 1) END::smallint)
    || int2send(CASE WHEN r.character_age_max IS NULL AND r.character_age_min IS NULL THEN 0
        ELSE coalesce(nullif(r.character_age_max, 0), 100) END::smallint)
    || int2send(coalesce(r.height_min, 0)::smallint) || int2send(coalesce(r.height_max, 0)::smallint)
    || int2send(r.entry_level::integer::smallint)
    || int2send((s.state = 'open' AND crew.state = 'verified' AND hold.id IS NULL AND NOT r.below_floor)
        ::integer::smallint)
    || int2send(0::smallint)
    || jobs_bits(coalesce(speaks.bits, B'0'::bit(64)))
    || jobs_bits(coalesce(asks.low, B'0'::bit(192))) || jobs_bits(coalesce(asks.high, B'0'::bit(192)))
    || jobs_bits(coalesce(asks.nice, B'0'::bit(192))), ''::bytea ORDER BY r.id)
FROM jobs_role r
JOIN jobs_shoot s ON s.id = r.shoot_id
JOIN jobs_crew crew ON crew.id = s.crew_id
JOIN hubs_base base ON base.id = s.base_id
LEFT JOIN jobs_hold hold ON hold.role_id = r.id
LEFT JOIN jobs_codebit type ON type.kind = 1 AND type.subject_id = r.role_type_id
LEFT JOIN jobs_codebit hub ON hub.kind = 3 AND hub.subject_id = base.hub_id
LEFT JOIN (
    SELECT k.role_id,
        bit_or(CASE WHEN k.must AND k.level & 1 = 1 THEN one.bit ELSE none.bit END) AS low,
        bit_or(CASE WHEN k.must AND k.level & 2 = 2 THEN one.bit ELSE none.bit END) AS high,
        bit_or(CASE WHEN k.must THEN none.bit ELSE one.bit END) AS nice
    FROM jobs_roleskill k
    JOIN jobs_codebit b ON b.kind = 2 AND b.subject_id = k.skill_id
    CROSS JOIN LATERAL (SELECT B'1'::bit(192) >> b.position AS bit) one
    CROSS JOIN (SELECT B'0'::bit(192) AS bit) none
    WHERE {skills}
    GROUP BY k.role_id
) asks ON asks.role_id = r.id
LEFT JOIN (
    SELECT l.role_id, bit_or(B'1'::bit(64) >> b.position) AS bits
    FROM jobs_role_languages l JOIN jobs_codebit b ON b.kind = 4 AND b.subject_id = l.language_id
    WHERE {skills}
    GROUP BY l.role_id
) speaks ON speaks.role_id = r.id
WHERE {where}
"""

CODES_SQL: LiteralString = """
SELECT b.kind, b.position, coalesce(t.code, s.code, h.slug, l.code), h.id, h.longitude, h.latitude
FROM jobs_codebit b
LEFT JOIN hubs_roletype t ON b.kind = 1 AND t.id = b.subject_id
LEFT JOIN hubs_skill s ON b.kind = 2 AND s.id = b.subject_id
LEFT JOIN hubs_hub h ON b.kind = 3 AND h.id = b.subject_id
LEFT JOIN hubs_language l ON b.kind = 4 AND l.id = b.subject_id
"""


Chosen = Sequence[int] | tuple[str, Sequence[Any]]
"""Some people: their ids, or a SELECT of them with its parameters."""


class TooManyCodes(Exception):
    """The taxonomy has outgrown the packed rows: they need more bits (a migration) before anything is matched."""


@dataclass(frozen=True)
class Codes:
    """What the bits stand for, by kind; a bit nobody has is "?" with its number. `places`: (id, longitude, latitude)."""

    role_types: tuple[str, ...]
    skills: tuple[str, ...]
    hubs: tuple[str, ...]
    languages: tuple[str, ...]
    places: tuple[tuple[int, float, float] | None, ...]


def codes() -> Codes:
    """Read the codes; one query. Raise TooManyCodes where a kind has more than its bits."""
    by_kind: dict[int, dict[int, tuple]] = {kind: {} for kind in WIDTHS}
    with connection.cursor() as cursor:
        cursor.execute(CODES_SQL)
        for kind, position, code, *place in cursor.fetchall():
            if position >= WIDTHS[kind]:
                raise TooManyCodes(CodeBit.Kind(kind).name)
            by_kind[kind][position] = (code, place)
    named = {
        kind: tuple(
            found[position][0] if position in found else f"?{position}"
            for position in range(max(found, default=-1) + 1)
        )
        for kind, found in by_kind.items()
    }
    hubs = by_kind[CodeBit.Kind.HUB]
    return Codes(
        named[CodeBit.Kind.ROLE_TYPE],
        named[CodeBit.Kind.SKILL],
        named[CodeBit.Kind.HUB],
        named[CodeBit.Kind.LANGUAGE],
        tuple(tuple(hubs[at][1]) if at in hubs else None for at in range(len(named[CodeBit.Kind.HUB]))),
    )


def everybody(keep: Callable[[np.ndarray], np.ndarray] | None = None) -> np.ndarray:
    """PERSON[n] of all, listed or not, in the order of their ids; `keep` answers bool[k] for some thousand of them at
    a time. One query, a fifth of a second for 690,000.
    """
    connection.ensure_connection()
    raw = Cursor(connection.connection)
    # Value by value: the client reads one while the server makes the next, and neither holds them all.
    # One array with room for a table full of people, of which only what is written takes memory: two hundred megabytes
    # never stand there twice.
    out, size = np.empty(0, PERSON), 0
    for value, room in raw.stream(sql.SQL(EVERYBODY_SQL), binary=True):
        out = out if len(out) else np.empty(room // PERSON.itemsize + 1, PERSON)
        some = np.frombuffer(value, PERSON)
        some = some if keep is None else some[keep(some)]
        if size + len(some) > len(out):  # people came while it was read
            out.resize(size + len(some) + size // 2, refcheck=False)
        whole(out)[size : size + len(some)] = whole(some)
        size += len(some)
    out.resize(size, refcheck=False)
    return _by_id(out)


def people(ids: Chosen) -> np.ndarray:
    """PERSON[n] of some people, in the order of their ids. One query."""
    where, given = _chosen("profile_id", ids)
    query = sql.SQL(PEOPLE_SQL).format(where=where)
    return _by_id(_read(query, PERSON, given))


def commitments(ids: Chosen | None = None) -> np.ndarray:
    """COMMITMENT[b] of some people, or of everybody, in the order of people's ids. One query."""
    where, given = _narrowed("held.profile_id", ids)
    found = _read(sql.SQL(COMMITMENTS_SQL).format(where=where), COMMITMENT, given)
    return take(found, np.lexsort((found["id"], found["offer"], found["person"])))


def bonds(ids: Chosen | None = None) -> np.ndarray:
    """BOND[b] of some people, or of everybody, in the order of people's ids. One query."""
    where, given = _narrowed("profile_id", ids)
    return _read(sql.SQL(BONDS_SQL).format(where=where), BOND, given)


def roles(ids: Iterable[int] | None = None) -> np.ndarray:
    """ROLE[m] of these roles, or of all on open shoots that nothing holds back, in the order of their ids. One query."""
    if ids is None:
        skills = sql.SQL(
            "role_id IN (SELECT r.id FROM jobs_role r JOIN jobs_shoot s ON s.id = r.shoot_id WHERE s.state = 'open')"
        )
        listed = sql.SQL(
            "s.state = 'open' AND crew.state = 'verified' AND hold.id IS NULL AND NOT r.below_floor"
        )
        return _read(sql.SQL(ROLES_SQL).format(where=listed, skills=skills), ROLE)
    query = sql.SQL(ROLES_SQL).format(
        where=sql.SQL("r.id = ANY(%(ids)s)"), skills=sql.SQL("role_id = ANY(%(ids)s)")
    )
    return _read(query, ROLE, {"ids": list(ids)})


def _narrowed(column: LiteralString, ids: Chosen | None) -> tuple[sql.Composable, Sequence]:
    if ids is None:
        return sql.SQL(""), ()
    where, given = _chosen(column, ids)
    return sql.SQL("WHERE {}").format(where), given


def _chosen(column: LiteralString, ids: Chosen) -> tuple[sql.SQL, Sequence]:
    if isinstance(ids, tuple) and len(ids) == 2 and isinstance(ids[0], str):
        select, given = ids
        return sql.SQL(f"{column} IN ({select})"), given
    return sql.SQL(f"{column} = ANY(%s)"), ([int(each) for each in ids],)


def _by_id(rows: np.ndarray) -> np.ndarray:
    ids = rows["id"].astype(np.int64)
    return rows if (ids[1:] > ids[:-1]).all() else take(rows, np.argsort(ids, kind="stable"))


def _read(query: sql.Composed, row: np.dtype, given: Sequence[Any] | Mapping[str, Any] = ()) -> np.ndarray:
    """Run a query that answers with packed rows, in as many values as it likes. What is given by name is sent beside the
    words, once: a country's roles are half a megabyte of numbers.
    """
    connection.ensure_connection()
    # Django's cursors put parameters in on our side, and such cursors cannot ask for binary values. Parameters of its
    # queries have no types of their own, so they go in on our side here, too.
    beside = isinstance(given, Mapping)
    words = query if beside else ClientCursor(connection.connection).mogrify(query, given)
    raw = Cursor(connection.connection)
    driver = cast(CursorWrapper, raw)  # Django wraps it, though the stubs ask for one wrapped already
    with (
        connection.make_debug_cursor(driver)
        if connection.queries_logged
        else connection.make_cursor(driver) as cursor
    ):
        raw.format = Format.BINARY
        cursor.execute(words, given if beside else None)
        values = [value for (value,) in cursor.fetchall() if value]
    return np.frombuffer(b"".join(values), row) if values else np.zeros(0, row)
