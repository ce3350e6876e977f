"""The compiled loops without their compiler: every index is checked then, and the answer is the same to the byte."""

import json
import os
import subprocess
import sys

import pytest

from jobs.matching.generate import Scale, generate_instance
from jobs.matching.generate.shifts import generate_shifts
from jobs.matching.instance import save_instance
from tests.jobs.matching.test_certificate import random_instance

MADE = {
    "market": lambda: generate_instance(Scale(people=220, shoots=1, hubs=2, days=30), tightness=0.4, seed=3),
    "roster": lambda: generate_shifts(12, tightness=0.8, density=0.3, seed=1),
    "more pairs than a byte counts": lambda: random_instance(7, 150, 60),
    "pins": lambda: random_instance(11, 5, 5, 2),
    "nobody": lambda: random_instance(1, 0, 3),
}


def solved(instance, plan, **env):
    argv = [
        sys.executable,
        "-m",
        "jobs.matching",
        "solve",
        str(instance),
        "--out",
        str(plan),
        "--workers",
        "1",
    ]
    done = subprocess.run(argv, env=os.environ | env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    return {name: told[name] for name in ("objective", "bound", "filled")}, plan.read_bytes()


@pytest.mark.parametrize("kind", MADE)
def test_interpreted_and_compiled_say_the_same(kind, tmp_path):
    instance = MADE[kind]()
    save_instance(instance, tmp_path / "instance.npz")
    slow = solved(tmp_path / "instance.npz", tmp_path / "slow.npz", NUMBA_DISABLE_JIT="1")
    assert slow == solved(tmp_path / "instance.npz", tmp_path / "fast.npz")
    assert len(instance.role_start) >= 3
