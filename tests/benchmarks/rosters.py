"""Duty rosters whose full cover is known: how many are covered to the last task, and how soon.

Our own instances of Personnel Task Scheduling, made as the published ones are (see `jobs.matching.generate.kinds`),
and a kind with nobody to spare. `python -m tests.benchmarks.rosters all|quick` solves and verifies them in one
process and prints its JSON.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from itertools import product
from typing import Any

from tests.benchmarks.figure import figure
from tests.benchmarks.running import measured

SIZES = (40, 70, 100, 200, 400, 700, 1000, 1400, 2000)
# (kind, tightness, densities): as published, and ours.
PUBLISHED = (
    ("days", 0.9, (0.33, 0.66)),
    ("long-days", 0.9, (0.33, 0.66)),
    ("rare", 0.9, (0.2, 0.3)),
    ("rare-long", 0.9, (0.2, 0.3)),
    ("hours", 0.6, (0.87,)),
)
OURS = (
    ("skills", 0.8, (0.33,)),
    ("skills", 0.9, (0.2, 0.33, 0.66)),
    ("skills", 0.97, (0.33,)),
)
FEW = (SIZES[:3], (("skills", 0.9, (0.33,)), ("days", 0.9, (0.33,)), ("hours", 0.6, (0.87,))))
LIMIT = 2.0  # seconds that a roster may take


def figures(*, quick: bool = False, limit: float = 420) -> list[dict[str, Any]]:
    print("  duty rosters with a planted cover ...", flush=True)
    done = measured([sys.executable, "-m", "tests.benchmarks.rosters", "quick" if quick else "all"], limit)
    if not done.ok:
        return [figure("rosters", "duty rosters", "not measured", done.words or "not in time")]
    rows = done.facts["rosters"]
    full = [row for row in rows if row["verified"] and row["covered"] == row["tasks"]]
    tasks, covered = sum(row["tasks"] for row in rows), sum(row["covered"] for row in rows)
    middle, slowest = statistics.median(row["seconds"] for row in rows), max(row["seconds"] for row in rows)
    kinds = {row["kind"]: 0 for row in rows}
    by_kind = ", ".join(
        f"{kind} {sum(row['kind'] == kind for row in full)} of {sum(row['kind'] == kind for row in rows)}"
        for kind in kinds
    )
    words = f"{len(full)} of {len(rows)} rosters covered to the last task"
    note = (
        f"{by_kind}; {covered:,} of {tasks:,} tasks, every plan verified: {all(row['verified'] for row in rows)};"
        f" {min(row['tasks'] for row in rows)} to {max(row['tasks'] for row in rows):,} tasks, half of them within"
        f" {middle:.3f} s, slowest {slowest:.1f} s of {LIMIT:g} s"
    )
    numbers = {
        "full": len(full),
        "rosters": len(rows),
        "covered": covered,
        "tasks": tasks,
        "middle": middle,
        "slowest": slowest,
    }
    return [figure("rosters", "duty rosters", words, note, **numbers)]


def solved(tasks: int, kind: str, tightness: float, density: float, seed: int) -> dict[str, Any]:
    """One roster, cleared and judged."""
    from jobs.matching.generate.shifts import generate_shifts
    from jobs.matching.instance_clearing import clear_instance
    from jobs.matching.verification import verify_instance

    instance = generate_shifts(tasks, kind=kind, tightness=tightness, density=density, seed=seed)
    began = time.perf_counter()
    cleared = clear_instance(instance, seed=seed, seconds=LIMIT)
    seconds = time.perf_counter() - began
    verdict = verify_instance(instance, cleared.plan)
    facts = {"tasks": tasks, "kind": kind, "tightness": tightness, "density": density}
    return facts | {"covered": cleared.filled, "verified": verdict.ok, "seconds": round(seconds, 3)}


def main(which: str) -> int:
    sizes, kinds = FEW if which == "quick" else (SIZES, (*PUBLISHED, *OURS))
    # A compiler, where one is needed, is not what is measured: easily covered, and not at all.
    solved(40, "skills", 0.8, 1.0, 0)
    solved(40, "rare", 1.0, 0.01, 0)
    made = [(kind, tightness, density) for kind, tightness, some in kinds for density in some]
    rows = [solved(size, *kind, seed=1 + at) for (at, kind), size in product(enumerate(made), sizes)]
    print(json.dumps({"rosters": rows}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
