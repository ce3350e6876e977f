"""From prices to a plan: seat those of whom the prices are sure, let the prices settle again, and so on.

At low temperature most people want one schedule with a chance near 1. They get it; the others bid once more
for the slots that are left, at prices that move a little; and so down to the last (diving on a Lagrangian or
linear relaxation; Borndorfer, Grotschel and Jager, 2009, call the same idea rapid branching). What is given
away early is what everybody agreed on, so little is lost on the way.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from jobs.matching.core.best import best_schedules
from jobs.matching.core.compiled import kernel
from jobs.matching.core.demand import ONE, add_demand, demand
from jobs.matching.core.graph import Graph, blocks_of
from jobs.matching.core.prices import MOMENTUM, PACE, step
from jobs.matching.core.subgraph import narrow

# How far a chance may be from 0 and from 1; one in so many people is seated in every round, sure or not.
HASTY = 0.1, 20
TURNS = 6  # iterations between two rounds
SMALL = 30_000  # pairs below which threads do not pay
FINE = 128.0  # profits are compared in such parts of a temperature


@kernel
def _doubts(graph, chance):
    """float[n]: how far each person's chances are from 0 and 1."""
    out = np.zeros(len(graph.first_of) - 1)
    for w in range(len(out)):
        for k in range(graph.first_of[w], graph.first_of[w + 1]):
            out[w] = max(out[w], min(chance[k], 1.0 - chance[k]))
    return out


@kernel
def _seat(graph, chosen, doubts, slots, gone, pace):
    """Seat the surest on the pairs they chose, at the `pace` given and as far as `slots` last; mark them in
    `gone` and take `chosen` from all others. How many.
    """
    order = np.argsort(doubts, kind="mergesort")
    least, seated = -(-len(order) // pace[1]), 0
    for at in range(len(order)):
        w = order[at]
        fits = doubts[w] <= pace[0] or at < least
        for k in range(graph.first_of[w], graph.first_of[w + 1]):
            if chosen[k] and slots[graph.role[k]] <= 0:
                fits = False
        for k in range(graph.first_of[w], graph.first_of[w + 1]):
            if chosen[k] and fits:
                slots[graph.role[k]] -= 1
            elif chosen[k]:
                chosen[k] = 0
        gone[w] = fits
        seated += fits
    return seated


@kernel
def _stay(part, people, roles, origin, chosen, gone, prices, settled, slots, left, taken):
    """Write a round on `part` back into the whole: taken pairs, slots left, prices; the people who stay."""
    for k in range(len(chosen)):
        if chosen[k]:
            taken[origin[k]] = 1
    for o in range(len(roles)):
        slots[roles[o]] = left[o]
        prices[roles[o]] = settled[o]
    stay = np.empty(len(people), np.int32)
    n = 0
    for w in range(len(people)):
        if not gone[w]:
            stay[n] = people[w]
            n += 1
    return stay[:n]


@kernel
def dive(graph, people, slots, prices, temperature, number, taken, pace):
    """Seat `people` on `slots` int64[m], which shrink; pairs into `taken` uint8[e]. `prices` float[m] move."""
    open_pairs = np.ones(len(graph.role), np.uint8)
    for _ in range(10_000):
        some, people, roles, origin = narrow(graph, people, slots, open_pairs, number)
        n, m = len(people), len(roles)
        if n == 0:
            return
        settled, speed, floor = prices[roles], np.zeros(m), np.zeros(m, np.int64)
        left, wanted, untold = slots[roles], np.empty(m, np.int64), np.empty(0)
        for _turn in range(TURNS):
            wanted[:] = 0
            add_demand(some, 0, n, settled, temperature, wanted, untold)
            step(settled, speed, wanted / ONE, left, floor, temperature, PACE, MOMENTUM)
        chance = np.empty(len(some.role), np.float32)
        add_demand(some, 0, n, settled, temperature, wanted, chance)
        worth, chosen = np.empty(n, np.int64), np.zeros(len(some.role), np.uint8)
        best_schedules(some, 0, n, settled, FINE / temperature, worth, chosen)
        gone = np.zeros(n, np.uint8)
        if _seat(some, chosen, _doubts(some, chance), left, gone, pace) == 0:
            temperature *= 0.7
        people = _stay(some, people, roles, origin, chosen, gone, prices, settled, slots, left, taken)


def dive_wide(
    graph: Graph,
    prices: np.ndarray,
    temperature: float,
    workers: int,
    over: Callable[[], bool] = lambda: False,
    pace: tuple[float, int] = HASTY,
) -> np.ndarray:
    """The same for everybody, on threads while there are many: taken uint8[e]. When time is `over`, who is not
    seated yet stays where she is.
    """
    taken, number = np.zeros(len(graph.role), np.uint8), np.full(graph.n_roles, -1, np.int32)
    slots, people = graph.info[:, 3].astype(np.int64), np.arange(graph.n_people, dtype=np.int32)
    prices, open_pairs = prices.copy(), np.ones(len(graph.role), np.uint8)
    part, people, roles, origin = narrow(graph, people, slots, open_pairs, number)
    while len(part.role) > SMALL and not over():
        settled, left = prices[roles], slots[roles]
        speed, floor, blocks = (
            np.zeros(len(roles)),
            np.zeros(len(roles), np.int64),
            blocks_of(part.first_of, 10_000),
        )
        for _ in range(TURNS):
            wanted = demand(part, blocks, settled, temperature, workers)
            step(settled, speed, wanted, left, floor, temperature, PACE, MOMENTUM)
        chance = np.empty(len(part.role), np.float32)
        demand(part, blocks, settled, temperature, workers, chance)
        worth, chosen = np.empty(len(people), np.int64), np.zeros(len(part.role), np.uint8)
        best_schedules(part, 0, len(people), settled, FINE / temperature, worth, chosen)
        gone = np.zeros(len(people), np.uint8)
        if _seat(part, chosen, _doubts(part, chance), left, gone, pace) == 0:
            temperature *= 0.7
        people = _stay(part, people, roles, origin, chosen, gone, prices, settled, slots, left, taken)
        part, people, roles, origin = narrow(graph, people, slots, open_pairs, number)
    if not over():
        dive(graph, people, slots, prices, temperature, number, taken, pace)
    return taken
