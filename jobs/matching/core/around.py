"""Clearing a market again around a few people who are settled otherwise: only what they leave and take is touched.

Whoever goes leaves places open, and whoever has to make room for others loses one. Chains fill what is open
(`chains`); then those who lost, and everybody who might like one of these places, begin chains of whole schedules
(`ejection`) at the prices of the market that was cleared. The rest of the plan moves where it wins by it.
"""

from __future__ import annotations

import numpy as np

from jobs.matching.core.auction import send_away
from jobs.matching.core.chains import LONGEST, fill_by_chains, new_search
from jobs.matching.core.compiled import kernel, threads
from jobs.matching.core.ejection import eject_beside
from jobs.matching.core.graph import Graph, mark_pairs
from jobs.matching.core.planning import UNSURE, Plan, as_plan, bonuses
from jobs.matching.core.prices import Certificate, likely, point_of
from jobs.matching.core.roster import seat
from jobs.matching.core.subgraph import sift


@kernel
def _send_out(graph, out, keep, chosen):
    """Whoever is `out` has no pairs any more."""
    for w in range(len(out)):
        if out[w]:
            for k in range(graph.first_of[w], graph.first_of[w + 1]):
                keep[k], chosen[k] = 0, 0


def clear_around(
    graph: Graph,
    plan: Plan,
    out: np.ndarray,
    taken: np.ndarray,
    urgency: np.ndarray,
    workers: int | None = None,
) -> Plan:
    """`plan` without the people `out` bool[n], when others take `taken` int[m] slots of each role. It carries the
    prices and the bound of `plan`, which holds for it where those others come out of the same market.
    """
    workers, m = threads(workers), graph.n_roles
    info = graph.info.copy()
    info[:, 3] -= taken.astype(np.int32)
    graph = graph._replace(info=info)
    prices, point = plan.prices.astype(np.float64), point_of(graph)
    unsure, least = UNSURE[0]
    keep = likely(graph, prices, unsure * point, workers, least)
    chosen = np.zeros(len(graph.role), np.uint8)
    before = np.bincount(plan.role, minlength=m)
    mark_pairs(graph, plan.person, plan.role, chosen)
    _send_out(graph, out, keep, chosen)
    send_away(graph, chosen)
    filled = np.bincount(graph.role[chosen > 0], minlength=m)
    keep |= ((filled < info[:, 3])[graph.role] & ~np.repeat(out, np.diff(graph.first_of))) | chosen
    live, origin = sift(graph, keep)
    roster = seat(live, chosen[origin])
    bonus = bonuses(graph, urgency)
    fill_by_chains(live, roster, new_search(live), bonus, np.lexsort((np.arange(m), urgency)), LONGEST)
    eject_beside(live, roster, prices, bonus, point, (before != filled) | (taken > 0))
    return as_plan(live, roster, Certificate(plan.prices, plan.bound, prices))
