"""Sixty days of market before the demo opens. The demo has no past of that size: its numbers are drawn, not counted.

They grow towards what stands today, rest a little at week-ends and swing as the trade does; the running day is counted
from the tables like every day of a real market.
"""

import math
from collections import defaultdict
from datetime import date, datetime, timedelta
from random import Random

from hubs.timespan import shoot_day_of
from jobs.models import HubFact, MarketFact
from jobs.models.market_room import Grain
from jobs.services import market_room

from . import shortage

DAYS = 60
REASON_WEIGHTS = {"pay": 9, "days": 7, "elsewhere": 6, "place": 3, "hours": 4, "person": 2, "unsaid": 5}


def write(rng: Random, *, now: datetime) -> None:
    """Count today, then draw the sixty days that lead to it, and add up their months."""
    shortage.write(now=now)
    today = shoot_day_of(now)
    market_room.write_day(today, now=now)
    model = list(MarketFact.objects.filter(day=today))
    counted = HubFact.objects.filter(grain=Grain.DAY, rounded=False, day=today)
    stands = {row.hub_id: row for row in counted if row.hub_id is not None}
    days = [today - timedelta(days=number) for number in range(DAYS, 0, -1)]
    for day in days:
        _write_day(rng, model, stands, day, (today - day).days)
    for first in sorted({day.replace(day=1) for day in [*days, today]}):
        market_room.write_month(first)


def _write_day(rng: Random, model: list[MarketFact], stands: dict[int, HubFact], day: date, ago: int) -> None:
    """One day on the way: the like of today's rows, smaller the longer ago."""
    size = (0.52 + 0.48 * (1 - ago / DAYS)) * (1 + 0.06 * math.sin(day.toordinal() / 4))
    size *= 0.93 if day.weekday() >= 5 else 1.0
    rows: list[MarketFact] = []
    hubs: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in model:
        fact = _fact(rng, one, day, size, ago / DAYS)
        rows.append(fact)
        said = hubs[fact.hub_id]
        for name in ("places", "paid_days", "declined"):
            said[name] += getattr(fact, name)
    MarketFact.objects.bulk_create(rows)
    _write_hubs(rng, day, size, hubs, stands)


def _fact(rng: Random, one: MarketFact, day: date, size: float, back: float) -> MarketFact:
    places = round(one.places * size * rng.uniform(0.9, 1.1))
    today = one.booked / max(one.places, 1)
    share = min(0.9, max(0.02, today + back * (0.42 - today) + rng.uniform(-0.02, 0.02)))
    filled = _some(rng, places * 0.045)
    spans = [0] * 5
    for _each in range(filled):
        spans[rng.choices(range(5), [30, 34, 22, 10, 4])[0]] += 1
    hours = sum(count * middle for count, middle in zip(spans, (3, 14, 44, 110, 200), strict=True))
    due = _some(rng, places * 0.06)
    declined = _some(rng, filled * 0.16)
    return MarketFact(
        day=day, hub_id=one.hub_id, role_type_id=one.role_type_id, places=places, booked=round(places * share),
        wanted=_some(rng, places * 0.12), free_people=round(one.free_people * rng.uniform(0.85, 1.1)),
        sent=filled + declined + _some(rng, filled * 0.1), accepted=filled, declined=declined,
        expired=_some(rng, filled * 0.08), withdrawn=_some(rng, filled * 0.04), filled=filled, fill_hours=hours,
        fill_spans=spans, first_timers=_some(rng, filled * 0.34), due=due,
        due_filled=min(due, round(due * rng.uniform(0.86, 1.0))), paid_days=round(places * share * 0.42),
    )  # fmt: skip


def _write_hubs(
    rng: Random, day: date, size: float, hubs: dict[int, dict[str, int]], stands: dict[int, HubFact]
) -> None:
    rows, whole = [], HubFact(day=day, hub=None, reasons={})
    for hub_id, said in sorted(hubs.items()):
        like = stands.get(hub_id) or HubFact(shoot_days=1, people=8, paid_days_30=48)
        people = max(round(like.people * size * rng.uniform(0.95, 1.08)), 1)
        index = like.paid_days_30 / (30 * max(like.people, 1)) or 0.2
        late = _some(rng, like.late_wages * size + 0.3)
        row = HubFact(
            day=day,
            hub_id=hub_id,
            shoot_days=max(0, round(like.shoot_days * size * rng.uniform(0.85, 1.2))),
            people=people,
            paid_days_30=round(people * 30 * index * (0.8 + 0.2 * size) * rng.uniform(0.97, 1.03)),
            rest_breaches=_some(rng, like.rest_breaches * 0.6 + 0.15),
            late_wages=late,
            late_yuan=late * rng.randint(1200, 3600),
            reasons=_reasons(rng, said["declined"]),
        )
        rows.append(row)
        for name in ("shoot_days", "people", "paid_days_30", "rest_breaches", "late_wages", "late_yuan"):
            setattr(whole, name, getattr(whole, name) + getattr(row, name))
        for code, count in row.reasons.items():
            whole.reasons[code] = whole.reasons.get(code, 0) + count
    HubFact.objects.bulk_create([whole, *rows])


def _reasons(rng: Random, count: int) -> dict[str, int]:
    out: dict[str, int] = {}
    for code in rng.choices(list(REASON_WEIGHTS), list(REASON_WEIGHTS.values()), k=count):
        out[code] = out.get(code, 0) + 1
    return out


def _some(rng: Random, mean: float) -> int:
    """A whole number near `mean`, so that small shares are 0 on most days and 1 on some."""
    return int(mean) + (rng.random() < mean - int(mean))
