"""Many roles at once: from pairs that may be to a plan and a proof.

`clear` is the core: prices and bound (`prices`), a plan from the prices (`planning`); where all pairs are worth the
same, a search for a full cover first (`cover`). It knows no rule and no id, so it serves our problems (`solve`) and
anybody's instances alike. This module and what it stands on are compiled; the rest of the package imports it when a
clearing is asked for.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from jobs.matching.core.compiled import threads
from jobs.matching.core.cover import cover, even
from jobs.matching.core.graph import Graph, whole
from jobs.matching.core.planning import (
    CROWDED,
    Plan,
    Progress,
    as_plan,
    clock,
    first_state,
    load,
    plan_at,
)
from jobs.matching.core.prices import Certificate, Ladder, certify, find_prices, first_prices
from jobs.matching.core.roster import empty_roster, seat

# Where people are plentiful, and where days are short: then prices hang together far and have to settle well.
PLENTY = Ladder(hottest=7.0, cooling=0.5, settled=0.01, easy=10.0, pace=1.3, momentum=0.6)
SCARCE = Ladder(
    hottest=40.0, cooling=0.95, settled=0.01, easy=10.0, hot=5.0, coldest=0.1, pace=1.0, momentum=0.85
)
# Prices between all and nothing that are tried where all pairs are worth the same, with time and without.
CUTS, HURRIED_CUTS = 40, 8
WARM = 2.5  # first temperature of a market known
IN_TIME = 0.4  # share of the time until the answer that prices may take


def clear(
    graph: Graph,
    *,
    urgency: np.ndarray | None = None,
    seed: int = 0,
    progress: Progress | None = None,
    seconds: float | None = None,
    workers: int | None = None,
    floor: np.ndarray | None = None,
    warm: np.ndarray | None = None,
    stay: np.ndarray | None = None,
    until: float | None = None,
) -> Plan:
    """A plan near the greatest score and its certificate.

    `urgency` int[m], small first: fill as many slots as possible first, the more urgent before the less, and
    only then look at the score. `floor` int64[m]: prices stay at or above the best score left out of the
    graph, so that the bound holds for the pairs left out too. `warm` int64[m]: prices of a market much like
    this one, -1 where none is known. `stay`: see `plan_at`. `seconds` to improve after prices and plan, `until` the
    `time.perf_counter()` by which there is to be an answer: either is used up unless the plan is proven best before,
    and makes two runs differ; without them the work is fixed. `workers` never changes the answer.
    """
    tell = progress or (lambda phase, done, total: None)
    m, workers = graph.n_roles, threads(workers)
    least = np.zeros(m, np.int64) if floor is None else floor
    over, late = clock(until), clock(_share(until))
    if not len(graph.role):
        return as_plan(graph, empty_roster(graph), certify(graph, np.zeros(m), least, workers))
    if stay is None and even(graph):
        graph = whole(graph)
        taken, full = cover(graph, first_state(seed), workers, over, until is not None)
        if full or urgency is None:
            tell("improve", 1, 1)
            proof = (
                certify(graph, np.full(m, float(graph.score[0])), least, workers)
                if full
                else _even_prices(graph, least, workers, late)
            )
            return as_plan(graph, seat(graph, taken), proof)
    certificate = _prices(graph, least, warm, workers, tell, late)
    return plan_at(
        graph, certificate, urgency=urgency, seed=seed, progress=progress, seconds=seconds, workers=workers,
        stay=stay, until=until,
    )  # fmt: skip


def _prices(
    graph: Graph,
    least: np.ndarray,
    warm: np.ndarray | None,
    workers: int,
    tell: Progress,
    late: Callable[[], bool],
) -> Certificate:
    """Prices and bound; from `warm` where there are prices of a market much like this one."""
    ladder = SCARCE if load(graph) >= CROWDED else PLENTY
    if warm is not None:
        ladder = ladder._replace(hottest=min(WARM, ladder.hottest))
    start = first_prices(graph, least) if warm is None or (warm < 0).any() else warm.astype(np.float64)
    if warm is not None:
        start = np.where(warm < 0, start, warm)
    return find_prices(
        graph, start, least, ladder, workers, lambda done, total: tell("prices", done, total), late
    )


def _share(until: float | None) -> float | None:
    now = time.perf_counter()
    return None if until is None else now + IN_TIME * max(until - now, 0.0)


def _even_prices(graph: Graph, least: np.ndarray, workers: int, late: Callable[[], bool]) -> Certificate:
    """Prices and bound where all pairs are worth the same and no full cover is found: where days are short there is
    none, most of the time, and prices that have not settled say so badly.

    Whole prices of a score of 1 are 0 and 1, and where to cut is as good a question as any: the best of CUTS is taken.
    """
    found = find_prices(
        graph, first_prices(graph, least), least, SCARCE, workers, lambda done, total: None, late
    )
    score = float(graph.score[0])
    cuts = np.unique(np.quantile(found.exact, np.linspace(0, 1, HURRIED_CUTS if late() else CUTS)))
    tried = [certify(graph, np.where(found.exact > cut, score, 0.0), least, workers) for cut in cuts]
    return min([found, *tried], key=lambda each: each.bound)
