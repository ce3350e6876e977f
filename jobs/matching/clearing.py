"""Many roles at once: from pairs that may be to a plan and a proof.

`clear` is the core: prices and bound, a plan from the prices, chains for what is still open, local
improvement. It knows no rule and no id, so it serves our problems (`solve`) and anybody's instances alike.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from jobs.matching.auction import bid, keep_what_fits
from jobs.matching.chains import fill_by_chains
from jobs.matching.market import Market
from jobs.matching.polish import polish
from jobs.matching.prices import find_prices
from jobs.matching.problem import HIGHEST_SCORE
from jobs.matching.schedules import Timetable

Progress = Callable[[str, int, int], None]

# Temperature, in points of a market whose best score is 1100, and repeats. From far too warm for a market
# with people to spare to a fraction of a point, where
# the draw is all but the best schedule.
LADDER = tuple((200.0 * 0.75**rung, 5) for rung in range(18))
LEAST_ROUNDS, MOST_ROUNDS = 150, 2500  # of improvement; between them one a role


@dataclass(frozen=True, eq=False)
class Plan:
    """Pairs in use (positions in the market, ascending), whole prices int64[m], and the bound they prove."""

    pairs: np.ndarray
    prices: np.ndarray
    objective: int
    bound: int


def clear(
    market: Market,
    *,
    seed: int = 0,
    fill_first: bool = False,
    progress: Progress | None = None,
    seconds: float | None = None,
) -> Plan:
    """A plan near the greatest score and its certificate.

    `fill_first`: fill as many slots as possible first, the more urgent before the less, and only then look at
    the score. `seconds` stops the improvement early and is the one thing that makes two runs differ; without
    it the work is fixed.
    """
    tell = progress or (lambda phase, done, total: None)
    deadline = None if seconds is None else time.perf_counter() + seconds
    timetable = Timetable(market)
    scale = int(market.score.max(initial=0)) / HIGHEST_SCORE
    ladder = (
        tuple((temperature * scale, repeats) for temperature, repeats in LADDER) if market.n_pairs else ()
    )
    certificate = find_prices(timetable, ladder, lambda done, total: tell("prices", done, total))
    tell("plan", 0, 1)
    wished = timetable.best_schedules(market.score - certificate.prices[market.role])
    roster = keep_what_fits(market, wished)
    floats = certificate.prices.astype(np.float64)
    bid(roster, floats, np.flatnonzero(roster.open_slots() > 0))
    fill_by_chains(roster, any_price=False)
    if fill_first:
        fill_by_chains(roster, any_price=True)
    tell("plan", 1, 1)
    rounds = min(MOST_ROUNDS, max(LEAST_ROUNDS, market.n_roles)) if seconds is None else 10**9
    roster = polish(
        roster,
        floats,
        rounds=rounds,
        bound=certificate.bound,
        fill_first=fill_first,
        draw=np.random.Generator(np.random.PCG64(seed & 0xFFFFFFFF)),
        deadline=deadline,
        progress=lambda done, total: tell("improve", done, total),
    )
    return Plan(np.flatnonzero(roster.used), certificate.prices, roster.value, certificate.bound)
