"""A nation in the database of the bench: the generated market as rows. People as packed rows, as if triggers had packed
them, open roles, bookings.

Only what a snapshot and the pages that answer from it read is written: accounts, profiles, packed rows, shoots, roles
with their skills, bookings. Constraints that look at other rows are left aside while it is poured in.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np

from jobs.matching.columns import People, Roles
from jobs.matching.generate import Scale, generate_market
from jobs.queries.packed import PERSON, RING

FIRST = 10_000_000
"""Numbers of what is poured in start here, above the market that stands already."""

CREW, USUAL = 26, 25.29
"""Roles of a generated shoot, at most and in the middle."""

HUBS, DAYS = 14, 40
PARTS, CATEGORIES, SEXES = (
    ("", "day", "night", "both"),
    ("production", "leads", "extras"),
    ("", "female", "male"),
)


def pour(people: int, *, roles: int, bookings: int, today: date, slots: int = 0, seed: int = 1) -> None:
    """Add so many people, open roles and bookings, and hubs up to HUBS, to a database that has crews and a taxonomy."""
    from django.db import connection, transaction

    from hubs.models import Hub
    from tests.factories.hubs import BaseFactory

    for number in range(Hub.objects.count(), HUBS):
        BaseFactory(hub__longitude=100 + number, hub__latitude=25 + number)
    shoots = max(-(-roles // CREW), round(roles / USUAL))
    market = generate_market(Scale(people, shoots, HUBS, DAYS, roles, slots), seed=seed)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SET LOCAL statement_timeout = 0")
        _people(cursor, market.people, today)
        _roles(cursor, market.roles, today)
        _bookings(cursor, people, roles, bookings, np.random.default_rng(seed), today)
        cursor.execute("SET LOCAL session_replication_role = origin")
    if connection.in_atomic_block:  # a test, which throws it all away
        return
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(
            "VACUUM ANALYZE jobs_personcolumns, jobs_shoot, jobs_role, jobs_roleskill, jobs_booking, profiles_profile,"
            " profiles_user"
        )
        cursor.execute("RESET statement_timeout")


def packed(p: People, some: slice, today: date, codes) -> np.ndarray:
    """PERSON rows of some generated people; what the taxonomy has no code for goes by the first ones again."""
    out = np.zeros(len(p.person_ids[some]), PERSON)
    out["id"] = FIRST + p.person_ids[some]
    out["base"] = today.toordinal()
    out["born"] = p.birth_day[some]
    out["waiting_since"] = today.toordinal() - p.waiting_days[some]
    for name, column in (("rate_floor", p.rate_floor), ("credits", p.credits), ("home", p.home_hub),
                         ("playable_min", p.playable_min), ("playable_max", p.playable_max),
                         ("height", p.height_cm), ("reliability", p.reliability)):  # fmt: skip
        out[name] = column[some]
    out["primary"] = p.primary[some] % len(codes.role_types)
    out["flags"] = 1 + 2 * p.sex[some]
    out["wants"] = _bits(p.wants[some], len(codes.role_types), 192)
    out["willing"] = _bits(p.willing[some], HUBS, 256)
    out["languages"] = _bits(p.languages[some], len(codes.languages), 64)
    out["skills_low"] = _bits(p.skills[some] & 1, len(codes.skills), 192)
    out["skills_high"] = _bits(p.skills[some] >> 1, len(codes.skills), 192)
    ring = (today.toordinal() + 1 + np.arange(DAYS)) % RING
    for part, free in (("free_day", p.free_day), ("free_night", p.free_night)):
        out[part] = _bits(free[some], RING, RING, ring)
    return out


def _bits(table: np.ndarray, codes: int, width: int, at: np.ndarray | None = None) -> np.ndarray:
    """uint8[n, width / 8]: column k at bit k, or `at`[k], of so many codes."""
    flags = np.zeros((len(table), width), bool)
    places = np.arange(table.shape[1]) if at is None else at
    for k, place in enumerate((places % codes).tolist()):
        flags[:, place] |= table[:, k] > 0
    return np.packbits(flags, axis=1)


def _people(cursor, people: People, today: date) -> None:
    from jobs.queries import columns

    codes, ids = columns.codes(), (FIRST + people.person_ids).tolist()
    _fill(cursor, "profiles_user", {"kind": "graduate"}, ["id", "name", "email"],
          ((n, f"学员{n}", f"n{n}@nation.example") for n in ids))  # fmt: skip
    _fill(cursor, "profiles_profile", {"birth_date": date(2003, 5, 17), "simulated": True},
          ["id", "user_id", "feed_token"], ((n, n, f"nation-{n}") for n in ids))  # fmt: skip
    with cursor.copy("COPY jobs_personcolumns (profile_id, data) FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types(["int8", "bytea"])
        for start in range(0, len(ids), 50_000):
            rows = packed(people, slice(start, start + 50_000), today, codes)
            for number, row in zip(rows["id"].tolist(), rows, strict=True):
                copy.write_row((number, row.tobytes()))


def _roles(cursor, r: Roles, today: date) -> None:
    from psycopg.types.range import DateRange

    def ids(query: str) -> list[int]:
        cursor.execute(query)
        return [row[0] for row in cursor.fetchall()]

    crews = ids("SELECT id FROM jobs_crew WHERE state = 'verified' ORDER BY id")
    bases = ids("""SELECT min(b.id) FROM hubs_base b JOIN jobs_codebit c ON c.kind = 3 AND c.subject_id = b.hub_id
                   GROUP BY c.position ORDER BY c.position""")  # fmt: skip
    types, skills = (
        ids(f"SELECT subject_id FROM jobs_codebit WHERE kind = {kind} ORDER BY position") for kind in (1, 2)
    )
    begin = today + timedelta(days=1)
    days = [DateRange(begin + timedelta(days=a), begin + timedelta(days=b + 1))
            for a, b in zip(r.start.tolist(), r.end.tolist(), strict=True)]  # fmt: skip
    shoots, at = np.unique(r.shoot, return_index=True)
    _fill(cursor, "jobs_shoot", {"state": "open"}, ["id", "crew_id", "base_id", "title", "days"],
          ((FIRST + s, crews[int(r.company[o]) % len(crews)], bases[int(r.hub[o]) % len(bases)], f"短剧{s}", days[o])
           for s, o in zip(shoots.tolist(), at.tolist(), strict=True)))  # fmt: skip
    names = ["id", "shoot_id", "role_type_id", "category", "days", "part", "day_rate", "headcount", "entry_level",
             "character_sex", "character_age_min", "character_age_max"]  # fmt: skip
    columns = zip(*(getattr(r, name).tolist() for name in (
        "shoot", "role_type", "category", "part", "day_rate", "headcount", "entry_level", "sex", "age_min", "age_max"
    )), strict=True)  # fmt: skip
    _fill(cursor, "jobs_role", {}, names, (
        (FIRST + o, FIRST + s, types[kind % len(types)], CATEGORIES[group], days[o], PARTS[part], rate, count, entry,
         SEXES[sex], least or None, most or None)
        for o, (s, kind, group, part, rate, count, entry, sex, least, most) in enumerate(columns)))  # fmt: skip
    asked = {}
    for o, k in zip(*(each.tolist() for each in np.nonzero((r.must > 0) | r.nice)), strict=True):
        asked.setdefault(
            (FIRST + o, skills[k % len(skills)]), (max(1, int(r.must[o, k])), bool(r.must[o, k]))
        )
    _fill(cursor, "jobs_roleskill", {}, ["id", "role_id", "skill_id", "level", "must"],
          ((FIRST + n, *pair, *how) for n, (pair, how) in enumerate(asked.items())))  # fmt: skip


def _bookings(cursor, people: int, roles: int, bookings: int, draw: np.random.Generator, today: date) -> None:
    from psycopg.types.range import DateRange

    who = 1 + draw.choice(people, min(bookings, people), replace=False)
    past = DateRange(today - timedelta(days=20), today - timedelta(days=13))
    _fill(cursor, "jobs_booking", {"state": "confirmed", "day_rate": 300, "confirmed_at": today, "days": past},
          ["id", "offer_id", "role_id", "profile_id"],
          ((FIRST + n, FIRST + n, FIRST + n % roles, FIRST + int(each)) for n, each in enumerate(who)))  # fmt: skip


def _fill(cursor, table: str, same: dict, names: list[str], rows: Iterable[tuple]) -> None:
    """COPY rows into a table; columns not named get `same`, their default in the model, or what stands for empty."""
    from django.apps import apps

    (model,) = [each for each in apps.get_models() if each._meta.db_table == table]
    given = dict(same)
    for field in model._meta.concrete_fields:
        if (
            field.column not in names
            and field.column not in given
            and not field.null
            and not field.primary_key
        ):
            given[field.column] = _nothing(field)
    columns = ", ".join(f'"{name}"' for name in [*names, *given])
    rest = tuple(given.values())
    with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row((*row, *rest))


def _nothing(field):
    from django.utils import timezone

    if field.has_default():
        return field.get_default()
    kind = field.get_internal_type()
    if kind in ("DateTimeField", "DateField"):
        return timezone.now()
    return {"BooleanField": False, "CharField": "", "TextField": "", "EmailField": ""}.get(kind, 0)
