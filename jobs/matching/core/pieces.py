"""Local improvement: take a piece of the plan out, seat its people anew, keep what is no worse.

Large neighbourhood search (Shaw, 1998). By complementary slackness the gap of a plan to its bound is the sum
of what each person forgoes against her best schedule at the prices, and of the prices of open slots; so
pieces begin where that loss is. A piece grows along the roles its people would rather have: whoever holds one
joins. Inside, prices settle and people are seated as in `dive`, from prices a little off, or the same plan
would come back. Pieces of one round share neither people nor open slots, so threads may work on them, and how
many threads there are changes nothing.
"""

from __future__ import annotations

import numpy as np

from jobs.matching.core.best import best_end, new_slate
from jobs.matching.core.compiled import kernel
from jobs.matching.core.dive import dive
from jobs.matching.core.roster import drop, take
from jobs.matching.core.subgraph import narrow

PACE = (0.03, 20)  # see `dive`


@kernel
def draw(state, n):
    """A number below n, by the generator of Lehmer (Park and Miller, 1988)."""
    state[0] = state[0] * 48271 % 2147483647
    return state[0] * n // 2147483647


@kernel
def losses(graph, roster, worth, prices):
    """float[people + roles + 1], cumulative: what each forgoes."""
    n, m = len(roster.count), len(roster.filled)
    out = np.zeros(n + m + 1)
    for w in range(n):
        have = 0.0
        for i in range(roster.first[w], roster.first[w] + roster.count[w]):
            have += graph.score[roster.held[i]] - prices[roster.doing[i]]
        out[w + 1] = out[w] + max(worth[w] - have, 0.0)
    for o in range(m):
        out[n + o + 1] = out[n + o] + (graph.info[o, 3] - roster.filled[o]) * prices[o]
    return out


@kernel
def _join(w, people, n, mark, stamp):
    if mark[w] or n >= len(people):
        return n
    mark[w] = stamp
    people[n] = w
    return n + 1


@kernel
def grow(graph, roster, prices, near, sums, size, mark, stamp, state):
    """A piece of up to `size` people not in `mark` yet, begun where `sums` says: int32[..]."""
    people, n = np.empty(size, np.int32), 0
    total = len(roster.count)
    for _ in range(20):
        at = np.searchsorted(sums, sums[-1] * (draw(state, 1_000_000) / 1_000_000.0), side="right") - 1
        if at < total:
            n = _join(at, people, n, mark, stamp)
        elif at < total + len(roster.filled):
            o = at - total
            low, width = graph.first_on[o], graph.first_on[o + 1] - graph.first_on[o]
            for _try in range(min(2 * width, size)):
                n = _join(graph.person[low + draw(state, width)], people, n, mark, stamp)
                if 3 * n > size:
                    break
        if n > 0:
            break
    done = 0
    while done < n < size:
        w = people[done]
        done += 1
        for k in range(graph.first_of[w], graph.first_of[w + 1]):
            o = graph.role[k]
            if graph.score[k] - prices[o] < -near or roster.filled[o] == 0:
                continue
            # One or two of a large crew are as good as all of it, and leave room for other roles.
            for _ in range(min(roster.filled[o], 2)):
                n = _join(
                    roster.crew[roster.start[o] + draw(state, roster.filled[o])], people, n, mark, stamp
                )
    return people[:n]


@kernel
def claim(graph, roster, people, owner, stamp):
    """Give the open slots that `people` could use to piece `stamp`, where nobody has claimed them."""
    for w in people:
        for k in range(graph.first_of[w], graph.first_of[w + 1]):
            o = graph.role[k]
            if owner[o] == 0 and roster.filled[o] < graph.info[o, 3]:
                owner[o] = stamp


@kernel
def _top_up(part, slots, taken, bonus, roles):
    """Everybody in turn: her best schedule of her own roles and slots still open, at no price."""
    most = 0
    for w in range(len(part.first_of) - 1):
        most = max(most, part.first_of[w + 1] - part.first_of[w])
    slate = new_slate(most)
    mine = slate.mine
    for w in range(len(part.first_of) - 1):
        low, high = part.first_of[w], part.first_of[w + 1]
        n, new = 0, False
        for k in range(low, high):
            if taken[k] or slots[part.role[k]] > 0:
                mine[n], slate.profit[n] = k, part.score[k] + bonus[roles[part.role[k]]]
                new = new or not taken[k]
                n += 1
        if not new:
            continue
        at = best_end(part, n, slate)
        for j in range(n):
            if taken[mine[j]]:
                taken[mine[j]] = 0
                slots[part.role[mine[j]]] += 1
        while at >= 0:
            taken[mine[at]] = 1
            slots[part.role[mine[at]]] -= 1
            at = slate.before[at]


@kernel
def reseat(graph, roster, people, owner, stamp, prices, bonus, temperature, keep, noise, state):
    """Seat `people` anew on what they hold and what their piece has claimed: (points won, pairs, whose).
    Nothing is written.
    """
    slots, old = np.zeros(len(roster.filled), np.int64), 0
    for w in people:
        for i in range(roster.first[w], roster.first[w] + roster.count[w]):
            slots[roster.doing[i]] += 1
            old += graph.score[roster.held[i]] + bonus[roster.doing[i]]
    for w in people:
        for k in range(graph.first_of[w], graph.first_of[w + 1]):
            o = graph.role[k]
            if owner[o] == stamp and slots[o] < 1_000_000:
                slots[o] += graph.info[o, 3] - roster.filled[o] + 1_000_000
    for w in people:
        for k in range(graph.first_of[w], graph.first_of[w + 1]):
            slots[graph.role[k]] %= 1_000_000
    number = np.full(len(slots), -1, np.int32)
    part, those, roles, origin = narrow(graph, people, slots, keep, number)
    local, left = prices[roles], slots[roles]
    for o in range(len(roles)):
        local[o] = max(local[o] + noise * (draw(state, 2001) - 1000) / 1000.0, 0.0)
    taken, number = np.zeros(len(part.role), np.uint8), np.full(len(roles), -1, np.int32)
    dive(part, np.arange(len(those)).astype(np.int32), left, local, temperature, number, taken, PACE)
    _top_up(part, left, taken, bonus, roles)
    n = 0
    for k in range(len(taken)):
        if taken[k]:
            n += 1
    pairs, whose = np.empty(n, np.int64), np.empty(n, np.int32)
    n, new = 0, 0
    for w in range(len(those)):
        for k in range(part.first_of[w], part.first_of[w + 1]):
            if taken[k]:
                pairs[n], whose[n] = origin[k], those[w]
                new += part.score[k] + bonus[roles[part.role[k]]]
                n += 1
    return new - old, pairs, whose


@kernel
def settle(graph, roster, people, pairs, whose):
    """Write what `reseat` found into the roster."""
    for w in people:
        while roster.count[w] > 0:
            drop(graph, roster, roster.held[roster.first[w]], w)
    for i in range(len(pairs)):
        take(graph, roster, pairs[i], whose[i])
