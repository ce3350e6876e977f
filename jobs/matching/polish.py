"""Local improvement: tear out a piece of the plan, let the auction fill it again, keep what is better.

Large neighbourhood search (Shaw, 1998). A piece is a role with open or dear slots and the roles that share
its candidates; the auction repairs it at the prices of the certificate, so most pieces come back as they were
and some come back better.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from jobs.matching.auction import bid
from jobs.matching.chains import best_chain, move
from jobs.matching.roster import Roster

PIECE = 24  # roles torn out at once
BIDS_PER_PIECE = 12  # per slot torn out


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
    loss = _regret(best, prices)
    for done in range(1, rounds + 1):
        if best.value >= bound or (deadline is not None and time.perf_counter() > deadline):
            break
        trial = best.copy()
        piece = _piece(trial, loss, draw)
        for role in piece.tolist():
            for pair in trial.occupants(role).tolist():
                trial.drop(pair)
        slots = int(market.headcount[piece].sum())
        bid(trial, prices, piece, limit=BIDS_PER_PIECE * slots)
        for role in piece[trial.open_slots()[piece] > 0].tolist():
            moves, _ = best_chain(trial, role, any_price=False, longest=3)
            if moves is not None:
                move(trial, moves)
        reached = rank(trial, fill_first=fill_first)
        if reached > mark:
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
    """Roles to tear out: one drawn by its loss, and those held by people who could take it."""
    market = roster.market
    seed = int(draw.choice(market.n_roles, p=loss / loss.sum()))
    first = market.first_pair
    pairs = np.arange(first[seed], first[seed + 1])
    if len(pairs) > PIECE:
        pairs = draw.choice(pairs, PIECE, replace=False)
    near = np.unique(roster.in_the_way(seed, np.sort(pairs)))
    roles = np.unique(np.append(market.role[near[near >= 0]], seed))
    if len(roles) > PIECE:
        roles = np.sort(draw.choice(roles, PIECE, replace=False))
    return roles
