"""Duty rosters: all tasks can be covered, because a cover was there before the tasks were handed out."""

import numpy as np
import pytest

from jobs.matching.__main__ import main
from jobs.matching.generate import KINDS
from jobs.matching.generate.shifts import _planted, generate_shifts
from jobs.matching.instance import load_instance
from jobs.matching.instance_clearing import clear_instance
from jobs.matching.verification import verify_instance


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("tightness", "density", "spare"), [(0.7, 0.2, 0.5), (0.9, 0.33, 0), (1.0, 1.0, 0)])
def test_the_planted_cover_is_a_plan(kind, tightness, density, spare):
    made = generate_shifts(120, kind=kind, tightness=tightness, density=density, spare=spare, seed=4)
    begin, end, staff, _ = _planted(KINDS[kind], 120, tightness, spare, 4)
    pairs = set(zip(made.pair_person.tolist(), made.pair_role.tolist(), strict=True))
    assert {(int(who), task) for task, who in enumerate(staff)} <= pairs
    for who in range(made.n_people):
        mine = np.flatnonzero(staff == who)
        assert (begin[mine][1:] > end[mine][:-1]).all()
    assert set(made.role_headcount.tolist()) == set(made.pair_score.tolist()) == {1}
    planted = len(set(staff.tolist()))
    assert made.n_people == planted + round(spare * planted)


@pytest.mark.parametrize("kind", KINDS)
def test_tasks_are_as_long_and_lists_as_dense_as_the_kind_says(kind):
    how, made = KINDS[kind], generate_shifts(1500, kind=kind, seed=2)
    minutes = made.role_end - made.role_start + 1
    assert how.shortest <= minutes.min() <= minutes.max() <= how.longest
    assert abs(minutes.mean() - how.mean) < 0.08 * how.mean  # the last one of a shift ends with it
    if len(how.starts) == 1:  # everybody is there for every task
        assert abs(len(made.pair_role) / (1500 * made.n_people) - how.density) < 0.02


@pytest.mark.parametrize("kind", ["skills", "days", "rare"])
def test_tightness_is_the_share_of_the_shifts_that_is_work(kind):
    for tightness in (0.6, 0.8, 1.0):
        made = generate_shifts(1500, kind=kind, tightness=tightness, spare=0, seed=2)
        work = int((made.role_end - made.role_start + 1).sum())
        assert abs(work / (made.n_people * KINDS[kind].shift) - tightness) < 0.06


@pytest.mark.parametrize("kind", [kind for kind, how in KINDS.items() if how.spare])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_roster_made_as_published_is_covered_and_proven(kind, seed):
    made = generate_shifts(500, kind=kind, seed=seed)
    cleared = clear_instance(made, seed=seed)
    verdict = verify_instance(made, cleared.plan)
    assert (verdict.ok, verdict.objective, verdict.bound) == (True, 500, 500)


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
        ("--spare", "-1", "spare: -1.0 is not within 0.0..10.0"),
    ],
)
def test_what_cannot_be_made_is_named(flag, value, message, tmp_path, capsys):
    assert main(["generate", "--scale", "shifts", flag, value, str(tmp_path / "out.npz")]) == 2
    assert capsys.readouterr().err == f"error: {message}\n"
    assert not (tmp_path / "out.npz").exists()


def test_a_kind_is_asked_for_by_name(tmp_path):
    out = tmp_path / "out.npz"
    words = ["--tasks", "90", "--tightness", "0.9", "--seed", "3", "--kind", "rare", "--spare", "0.2"]
    assert main(["generate", "--scale", "shifts", *words, str(out)]) == 0
    found, made = load_instance(out), generate_shifts(90, kind="rare", spare=0.2, seed=3)
    assert (found.n_people, found.pair_role.tolist()) == (made.n_people, made.pair_role.tolist())
