"""Many roles at once: from pairs that may be to a plan and a proof.

`clear` is the core: prices and bound (`prices`), a plan from the prices (`dive`), chains for what is still open
(`chains`), local improvement (`pieces`); where all pairs are worth the same, a search for a full cover first
(`cover`). It knows no rule and no id, so it serves our problems (`solve`) and anybody's instances alike. This
module and what it stands on are compiled; the rest of the package imports it when a clearing is asked for.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from jobs.matching.core.auction import auction
from jobs.matching.core.chains import LONGEST, fill_by_chains, new_search
from jobs.matching.core.compiled import threads
from jobs.matching.core.cover import cover, even
from jobs.matching.core.dive import CAREFUL, dive_wide
from jobs.matching.core.ejection import eject_all, eject_beside
from jobs.matching.core.graph import Graph, sift
from jobs.matching.core.improvement import LONG, MANY, MANY_ENOUGH, USUAL, improve
from jobs.matching.core.prices import (
    Certificate,
    Ladder,
    certify,
    find_prices,
    first_prices,
    likely,
    point_of,
)
from jobs.matching.core.roster import Roster, empty_roster, held_pairs, seat, total_score

Progress = Callable[[str, int, int], None]

# Where people are plentiful, and where days are short: then prices hang together far and have to settle well.
PLENTY = Ladder(hottest=7.0, cooling=0.5, settled=0.01, easy=6.0)
SCARCE = Ladder(
    hottest=40.0, cooling=0.95, settled=0.01, easy=10.0, hot=20.0, coldest=0.1, pace=1.0, momentum=0.85
)
EVEN = Ladder(hottest=40.0, cooling=0.85)  # where all pairs are worth the same
# Temperature that decides which pairs a plan is made of, in plenty and where days are short.
UNSURE = 1.5, 4.0
WARM = 5.0  # first temperature of a market known
SEATING = 4.0  # temperature at which people are seated, in a first plan and in pieces
SHORT = 3  # people moved by a chain that only gains points
SMALL = 2000  # roles up to which long chains cost little
CROWDED = 0.3  # of the people's days asked for: from there on days are short
AT_A_TIME = 500  # roles between two looks at the clock
IN_TIME = 0.4  # share of the time until the answer that prices may take


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


def bonuses(graph: Graph, urgency: np.ndarray) -> np.ndarray:
    """int64[m]: what a filled slot is worth beside the score, so that in any move of up to 256 people slots
    come before urgency and urgency before the score.
    """
    top = int(graph.score.max(initial=0))
    _, late = np.unique(urgency, return_inverse=True)
    served = late.max(initial=0) - late.reshape(-1) + 1
    return served.astype(np.int64) * (256 * (top + 1)) + int(served.max(initial=0)) * 256 * 256 * (top + 1)


def load(graph: Graph) -> float:
    """How much is asked of people: days of all slots against the days between anybody's first role and last."""
    info = graph.info.astype(np.int64)
    asked = int(((info[:, 1] - info[:, 0] + 1) * info[:, 3]).sum())
    able = int((np.diff(graph.first_of) > 0).sum()) * int(
        info[:, 1].max(initial=0) - info[:, 0].min(initial=0) + 1
    )
    return asked / max(able, 1)


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
    until: float | None = None,
) -> Plan:
    """A plan near the greatest score and its certificate.

    `urgency` int[m], small first: fill as many slots as possible first, the more urgent before the less, and
    only then look at the score. `floor` int64[m]: prices stay at or above the best score left out of the
    graph, so that the bound holds for the pairs left out too. `warm` int64[m]: prices of a market much like
    this one. `seconds` to improve after prices and plan, `until` the `time.perf_counter()` by which there is to be
    an answer: either is used up unless the plan is proven best before, and makes two runs differ; without them the
    work is fixed. `workers` never changes the answer.
    """
    tell = progress or (lambda phase, done, total: None)
    m, workers = graph.n_roles, threads(workers)
    least = np.zeros(m, np.int64) if floor is None else floor
    over, late = _clock(until), _clock(_share(until))
    state = np.array([(seed * 7919 + 104_729) % 2147483646 + 1], np.int64)
    if not len(graph.role):
        return as_plan(graph, empty_roster(graph), certify(graph, np.zeros(m), least, workers))
    if even(graph):
        taken, full = cover(graph, state, workers, over, until is not None)
        if full or urgency is None:
            tell("improve", 1, 1)
            proof = (
                certify(graph, np.full(m, float(graph.score[0])), least, workers)
                if full
                else _even_prices(graph, least, workers, late)
            )
            return as_plan(graph, seat(graph, taken), proof)
    point = point_of(graph)
    crowded = load(graph) >= CROWDED
    certificate = _prices(graph, least, warm, crowded, workers, tell, late)
    tell("plan", 0, 1)
    live, roster = _first_plan(graph, certificate, point, urgency, crowded, workers, over)
    bonus = np.zeros(m, np.int64) if urgency is None else bonuses(graph, urgency)
    order = np.arange(m) if urgency is None else np.lexsort((np.arange(m), urgency))
    longest = LONGEST if urgency is not None or m < SMALL else SHORT
    search = new_search(live)
    for at in range(0, m, AT_A_TIME):
        if not over():
            fill_by_chains(live, roster, search, bonus, order[at : at + AT_A_TIME], longest)
    timed = seconds is not None or until is not None
    if not crowded and (timed or not _near(live, roster, certificate)):
        eject_all(live, roster, certificate.exact, bonus, point, seed, over)
    elif not crowded and urgency is not None:
        eject_beside(live, roster, certificate.exact, bonus, point, roster.filled < live.info[:, 3])
    tell("plan", 1, 1)
    effort = LONG if crowded and m >= MANY else USUAL
    if seconds is not None:
        over = _clock(min(time.perf_counter() + seconds, until or np.inf))
    improve(
        live, roster, certificate, bonus, SEATING * point, effort, state, workers, over, timed,
        lambda done, total: tell("improve", done, total),
    )  # fmt: skip
    return as_plan(live, roster, certificate)


def _prices(
    graph: Graph,
    least: np.ndarray,
    warm: np.ndarray | None,
    crowded: bool,
    workers: int,
    tell: Progress,
    late: Callable[[], bool],
) -> Certificate:
    """Prices and bound; from `warm` where there are prices of a market much like this one."""
    ladder = SCARCE if crowded else PLENTY
    if warm is not None:
        ladder = ladder._replace(hottest=min(WARM, ladder.hottest))
    start = first_prices(graph, least) if warm is None else warm.astype(np.float64)
    return find_prices(
        graph, start, least, ladder, workers, lambda done, total: tell("prices", done, total), late
    )


def _clock(until: float | None) -> Callable[[], bool]:
    """Whether that moment has come; never, without one."""
    if until is None:
        return lambda: False
    return lambda: time.perf_counter() >= until


def _share(until: float | None) -> float | None:
    now = time.perf_counter()
    return None if until is None else now + IN_TIME * max(until - now, 0.0)


def _near(graph: Graph, roster: Roster, certificate: Certificate) -> bool:
    """Whether a plan of many roles is as near to its bound as is asked for."""
    left = certificate.bound - int(total_score(graph, roster))
    return graph.n_roles >= MANY and left <= MANY_ENOUGH * certificate.bound


def _even_prices(graph: Graph, least: np.ndarray, workers: int, late: Callable[[], bool]) -> Certificate:
    """Prices and bound where all pairs are worth the same."""
    return find_prices(
        graph, first_prices(graph, least), least, EVEN, workers, lambda done, total: None, late
    )


def _first_plan(
    graph: Graph,
    certificate: Certificate,
    point: float,
    urgency: np.ndarray | None,
    crowded: bool,
    workers: int,
    over: Callable[[], bool],
) -> tuple[Graph, Roster]:
    """The pairs a plan is made of, and the first plan. Who fills roles first looks at all pairs."""
    prices = certificate.exact
    keep = likely(graph, prices, UNSURE[crowded] * point, workers)
    live, origin = sift(graph, keep)
    chosen = np.zeros(len(graph.role), np.uint8)
    if crowded and not over():
        chosen[origin] = dive_wide(live, prices, SEATING * point, workers, over, CAREFUL)
    else:
        pair, _ = held_pairs(auction(live, prices, point))
        chosen[origin[pair]] = 1
    filled = np.bincount(graph.role[chosen > 0], minlength=graph.n_roles)
    missed = (filled < graph.info[:, 3]) & ((prices > 0) | (urgency is not None))
    if missed.any():
        keep |= missed[graph.role] | chosen
        live, origin = sift(graph, keep)
    return live, seat(live, chosen[origin])


def as_plan(graph: Graph, roster: Roster, certificate: Certificate) -> Plan:
    """What a roster says, and what the prices prove."""
    pair, person = held_pairs(roster)
    role = graph.role[pair].astype(np.int64)
    order = np.lexsort((person, role))
    return Plan(
        person[order],
        role[order],
        graph.score[pair[order]].astype(np.int64),
        certificate.prices,
        certificate.bound,
    )
