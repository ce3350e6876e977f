"""OR-Tools CP-SAT on the whole task, for a limited time."""

import numpy as np
from ortools.sat.python import cp_model

from tests.benchmarks.peers.cliques import cliques, refuse_what_is_too_large
from tests.benchmarks.peers.task import Task


def plan(task: Task, seconds: float) -> np.ndarray | None:
    """Positions of the pairs taken, None where no plan was found in time."""
    refuse_what_is_too_large(task)
    model = cp_model.CpModel()
    take = [model.new_bool_var("") for _ in range(len(task.role))]
    for role, span in task.spans.items():
        if span.stop - span.start > task.headcount[role]:
            model.add(sum(take[span]) <= int(task.headcount[role]))
    first, members = cliques(task)
    for begin, end in zip(first[:-1].tolist(), first[1:].tolist(), strict=True):
        model.add_at_most_one([take[pair] for pair in members[begin:end]])
    model.maximize(cp_model.LinearExpr.weighted_sum(take, task.score.tolist()))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    state = solver.solve(model)
    if state not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return np.flatnonzero([solver.value(each) for each in take])
