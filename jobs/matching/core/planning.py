"""From prices to a plan: whoever is sure of her place first (`dive`, `auction`), chains for what is still open
(`chains`), whole schedules that move (`ejection`), and local improvement (`pieces`).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from jobs.matching.core.auction import auction
from jobs.matching.core.chains import LONGEST, fill_by_chains, new_search
from jobs.matching.core.compiled import threads
from jobs.matching.core.dive import dive_wide
from jobs.matching.core.ejection import eject_all, eject_beside
from jobs.matching.core.graph import Graph
from jobs.matching.core.improvement import LONG, MANY, MANY_ENOUGH, USUAL, improve
from jobs.matching.core.prices import UNLIKELY, Certificate, likely, point_of
from jobs.matching.core.roster import Roster, held_pairs, seat, total_score
from jobs.matching.core.subgraph import sift

Progress = Callable[[str, int, int], None]

# Temperature and least chance that decide which pairs a plan is made of, in plenty and where days are short.
UNSURE = (1.5, 1e-7), (4.0, UNLIKELY)
SEATING = 4.0  # temperature at which people are seated, in a first plan and in pieces
SHORT = 3  # people moved by a chain that only gains points
SMALL = 2000  # roles up to which long chains cost little
CROWDED = 0.3  # of the people's days asked for: from there on days are short
AT_A_TIME = 500  # roles between two looks at the clock


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


def plan_at(
    graph: Graph,
    certificate: Certificate,
    *,
    urgency: np.ndarray | None = None,
    seed: int = 0,
    progress: Progress | None = None,
    seconds: float | None = None,
    workers: int | None = None,
    stay: np.ndarray | None = None,
    until: float | None = None,
) -> Plan:
    """`clear` where prices and bound are there.

    `stay` int16[e]: points that a pair counts for more while the plan is made, since it stood before. Prices, the bound
    and the scores of the plan know nothing of them. A large market with people enough is not searched further then:
    most are where they were, and what a search finds for the others is less than what staying costs.
    """
    tell = progress or (lambda phase, done, total: None)
    m, workers, over = graph.n_roles, threads(workers), clock(until)
    state = first_state(seed)
    point, crowded = point_of(graph), load(graph) >= CROWDED
    tell("plan", 0, 1)
    told = graph if stay is None else graph._replace(score=graph.score + stay)
    live, roster, origin = _first_plan(told, certificate, point, urgency, crowded, workers, over)
    bonus = np.zeros(m, np.int64) if urgency is None else bonuses(told, urgency)
    order = np.arange(m) if urgency is None else np.lexsort((np.arange(m), urgency))
    longest = LONGEST if urgency is not None or m < SMALL else SHORT
    search = new_search(live)
    for at in range(0, m, AT_A_TIME):
        if not over():
            fill_by_chains(live, roster, search, bonus, order[at : at + AT_A_TIME], longest)
    timed = seconds is not None or until is not None
    settled = stay is not None and m >= MANY and not crowded
    if not crowded and (timed or not (settled or _near(live, roster, certificate))):
        eject_all(live, roster, certificate.exact, bonus, point, seed, over)
    elif not crowded and urgency is not None:
        eject_beside(live, roster, certificate.exact, bonus, point, roster.filled < live.info[:, 3])
    tell("plan", 1, 1)
    effort = LONG if crowded and m >= MANY else USUAL
    if seconds is not None:
        over = clock(min(time.perf_counter() + seconds, until or np.inf))
    if timed or not settled:
        more = 0 if stay is None else int(stay.sum())
        within = replace(certificate, bound=certificate.bound + more)
        improve(
            live, roster, within, bonus, SEATING * point, effort, state, workers, over, timed,
            lambda done, total: tell("improve", done, total),
        )  # fmt: skip
    return as_plan(live if stay is None else live._replace(score=graph.score[origin]), roster, certificate)


def first_state(seed: int) -> np.ndarray:
    """int64[1]: where random numbers begin."""
    return np.array([(seed * 7919 + 104_729) % 2147483646 + 1], np.int64)


def clock(until: float | None) -> Callable[[], bool]:
    """Whether that moment has come; never, without one."""
    if until is None:
        return lambda: False
    return lambda: time.perf_counter() >= until


def _near(graph: Graph, roster: Roster, certificate: Certificate) -> bool:
    """Whether a plan of many roles is as near to its bound as is asked for."""
    left = certificate.bound - int(total_score(graph, roster))
    return graph.n_roles >= MANY and left <= MANY_ENOUGH * certificate.bound


def _first_plan(
    graph: Graph,
    certificate: Certificate,
    point: float,
    urgency: np.ndarray | None,
    crowded: bool,
    workers: int,
    over: Callable[[], bool],
) -> tuple[Graph, Roster, np.ndarray]:
    """The pairs a plan is made of, the first plan, and which pairs of the whole these are. Who fills roles first looks
    at all pairs.
    """
    prices = certificate.exact
    unsure, least = UNSURE[crowded]
    keep = likely(graph, prices, unsure * point, workers, least)
    live, origin = sift(graph, keep)
    chosen = np.zeros(len(graph.role), np.uint8)
    if crowded and not over():
        chosen[origin] = dive_wide(live, prices, SEATING * point, workers, over)
    else:
        pair, _ = held_pairs(auction(live, prices, point))
        chosen[origin[pair]] = 1
    filled = np.bincount(graph.role[chosen > 0], minlength=graph.n_roles)
    missed = (filled < graph.info[:, 3]) & ((prices > 0) | (urgency is not None))
    if missed.any():
        del live, origin  # the next one would stand beside them
        keep |= missed[graph.role] | chosen
        live, origin = sift(graph, keep)
    return live, seat(live, chosen[origin]), origin


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
