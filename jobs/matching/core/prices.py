"""A price for each role, and the proof that comes with it.

For any prices p >= 0 no plan can be worth more than

    bound(p) = sum over roles of slots * p  +  sum over people of the best schedule at profits score - p

(Lagrangian relaxation of the slots; Geoffrion, 1974). Good prices make the bound tight. They are found on a
ladder of falling temperatures: at each, people draw schedules at random in favour of profit (`demand`), and
a role that is wanted more often than it has slots gets dearer by the logarithm of the excess. That is
Sinkhorn's iteration, as used for entropic optimal transport (Cuturi, 2013), here over paths, with
over-relaxation. Whole-number prices make the bound exact (`best`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from jobs.matching.core.best import bound_at
from jobs.matching.core.compiled import in_blocks, kernel, natural_log
from jobs.matching.core.demand import demand
from jobs.matching.core.graph import Graph, blocks_of

OVER_RELAXATION = 1.5  # faster than 1 and still steady; 2 swings
STEEPEST = 4.0  # limit of one step, in temperatures: an unwanted role may not fall through the floor at once
SETTLED = 0.03  # share of the demand beyond the slots at which a warm market may get colder


@dataclass(frozen=True, eq=False)
class Certificate:
    """Whole prices int64[m] >= 0 and the bound they prove; `exact` are the prices they were rounded from."""

    prices: np.ndarray
    bound: int
    exact: np.ndarray


@kernel
def _step(prices, wanted, slots, floor, temperature):
    """Move prices float[m] one iteration; roles without slots stay where nobody gains."""
    for o in range(len(prices)):
        if slots[o] > 0:
            excess = natural_log(max(wanted[o], 1e-9) / slots[o])
            step = OVER_RELAXATION * temperature * min(max(excess, -STEEPEST), STEEPEST)
            prices[o] = max(prices[o] + step, floor[o])


def dearest(graph: Graph) -> np.ndarray:
    """int64[m]: the best score on each role. At these prices nobody gains."""
    out = np.zeros(graph.n_roles, np.int64)
    np.maximum.at(out, graph.role, graph.score)
    return out


def _trivial(graph: Graph, blocks: np.ndarray, floor: np.ndarray, workers: int) -> Certificate:
    """The better of two: every slot by its best person, or every person on her best schedule."""
    most = np.maximum(dearest(graph), floor)
    by_slots = Certificate(most, int((most * graph.info[:, 3]).sum()), most.astype(np.float64))
    by_people = Certificate(
        floor, bound_at(graph, blocks, floor, workers, in_blocks), floor.astype(np.float64)
    )
    return min(by_slots, by_people, key=lambda c: c.bound)


def find_prices(
    graph: Graph,
    ladder: tuple[tuple[float, int], ...],
    start: np.ndarray,
    floor: np.ndarray,
    workers: int,
    progress: Callable[[int, int], None],
) -> Certificate:
    """Walk down `ladder`, steps of (temperature in points, repeats), from prices float[m] `start`; the best
    certificate met on the way. Prices stay at or above `floor` int64[m].
    """
    blocks, slots = blocks_of(graph.first_of), graph.info[:, 3].astype(np.int64)
    prices = np.where(slots > 0, np.maximum(start, floor), dearest(graph)).astype(np.float64)
    best = _trivial(graph, blocks, floor, workers)
    rounds, done = sum(repeats for _, repeats in ladder), 0
    for rung, (temperature, repeats) in enumerate(ladder):
        for turn in range(repeats):
            wanted = demand(graph, blocks, prices, temperature, workers, in_blocks)
            _step(prices, wanted, slots, floor, temperature)
            done += 1
            progress(done, rounds)
            warm = 2 * rung < len(ladder)
            if warm and turn and np.maximum(wanted - slots, 0.0).sum() <= SETTLED * wanted.sum():
                break
        if rung * 3 < len(ladder) * 2 - 2 and rung != len(ladder) - 1:
            continue  # warm prices prove little
        whole = np.maximum(np.rint(prices).astype(np.int64), floor)
        bound = bound_at(graph, blocks, whole, workers, in_blocks)
        if bound < best.bound:
            best = Certificate(whole, bound, prices.copy())
    if not ladder:
        whole = np.maximum(np.rint(prices).astype(np.int64), floor)
        best = min(
            best,
            Certificate(whole, bound_at(graph, blocks, whole, workers, in_blocks), prices),
            key=lambda c: c.bound,
        )
    return best
