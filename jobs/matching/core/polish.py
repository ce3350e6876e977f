"""Local improvement: tear out a piece of the plan, let the auction fill it again, keep what is no worse.

Large neighbourhood search (Shaw, 1998), guided by the prices. By complementary slackness the gap of a plan to
its bound is the sum of what each person forgoes against her best schedule at the prices, and of the prices
of open slots; so pieces are drawn in proportion to that loss. A person is given her best schedule, or a role
some of the people who would leave others for it; the auction repairs the rest at prices a little off those
of the certificate, and chains fill what it leaves open.
"""

from __future__ import annotations

import numpy as np

from jobs.matching.core.auction import bid, push
from jobs.matching.core.best import _few
from jobs.matching.core.chains import best_chain, move
from jobs.matching.core.compiled import kernel
from jobs.matching.core.roster import LOG, clash, log_drop, log_take, undo

BIDS = 40  # of one piece
PIECE = 4  # people of one role torn out
NARROW = 40  # roles looked at to mend a piece by a chain
MENDED = 6  # chains tried to mend a piece
AGAIN = 400  # pieces between two looks at who loses how much


@kernel
def _draw(state, n):
    """A number below n, by the generator of Lehmer (Park and Miller, 1988)."""
    state[0] = state[0] * 48271 % 2147483647
    return state[0] * n // 2147483647


@kernel
def losses(graph, roster, worth, prices, least, mine, out):
    """Fill cumulative int64[people + roles + 1] with what each forgoes; only roles and people of `mine`."""
    n, m = len(roster.count), len(roster.filled)
    total = 0
    out[0] = 0
    for w in range(n):
        have = 0
        for i in range(roster.first[w], roster.first[w] + roster.count[w]):
            have += graph.score[roster.held[i]] - prices[roster.doing[i]]
        total += max(worth[w] - have, 0)
        out[w + 1] = total
    for o in range(m):
        if mine[o]:
            total += (graph.info[o, 3] - roster.filled[o]) * max(prices[o], least)
        out[n + o + 1] = total


@kernel
def _release(graph, roster, queue, k, w):
    push(queue, graph.role[k])
    log_drop(graph, roster, k, w)


@kernel
def _make_room(graph, roster, queue, k, w, prices):
    """Put w on the role of k; whoever clashes or is worth least there at `prices` leaves."""
    o = graph.role[k]
    i = roster.first[w]
    while i < roster.first[w] + roster.count[w]:
        if roster.doing[i] == o:
            return
        if clash(graph, o, roster.doing[i]):
            _release(graph, roster, queue, roster.held[i], w)
        else:
            i += 1
    if roster.filled[o] >= graph.info[o, 3]:
        if graph.info[o, 3] <= 0:
            return
        worst = roster.start[o]
        for at in range(worst + 1, roster.start[o] + roster.filled[o]):
            if graph.score[roster.used[at]] < graph.score[roster.used[worst]]:
                worst = at
        log_drop(graph, roster, roster.used[worst], roster.crew[worst])
    log_take(graph, roster, k, w)


@kernel
def _noisy(prices, local, touched, o, noise, state):
    if not touched[o]:
        touched[o] = 1
        local[o] = max(prices[o] + noise * (_draw(state, 2001) + _draw(state, 2001) - 2000) / 1000.0, 0.0)


@kernel
def _best_with_noise(graph, w, prices, noise, state, mine, profit, value, before, chosen):
    """The number of pairs of w's best schedule at prices off by up to `noise`, into `chosen`."""
    n = 0
    for k in range(graph.first_of[w], graph.first_of[w + 1]):
        gain = graph.score[k] - prices[graph.role[k]] + _draw(state, 2 * noise + 1) - noise
        if gain > 0 and n < len(mine):
            mine[n], profit[n] = k, gain
            n += 1
    if n == 0:
        return 0
    _few(graph, mine, profit, n, value, before)
    at, count = 0, 0
    for j in range(1, n):
        if value[j] > value[at]:
            at = j
    while at >= 0:
        chosen[count] = mine[at]
        count += 1
        at = before[at]
    return count


@kernel
def improve(graph, roster, worth, prices, bonus, queue, search, state, rounds, unit, mine, local, gained):
    """Try `rounds` pieces. `unit` is the score scale (best score), `gained[0]` what was won; deterministic."""
    n, m = len(roster.count), len(roster.filled)
    sums = np.empty(n + m + 1, np.int64)
    touched = np.zeros(m, np.uint8)
    end = np.zeros(4, np.int32)
    room = 64
    pairs, before, chosen = np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.int32)
    profit, value = np.empty(room, np.int64), np.empty(room, np.int64)
    for turn in range(rounds):
        if turn % AGAIN == 0:
            losses(graph, roster, worth, prices, int(unit / 10), mine, sums)
            if sums[n + m] <= 0:
                return
        pick = int(sums[n + m] * (_draw(state, 1000000) / 1000000.0))
        at = np.searchsorted(sums, pick, side="right") - 1
        noise = unit * (0.02 if turn % 3 == 0 else 0.06 if turn % 3 == 1 else 0.005)
        roster.size[0] = 0
        if at < n:
            w = at
            count = _best_with_noise(
                graph, w, prices, int(noise), state, pairs, profit, value, before, chosen
            )
            for i in range(count):
                _make_room(graph, roster, queue, chosen[i], w, prices)
        else:
            o = at - n
            low, width = graph.first_on[o], graph.first_on[o + 1] - graph.first_on[o]
            for _ in range(min(PIECE, width)):
                j = low + _draw(state, width)
                w = graph.person[j]
                i = roster.first[w]
                while i < roster.first[w] + roster.count[w]:
                    if clash(graph, o, roster.doing[i]):
                        _release(graph, roster, queue, roster.held[i], w)
                    else:
                        i += 1
            push(queue, o)
        # The neighbourhood's prices move a little, or the auction would rebuild what was torn out.
        for i in range(queue.ends[1]):
            o = queue.ring[(queue.ends[0] + i) % len(queue.ring)]
            local[o] = max(prices[o] + noise * (_draw(state, 2001) - 1000) / 1000.0, 0.0)
        step = unit / (1100.0 if turn % 4 < 2 else 100.0 if turn % 4 == 2 else 20.0)
        bid(graph, roster, local, queue, step, BIDS)
        if roster.size[0] < LOG - 300:
            _mend(graph, roster, search, bonus, end)
        won, fits = 0, roster.size[0] < LOG
        if fits:
            for i in range(roster.size[0]):
                k = roster.log[i, 0]
                if k >= 0:
                    won += graph.score[k] + bonus[graph.role[k]]
                else:
                    won -= graph.score[-1 - k] + bonus[graph.role[-1 - k]]
        for i in range(roster.size[0]):
            k = roster.log[i, 0]
            o = graph.role[k if k >= 0 else -1 - k]
            local[o] = prices[o]
        if won < 0:
            undo(graph, roster)
        else:
            gained[0] += won


@kernel
def _mend(graph, roster, search, bonus, end):
    """Short chains into the roles that people were taken from and that are still short."""
    tries = 0
    for i in range(roster.size[0]):
        if tries == MENDED:
            return
        k = roster.log[i, 0]
        if k >= 0:
            continue
        o = graph.role[-1 - k]
        if roster.filled[o] >= graph.info[o, 3]:
            continue
        tries += 1
        if best_chain(graph, roster, search, bonus, o, 3, NARROW, end, 0) > 0:
            move(graph, roster, search, o, end)
