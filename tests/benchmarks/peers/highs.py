"""The HiGHS mixed-integer solver on the whole task, for a limited time."""

import highspy
import numpy as np

from tests.benchmarks.peers.cliques import cliques, refuse_what_is_too_large
from tests.benchmarks.peers.task import Task


def plan(task: Task, seconds: float) -> np.ndarray | None:
    """Positions of the pairs taken, None where no plan was found in time."""
    refuse_what_is_too_large(task)
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("time_limit", seconds)
    solver.passModel(_model(task))
    solver.run()
    values = np.array(solver.getSolution().col_value)
    if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    return np.flatnonzero(values > 0.5)


def _model(task: Task) -> highspy.HighsLp:
    pairs, roles = len(task.role), len(task.start)
    first, members = cliques(task)
    spans = [task.spans[int(role)] for role in task.calendar]
    edges = np.array([0, *(span.stop for span in spans)])
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = pairs, roles + len(first) - 1
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = task.score.astype(np.float64)
    model.col_lower_, model.col_upper_ = np.zeros(pairs), np.ones(pairs)
    model.row_lower_ = np.full(model.num_row_, -highspy.kHighsInf)
    model.row_upper_ = np.concatenate([task.headcount[task.calendar], np.ones(len(first) - 1)]).astype(float)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.concatenate([edges, pairs + first[1:]]).astype(np.int32)
    model.a_matrix_.index_ = np.concatenate([np.arange(pairs), members]).astype(np.int32)
    model.a_matrix_.value_ = np.ones(pairs + len(members))
    model.integrality_ = [highspy.HighsVarType.kInteger] * pairs
    return model
