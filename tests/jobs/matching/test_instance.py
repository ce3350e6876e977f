"""Instances in files: solved, verified, and refused by name when they are malformed."""

import dataclasses
import json
import sys

import numpy as np
import pytest

from jobs.matching import __main__ as command
from jobs.matching.__main__ import main
from jobs.matching.core import warming
from jobs.matching.generate import Scale, generate_instance
from jobs.matching.instance import Instance, PlanFile, load_instance, load_plan, save_instance, save_plan
from jobs.matching.instance_clearing import clear_instance
from jobs.matching.verification import verify_instance


def ints(*values):
    return np.array(values, np.int32)


def arrays(**changes):
    """Three people, three roles in two places a day apart; the last two clash by travel only."""
    return {
        "format": np.int64(1),
        "n_people": np.int64(3),
        "role_start": ints(0, 0, 3),
        "role_end": ints(2, 2, 5),
        "role_place": ints(0, 1, 0),
        "role_headcount": ints(1, 2, 1),
        "travel_days": np.array([[0, 1], [1, 0]], np.int32),
        "pair_person": ints(0, 0, 0, 1, 1, 2),
        "pair_role": ints(0, 1, 2, 0, 2, 1),
        "pair_score": ints(9, 20, 8, 7, 2, 5),
    } | changes


def written(path, **changes):
    np.savez(path, **{name: value for name, value in arrays(**changes).items() if value is not None})
    return str(path)


@pytest.fixture
def file(tmp_path):
    return lambda **changes: written(tmp_path / "instance.npz", **changes)


MALFORMED = [
    ({"role_end": None}, "role_end: is missing"),
    ({"format": np.int64(2)}, "format: only format 1 is known"),
    ({"format": np.int32(1)}, "format: needs a single int64, found int32 of shape ()"),
    ({"n_people": np.int64(-1)}, "n_people: -1 is less than 0"),
    ({"n_people": np.zeros(1, np.int64)}, "n_people: needs a single int64, found int64 of shape (1,)"),
    ({"role_end": ints(2, 2)}, "role_end: found shape (2,), which does not fit the other arrays"),
    ({"role_end": np.array([2, 2, 5])}, "role_end: needs dtype int32, found int64"),
    ({"pair_score": np.ones((6, 1), np.int32)}, "pair_score: found shape (6, 1)"),
    ({"pair_score": ints(1, 1)}, "pair_score: found shape (2,), which does not fit the other arrays"),
    (
        {"travel_days": np.zeros((2, 3), np.int32)},
        "travel_days: found shape (2, 3), which does not fit the other arrays",
    ),
    ({"travel_days": np.array([[0, -1], [1, 0]], np.int32)}, "travel_days[0]: a negative number of days"),
    ({"role_place": ints(0, 1, 2)}, "role_place[2]: 2 is not within 0..1"),
    ({"role_headcount": ints(1, 0, 1)}, "role_headcount[1]: 0 is not within 1 and above"),
    ({"role_start": ints(0, 3, 3)}, "role_start[1]: 3 is after role_end 2"),
    ({"pair_person": ints(0, 0, 0, 1, 1, 3)}, "pair_person[5]: 3 is not within 0..2"),
    ({"pair_role": ints(0, 1, 2, -1, 2, 1)}, "pair_role[3]: -1 is not within 0..2"),
    ({"pair_score": ints(9, 20, 0, 7, 2, 5)}, "pair_score[2]: 0 is not within 1 and above"),
    ({"pair_role": ints(0, 1, 2, 2, 2, 1)}, "pair_person[4]: person 1 and role 2 stand there twice"),
    ({"pin_person": ints(0)}, "pin_role: is missing"),
    ({"pin_person": ints(5), "pin_role": ints(0)}, "pin_person[0]: 5 is not within 0..2"),
    ({"pin_person": ints(0, 1), "pin_role": ints(0, 0)}, "pin_role[1]: role 0 has 1 slots"),
    (
        {"pin_person": ints(0, 0), "pin_role": ints(1, 2)},
        "pin_person[1]: person 0 cannot hold roles 1 and 2 together",
    ),
    ({"pin_person": ints(0, 0), "pin_role": ints(1, 1)}, "pin_person[1]: repeats row 0"),
]


@pytest.mark.parametrize(("changes", "message"), MALFORMED)
def test_malformed_input_is_named_and_exits_2(changes, message, file, tmp_path, capsys):
    assert main(["solve", file(**changes), "--out", str(tmp_path / "plan.npz")]) == 2
    assert capsys.readouterr() == ("", f"error: {message}\n")
    assert not (tmp_path / "plan.npz").exists()


def test_travel_that_breaks_the_triangle(file, tmp_path, capsys):
    travel = np.array([[0, 1, 4], [1, 0, 1], [4, 1, 0]], np.int32)
    assert main(["solve", file(travel_days=travel), "--out", str(tmp_path / "plan.npz")]) == 2
    assert capsys.readouterr().err.startswith("error: travel_days[0]: 0 to 2 takes 4 days")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"not a file of arrays"])
def test_a_file_that_is_none(content, tmp_path, capsys):
    path = tmp_path / "broken.npz"
    path.write_bytes(content)
    assert main(["solve", str(path), "--out", str(tmp_path / "plan.npz")]) == 2
    assert main(["solve", str(tmp_path / "absent.npz"), "--out", str(tmp_path / "plan.npz")]) == 2
    assert capsys.readouterr().err.count("error: ") == 2


def test_pickles_are_not_opened(tmp_path, capsys):
    path = written(tmp_path / "instance.npz", role_end=np.array([1, None, 3], object))
    assert main(["solve", path, "--out", str(tmp_path / "plan.npz")]) == 2
    assert "role_end" in capsys.readouterr().err


def test_on_a_new_machine_the_engine_is_compiled_first(file, tmp_path, capsys, monkeypatch):
    """It is said, and what is compiled already is not mentioned."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    started = []
    monkeypatch.setattr(
        command.subprocess, "run", lambda argv, **_: (started.append(argv), warming.stamp().touch())
    )
    argv = ["solve", file(), "--out", str(tmp_path / "plan.npz")]
    assert [main(argv), main(argv)] == [0, 0]
    said = capsys.readouterr()
    assert started == [[sys.executable, "-m", "jobs.matching.core.warming"]]
    assert said.err == "compiling the engine, once on this machine: a minute or two\n"
    assert [json.loads(line)["filled"] for line in said.out.splitlines()] == [4, 4]


def test_the_clock_does_not_run_while_the_engine_is_compiled(file, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(command, "_compiled", lambda: 10_000.0)
    argv = ["solve", file(), "--out", str(tmp_path / "plan.npz"), "--seconds", "60"]
    assert main(argv) == 0
    line = json.loads(capsys.readouterr().out)
    assert line["filled"] == 4
    assert line["seconds"] < 0


def test_solve_and_verify_by_command(file, tmp_path, capsys):
    instance, plan = file(), str(tmp_path / "plan.npz")
    assert main(["solve", instance, "--out", plan, "--seed", "3"]) == 0
    line = json.loads(capsys.readouterr().out)
    assert {k: line[k] for k in ("objective", "bound", "filled", "slots", "seed")} == {
        "objective": 34,
        "bound": 34,
        "filled": 4,
        "slots": 4,
        "seed": 3,
    }
    assert set(line) == {
        "objective",
        "bound",
        "gap",
        "filled",
        "slots",
        "seconds",
        "peak_rss_mb",
        "seed",
        "version",
    }
    assert main(["verify", instance, plan]) == 0
    assert json.loads(capsys.readouterr().out) == {"feasible": True, "objective": 34, "bound": 34, "gap": 0.0}


def test_a_faulty_plan_exits_1_and_names_the_first_of_each_kind(file, tmp_path, capsys):
    instance, plan = file(), str(tmp_path / "plan.npz")
    np.savez(plan, person=ints(0, 0, 1, 2, 7), role=ints(1, 2, 1, 1, 0))
    assert main(["verify", instance, plan]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out) == {"feasible": False, "objective": 33, "bound": None, "gap": None}
    assert err.splitlines() == [
        'unknown_row: {"index": 4, "person": 7, "role": 0}',
        'over_headcount: {"role": 1, "people": 3, "slots": 2}',
        'not_eligible: {"person": 1, "role": 1}',
        'clash: {"person": 0, "role": 1, "other": 2}',
    ]


@pytest.mark.parametrize(
    ("plan", "message"),
    [
        ({"person": ints(0)}, "role: is missing"),
        ({"person": ints(0), "role": ints(0, 1)}, "role: has 2 rows, person has 1"),
        (
            {"person": np.zeros(1), "role": ints(0)},
            "person: needs a flat int32 array, found float64 of shape (1,)",
        ),
        (
            {"person": ints(0), "role": ints(0), "price": np.zeros(2, np.int64)},
            "price: has 2 rows for 3 roles",
        ),
    ],
)
def test_a_malformed_plan_exits_2(plan, message, file, tmp_path, capsys):
    np.savez(tmp_path / "plan.npz", **plan)
    assert main(["verify", file(), str(tmp_path / "plan.npz")]) == 2
    assert capsys.readouterr().err == f"error: {message}\n"


def read(file, tmp_path, **changes):
    return load_instance(file(**changes))


def test_pins_stay_and_the_bound_knows_them(file, tmp_path):
    """Person 0 is pinned to 9 points, so the 20 are out of reach; person 2 is pinned outside the pairs."""
    instance = read(file, tmp_path, pin_person=ints(0, 2), pin_role=ints(0, 2))
    cleared = clear_instance(instance)
    verdict = verify_instance(instance, cleared.plan)
    assert verdict.breaches == ()
    assert (cleared.objective, cleared.bound) == (9, 9) == (verdict.objective, verdict.bound)
    assert list(zip(cleared.plan.person.tolist(), cleared.plan.role.tolist(), strict=True)) == [
        (0, 0),
        (2, 2),
    ]
    moved = PlanFile(ints(1, 2), ints(0, 2))
    assert [b.rule for b in verify_instance(instance, moved).breaches] == ["pin_moved"]


@pytest.mark.parametrize(
    "changes",
    [
        {"n_people": np.int64(0), "pair_person": ints(), "pair_role": ints(), "pair_score": ints()},
        {"pair_person": ints(), "pair_role": ints(), "pair_score": ints()},
        {
            "role_start": ints(),
            "role_end": ints(),
            "role_place": ints(),
            "role_headcount": ints(),
            "pair_person": ints(),
            "pair_role": ints(),
            "pair_score": ints(),
        },
        {"role_headcount": ints(1000, 1, 1)},
    ],
)
def test_edges_are_answers(changes, file, tmp_path):
    instance = read(file, tmp_path, **changes)
    cleared = clear_instance(instance)
    assert verify_instance(instance, cleared.plan).ok
    assert cleared.objective <= cleared.bound


def test_the_order_of_the_pairs_changes_nothing(tmp_path):
    instance = generate_instance(Scale(people=200, shoots=3, hubs=2, days=30), seed=4)
    order = np.random.default_rng(1).permutation(len(instance.pair_person))
    mixed = dataclasses.replace(
        instance,
        **{name: getattr(instance, name)[order] for name in ("pair_person", "pair_role", "pair_score")},
    )
    for name, made in (("a", instance), ("b", mixed)):
        save_plan(clear_instance(made, seed=2).plan, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_generated_market_goes_to_a_file_and_back(tmp_path, capsys):
    path = tmp_path / "shoot.npz"
    assert main(["generate", "--scale", "shoot", "--tightness", "0.25", "--seed", "2", str(path)]) == 0
    instance = load_instance(path)
    assert (instance.n_people, int(instance.role_headcount.sum()), len(instance.role_start)) == (750, 75, 26)
    save_instance(instance, tmp_path / "again.npz")
    assert (tmp_path / "again.npz").read_bytes() == path.read_bytes()
    cleared = clear_instance(instance)
    save_plan(cleared.plan, tmp_path / "plan.npz")
    verdict = verify_instance(instance, load_plan(tmp_path / "plan.npz", instance))
    assert (verdict.ok, verdict.objective, verdict.bound) == (True, cleared.objective, cleared.bound)
    assert cleared.gap < 0.01


def test_every_task_of_a_chain_of_shifts_is_covered():
    """Score 1, one slot, one place, tasks that touch: as many people as tasks overlap are enough."""
    draw = np.random.default_rng(5)
    start, worker = [], []
    for person in range(12):
        at = 0
        while at < 1000:
            start.append((at, at + int(draw.integers(5, 90)) - 1))
            worker.append(person)
            at = start[-1][1] + 1
    m = len(start)
    pairs = sorted(
        {(w, o) for o, w in enumerate(worker)}
        | {(int(draw.integers(12)), o) for o in range(m) for _ in range(3)}
    )
    instance = Instance(
        12,
        ints(*(s for s, _ in start)),
        ints(*(e for _, e in start)),
        np.zeros(m, np.int32),
        np.ones(m, np.int32),
        np.zeros((1, 1), np.int32),
        ints(*(w for w, _ in pairs)),
        ints(*(o for _, o in pairs)),
        np.ones(len(pairs), np.int32),
    )
    cleared = clear_instance(instance)
    assert verify_instance(instance, cleared.plan).ok
    assert cleared.bound == m
    assert cleared.filled >= m - 2
