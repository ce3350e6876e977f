"""Instances at the edge of what a file can say: numbers as large as they may be, files of another kind, many pins."""

import dataclasses
import json
import zipfile
from pathlib import Path

import numpy as np
import pytest

from jobs.matching.__main__ import main
from jobs.matching.instance import Instance
from jobs.matching.instance_clearing import _beside_pins
from tests.jobs.matching.test_instance import arrays, ints, written


@pytest.fixture
def file(tmp_path):
    return lambda **changes: written(tmp_path / "instance.npz", **changes)


def test_a_zip_of_something_else(tmp_path, capsys):
    """Members that only look like arrays are bytes to NumPy."""
    path = tmp_path / "instance.npz"
    with zipfile.ZipFile(path, "w") as made:
        for name in arrays():
            made.writestr(f"{name}.npy", b"no array")
    assert main(["solve", str(path), "--out", str(tmp_path / "plan.npz")]) == 2
    assert capsys.readouterr().err == "error: format: is not a NumPy array\n"


def test_a_file_cut_short_or_absent_is_said_plainly(file, tmp_path, capsys):
    path = Path(file())
    path.write_bytes(path.read_bytes()[:-40])
    out = ["--out", str(tmp_path / "plan.npz")]
    assert [main(["solve", str(path), *out]), main(["solve", str(tmp_path / "absent.npz"), *out])] == [2, 2]
    assert capsys.readouterr().err.splitlines() == [
        f"error: {path}: is not an .npz file: cut short, or of another kind",
        f"error: {tmp_path / 'absent.npz'}: cannot be read: No such file or directory",
    ]


def test_a_number_of_people_costs_nothing(file, tmp_path, capsys):
    """Who has no pair is only a number: 2^40 of them would not fit any memory."""
    plan = str(tmp_path / "plan.npz")
    few, many = file(), file(n_people=np.int64(2**40))
    assert main(["solve", few, "--out", plan]) == 0
    first = json.loads(capsys.readouterr().out)
    assert main(["solve", many, "--out", plan]) == 0
    second = json.loads(capsys.readouterr().out)
    assert (second["objective"], second["bound"]) == (first["objective"], first["bound"]) == (34, 34)
    assert main(["verify", many, plan]) == 0


def test_slots_and_scores_as_large_as_they_may_be(file, tmp_path, capsys):
    """Slots times price exceed 64 bits; a role with a slot for everybody costs nothing."""
    most, plan = 2**31 - 1, str(tmp_path / "plan.npz")
    path = file(role_headcount=ints(most, most, most), pair_score=ints(*[most] * 6))
    assert main(["solve", path, "--out", plan]) == 0
    line = json.loads(capsys.readouterr().out)
    assert (line["objective"], line["bound"], line["slots"]) == (5 * most, 5 * most, 3 * most)
    assert main(["verify", path, plan]) == 0
    assert json.loads(capsys.readouterr().out)["bound"] == 5 * most


def test_pins_rule_out_what_clashes_with_them():
    """Each pair of a pinned person against each of her pins, compared one by one here."""
    rng = np.random.default_rng(5)
    n, m = 60, 50
    start = rng.integers(0, 60, m).astype(np.int32)
    person, role = np.nonzero(rng.random((n, m)) < 0.4)
    instance = Instance(
        n_people=n, role_start=start, role_end=start + rng.integers(0, 5, m).astype(np.int32),
        role_place=rng.integers(0, 2, m).astype(np.int32), role_headcount=np.full(m, 9, np.int32),
        travel_days=np.array([[0, 2], [1, 0]], np.int32), pair_person=person.astype(np.int32),
        pair_role=role.astype(np.int32), pair_score=np.ones(len(person), np.int32),
    )  # fmt: skip
    pins: list[tuple[int, int]] = []
    for w, o in zip(rng.integers(0, n, 90).tolist(), rng.integers(0, m, 90).tolist(), strict=True):
        if all(v != w or not instance.clash(o, p) for v, p in pins) and sum(p == o for _, p in pins) < 9:
            pins.append((w, o))
    pinned = dataclasses.replace(
        instance, pin_person=ints(*(w for w, _ in pins)), pin_role=ints(*(o for _, o in pins))
    )
    expected = [
        any(v == w and (p == o or instance.clash(o, p)) for v, p in pins)
        for w, o in zip(person.tolist(), role.tolist(), strict=True)
    ]
    assert any(expected)
    assert _beside_pins(pinned).tolist() == expected
