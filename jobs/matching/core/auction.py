"""From prices to a plan where people are plentiful: those who want too few slots outbid each other, then slots
that are open look for people.

Everybody starts on her best schedule. While a role is wanted by more people than it has slots, its price rises
until only so many still prefer it to the next best they could do (`raise_prices`: the auction of Bertsekas,
1979; a schedule in place of a single object). Then each role with an open slot looks for whoever would gain most
by leaving what she holds, pays her what the second best would take, and the slots she leaves look in turn
(`lower_prices`: the reverse auction of Bertsekas and Castanon, 1992). Either direction moves prices one way
only, by a `step` at least, so it ends. Near good prices few slots change hands.
"""

from __future__ import annotations

import numpy as np

from jobs.matching.core.best import best_end, best_schedules, new_slate
from jobs.matching.core.compiled import kernel
from jobs.matching.core.graph import Graph
from jobs.matching.core.roster import Roster, clash, drop, seat, take

GRAIN = 128.0  # profits are compared in such parts of a point
STEP = 0.1  # points by which a price moves at least
BIDS = 2  # per slot: beyond that people are not plentiful, and who wants too much is simply sent away


@kernel
def _push(queue, waiting, ends, o):
    """Put role o into the ring `queue` unless it is there; `ends` are where the ring begins and its length."""
    if not waiting[o]:
        waiting[o] = 1
        queue[(ends[0] + ends[1]) % len(queue)] = o
        ends[1] += 1


@kernel
def _pop(queue, waiting, ends):
    o = queue[ends[0]]
    ends[0] = (ends[0] + 1) % len(queue)
    ends[1] -= 1
    waiting[o] = 0
    return o


@kernel
def _best_without(graph, w, prices, grain, without, chosen, slate):
    """In parts of 1 / grain: what w's chosen roles bring her, and the best she could do but for role `without`; where
    that ends on the slate, -1 for nothing.
    """
    n, have = 0, 0
    for k in range(graph.first_of[w], graph.first_of[w + 1]):
        o = graph.role[k]
        gain = int((graph.score[k] - prices[o]) * grain)
        if chosen[k]:
            have += gain
        if gain > 0 and o != without:
            slate.mine[n], slate.profit[n] = k, gain
            n += 1
    if n == 0:
        return have, 0, -1
    at = best_end(graph, n, slate)
    return have, slate.value[at], at


@kernel
def _choose_again(graph, w, prices, grain, chosen, count, slate):
    """Mark her best schedule in place of the one she has. It ends on the slate at the pair answered."""
    _, _, end = _best_without(graph, w, prices, grain, -1, chosen, slate)
    for k in range(graph.first_of[w], graph.first_of[w + 1]):
        if chosen[k]:
            chosen[k] = 0
            count[graph.role[k]] -= 1
    at = end
    while at >= 0:
        chosen[slate.mine[at]] = 1
        count[graph.role[slate.mine[at]]] += 1
        at = slate.before[at]
    return end


@kernel
def _ranked(graph, o, prices, grain, chosen, count, slate):
    """Who chose o, those first who would lose most without it, and what they would lose, in parts."""
    who, loss, n = np.empty(count[o], np.int64), np.empty(count[o], np.int64), 0
    for j in range(graph.first_on[o], graph.first_on[o + 1]):
        if chosen[graph.pair[j]]:
            have, without, _ = _best_without(graph, graph.person[j], prices, grain, o, chosen, slate)
            who[n], loss[n] = graph.person[j], have - without
            n += 1
    order = np.argsort(-loss, kind="mergesort")
    return who[order], loss[order]


@kernel
def raise_prices(graph, chosen, prices, grain, step, most):
    """Until no role is chosen by more people than it has slots, or `most` bids are made. `prices` float[m] and
    `chosen` uint8[e] move.
    """
    m, longest = len(prices), 1
    count, ends = np.zeros(m, np.int64), np.zeros(2, np.int64)
    for k in range(len(chosen)):
        count[graph.role[k]] += chosen[k]
    queue, waiting = np.empty(m, np.int32), np.zeros(m, np.uint8)
    for o in range(m):
        if count[o] > graph.info[o, 3]:
            _push(queue, waiting, ends, o)
    for w in range(len(graph.first_of) - 1):
        longest = max(longest, graph.first_of[w + 1] - graph.first_of[w])
    slate = new_slate(longest)
    for _ in range(most):
        if ends[1] == 0:
            return
        o = _pop(queue, waiting, ends)
        slots = graph.info[o, 3]
        if count[o] <= slots:
            continue
        who, loss = _ranked(graph, o, prices, grain, chosen, count, slate)
        prices[o] += max(loss[slots], 0) / grain + step
        for w in who[slots:]:
            at = _choose_again(graph, w, prices, grain, chosen, count, slate)
            while at >= 0:
                f = graph.role[slate.mine[at]]
                if count[f] > graph.info[f, 3]:
                    _push(queue, waiting, ends, f)
                at = slate.before[at]


@kernel
def send_away(graph, chosen):
    """Unmark those who chose a role beyond its slots, the lowest scores first."""
    m = len(graph.first_on) - 1
    first = np.zeros(m + 1, np.int64)
    for k in range(len(chosen)):
        first[graph.role[k] + 1] += chosen[k]
    for o in range(m):  # of roles that have room for all, none is listed
        first[o + 1] = first[o] + (first[o + 1] if first[o + 1] > graph.info[o, 3] else 0)
    at, pairs = first[:-1].copy(), np.empty(first[m], np.int64)
    for k in range(len(chosen)):
        o = graph.role[k]
        if chosen[k] and first[o + 1] > first[o]:
            pairs[at[o]] = k
            at[o] += 1
    for o in range(m):
        some = pairs[first[o] : first[o + 1]]
        if len(some):
            order = np.argsort(-graph.score[some], kind="mergesort")
            for i in order[graph.info[o, 3] :]:
                chosen[some[i]] = 0


@kernel
def _comers(graph, roster, o, prices, value, pair, who):
    """The people who would gain most by taking o for nothing, one more than it has open slots: how many."""
    need, n = graph.info[o, 3] - roster.filled[o], 0
    for j in range(graph.first_on[o], graph.first_on[o + 1]):
        w, k = graph.person[j], graph.pair[j]
        gain = float(graph.score[k])
        if n > need and gain <= value[need]:
            continue
        for i in range(roster.first[w], roster.first[w] + roster.count[w]):
            f = roster.doing[i]
            if f == o:
                gain = -1.0
            elif clash(graph, o, f):
                gain -= max(graph.score[roster.held[i]] - prices[f], 0.0)
        if gain <= 0.0 or (n > need and gain <= value[need]):
            continue
        at = min(n, need)
        while at > 0 and value[at - 1] < gain:
            value[at], pair[at], who[at] = value[at - 1], pair[at - 1], who[at - 1]
            at -= 1
        value[at], pair[at], who[at] = gain, k, w
        n = min(n + 1, need + 1)
    return n


@kernel
def lower_prices(graph, roster, prices, step, most):
    """Until nobody gains by an open slot, or `most` bids are made. `prices` float[m] and the roster move."""
    m, widest = len(roster.filled), 2
    queue, waiting, ends = np.empty(m, np.int32), np.zeros(m, np.uint8), np.zeros(2, np.int64)
    for o in range(m):
        widest = max(widest, graph.info[o, 3] + 2)
        if roster.filled[o] < graph.info[o, 3]:
            _push(queue, waiting, ends, o)
    widest = min(widest, len(roster.count) + 2)
    value, pair, who = np.empty(widest), np.empty(widest, np.int64), np.empty(widest, np.int64)
    for _ in range(most):
        if ends[1] == 0:
            return
        o = _pop(queue, waiting, ends)
        need = graph.info[o, 3] - roster.filled[o]
        if need <= 0:
            continue
        n = _comers(graph, roster, o, prices, value, pair, who)
        prices[o] = min(prices[o], max(value[need] - step, 0.0) if n > need else 0.0)
        for i in range(min(n, need)):
            at = roster.first[who[i]]
            while at < roster.first[who[i]] + roster.count[who[i]]:
                f = roster.doing[at]
                if clash(graph, o, f):
                    drop(graph, roster, roster.held[at], who[i])
                    _push(queue, waiting, ends, f)
                else:
                    at += 1
            take(graph, roster, pair[i], who[i])


def auction(graph: Graph, prices: np.ndarray, point: float) -> Roster:
    """A plan from prices float[m] near the best ones. `point`: a point of a best score of 1100, in units of the score."""
    prices, step, grain = prices.copy(), STEP * point, GRAIN / point
    most = BIDS * int(graph.info[:, 3].sum(dtype=np.int64))
    worth, chosen = np.empty(graph.n_people, np.int64), np.zeros(len(graph.role), np.uint8)
    best_schedules(graph, 0, graph.n_people, prices, grain, worth, chosen)
    raise_prices(graph, chosen, prices, grain, step, most)
    send_away(graph, chosen)
    roster = seat(graph, chosen)
    lower_prices(graph, roster, prices, step, 10 * most)
    return roster
