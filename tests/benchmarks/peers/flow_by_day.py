"""A min-cost flow for each first day (OR-Tools): exact within the day, blind to the days after it."""

import numpy as np
from ortools.graph.python import min_cost_flow

from tests.benchmarks.peers.task import Calendars, Task


def plan(task: Task, seconds: float) -> np.ndarray:
    """Positions of the pairs taken. Roles of one first day always clash, so a person is one unit of flow."""
    calendars = Calendars(task)
    taken: list[np.ndarray] = [np.zeros(0, np.int64)]
    for day in np.unique(task.start):
        roles = np.flatnonzero(task.start == day)
        spans = [task.spans[int(role)] for role in roles]
        pairs = [
            span.start + np.flatnonzero(calendars.free(task.person[span], int(role)))
            for role, span in zip(roles, spans, strict=True)
        ]
        chosen = _best_of_day(task, np.concatenate(pairs), roles)
        for role in roles:
            calendars.take(task.person[chosen[task.role[chosen] == role]], int(role))
        taken.append(chosen)
    return np.concatenate(taken)


def _best_of_day(task: Task, pairs: np.ndarray, roles: np.ndarray) -> np.ndarray:
    """Source, people, roles, sink; an arc past everything, so that the best flow need not be the fullest."""
    if not len(pairs):
        return pairs
    people, person = np.unique(task.person[pairs], return_inverse=True)
    role = np.searchsorted(roles, task.role[pairs])
    source, sink = len(people) + len(roles), len(people) + len(roles) + 1
    ones, none = np.ones(len(people), np.int64), np.zeros(len(people), np.int64)
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        person, len(people) + role, np.ones(len(pairs), np.int64), -task.score[pairs]
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        np.full(len(people), source), np.arange(len(people)), ones, none
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        len(people) + np.arange(len(roles)), np.full(len(roles), sink), task.headcount[roles], 0 * roles
    )
    flow.add_arc_with_capacity_and_unit_cost(source, sink, len(people), 0)
    flow.set_node_supply(source, len(people))
    flow.set_node_supply(sink, -len(people))
    if flow.solve() != flow.OPTIMAL:
        raise RuntimeError("no flow")
    return pairs[flow.flows(arcs) > 0]
