"""Clearing a market again: people stay where they were as long as that costs little.

With the prices of the last time it starts where that one ended, and pairs that stood count some points more while the
plan is made. Where nothing proves that this plan gives up little (`shortage`, the bound), a plan is made without a look
back, at the same prices, and it stays the one to beat: as many slots, as early, and no more than WORTH of the points
may be lost.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from jobs.matching.core.clearing import clear
from jobs.matching.core.graph import Graph
from jobs.matching.core.planning import SMALL, Plan, plan_at
from jobs.matching.core.prices import Certificate
from jobs.matching.core.shortage import nothing_to_fill

WORTH = 0.002  # part of the score that one may lose to leave everybody where she was


def clear_again(graph: Graph, stay: np.ndarray | None, extra: np.ndarray, **how: Any) -> Plan:
    """`clear` with points int16[e] for pairs that stood, None for none. `extra` int64[m]: premiums, which are among the
    scores of `graph` and no points that one may lose. `how`: what `clear` takes.
    """
    if stay is None:
        return clear(graph, **how)
    plan = clear(graph, stay=stay, **how)
    floor = how.get("floor")
    floor = np.zeros(graph.n_roles, np.int64) if floor is None else floor
    least = (1 - WORTH) * (plan.bound - int(extra[plan.role].sum()))
    if _points(plan, extra) >= least and nothing_to_fill(graph, plan.person, plan.role, floor, extra):
        return plan
    if graph.n_roles <= SMALL:
        free = clear(graph, **how)
    else:
        known = Certificate(plan.prices, plan.bound, plan.prices.astype(np.float64))
        again = {name: how[name] for name in ("urgency", "seed", "progress", "seconds") if name in how}
        free = plan_at(graph, known, **again)
    return plan if _as_good(plan, free, extra) else free


def _points(plan: Plan, extra: np.ndarray) -> int:
    return plan.objective - int(extra[plan.role].sum())


def _as_good(plan: Plan, free: Plan, extra: np.ndarray) -> bool:
    """Whether `plan` fills as many slots as `free`, as early, and is worth nearly as much."""
    mine, least = ((len(each.role), int(extra[each.role].sum())) for each in (plan, free))
    return (
        mine >= least and mine[1] >= least[1] and _points(plan, extra) >= (1 - WORTH) * _points(free, extra)
    )
