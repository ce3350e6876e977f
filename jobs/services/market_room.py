"""The market's numbers, kept a day at a time: written by beat, written again by whoever rebuilds them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Max

from hubs.timespan import shoot_day_of
from jobs.models import HubFact, MarketFact, MarketSum
from jobs.models.market_room import FILL_HOURS, Grain
from jobs.queries import market_facts, market_public, market_sums

DAY = timedelta(days=1)
DAYS_KEPT = 100
"""Days added up are kept for as long as a page draws days, and a little longer. Months stay, and so do facts."""

HUB_FLOWS = ("shoot_days", "rest_breaches")
HUB_STOCKS = ("people", "paid_days_30", "late_wages", "late_yuan")
LOCK = 40_117
"""Advisory lock of the one who writes facts: two beats at once would delete each other's rows."""


def write(*, now: datetime) -> list[date]:
    """Write every shoot day from the last one that was written to the running one; return them.

    The last one is written again: it was still running. After a pause the days between are caught up, at most a month.
    """
    today = shoot_day_of(now)
    if not MarketSum.objects.exists():
        add_up(days_since=today - DAY * DAYS_KEPT)
    counted = HubFact.objects.filter(grain=Grain.DAY, rounded=False, hub=None)
    last = counted.aggregate(day=Max("day"))["day"] or today
    first = max(min(last, today), today - timedelta(days=31))
    days = [first + DAY * number for number in range((today - first).days + 1)]
    for day in days:
        write_day(day, now=now)
    MarketSum.objects.filter(grain=Grain.DAY, day__lt=today - DAY * DAYS_KEPT).delete()
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
        _alone()
        here = MarketFact.objects.filter(day=day)
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
        write_month(day, since=day)


def _alone() -> None:
    """Wait until nobody else writes, for as long as this transaction lasts. Twice in one is harmless."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def add_up(*, days_since: date) -> int:
    """Write the sums of every month of facts, and of days from `days_since` on; return how many months.

    For a site that has facts and no sums yet, as after an upgrade.
    """
    firsts = list(MarketFact.objects.dates("day", "month"))
    for first in firsts:
        write_month(first, since=max(first, days_since))
    return len(firsts)


def write_month(day: date, *, since: date | None = None) -> None:
    """Add up the month of `day`, and its days from `since` on (all of them), as counted and rounded. 9 statements.

    Flows are sums, stocks are those of the last day that was counted.
    """
    first = day.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    since = since or first
    with transaction.atomic():
        _alone()
        _write_sums(first, since, after)
        _write_hubs(first, since, after)


def _write_sums(first: date, since: date, after: date) -> None:
    counted = market_sums.month(first, after)
    MarketSum.objects.filter(grain=Grain.MONTH, day=first).delete()
    MarketSum.objects.filter(grain=Grain.DAY, day__gte=since, day__lt=after).delete()
    for rounded, month in ((False, counted), (True, market_public.rounded(counted))):
        rows = market_sums.rows(market_sums.with_the_whole(month), rounded=rounded, since=since)
        MarketSum.objects.bulk_create(rows, batch_size=2000)


def _write_hubs(first: date, since: date, after: date) -> None:
    HubFact.objects.filter(grain=Grain.MONTH, day=first).delete()
    days = list(HubFact.objects.filter(grain=Grain.DAY, rounded=False, day__gte=first, day__lt=after))
    shown = market_public.hubs(days)
    HubFact.objects.filter(grain=Grain.DAY, rounded=True, day__gte=since, day__lt=after).delete()
    HubFact.objects.bulk_create([row for row in shown if row.day >= since])
    HubFact.objects.bulk_create([*_months(first, days), *_months(first, shown)])


def _months(first: date, days: list[HubFact]) -> Iterable[HubFact]:
    """The month of each hub from its days, which are all as counted or all rounded."""
    last = max((row.day for row in days), default=first)
    hubs: dict[int | None, list[HubFact]] = defaultdict(list)
    for row in days:
        hubs[row.hub_id].append(row)
    for hub, rows in hubs.items():
        reasons: Counter[str] = Counter()
        for row in rows:
            reasons.update(row.reasons)
        stands = next((row for row in rows if row.day == last), HubFact())
        flows = {name: sum(getattr(row, name) for row in rows) for name in HUB_FLOWS}
        stocks = {name: getattr(stands, name) for name in HUB_STOCKS}
        yield HubFact(
            grain=Grain.MONTH, rounded=rows[0].rounded, day=first, hub_id=hub, days=len(rows), reasons=dict(reasons),
            **flows, **stocks,
        )  # fmt: skip
