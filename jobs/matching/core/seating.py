"""People on the open slots, one after another, each on the best schedule that is left to her.

Around the auction: prices leave many people on schedules that are almost equally good, so the best
schedules together overbook some roles and miss others. Here each person who forgoes something chooses again
among the slots still open, first at full prices, then at ever lower ones (a sequential price-guided
heuristic; Held, Wolfe and Crowder, "Validation of subgradient optimization", 1974).
"""

from __future__ import annotations

import numpy as np

from jobs.matching.core.best import _few
from jobs.matching.core.compiled import kernel
from jobs.matching.core.roster import drop, take

SHARES = (0.9, 0.7, 0.25, 0.0)  # of the price, pass by pass, after one at full prices and the auction
FINE = 16.0  # profits are compared in this part of a point


@kernel
def reseat(graph, roster, prices, share):
    """Everybody in turn: her best schedule of open slots and her own roles, at a share of the prices."""
    most = 1
    for w in range(len(roster.count)):
        most = max(most, graph.first_of[w + 1] - graph.first_of[w])
    mine, before = np.empty(most, np.int32), np.empty(most, np.int32)
    profit, value = np.empty(most, np.int64), np.empty(most, np.int64)
    for w in range(len(roster.count)):
        low, high = roster.first[w], roster.first[w] + roster.count[w]
        have = 0
        for i in range(low, high):
            have += int(FINE * (graph.score[roster.held[i]] - share * prices[roster.doing[i]]))
        n, new = 0, False
        for k in range(graph.first_of[w], graph.first_of[w + 1]):
            o = graph.role[k]
            gain = int(FINE * (graph.score[k] - share * prices[o]))
            if gain <= 0:
                continue
            own = False
            for i in range(low, high):
                if roster.held[i] == k:
                    own = True
            if own or roster.filled[o] < graph.info[o, 3]:
                mine[n], profit[n] = k, gain
                n += 1
                new = new or not own
        if not new:
            continue
        _few(graph, mine, profit, n, value, before)
        at = 0
        for j in range(1, n):
            if value[j] > value[at]:
                at = j
        if value[at] <= have:
            continue
        while roster.count[w] > 0:
            drop(graph, roster, roster.held[low], w)
        while at >= 0:
            take(graph, roster, mine[at], w)
            at = before[at]
