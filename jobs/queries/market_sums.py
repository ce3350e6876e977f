"""A month of facts added up by hub, department and category, for every day of it and for the whole: what pages read.

Plain arrays between the facts and the rows, because the same numbers are written twice: as counted, and rounded by
`market_public`.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from django.db.models import F, Func, IntegerField, Sum
from django.db.models.functions import Coalesce

from jobs.models import HubFact, MarketFact, MarketSum
from jobs.models.market_room import FILL_HOURS, Grain

STOCKS = ("places", "booked")
FLOWS = (
    "sent", "accepted", "declined", "expired", "withdrawn", "first_timers", "due", "due_filled", "paid_days",
)  # fmt: skip
BY_HOURS = tuple(f"span_{n}" for n in range(len(FILL_HOURS) + 1))
EXACT = ("filled", "fill_hours")
"""Of these a mean is made, of what was counted; no rounded row carries the hours."""

Cell = tuple[int | None, int, str]
"""A hub (None: all of them), a department and a category."""


@dataclass(frozen=True)
class Month:
    """What stood and happened: int64[days, cells, things], in the order of STOCKS, FLOWS + BY_HOURS, EXACT."""

    first: date
    days: list[date]
    cells: list[Cell]
    stocks: np.ndarray
    flows: np.ndarray
    exact: np.ndarray


def month(first: date, after: date) -> Month:
    """Return the days from `first` to before `after` that were counted. Two queries."""
    facts = MarketFact.objects.filter(day__gte=first, day__lt=after)
    cell = ("hub", "role_type__department", "role_type__category")
    sums = {f"n_{name}": Sum(name) for name in (*STOCKS, *FLOWS)}
    exact = {f"n_{name}": Sum(name) for name in EXACT}
    rows = list(
        facts.values_list("day", *cell).order_by("day", *cell).annotate(**sums, **span_sums(), **exact)
    )
    counted = HubFact.objects.filter(grain=Grain.DAY, rounded=False, hub=None, day__gte=first, day__lt=after)
    days = sorted({*counted.values_list("day", flat=True), *(row[0] for row in rows)})
    cells = sorted({row[1:4] for row in rows})
    day_at, cell_at = ({key: at for at, key in enumerate(keys)} for keys in (days, cells))
    numbers = np.zeros(
        (len(days), len(cells), len(STOCKS) + len(FLOWS) + len(BY_HOURS) + len(EXACT)), np.int64
    )
    for row in rows:
        numbers[day_at[row[0]], cell_at[row[1:4]]] = row[4:]
    ends = np.cumsum([len(STOCKS), len(FLOWS) + len(BY_HOURS)])
    stocks, flows, rest = np.split(numbers, ends, axis=2)
    return Month(first, days, list(cells), stocks, flows, rest)


def with_the_whole(each: Month) -> Month:
    """Add the cells of all hubs together: the sums of what is there, so that parts lead back to the whole."""
    parts: dict[Cell, list[int]] = defaultdict(list)
    for at, (_hub, department, category) in enumerate(each.cells):
        parts[None, department, category].append(at)

    def added(numbers: np.ndarray) -> np.ndarray:
        wholes = [numbers[:, at].sum(axis=1, keepdims=True) for at in parts.values()]
        return np.concatenate([numbers, *wholes], axis=1)

    return replace(
        each,
        cells=[*each.cells, *parts],
        stocks=added(each.stocks),
        flows=added(each.flows),
        exact=added(each.exact),
    )


def rows(each: Month, *, rounded: bool, since: date) -> Iterator[MarketSum]:
    """Yield the rows of a month: one a cell for the month, and one for each of its days from `since` on."""
    if not each.days:
        return
    yield from _rows(
        each, Grain.MONTH, each.first, each.stocks[-1], each.flows.sum(0), each.exact.sum(0), rounded
    )
    for at, day in enumerate(each.days):
        if day >= since:
            yield from _rows(each, Grain.DAY, day, each.stocks[at], each.flows[at], each.exact[at], rounded)


def _rows(
    each: Month,
    grain: str,
    day: date,
    stocks: np.ndarray,
    flows: np.ndarray,
    exact: np.ndarray,
    rounded: bool,
) -> Iterator[MarketSum]:
    names = (*STOCKS, *FLOWS)
    said = np.hstack([stocks, flows, exact]).tolist()
    for (hub, department, category), numbers in zip(each.cells, said, strict=True):
        if not any(numbers):
            continue
        values: dict[str, Any] = dict(zip(names, numbers, strict=False))
        spans = numbers[len(names) : len(names) + len(BY_HOURS)]
        values |= dict(zip(EXACT, numbers[-len(EXACT) :], strict=True))
        yield MarketSum(
            grain=grain, rounded=rounded, day=day, hub_id=hub, department_id=department, category=category,
            fill_spans=spans, **values,
        )  # fmt: skip


def span_sums() -> dict[str, Any]:
    """Sums of the places of an array, which the ORM has no word for; 0 where a row has none yet."""
    return {
        name: Coalesce(
            Sum(Func(F("fill_spans"), template=f"(%(expressions)s)[{n + 1}]", output_field=IntegerField())), 0
        )
        for n, name in enumerate(BY_HOURS)
    }
