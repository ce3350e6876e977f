"""The market's numbers, kept a day at a time: written by beat, written again by whoever rebuilds them."""

from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Max

from hubs.timespan import shoot_day_of
from jobs.models import HubFact, MarketFact
from jobs.models.market_room import FILL_HOURS, Grain
from jobs.queries import market_facts

DAY = timedelta(days=1)
FLOWS = (
    "sent", "accepted", "declined", "expired", "withdrawn", "filled", "fill_hours", "first_timers", "due", "due_filled",
    "paid_days",
)  # fmt: skip
STOCKS = ("places", "booked", "wanted", "free_people")
HUB_FLOWS = ("shoot_days", "rest_breaches")
HUB_STOCKS = ("people", "paid_days_30", "late_wages", "late_yuan")
LOCK = 40_117
"""Advisory lock of the one who writes facts: two beats at once would delete each other's rows."""


def write(*, now: datetime) -> list[date]:
    """Write every shoot day from the last one that was written to the running one; return them.

    The last one is written again: it was still running. After a pause the days between are caught up, at most a month.
    """
    today = shoot_day_of(now)
    last = HubFact.objects.filter(grain=Grain.DAY, hub=None).aggregate(day=Max("day"))["day"] or today
    first = max(min(last, today), today - timedelta(days=31))
    days = [first + DAY * number for number in range((today - first).days + 1)]
    for day in days:
        write_day(day, now=now)
    return days


def rebuild(first: date, last: date, *, now: datetime) -> int:
    """Write the days from `first` to `last` anew from the tables; return how many."""
    days = (last - first).days + 1
    for number in range(days):
        write_day(first + DAY * number, now=now)
    return days


def write_day(day: date, *, now: datetime) -> None:
    """Count one shoot day and its month. Twice gives the same rows.

    Who was free is known of the running day alone: for a past one what was written then is kept.
    """
    with_supply = day >= shoot_day_of(now)
    counts = market_facts.counts(day, with_supply=with_supply)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        here = MarketFact.objects.filter(grain=Grain.DAY, day=day)
        if not with_supply:
            for hub, role_type, free in here.filter(free_people__gt=0).values_list(
                "hub_id", "role_type_id", "free_people"
            ):
                counts.trades[hub, role_type]["free_people"] = free
        here.delete()
        HubFact.objects.filter(grain=Grain.DAY, day=day).delete()
        MarketFact.objects.bulk_create(
            [
                MarketFact(
                    grain=Grain.DAY,
                    day=day,
                    hub_id=hub,
                    role_type_id=role_type,
                    **{"fill_spans": [0] * (len(FILL_HOURS) + 1)} | {k: v or 0 for k, v in said.items()},
                )
                for (hub, role_type), said in sorted(counts.trades.items())
                if any(said.values())
            ]
        )
        HubFact.objects.bulk_create(
            [
                HubFact(grain=Grain.DAY, day=day, hub_id=hub, **{k: v or 0 for k, v in said.items() if k != "reasons"},
                        reasons=said.get("reasons") or {})
                for hub, said in sorted(counts.hubs.items(), key=lambda item: item[0] or 0)
            ]
        )  # fmt: skip
        write_month(day.replace(day=1))


def write_month(first: date) -> None:
    """Add the days of a month up: flows are sums, stocks are those of its last day that was written. 5 statements."""
    after = (first + timedelta(days=32)).replace(day=1)
    MarketFact.objects.filter(grain=Grain.MONTH, day=first).delete()
    HubFact.objects.filter(grain=Grain.MONTH, day=first).delete()
    given = {"first": first, "after": after}
    spans = ", ".join(f"coalesce(sum(fill_spans[{n}]), 0)::int" for n in range(1, len(FILL_HOURS) + 2))
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO jobs_marketfact (grain, day, hub_id, role_type_id, fill_spans, {", ".join((*FLOWS, *STOCKS))})
            SELECT 'month', %(first)s, hub_id, role_type_id, ARRAY[{spans}],
                {", ".join(f"sum({name})" for name in FLOWS)},
                {", ".join(f"coalesce(sum({name}) FILTER (WHERE day = last), 0)" for name in STOCKS)}
            FROM (SELECT f.*, max(day) OVER () AS last FROM jobs_marketfact f
                WHERE grain = 'day' AND day >= %(first)s AND day < %(after)s) d
            GROUP BY hub_id, role_type_id""",  # noqa: S608  (names of our own columns)
            given,
        )
        cursor.execute(
            f"""
            INSERT INTO jobs_hubfact (grain, day, hub_id, days, reasons, {", ".join((*HUB_FLOWS, *HUB_STOCKS))})
            SELECT 'month', %(first)s, d.hub_id, count(*),
                coalesce((SELECT jsonb_object_agg(code, n) FROM (SELECT code, sum(value::int) AS n
                    FROM jobs_hubfact f, jsonb_each_text(f.reasons) AS said(code, value)
                    WHERE f.grain = 'day' AND f.day >= %(first)s AND f.day < %(after)s
                        AND f.hub_id IS NOT DISTINCT FROM d.hub_id GROUP BY code) t), '{{}}'),
                {", ".join(f"sum({name})" for name in HUB_FLOWS)},
                {", ".join(f"coalesce(max({name}) FILTER (WHERE d.day = d.last), 0)" for name in HUB_STOCKS)}
            FROM (SELECT f.*, max(day) OVER () AS last FROM jobs_hubfact f
                WHERE grain = 'day' AND day >= %(first)s AND day < %(after)s) d
            GROUP BY d.hub_id""",  # noqa: S608  (names of our own columns)
            given,
        )
