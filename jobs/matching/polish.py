"""Local improvement: tear out a piece of the plan, let the auction fill it again, keep what is better.

Large neighbourhood search (Shaw, 1998). A piece is a few people of one role and what other
candidates would leave to take it; the auction repairs it at prices a little off those of the certificate.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from jobs.matching.auction import bid
from jobs.matching.chains import best_chain, move
from jobs.matching.roster import Roster

PIECE = 4  # candidates of one role whose places are torn out; larger pieces cost more than they find
BIDS_PER_PAIR = 6  # torn out
NOISE = (0.03, 0.1)  # of the best score


def rank(roster: Roster, *, fill_first: bool) -> tuple[int, ...]:
    """What makes one plan better than another: greater is better, compared in order."""
    if not fill_first:
        return (roster.value,)
    open_slots = roster.open_slots()
    late = int((open_slots * (int(roster.market.urgency.max(initial=0)) + 1 - roster.market.urgency)).sum())
    return (-int(open_slots.sum()), -late, roster.value)


def polish(
    roster: Roster,
    prices: np.ndarray,
    *,
    rounds: int,
    bound: int,
    fill_first: bool,
    draw: np.random.Generator,
    deadline: float | None,
    progress: Callable[[int, int], None],
) -> Roster:
    """The best roster met in `rounds` attempts, or until `deadline` (time.perf_counter) or the bound is
    reached.
    """
    market = roster.market
    if not market.n_pairs or rounds <= 0:
        return roster
    best, mark = roster, rank(roster, fill_first=fill_first)
    loss, top = _regret(best, prices), int(market.score.max())
    for done in range(1, rounds + 1):
        if best.value >= bound or (deadline is not None and time.perf_counter() > deadline):
            break
        trial = best.copy()
        torn = _piece(trial, loss, draw)
        for pair in torn.tolist():
            trial.drop(pair)
        roles = np.unique(market.role[torn])
        # Prices a little off, more or less from round to round, or the auction would rebuild what was torn
        # out.
        noise = draw.normal(0.0, top * NOISE[done % len(NOISE)], market.n_roles)
        start = np.maximum(prices + noise, 0.0)
        bid(trial, start, roles, limit=BIDS_PER_PAIR * len(torn))
        for role in roles[trial.open_slots()[roles] > 0].tolist():
            moves, _ = best_chain(trial, role, any_price=fill_first, longest=3)
            if moves is not None:
                move(trial, moves)
        reached = rank(trial, fill_first=fill_first)
        if reached >= mark:  # an equal plan is taken too: many equal steps lead to a better one
            best, mark = trial, reached
            loss = _regret(best, prices)
        progress(done, rounds)
    return best


def _regret(roster: Roster, prices: np.ndarray) -> np.ndarray:
    """float[m]: how much each role seems to lose against the prices. Open slots lose their price, occupants
    below it too.
    """
    market = roster.market
    loss = roster.open_slots() * prices
    used = np.flatnonzero(roster.used)
    under = np.maximum(prices[market.role[used]] - market.score[used], 0)
    return loss + np.bincount(market.role[used], under, market.n_roles) + 1.0


def _piece(roster: Roster, loss: np.ndarray, draw: np.random.Generator) -> np.ndarray:
    """Pairs to tear out: people of one role, drawn by its loss, and what others would leave for it."""
    market = roster.market
    seed = int(draw.choice(market.n_roles, p=loss / loss.sum()))
    own, pairs = roster.occupants(seed), roster.candidates(seed)
    if len(pairs) > PIECE:
        pairs = np.sort(draw.choice(pairs, PIECE, replace=False))
    if len(own) > PIECE // 2:
        own = np.sort(draw.choice(own, PIECE // 2, replace=False))
    near = np.unique(roster.in_the_way(seed, pairs))
    return np.union1d(own, near[near >= 0])[: 2 * PIECE]
