"""A price for each role, and the proof that comes with it.

For any prices p >= 0 no plan can be worth more than

    bound(p) = sum over roles of headcount * p  +  sum over people of the best schedule at profits score - p

(Lagrangian relaxation of the slots; Geoffrion, 1974). Good prices make the bound tight. They are found on a
ladder of falling temperatures: at each, people draw schedules at random in favour of profit, and a role that
is wanted more often than it has slots gets dearer, by the logarithm of the excess. That is Sinkhorn's
iteration, as used for entropic optimal transport (Cuturi, 2013), here over paths, with over-relaxation.
Whole-number prices make the bound exact.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from jobs.matching.schedules import Timetable

OVER_RELAXATION = 1.5  # faster than 1 and still steady; 2 swings
STEEPEST = 4.0  # limit of one step, in temperatures: an unwanted role may not fall through the floor at once


@dataclass(frozen=True, eq=False)
class Certificate:
    """Whole prices int64[m] >= 0 and the bound they prove."""

    prices: np.ndarray
    bound: int


def bound_at(timetable: Timetable, prices: np.ndarray) -> int:
    """The bound that whole-number `prices` prove, in exact integers."""
    market = timetable.market
    _, total = timetable.best_values(market.score - prices[market.role])
    return int((market.headcount * prices).sum() + total.sum())


def find_prices(
    timetable: Timetable, ladder: tuple[tuple[float, int], ...], progress: Callable[[int, int], None]
) -> Certificate:
    """Walk down `ladder`, steps of (temperature in points, repeats); keep the best certificate met on the
    way.
    """
    market = timetable.market
    prices = np.zeros(market.n_roles)
    dearest = np.zeros(
        market.n_roles, np.int64
    )  # nobody gains at these: proves "every slot by its best person"
    np.maximum.at(dearest, market.role, market.score)
    trivial = (Certificate(p, bound_at(timetable, p)) for p in (np.zeros_like(dearest), dearest))
    best = min(trivial, key=lambda c: c.bound)
    slots = np.maximum(market.headcount, 0.5)
    rounds, done = sum(repeats for _, repeats in ladder), 0
    for temperature, repeats in ladder:
        for _ in range(repeats):
            wanted = _demand(timetable, prices, temperature)
            step = np.clip(np.log(np.maximum(wanted, 1e-9) / slots), -STEEPEST, STEEPEST)
            prices = np.maximum(prices + OVER_RELAXATION * temperature * step, 0.0)
            done += 1
            progress(done, rounds)
        whole = np.rint(prices).astype(np.int64)
        bound = bound_at(timetable, whole)
        if bound < best.bound:
            best = Certificate(whole, bound)
    return best


def _demand(timetable: Timetable, prices: np.ndarray, temperature: float) -> np.ndarray:
    market = timetable.market
    chances = timetable.chances(market.score - prices[market.role], temperature)
    return np.bincount(market.role, chances, market.n_roles)
