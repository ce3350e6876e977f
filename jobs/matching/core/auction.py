"""From prices to a plan: let the empty roles bid.

A reverse auction (Bertsekas, "Auction algorithms for network flow problems", 1992) in which the good is a
whole span of days: a role that lacks a person lowers its price until somebody gains by taking it, leaving
whatever clashes; the roles she leaves bid in turn, at the price they had. Each step makes one person better
off by at least a step and nobody worse, so it ends; and each person ends within a step of her best schedule
at the final prices.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from jobs.matching.core.compiled import kernel
from jobs.matching.core.roster import clash, log_drop, log_take


class Queue(NamedTuple):
    """Roles that have yet to bid, in a ring; each at most once. `ends` is where it begins and its length."""

    ring: np.ndarray
    waiting: np.ndarray
    ends: np.ndarray


def empty_queue(roles: int) -> Queue:
    """A queue for so many roles."""
    return Queue(np.zeros(max(roles, 1), np.int32), np.zeros(max(roles, 1), np.uint8), np.zeros(2, np.int64))


@kernel
def push(queue, o):
    """Let role o wait for its turn, if it does not yet."""
    if not queue.waiting[o]:
        queue.waiting[o] = 1
        queue.ring[(queue.ends[0] + queue.ends[1]) % len(queue.ring)] = o
        queue.ends[1] += 1


@kernel
def pop(queue):
    """The role whose turn it is."""
    o = queue.ring[queue.ends[0]]
    queue.ends[0] = (queue.ends[0] + 1) % len(queue.ring)
    queue.ends[1] -= 1
    queue.waiting[o] = 0
    return o


@kernel
def one_bid(graph, roster, prices, o, step, queue):
    """Fill one slot of o; roles that lose their person join the queue. False when nobody gains even at 0."""
    best, second, at = 0.0, 0.0, -1
    lost_any = False
    for j in range(graph.first_on[o], graph.first_on[o + 1]):
        w = graph.person[j]
        offer = float(graph.score[graph.pair[j]])
        if offer <= second:
            continue
        lost = False
        for i in range(roster.first[w], roster.first[w] + roster.count[w]):
            f = roster.doing[i]
            if f == o:
                offer = -1.0
                break
            if clash(graph, o, f):
                lost = True
                offer -= max(graph.score[roster.held[i]] - prices[f], 0.0)
        if offer > best:
            second, best, at, lost_any = best, offer, j, lost
        elif offer > second:
            second = offer
    if at < 0:
        return False
    if lost_any:
        # She must gain, or two roles would hand one person to and fro for ever.
        price = max(0.0, min(prices[o], second, best - step))
        if best - price <= 0.0:
            return False
        prices[o] = price
    else:
        prices[o] = min(prices[o], second)
    w = graph.person[at]
    i = roster.first[w]
    while i < roster.first[w] + roster.count[w]:
        f = roster.doing[i]
        if clash(graph, o, f):
            log_drop(graph, roster, roster.held[i], w)
            push(queue, f)
        else:
            i += 1
    log_take(graph, roster, graph.pair[at], w)
    return True


@kernel
def bid(graph, roster, prices, queue, step, limit):
    """Let the roles in the queue bid until they are filled, nobody gains, or `limit` bids are made."""
    left = limit
    while queue.ends[1] > 0 and left > 0:
        o = pop(queue)
        while roster.filled[o] < graph.info[o, 3] and left > 0:
            left -= 1
            if not one_bid(graph, roster, prices, o, step, queue):
                break
    while queue.ends[1] > 0:
        pop(queue)


@kernel
def bid_all(graph, roster, prices, queue, order, step, limit):
    """Let all open roles bid, in `order`."""
    for o in order:
        if roster.filled[o] < graph.info[o, 3]:
            push(queue, o)
    bid(graph, roster, prices, queue, step, limit)
    roster.size[0] = 0
