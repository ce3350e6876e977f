"""A run goes into bytes and comes back, the same bytes each time."""

import dataclasses

import numpy as np
import pytest

from jobs.matching import InvalidProblem, replay, solve
from tests.instances.small import random_problem


def test_a_run_comes_back_and_solves_to_the_same():
    made = random_problem(4, 6, 5, pins=1)
    solution = solve(made, seed=9)
    data = replay.dump(made, solution, seed=9)
    back = replay.load(data)
    assert (back.solution, back.seed) == (solution, 9)
    assert solve(back.problem, seed=9) == solution
    assert replay.dump(back.problem, back.solution, 9) == data == replay.dump(made, solve(made, seed=9), 9)
    for side in ("people", "roles"):
        for field in dataclasses.fields(getattr(made, side)):
            before, after = (getattr(getattr(p, side), field.name) for p in (made, back.problem))
            assert before.dtype == after.dtype
            assert np.array_equal(before, after)


def test_a_problem_alone_may_be_kept():
    assert replay.load(replay.dump(random_problem(1), None, 0)).solution is None


@pytest.mark.parametrize("data", [b"", b"nonsense", replay.dump(random_problem(1), None, 0)[:-40]])
def test_bytes_that_are_no_run_are_refused(data):
    with pytest.raises(InvalidProblem, match="replay: cannot be read"):
        replay.load(data)
