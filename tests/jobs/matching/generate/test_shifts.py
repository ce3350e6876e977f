"""Duty rosters: all tasks can be covered, because a cover was there before the tasks were handed out."""

import numpy as np
import pytest

from jobs.matching.__main__ import main
from jobs.matching.generate import generate_shifts
from jobs.matching.generate.shifts import SHIFT, _planted
from jobs.matching.instance_clearing import clear_instance
from jobs.matching.verification import verify_instance


@pytest.mark.parametrize(("tightness", "density"), [(0.7, 0.2), (0.9, 0.33), (1.0, 1.0)])
def test_the_planted_cover_is_a_plan(tightness, density):
    made = generate_shifts(120, tightness=tightness, density=density, seed=4)
    begin, end, staff, _ = _planted(120, tightness, 4)
    pairs = set(zip(made.pair_person.tolist(), made.pair_role.tolist(), strict=True))
    assert {(int(who), task) for task, who in enumerate(staff)} <= pairs
    for who in range(made.n_people):
        mine = np.flatnonzero(staff == who)
        assert (begin[mine][1:] > end[mine][:-1]).all()
    assert set(made.role_headcount.tolist()) == set(made.pair_score.tolist()) == {1}


def test_tightness_is_the_share_of_the_shifts_that_is_work():
    for tightness in (0.6, 0.8, 1.0):
        made = generate_shifts(1500, tightness=tightness, seed=2)
        work = int((made.role_end - made.role_start + 1).sum())
        assert abs(work / (made.n_people * SHIFT) - tightness) < 0.06


def test_a_roster_with_room_is_covered():
    made = generate_shifts(60, tightness=0.7, density=0.5, seed=1)
    cleared = clear_instance(made)
    verdict = verify_instance(made, cleared.plan)
    assert (verdict.ok, verdict.objective, verdict.bound) == (True, 60, 60)


@pytest.mark.parametrize(
    ("flag", "value", "message"),
    [
        ("--tasks", "0", "tasks: 0 is not within 1..100000"),
        ("--tightness", "0.1", "tightness: 0.1 is not within 0.4..1.0"),
        ("--density", "1.5", "density: 1.5 is not within 0.0..1.0"),
    ],
)
def test_what_cannot_be_made_is_named(flag, value, message, tmp_path, capsys):
    assert main(["generate", "--scale", "shifts", flag, value, str(tmp_path / "out.npz")]) == 2
    assert capsys.readouterr().err == f"error: {message}\n"
    assert not (tmp_path / "out.npz").exists()
