"""The market room over ten years: facts of a market of 3,000 titles a month, and what its pages cost then.

Every day of ten years is in the tables, as beat would have left it; pages read what it added up.
`python -m tests.benchmarks.site.decade` measures this alone.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.figure import figure, spread
from tests.benchmarks.site import pages, world

YEARS = 10
REQUESTS = 40
ADDRESSES = {
    "public_60": ("market room, 60 days", "/market/", False),
    "public_all": ("market room, ten years", "/market/?span=all", False),
    "hub_all": ("market room, a hub, ten years", "/market/?span=all&hub=xian", False),
    "desk_all": ("market room of an admin, ten years", "/market/?span=all", True),
    "csv_all": ("numbers of ten years as CSV", "/market/places.csv?span=all", False),
}

FACTS = """
INSERT INTO jobs_marketfact (day, hub_id, role_type_id, places, booked, wanted, free_people, sent, accepted,
    declined, expired, withdrawn, filled, fill_hours, fill_spans, first_timers, due, due_filled, paid_days)
SELECT d::date, h.id, t.id, n, n / 3, n / 8, n / 6, n / 10 + 1, n / 14, n / 40, n / 60, n / 90, n / 14, n,
    ARRAY[n / 60, n / 50, n / 60, n / 90, n / 200], n / 40, n / 12, n / 14, n / 4
FROM generate_series(%(first)s::date, %(last)s::date, '1 day') AS d
CROSS JOIN hubs_hub h CROSS JOIN hubs_roletype t
CROSS JOIN LATERAL (SELECT (40 + 37 * ((h.id * 31 + t.id * 17 + extract(doy FROM d)::int) %% 23))::int AS n) size
ON CONFLICT DO NOTHING
"""
HUBS = """
INSERT INTO jobs_hubfact (grain, rounded, day, hub_id, days, shoot_days, people, paid_days_30, rest_breaches, late_wages,
    late_yuan, reasons)
SELECT 'day', false, d::date, h.id, 1, 90, 4000, 60000, 3, 20, 40000, '{"pay": 30, "days": 20, "elsewhere": 11}'::jsonb
FROM generate_series(%(first)s::date, %(last)s::date, '1 day') AS d
CROSS JOIN (SELECT id FROM hubs_hub UNION ALL SELECT NULL) h
ON CONFLICT DO NOTHING
"""


def figures(log: Path) -> list[dict[str, Any]]:
    began = time.monotonic()
    days, sums = load()
    loaded = time.monotonic() - began
    desk = _admin()
    took: dict[str, list[float]] = {key: [] for key in ADDRESSES}
    with pages.server(log) as port:
        for turn in range(REQUESTS + 1):
            for key, (_name, address, of_admin) in ADDRESSES.items():
                at = time.perf_counter()
                pages.get(port, address, desk if of_admin else "")
                if turn:  # the first one warms what a process keeps
                    took[key].append((time.perf_counter() - at) * 1000)
    note = f"{days:,} rows of days and {sums:,} of sums; written in {loaded:.0f} s"
    out = []
    for key, (name, _address, _of_admin) in ADDRESSES.items():
        found = spread(took[key])
        said = f"p95 {found['p95']:.0f} ms, half within {found['p50']:.0f} ms"
        out.append(figure(f"decade_{key}", name, said, note, **found))
    return out


def load() -> tuple[int, int]:
    """Write ten years of facts beside what stands; return the rows of days and of sums."""
    from django.db import connection, transaction

    from hubs.timespan import shoot_day_of
    from jobs.models import MarketFact, MarketSum
    from jobs.services import market_room

    last = shoot_day_of(_now())
    first = last.replace(year=last.year - YEARS, day=1)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")  # ten years at once take longer than a page may
        cursor.execute("SET LOCAL synchronous_commit = off")
        # Hubs and trades come from their own tables a line below: to look each up again would take most of the time.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in (FACTS, HUBS):
            cursor.execute(statement, {"first": first, "last": last})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE jobs_marketfact, jobs_hubfact")
    market_room.add_up(days_since=last - market_room.DAY * market_room.DAYS_KEPT)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE jobs_marketsum, jobs_hubfact")
    return MarketFact.objects.count(), MarketSum.objects.count()


def _now():
    from django.utils import timezone

    return timezone.now()


def _admin() -> str:
    from profiles.models import User

    desk = {"kind": User.Kind.ADMIN, "is_staff": True, "is_superuser": True}
    return pages.signed_in(User.objects.get_or_create(email="decade@bench.example", defaults=desk)[0])


def main() -> int:
    with world.site(market=False), tempfile.TemporaryDirectory() as folder:
        print(json.dumps({"figures": figures(Path(folder) / "web.log")}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
