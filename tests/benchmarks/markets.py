"""The markets: made by the command line of the engine, small, tight and large, always with the same seed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tests.benchmarks.methods import Market
from tests.benchmarks.running import measured

SEED = 1
NAMES = {"eighth-hub": "1/8 hub", "half-hub": "1/2 hub", "half-nation": "1/2 nation"}
SIZES = ("eighth-hub", "hub", "nation")
ORDER = ("eighth-hub", "half-hub", "hub", "half-nation", "nation")
PERCENTS = {"plenty": (100,), "tight": (25, 10)}
LAST = (("nation", 10), ("nation", 25))
"""The largest files, made and measured after everything else, as far as there is time."""
QUICK = (("eighth-hub", 10),)


def wanted(words: Sequence[str]) -> list[tuple[str, int]]:
    """(scale, per cent of people) for some words: sizes, `plenty`, `tight`; none of a kind means all of it."""
    sizes = [size for size in (*SIZES, *NAMES) if size in words] or list(SIZES)
    percents = [p for word in PERCENTS if word in words for p in PERCENTS[word]]
    percents = percents or [p for each in PERCENTS.values() for p in each]
    return [(size, percent) for size in dict.fromkeys(sizes) for percent in percents]


def make(scale: str, people_percent: int, folder: Path, limit: float = 300) -> Market | None:
    """The market with so many per cent of the usual people for the same shoots; None where time ran out."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{scale}-{people_percent}.npz"
    argv = [sys.executable, "-m", "jobs.matching", "generate", "--scale", scale, "--seed", str(SEED)]
    done = measured([*argv, "--tightness", f"{people_percent / 100:g}", str(path)], limit)
    name = f"{NAMES.get(scale, scale)}, {people_percent} % people"
    if not done.ok:
        print(f"  {name}: NOT MADE within {limit:.0f} s {done.words}", flush=True)
        return None
    with np.load(path) as file:
        market = Market(
            name=name,
            scale=scale,
            people_percent=people_percent,
            instance=path,
            slots=int(file["role_headcount"].sum(dtype=np.int64)),
            people=int(file["n_people"]),
            pairs=len(file["pair_person"]),
        )
    print(f"  {name}: made in {done.seconds:.1f} s, {market.pairs:,} pairs", flush=True)
    return market
