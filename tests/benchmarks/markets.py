"""The markets: made by the command line of the engine, small, tight and large, always with the same seed."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from tests.benchmarks.methods import Market
from tests.benchmarks.running import measured

SEED = 1
NAMES = {"hub8": "1/8 hub", "hub": "hub", "nation": "nation", "hub2": "1/2 hub"}
USUAL = (("hub8", 100), ("hub8", 25), ("hub8", 10), ("hub", 10))
ALL = (*USUAL, ("hub", 100), ("hub", 25), ("nation", 100))


def make(scale: str, people_percent: float, folder: Path, limit: float = 600) -> Market | None:
    """The market with so many per cent of the usual people for the same shoots; None where time ran out."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{scale}-{people_percent}.npz"
    argv = [sys.executable, "-m", "jobs.matching", "generate", "--scale", scale, "--seed", str(SEED)]
    done = measured([*argv, "--tightness", str(100 / people_percent), str(path)], limit)
    name = f"{NAMES.get(scale, scale)}, {people_percent} % people"
    if not done.ok:
        print(f"  {name}: NOT MADE within {limit:.0f} s {done.words}", flush=True)
        return None
    with np.load(path) as file:
        return Market(
            name=name,
            scale=scale,
            people_percent=people_percent,
            instance=path,
            slots=int(file["role_headcount"].sum(dtype=np.int64)),
            people=int(file["n_people"]),
            pairs=len(file["pair_person"]),
        )
