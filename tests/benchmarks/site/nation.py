"""A nation in the database of the bench: people as packed rows, as if triggers had packed them, open roles, bookings.

Only what a snapshot and the pages that answer from it read is written: accounts, profiles, packed rows, shoots, roles
with their skills, bookings. Constraints that look at other rows are left aside while it is poured in.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np

from jobs.matching.generate.people import ANOTHER_TRADE, ELSEWHERE
from jobs.matching.generate.scales import HUB_WEIGHTS
from jobs.queries.packed import PERSON, RING

FIRST = 10_000_000
"""Numbers of what is poured in start here, above the market that stands already."""

ROLES_OF_A_SHOOT = 30
HUBS = 14


def pour(people: int, *, roles: int, bookings: int, today: date, seed: int = 1) -> None:
    """Add so many people, open roles and bookings, and hubs up to HUBS, to a database that has crews and a taxonomy."""
    from django.db import connection, transaction

    from hubs.models import Hub
    from tests.factories.hubs import BaseFactory

    for number in range(Hub.objects.count(), HUBS):
        BaseFactory(hub__longitude=100 + number, hub__latitude=25 + number)

    draw = np.random.default_rng(seed)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SET LOCAL statement_timeout = 0")
        _people(cursor, people, draw, today)
        _roles(cursor, roles, draw, today)
        _bookings(cursor, people, roles, bookings, draw, today)
        cursor.execute("SET LOCAL session_replication_role = origin")
    if connection.in_atomic_block:  # a test, which throws it all away
        return
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(
            "VACUUM ANALYZE jobs_personcolumns, jobs_role, jobs_booking, profiles_profile, profiles_user"
        )
        cursor.execute("RESET statement_timeout")


def packed(people: int, draw: np.random.Generator, today: date, codes) -> np.ndarray:
    """PERSON[people]: one to three role types, six skills, a home and one hub in six besides, free for weeks."""
    out = np.zeros(people, PERSON)
    out["id"] = FIRST + np.arange(people)
    out["base"] = today.toordinal() - 10
    out["rate_floor"] = draw.integers(15, 60, people) * 10
    out["born"] = today.toordinal() - draw.integers(19 * 365, 30 * 365, people)
    out["waiting_since"] = today.toordinal() - draw.integers(0, 300, people)
    out["credits"] = draw.geometric(0.35, people) - 1
    weight = np.array(HUB_WEIGHTS[: len(codes.hubs)], float)
    out["home"] = draw.choice(len(weight), people, p=weight / weight.sum())
    out["playable_min"], out["playable_max"] = 18, 28
    out["height"] = draw.integers(155, 186, people)
    out["reliability"] = draw.integers(60, 200, people)
    out["flags"] = 1 + 2 * draw.integers(1, 3, people)
    types = _bits(people, len(codes.role_types), draw, of_each=1, crowded=True)
    out["primary"] = types.argmax(axis=1)
    for _ in range(2):
        types |= _bits(people, len(codes.role_types), draw, of_each=1, crowded=True) & (
            draw.random((people, 1)) < ANOTHER_TRADE / 1000
        )
    out["wants"] = np.packbits(_wide(types, 192), axis=1)
    willing = draw.random((people, len(codes.hubs))) < ELSEWHERE / 1000
    willing[np.arange(people), out["home"]] = True
    out["willing"] = np.packbits(_wide(willing, 256), axis=1)
    out["languages"] = np.packbits(_wide(draw.random((people, len(codes.languages))) < 0.08, 64), axis=1)
    held = _bits(people, len(codes.skills), draw, of_each=6, crowded=False)
    out["skills_low"] = np.packbits(_wide(held, 192), axis=1)
    out["skills_high"] = np.packbits(_wide(held & (draw.random(held.shape) < 0.5), 192), axis=1)
    for part in ("free_day", "free_night"):
        ring = np.zeros((people, RING), bool)
        begin, length = draw.integers(-10, 25, people), draw.integers(12, 60, people)
        for day in range(-10, 90):
            on = (day >= begin) & (day < begin + length)
            ring[:, (today.toordinal() + day) % RING] = on
        out[part] = np.packbits(ring, axis=1)
    return out


def _bits(rows: int, width: int, draw: np.random.Generator, *, of_each: int, crowded: bool) -> np.ndarray:
    weight = 1 / (1 + np.arange(width)) ** (0.7 if crowded else 0)
    out = np.zeros((rows, width), bool)
    for _ in range(of_each):
        out[np.arange(rows), draw.choice(width, rows, p=weight / weight.sum())] = True
    return out


def _wide(flags: np.ndarray, width: int) -> np.ndarray:
    return np.pad(flags, ((0, 0), (0, width - flags.shape[1])))


def _people(cursor, people: int, draw: np.random.Generator, today: date) -> None:
    from jobs.queries import columns

    codes = columns.codes()
    _fill(cursor, "profiles_user", {"kind": "graduate"}, ["id", "name", "email"],
          ((FIRST + n, f"学员{n}", f"n{n}@nation.example") for n in range(people)))  # fmt: skip
    _fill(cursor, "profiles_profile", {"birth_date": date(2003, 5, 17), "simulated": True},
          ["id", "user_id", "feed_token"],
          ((FIRST + n, FIRST + n, f"nation-{n}") for n in range(people)))  # fmt: skip
    with cursor.copy("COPY jobs_personcolumns (profile_id, data) FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types(["int8", "bytea"])
        for start in range(0, people, 50_000):
            rows = packed(min(50_000, people - start), draw, today, codes)
            rows["id"] += start
            for number, row in zip(rows["id"].tolist(), rows, strict=True):
                copy.write_row((number, row.tobytes()))


def _roles(cursor, roles: int, draw: np.random.Generator, today: date) -> None:
    from psycopg.types.range import DateRange

    cursor.execute("SELECT id FROM jobs_crew WHERE state = 'verified' ORDER BY id")
    crews = [row[0] for row in cursor.fetchall()]
    cursor.execute("SELECT id FROM hubs_base ORDER BY id")
    bases = [row[0] for row in cursor.fetchall()]
    cursor.execute("SELECT id, category FROM hubs_roletype ORDER BY id")
    types = cursor.fetchall()
    cursor.execute("SELECT id FROM hubs_skill ORDER BY id")
    skills = [row[0] for row in cursor.fetchall()]
    shoots = -(-roles // ROLES_OF_A_SHOOT)
    begin, length = draw.integers(2, 25, shoots), draw.integers(5, 11, shoots)
    days = [DateRange(today + timedelta(days=int(a)), today + timedelta(days=int(a + b)))
            for a, b in zip(begin, length, strict=True)]  # fmt: skip
    _fill(cursor, "jobs_shoot", {"state": "open"}, ["id", "crew_id", "base_id", "title", "days"],
          ((FIRST + n, crews[n % len(crews)], bases[n % len(bases)], f"短剧{n}", days[n])
           for n in range(shoots)))  # fmt: skip
    weight = 1 / (1 + np.arange(len(types))) ** 0.7
    chosen = draw.choice(len(types), roles, p=weight / weight.sum())
    rate, count = draw.integers(25, 90, roles) * 10, draw.integers(1, 6, roles)
    _fill(cursor, "jobs_role", {"part": "day", "entry_level": True},
          ["id", "shoot_id", "role_type_id", "category", "days", "day_rate", "headcount"],
          ((FIRST + n, FIRST + n // ROLES_OF_A_SHOOT, *types[chosen[n]], days[n // ROLES_OF_A_SHOOT],
            int(rate[n]), int(count[n])) for n in range(roles)))  # fmt: skip
    asked = draw.integers(len(skills), size=roles)
    _fill(cursor, "jobs_roleskill", {"level": 1}, ["id", "role_id", "skill_id", "must"],
          ((FIRST + n, FIRST + n, skills[asked[n]], bool(n % 2)) for n in range(roles)))  # fmt: skip


def _bookings(cursor, people: int, roles: int, bookings: int, draw: np.random.Generator, today: date) -> None:
    from psycopg.types.range import DateRange

    who = draw.choice(people, min(bookings, people), replace=False)
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
