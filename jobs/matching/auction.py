"""From prices to a plan: keep what fits, then let the empty roles bid.

A reverse auction (Bertsekas, "Auction algorithms for network flow problems", 1992) in which the good is a
whole span of days: a role that lacks a person lowers its price until somebody gains by taking it, leaving
whatever clashes; the roles she leaves bid in turn, at the price they had. Each step makes one person better
off by at least a step and nobody worse, so it ends; and each person ends within a step of her best schedule
at the final prices.
"""

from __future__ import annotations

import heapq

import numpy as np

from jobs.matching.market import Market
from jobs.matching.roster import Roster, roster_from

STEPS = (
    1100  # a person must gain one part in so many of the best score; more is closer to the optimum and slower
)
BIDS_PER_SLOT = 60  # more than a settled market needs; a price war over too few people is left to the chains


def keep_what_fits(market: Market, wished: np.ndarray) -> Roster:
    """A roster of the wished pairs; an overbooked role keeps its best (ties: earlier person)."""
    order = wished[np.lexsort((market.person[wished], -market.score[wished], market.role[wished]))]
    role = market.role[order]
    place = np.arange(len(order)) - np.searchsorted(role, role)
    return roster_from(market, order[place < market.headcount[role]])


def bid(roster: Roster, prices: np.ndarray, roles: np.ndarray, *, limit: int | None = None) -> np.ndarray:
    """Let `roles` with open slots bid until they are filled or nobody gains at a price of 0. Changes
    `roster`.

    `prices` float[m] are where they start; answers the prices at the end. `limit` caps the number of bids.
    """
    market = roster.market
    prices = np.append(prices.astype(np.float64), 0.0)  # one more, for "no role"
    open_slots = roster.open_slots()
    queue = [(int(market.urgency[role]), role) for role in roles.tolist() if open_slots[role] > 0]
    heapq.heapify(queue)
    waiting = {role for _, role in queue}
    step = int(market.score.max(initial=0)) / STEPS
    left = BIDS_PER_SLOT * int(market.headcount.sum()) if limit is None else limit
    while queue and left > 0:
        _, role = heapq.heappop(queue)
        waiting.discard(role)
        while roster.filled[role] < market.headcount[role] and left > 0:
            left -= 1
            displaced = _one_bid(roster, prices, role, step)
            if displaced is None:
                break
            for other in displaced:
                if other not in waiting:
                    waiting.add(other)
                    heapq.heappush(queue, (int(market.urgency[other]), other))
    return prices[:-1]


def _one_bid(roster: Roster, prices: np.ndarray, role: int, step: float) -> list[int] | None:
    """Fill one slot of `role`. The roles that lost their person by it; None when nobody gains even at a price
    of 0.
    """
    market = roster.market
    pairs = roster.candidates(role)
    if not len(pairs):
        return None
    given_up = roster.in_the_way(role, pairs)
    offer = market.score[pairs] - (roster.points(given_up) - prices[roster.roles(given_up)]).sum(axis=1)
    at = int(np.argmax(offer))
    best = offer[at]
    if best <= 0:
        return None
    offer[at] = 0.0
    second = max(float(offer.max()), 0.0)
    lost = given_up[at][given_up[at] >= 0].tolist()
    if lost:
        # She must gain, or two roles would hand one person to and fro for ever.
        prices[role] = max(0.0, min(prices[role], second, best - step))
        if best - prices[role] <= 0:
            return None
    else:
        prices[role] = min(prices[role], second)
    for pair in lost:
        roster.drop(pair)
    roster.take(int(pairs[at]))
    return [int(market.role[pair]) for pair in lost]
