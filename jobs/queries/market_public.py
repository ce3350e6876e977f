"""The market room for everybody: the same page as `market_room.room`, made of rounded cells only.

A cell is a hub, a department and a category; of next week's gaps a hub and a role type. See `market_rounding`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

import numpy as np
from django.db.models import Max, Sum

from hubs.models import Department, Hub, RoleType
from jobs.models import HubFact, MarketFact
from jobs.models.market_room import FILL_HOURS, Grain
from jobs.queries import market_room as whole
from jobs.queries import market_rounding as rounding
from jobs.queries.market_room import Gap, Look, Point, Room

STOCKS = ("places", "booked")
COUNTED = (
    "sent",
    "accepted",
    "declined",
    "expired",
    "withdrawn",
    "first_timers",
    "due",
    "due_filled",
    "paid_days",
)
SPANS = tuple(f"span_{n}" for n in range(len(FILL_HOURS) + 1))
FLOWS = (*COUNTED, *SPANS)
ENOUGH = 10
"""A mean is shown of this many people and more, as they are shown: behind ten stand six at least."""

Cell = tuple[int, int, str]


def room(look: Look) -> Room:
    """Return the market room. Nine queries, whatever the span and the size of the market."""
    as_of = HubFact.objects.filter(grain=Grain.DAY, hub=None).aggregate(day=Max("day"))["day"]
    if as_of is None:
        return Room(look, None, Grain.DAY)
    since, grain = whole.since_of(look, as_of)
    out = Room(look, as_of, grain)
    _standing(out, look, as_of)
    hours = _flows(out, look, since, grain)
    _totals(out, hours)
    _of_hubs(out, look, since, grain)
    return out


# -- what stands on the last day --------------------------------------------------------------------------


def _standing(out: Room, look: Look, as_of: date) -> None:
    facts = look.narrow(MarketFact.objects.filter(grain=Grain.DAY, day=as_of))
    rows = list(facts.values("hub", "role_type", *STOCKS, "wanted", "free_people"))
    types = RoleType.objects.select_related("department").in_bulk({row["role_type"] for row in rows})
    hubs = Hub.objects.in_bulk({row["hub"] for row in rows})
    cells: dict[Cell, np.ndarray] = defaultdict(lambda: np.zeros(len(STOCKS), np.int64))
    for row in rows:
        kind = types[row["role_type"]]
        cells[row["hub"], kind.department_id, kind.category] += [row[name] for name in STOCKS]
    shown = {cell: rounding.stock(counts, _lots_of_stock(cell)).tolist() for cell, counts in cells.items()}
    departments = {kind.department_id: kind.department for kind in types.values()}
    whole.breakdowns(out, _lines(shown, hubs, departments))
    out.totals |= {name: sum(counts[at] for counts in shown.values()) for at, name in enumerate(STOCKS)}
    out.gaps = whole.in_order(_gaps(rows, hubs, types))


def _lines(
    shown: dict[Cell, list[int]], hubs: dict[int, Hub], departments: dict[int, Department]
) -> Iterable[whole.Count]:
    for (hub, department, category), (places, booked) in shown.items():
        yield whole.Count(hubs[hub], departments[department], category, places, booked)


def _gaps(rows: list[dict], hubs: dict[int, Hub], types: dict[int, RoleType]) -> Iterable[Gap]:
    for row in rows:
        wanted, free = (
            rounding.one(row[name], "gap", row["hub"], row["role_type"], name)
            for name in ("wanted", "free_people")
        )
        yield Gap(hubs[row["hub"]], types[row["role_type"]], wanted, free)


def _lots_of_stock(cell: Cell) -> np.ndarray:
    return rounding.lots(("stock", *cell), len(STOCKS))


# -- what happened ----------------------------------------------------------------------------------------


def _flows(out: Room, look: Look, since: date, grain: str) -> tuple[int, int]:
    """Fill the series and the totals of the span; return (places filled, hours it took in all), unrounded. One query."""
    facts = look.narrow(
        MarketFact.objects.filter(grain=grain, day__gte=since.replace(day=1), day__lte=out.as_of)
    )
    cell = ("hub", "role_type__department", "role_type__category")
    sums = {f"n_{name}": Sum(name) for name in (*STOCKS, *COUNTED, "filled", "fill_hours")}
    rows = list(facts.values_list(*cell, "day").order_by(*cell, "day").annotate(**sums, **whole.span_sums()))
    if not rows:
        return 0, 0
    keys = [
        (row[:3], row[3].replace(day=1)) for row in rows
    ]  # a cell and a month; they come by cell, by day within it
    begins = np.array([at == 0 or keys[at] != keys[at - 1] for at in range(len(keys))])
    firsts = [key for key, is_first in zip(keys, begins, strict=True) if is_first]
    counts = np.array([row[4:] for row in rows], np.int64)
    happened = np.hstack([counts[:, len(STOCKS) : len(STOCKS) + len(COUNTED)], counts[:, -len(SPANS) :]])
    month_lots = rounding.lots_of([("flow", month.isoformat(), *cell) for cell, month in firsts], len(FLOWS))
    steps = rounding.flows(happened, begins, month_lots)
    cell_lots = rounding.lots_of([("stock", *cell) for cell, _month in firsts], len(STOCKS))
    standing = rounding.stock(counts[:, : len(STOCKS)], cell_lots[np.cumsum(begins) - 1])
    shown = np.array([row[3] >= since for row in rows])
    days = sorted({row[3] for row in rows if row[3] >= since})
    place = {day: at for at, day in enumerate(days)}
    summed = np.zeros((len(days), len(STOCKS) + len(FLOWS)), np.int64)
    at = np.array([place[row[3]] for row in rows if row[3] >= since], np.int64)
    np.add.at(summed, at, np.hstack([standing, steps])[shown])
    names = (*STOCKS, *FLOWS)
    for day, said in zip(days, summed.tolist(), strict=True):
        values: dict[str, int | None] = dict(zip(names, said, strict=True))
        out.series.append(Point(day, values | {"filled": sum(values[name] or 0 for name in SPANS)}))
    filled, hours = counts[shown][:, -len(SPANS) - 2 : -len(SPANS)].sum(axis=0).tolist()
    return filled, hours


def _totals(out: Room, exact: tuple[int, int]) -> None:
    for name in (*FLOWS, "filled"):
        out.totals[name] = sum(point.values[name] or 0 for point in out.series)
    out.fill_spans = [out.totals.pop(name) for name in SPANS]
    filled, hours = exact
    shown = out.totals["filled"] or 0
    out.totals["fill_hours"] = round(hours / filled) * shown if shown >= ENOUGH and filled else None


# -- what is not a matter of a trade ----------------------------------------------------------------------


def _of_hubs(out: Room, look: Look, since: date, grain: str) -> None:
    """Shoots at work, the paid-day index, why offers were declined. Two queries; overdue pay and rest are not shown."""
    rows = HubFact.objects.filter(grain=grain, day__gte=since.replace(day=1), day__lte=out.as_of)
    every = list(rows.order_by("hub", "day"))
    chosen = set(Hub.objects.filter(slug=look.hub).values_list("pk", flat=True)) if look.hub else None
    people = _people(every)
    for row in sorted(every, key=lambda row: row.day):
        if row.day >= since and (row.hub_id is None if chosen is None else row.hub_id in chosen):
            out.hub_series.append(Point(row.day, _index(row, people[row.day, row.hub_id])))
    out.reasons = dict(_reasons([row for row in every if row.hub_id], since, chosen).most_common())
    last = out.hub_series[-1].values if out.hub_series else {}
    out.totals |= {name: last.get(name) for name in ("people", "paid_days_30")}
    days = sum(point.values["days"] or 0 for point in out.hub_series)
    shoots = sum(point.values["shoot_days"] or 0 for point in out.hub_series)
    out.totals["shoots_a_day"] = round(shoots / days) if days else None


def _people(rows: list[HubFact]) -> dict[tuple[date, int | None], int]:
    """People at work by day and hub. The country is what its hubs show, less those who were in two of them."""
    true: dict[date, Counter[int | None]] = defaultdict(Counter)
    out: dict[tuple[date, int | None], int] = {}
    for row in rows:
        true[row.day][row.hub_id] = row.people
        if row.hub_id is not None:
            out[row.day, row.hub_id] = rounding.one(row.people, "people", row.hub_id)
    for day, counts in true.items():
        hubs = [hub for hub in counts if hub is not None]
        twice = max(0, sum(counts[hub] for hub in hubs) - counts[None])
        out[day, None] = max(0, sum(out[day, hub] for hub in hubs) - rounding.one(twice, "people", None))
    return out


def _index(row: HubFact, people: int) -> dict[str, int | None]:
    enough = people >= ENOUGH and row.people
    return {
        "days": row.days,
        "shoot_days": row.shoot_days,
        "per_day": round(row.shoot_days / max(row.days, 1)),
        "people": people,
        "paid_days_30": round(row.paid_days_30 / row.people * people) if enough else None,
    }


def _reasons(rows: list[HubFact], since: date, chosen: set[int] | None) -> Counter[str]:
    """Why offers were declined, by code; rows come by hub and day."""
    months: dict[tuple[int, date], list[HubFact]] = defaultdict(list)
    for row in rows:
        if chosen is None or row.hub_id in chosen:
            months[row.hub_id or 0, row.day.replace(day=1)].append(row)
    out: Counter[str] = Counter()
    for (hub, first), found in months.items():
        for code in sorted({code for row in found for code in row.reasons}):
            counts = np.array([[row.reasons.get(code, 0)] for row in found], np.int64)
            steps = rounding.flow(counts, rounding.lots(("why", first.isoformat(), hub, code), 1))[:, 0]
            out[code] += sum(int(step) for row, step in zip(found, steps, strict=True) if row.day >= since)
    return out
