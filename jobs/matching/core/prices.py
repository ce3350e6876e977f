"""A price for each role, and the proof that comes with it.

For any prices p >= 0 no plan can be worth more than

    bound(p) = sum over roles of slots * p  +  sum over people of the best schedule at profits score - p

(Lagrangian relaxation of the slots; Geoffrion, 1974). Good prices make the bound tight. They are found while
a temperature falls: people draw schedules at random in favour of profit (`demand`), and a role that is wanted
more often than it has slots gets dearer by the logarithm of the excess. That is Sinkhorn's iteration, as used
for entropic optimal transport (Cuturi, 2013), here over paths and with momentum (Polyak, 1964), which is worth
a factor of ten in the distance to the best bound. It cools only as fast as the market clears. Whole-number
prices make the bound exact (`best`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from jobs.matching.core.best import asked_for, bound_at
from jobs.matching.core.compiled import kernel, natural_log
from jobs.matching.core.demand import NOT_TOLD, demand
from jobs.matching.core.graph import Graph, blocks_of
from jobs.matching.core.subgraph import thin

PACE, MOMENTUM = (
    0.7,
    0.7,
)  # of a step, in temperatures per unit of log excess, and what is left of the last one
STEEPEST = 4.0  # limit of one excess: an unwanted role may not fall through the floor at once
THINNED = 16.0  # points: from that temperature on, unlikely pairs are left out, at each halving
UNLIKELY = 1e-11
LARGE, RARE = 2_000_000, 1e-6  # pairs, and the chance below which a pair of so many is left out already
WIDE, NEARLY = 500_000, 0.25  # pairs beyond which unlikely ones are left out as soon as no more slots are off
HURRY = 0.5  # cooling once it is late
CROWD = 4  # people a slot to begin with: the best of a list have other roles, too
USUAL = 400.0  # points that the best person of the middle role brings at least
PATIENCE = 60  # iterations after which it cools, settled or not


class Ladder(NamedTuple):
    """Temperatures from `hottest` to `coldest` by factors of `cooling`, in points of a best score of 1100; at the last
    the draw is all but the best schedule. It gets colder when no more than the share `settled` of the slots is
    wanted too often or too seldom, `easy` times that above the temperature `hot`. `pace`, `momentum`: see `step`.
    """

    hottest: float
    cooling: float
    settled: float = 0.1
    easy: float = 1.0
    hot: float = 2.0
    coldest: float = 0.4
    pace: float = PACE
    momentum: float = MOMENTUM


@dataclass(frozen=True, eq=False)
class Certificate:
    """Whole prices int64[m] >= 0 and the bound they prove; `exact` float[m] are the prices plans are made at."""

    prices: np.ndarray
    bound: int
    exact: np.ndarray


@kernel
def step(prices, speed, wanted, slots, floor, temperature, pace, momentum):
    """Move prices float[m] and their speed one iteration; the share of slots wanted too often or too seldom. `pace` is
    in temperatures per unit of log excess, `momentum` what is left of the last step. Roles without slots stay.
    """
    off, total = 0.0, 0
    for o in range(len(prices)):
        if slots[o] <= 0:
            continue
        total += slots[o]
        if wanted[o] > slots[o] or prices[o] > floor[o]:
            off += abs(wanted[o] - slots[o])
        excess = natural_log(max(wanted[o], 1e-9) / slots[o])
        speed[o] = momentum * speed[o] + pace * temperature * min(max(excess, -STEEPEST), STEEPEST)
        prices[o] += speed[o]
        if prices[o] < floor[o]:
            prices[o], speed[o] = floor[o], 0.0
    return off / max(total, 1)


@kernel
def _ranked(graph, floor, prices):
    """Prices float[m] at which, if nobody clashed, CROWD times as many people as slots would come; 0 below that."""
    at, points = graph.first_on[:-1].copy(), np.empty(len(graph.role), np.int32)
    for k in range(len(graph.role)):
        points[at[graph.role[k]]] = graph.score[k]
        at[graph.role[k]] += 1
    for o in range(len(prices)):
        low, n = graph.first_on[o], graph.first_on[o + 1] - graph.first_on[o]
        if n:
            points[low : low + n].sort()
            prices[o] = max(points[low + n - 1 - min(CROWD * graph.info[o, 3] + 2, n - 1)], floor[o])


@kernel
def dearest(graph):
    """int64[m]: the best score on each role. At these prices nobody gains."""
    out = np.zeros(len(graph.first_on) - 1, np.int64)
    for k in range(len(graph.role)):
        out[graph.role[k]] = max(out[graph.role[k]], graph.score[k])
    return out


def point_of(graph: Graph) -> float:
    """What temperatures are told in, in units of the score: 1/1100 of the best one. Less where a few scores tower
    above the rest: by them alone it would be too hot to tell the others apart, and the bound would be far off.
    """
    best = dearest(graph)
    best = best[best > 0]
    return min(float(best.max()) / 1100.0, float(np.median(best)) / USUAL) if len(best) else 1.0


def first_prices(graph: Graph, floor: np.ndarray) -> np.ndarray:
    """float[m] to start from when nothing is known."""
    prices = floor.astype(np.float64)
    _ranked(graph, floor, prices)
    return prices


def certify(graph: Graph, prices: np.ndarray, floor: np.ndarray, workers: int) -> Certificate:
    """What float prices prove once they are whole."""
    whole = np.maximum(np.rint(prices).astype(np.int64), floor)
    return Certificate(whole, bound_at(graph, blocks_of(graph.first_of), whole, workers), prices)


def _free(graph: Graph, floor: np.ndarray) -> np.ndarray:
    """bool[m]: roles with a slot for everybody who fits. They cost nothing: whatever a price might be, what it takes
    off the schedules is no more than what it puts on the slots. And there is nothing to settle.
    """
    return (graph.info[:, 3] > 0) & (np.diff(graph.first_on) <= graph.info[:, 3]) & (floor == 0)


def _by_slots(graph: Graph, floor: np.ndarray, prices: np.ndarray) -> Certificate:
    """Every slot by its best person: what can be said without looking at people. Plans still go by `prices`."""
    most = np.maximum(dearest(graph), floor)
    return Certificate(most, asked_for(graph, most), prices)


def find_prices(
    graph: Graph,
    start: np.ndarray,
    floor: np.ndarray,
    ladder: Ladder,
    workers: int,
    progress: Callable[[int, int], None],
    late: Callable[[], bool] = lambda: False,
) -> Certificate:
    """From prices float[m] `start` down the `ladder`. Prices stay at or above `floor` int64[m]. Once it is `late` the
    temperature falls fast.
    """
    slots, free = graph.info[:, 3].astype(np.int64), _free(graph, floor)
    prices = np.where(slots > 0, np.maximum(start, floor), dearest(graph)).astype(np.float64)
    prices[free], slots[free] = 0.0, 0
    speed, point = np.zeros(graph.n_roles), point_of(graph)
    hottest, coldest, cooling = ladder.hottest * point, ladder.coldest * point, ladder.cooling
    total = max(1, int(np.ceil(np.log(coldest / hottest) / np.log(cooling))))
    temperature, rung, waited = hottest, 0, 0
    part, thinned = graph, min(THINNED * point, hottest)
    blocks, glances, thins = blocks_of(part.first_of), len(graph.role) > WIDE and hottest <= thinned, False
    while temperature > coldest:
        chance = np.empty(len(part.role), np.float32) if thins else NOT_TOLD
        wanted = demand(part, blocks, prices, temperature, workers, chance)
        if thins:
            part = thin(part, _above(chance, RARE if len(part.role) > LARGE else UNLIKELY))
            blocks, thins = blocks_of(part.first_of), False
        off = step(prices, speed, wanted, slots, floor, temperature, ladder.pace, ladder.momentum)
        waited += 1
        calm = off < ladder.settled * (ladder.easy if temperature > ladder.hot * point else 1.0)
        if calm or waited > PATIENCE or late():
            temperature *= min(cooling, HURRY) if late() else cooling
            rung, waited = rung + 1, 0
            progress(min(rung, total), total)
        if (glances and off < NEARLY) or (waited == 0 and coldest < temperature < thinned):
            thins, thinned, glances = True, thinned if waited else thinned / 2, False
    progress(total, total)
    return min(certify(graph, prices, floor, workers), _by_slots(graph, floor, prices), key=lambda c: c.bound)


def likely(
    graph: Graph, prices: np.ndarray, temperature: float, workers: int, least: float = UNLIKELY
) -> np.ndarray:
    """uint8[e]: the pairs in some schedule that comes near the best of its person, with a chance above `least`.
    Not the pairs of profit: where days are scarce nearly all pairs have one, and few are in question.
    """
    chance = np.empty(len(graph.role), np.float32)
    demand(graph, blocks_of(graph.first_of), prices, temperature, workers, chance)
    return _above(chance, least)


def _above(chance: np.ndarray, least: float) -> np.ndarray:
    return (chance > least).astype(np.uint8)
