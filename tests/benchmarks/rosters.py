"""Duty rosters whose full cover is known: how many are covered to the last task, and how soon.

Our own instances of Personnel Task Scheduling (see `jobs.matching.generate.shifts`). `python -m
tests.benchmarks.rosters SECONDS` solves and verifies them in one process and prints its JSON.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from tests.benchmarks.figure import figure
from tests.benchmarks.running import measured

SIZES = (40, 70, 100, 200, 400, 700, 1000, 1400, 2000)
KINDS = ((0.8, 0.33), (0.9, 0.2), (0.9, 0.33), (0.9, 0.66), (0.97, 0.33))  # (tightness, density)
FEW = (SIZES[:3], KINDS[2:3])
LIMIT = 3.0  # seconds of improvement for one roster


def figures(*, quick: bool = False, limit: float = 420) -> list[dict[str, Any]]:
    print("  duty rosters with a planted cover ...", flush=True)
    done = measured([sys.executable, "-m", "tests.benchmarks.rosters", "quick" if quick else "all"], limit)
    if not done.ok:
        return [figure("rosters", "duty rosters", "not measured", done.words or "not in time")]
    rows = done.facts["rosters"]
    full = [row for row in rows if row["verified"] and row["covered"] == row["tasks"]]
    tasks, covered = sum(row["tasks"] for row in rows), sum(row["covered"] for row in rows)
    slowest = max(row["seconds"] for row in rows)
    words = f"{len(full)} of {len(rows)} rosters covered to the last task"
    note = (
        f"{covered:,} of {tasks:,} tasks, every plan verified: {all(row['verified'] for row in rows)};"
        f" {min(row['tasks'] for row in rows)} to {max(row['tasks'] for row in rows):,} tasks, a plan has"
        f" {LIMIT:g} s to improve, slowest {slowest:.1f} s"
    )
    numbers = {
        "full": len(full),
        "rosters": len(rows),
        "covered": covered,
        "tasks": tasks,
        "slowest": slowest,
    }
    return [figure("rosters", "duty rosters", words, note, **numbers)]


def solved(tasks: int, tightness: float, density: float, seed: int) -> dict[str, Any]:
    """One roster, cleared and judged."""
    from jobs.matching.generate import generate_shifts
    from jobs.matching.instance_clearing import clear_instance
    from jobs.matching.verification import verify_instance

    instance = generate_shifts(tasks, tightness=tightness, density=density, seed=seed)
    began = time.perf_counter()
    cleared = clear_instance(instance, seed=seed, seconds=LIMIT)
    seconds = time.perf_counter() - began
    verdict = verify_instance(instance, cleared.plan)
    kind = {"tasks": tasks, "tightness": tightness, "density": density}
    return kind | {"covered": cleared.filled, "verified": verdict.ok, "seconds": round(seconds, 3)}


def main(which: str) -> int:
    sizes, kinds = FEW if which == "quick" else (SIZES, KINDS)
    solved(40, 0.8, 1.0, 0)  # a compiler, where one is needed, is not what is measured
    rows = [solved(size, *kind, seed=1 + at) for at, kind in enumerate(kinds) for size in sizes]
    print(json.dumps({"rosters": rows}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
