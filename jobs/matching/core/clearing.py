"""Many roles at once: from pairs that may be to a plan and a proof.

`clear` is the core: prices and bound, a plan from the prices, chains for what is still open, local
improvement. It knows no rule and no id, so it serves our problems (`solve`) and anybody's instances alike.
This module and what it stands on are compiled; the rest of the package imports it when a clearing is asked
for.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from jobs.matching.core.auction import Queue, bid_all, empty_queue
from jobs.matching.core.best import best_plan
from jobs.matching.core.chains import LONGEST, Search, fill_by_chains, new_search
from jobs.matching.core.compiled import in_blocks, threads
from jobs.matching.core.graph import Graph, blocks_of, make_graph
from jobs.matching.core.polish import improve
from jobs.matching.core.prices import Certificate, find_prices
from jobs.matching.problem import HIGHEST_SCORE
from jobs.matching.core.roster import Roster, empty_roster, held_pairs, keep_what_fits, total_score
from jobs.matching.core.seating import SHARES, reseat

Progress = Callable[[str, int, int], None]

# Temperature, in points of a market whose best score is 1100, and repeats. From far too warm for a market
# with people to spare to a fraction of a point, where the draw is all but the best schedule.
LADDER = tuple((100.0 * 0.7**rung, 5) for rung in range(17))
WARM_LADDER = LADDER[8:]  # from the prices of a market much like this one
STEPS = 1100  # a person must gain one part in so many of the best score; more is slower and nearer to optimal
BIDS_PER_SLOT = 60  # more than a settled market needs; a price war over too few people is left to the chains
SHORT = 3  # people moved by a chain that only gains points
ROUNDS_PER_ROLE, LEAST_ROUNDS = 10, 20_000  # pieces the polish tries without a time limit
SMALL = 2000  # roles up to which long chains cost little
CHUNK = 2000  # pieces between two looks at the clock


@dataclass(frozen=True, eq=False)
class Plan:
    """Pairs in use as person int64[k], role int64[k], score int64[k] by role and person; whole prices int64[m],
    and the bound they prove.
    """

    person: np.ndarray
    role: np.ndarray
    score: np.ndarray
    prices: np.ndarray
    bound: int

    @property
    def objective(self) -> int:
        return int(self.score.sum())


def _silent(done: int, total: int) -> None:
    pass


@dataclass(frozen=True, eq=False)
class _Desk:
    """What the makers of a plan share."""

    graph: Graph
    roster: Roster
    queue: Queue
    search: Search
    bonus: np.ndarray
    order: np.ndarray
    unit: float


def bonuses(graph: Graph, urgency: np.ndarray) -> np.ndarray:
    """int64[m]: what a filled slot is worth beside the score, so that in any move of up to 256 people slots
    come before urgency and urgency before the score.
    """
    top = int(graph.score.max(initial=0))
    _, late = np.unique(urgency, return_inverse=True)
    served = late.max(initial=0) - late.reshape(-1) + 1
    return served.astype(np.int64) * (256 * (top + 1)) + int(served.max(initial=0)) * 256 * 256 * (top + 1)


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
) -> Plan:
    """A plan near the greatest score and its certificate.

    `urgency` int[m], small first: fill as many slots as possible first, the more urgent before the less, and
    only then look at the score. `floor` int64[m]: prices stay at or above the best score left out of the
    graph, so that the bound holds for the pairs left out too. `warm` int64[m]: prices of a market much like
    this one. `seconds` stops the improvement early or late and is the one thing that makes two runs differ;
    without it the work is fixed. `workers` never changes the answer.
    """
    tell = progress or (lambda phase, done, total: None)
    m, workers = graph.n_roles, threads(workers)
    least = np.zeros(m, np.int64) if floor is None else floor
    # Whole prices of coarse scores (1, say) guide nobody; so plans are made on a finer scale.
    scale = max(1, HIGHEST_SCORE // max(int(graph.score.max(initial=0)), 1))
    fine = graph._replace(score=graph.score * np.int32(scale)) if scale > 1 else graph
    unit = max(int(fine.score.max(initial=0)), 1)
    steps = (WARM_LADDER if warm is not None else LADDER) if len(graph.role) else ()
    guide = find_prices(
        fine,
        tuple((temperature * unit / HIGHEST_SCORE, repeats) for temperature, repeats in steps),
        np.zeros(m) if warm is None else warm.astype(np.float64) * scale,
        least * scale,
        workers,
        lambda done, total: tell("prices", done, total),
    )
    certificate = guide if scale == 1 else find_prices(graph, (), guide.exact / scale, least, workers, _silent)
    tell("plan", 0, 1)
    fill_first = urgency is not None
    desk = _Desk(
        fine,
        empty_roster(fine),
        empty_queue(m),
        new_search(fine),
        bonuses(fine, urgency) if fill_first else np.zeros(m, np.int64),
        np.lexsort((np.arange(m), urgency)) if fill_first else np.arange(m),
        float(unit),
    )
    worth = _first_plan(desk, guide, workers, fill_first)
    tell("plan", 1, 1)
    deadline = None if seconds is None else time.perf_counter() + seconds
    _polish(desk, guide, worth, certificate.bound * scale, seed, deadline, tell)
    pair, person = held_pairs(desk.roster)
    role = graph.role[pair].astype(np.int64)
    order = np.lexsort((person, role))
    return Plan(
        person[order], role[order], graph.score[pair[order]].astype(np.int64), certificate.prices, certificate.bound
    )


def _first_plan(desk: _Desk, certificate: Certificate, workers: int, fill_first: bool) -> np.ndarray:
    """Fill the roster; what each person's best schedule is worth at the prices."""
    graph = desk.graph
    blocks = blocks_of(graph.first_of)
    worth, chosen = best_plan(graph, blocks, certificate.prices, workers, in_blocks)
    keep_what_fits(graph, desk.roster, chosen, certificate.prices)
    reseat(graph, desk.roster, certificate.exact, 1.0)
    limit = BIDS_PER_SLOT * int(graph.info[:, 3].sum(dtype=np.int64))
    bid_all(graph, desk.roster, certificate.exact.copy(), desk.queue, desk.order, desk.unit / STEPS, limit)
    for share in SHARES:
        reseat(graph, desk.roster, certificate.exact, share)
    longest = LONGEST if fill_first or graph.n_roles < SMALL else SHORT
    fill_by_chains(graph, desk.roster, desk.search, desk.bonus, desk.order, longest)
    return worth


def _polish(
    desk: _Desk,
    certificate: Certificate,
    worth: np.ndarray,
    bound: int,
    seed: int,
    deadline: float | None,
    tell: Progress,
) -> None:
    graph, m = desk.graph, desk.graph.n_roles
    if not len(graph.role):
        return
    state = np.array([(seed * 7919 + 104_729) % 2147483646 + 1], np.int64)
    local, gained = certificate.prices.astype(np.float64), np.zeros(1, np.int64)
    mine = np.ones(m, np.uint8)
    total = max(LEAST_ROUNDS, ROUNDS_PER_ROLE * m)
    chunks = -(-total // CHUNK)
    done = 0
    while done < chunks if deadline is None else time.perf_counter() < deadline:
        if total_score(graph, desk.roster) >= bound:
            break
        improve(
            graph, desk.roster, worth, certificate.prices, desk.bonus, desk.queue, desk.search, state,
            CHUNK, desk.unit, mine, local, gained,
        )  # fmt: skip
        done += 1
        tell("improve", min(done, chunks), chunks)


def warm() -> None:
    """Compile everything `clear` needs, or load it from the cache: some 40 seconds once a machine, then half
    a second. For a thread at the start of a worker.
    """
    start = np.array([0, 0, 2], np.int32)
    graph = make_graph(
        n_people=2,
        start=start,
        end=start + 1,
        place=np.zeros(3, np.int32),
        slots=np.ones(3, np.int32),
        buffer=np.zeros((1, 1), np.int32),
        person=np.array([0, 0, 1, 1, 1]),
        role=np.array([0, 2, 0, 1, 2]),
        score=np.array([5, 6, 7, 5, 6]),
    )
    clear(graph, urgency=np.zeros(3, np.int64), workers=1)
