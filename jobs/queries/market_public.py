"""What everybody may read of a month of the market: the same rows as an admin's, made of rounded cells only.

A cell is a hub, a department and a category; of people and reasons a hub. See `market_rounding`. Overdue pay and breaches
of rest are not told to everybody, at any size.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import numpy as np

from jobs.models import HubFact
from jobs.models.market_room import Grain
from jobs.queries import market_rounding as rounding
from jobs.queries.market_sums import BY_HOURS, EXACT, FLOWS, STOCKS, Month

ENOUGH = 10
"""A mean is shown of this many people and more, as they are shown: behind ten stand six at least."""


def rounded(each: Month) -> Month:
    """Round a month cell by cell: stocks day by day, what happened as a running sum of the month."""
    keys = each.cells
    of_stock = rounding.lots_of([("stock", *cell) for cell in keys], len(STOCKS))
    month = each.first.isoformat()
    of_flow = rounding.lots_of([("flow", month, *cell) for cell in keys], len(FLOWS) + len(BY_HOURS))
    flows = rounding.flow(each.flows, of_flow)
    exact = np.zeros_like(each.exact)
    exact[:, :, EXACT.index("filled")] = flows[:, :, len(FLOWS) :].sum(axis=2)
    return replace(each, stocks=rounding.stock(each.stocks, of_stock), flows=flows, exact=exact)


def hubs(rows: Iterable[HubFact]) -> list[HubFact]:
    """Return rounded rows beside the days of one month, as counted: of every hub and of the country, by day."""
    days: dict[date, dict[int | None, HubFact]] = defaultdict(dict)
    for row in rows:
        days[row.day][row.hub_id] = row
    order = sorted(days)
    why = _reasons(days, order)
    out = []
    for day in order:
        here, people = days[day], _people(days[day])
        for hub, row in here.items():
            shown = people[hub]
            enough = shown >= ENOUGH and row.people
            out.append(
                HubFact(
                    grain=Grain.DAY, rounded=True, day=day, hub_id=hub, shoot_days=row.shoot_days, people=shown,
                    paid_days_30=round(row.paid_days_30 / row.people * shown) if enough else 0, reasons=why[hub, day],
                )
            )  # fmt: skip
    return out


def _people(here: dict[int | None, HubFact]) -> dict[int | None, int]:
    """People at work by hub. The country is what its hubs show, less those who were in two of them."""
    hubs = [hub for hub in here if hub is not None]
    out: dict[int | None, int] = {hub: rounding.one(here[hub].people, "people", hub) for hub in hubs}
    if None in here:
        twice = max(0, sum(here[hub].people for hub in hubs) - here[None].people)
        out[None] = max(0, sum(out.values()) - rounding.one(twice, "people", None))
    return out


def _reasons(
    days: dict[date, dict[int | None, HubFact]], order: list[date]
) -> dict[tuple[int | None, date], dict[str, int]]:
    """Why offers were declined, by hub and day; the country is the sum of its hubs."""
    month = order[0].replace(day=1).isoformat() if order else ""
    said: dict[tuple[int | None, str], np.ndarray] = defaultdict(lambda: np.zeros((len(order), 1), np.int64))
    for at, day in enumerate(order):
        for hub, row in days[day].items():
            for code, count in row.reasons.items() if hub is not None else ():
                said[hub, code][at] += count
    out: dict[tuple[int | None, date], dict[str, int]] = defaultdict(Counter)
    for (hub, code), counts in said.items():
        steps = rounding.flow(counts, rounding.lots(("why", month, hub, code), 1))[:, 0].tolist()
        for day, step in zip(order, steps, strict=True):
            if step:
                out[hub, day][code] += step
                out[None, day][code] += step
    return out
