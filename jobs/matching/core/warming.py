"""Compiling everything a match needs, once a machine, before anybody asks for one.

`warm_up` takes a lock, so that of several programs one compiles and the others wait and find it done, and leaves a
stamp beside the machine code. The stamp goes by what Numba's own cache goes by: place, size and time of the sources.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import os
import sys
from importlib.metadata import version
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[1]


def stamp() -> Path:
    """The file that says that the code of these sources is compiled; in NUMBA_CACHE_DIR, or beside the sources."""
    facts = [version("numba"), sys.version]
    for path in sorted(SOURCES.rglob("*.py")):
        seen = path.stat()
        facts.append(f"{path}:{seen.st_mtime_ns}:{seen.st_size}")
    folder = Path(os.environ.get("NUMBA_CACHE_DIR") or SOURCES / "__pycache__")
    return folder / f"compiled-{hashlib.sha256(repr(facts).encode()).hexdigest()[:16]}"


def is_warm() -> bool:
    """Whether a process would load its machine code, not compile it."""
    return stamp().exists()


def warm_up() -> bool:
    """Compile what is not compiled yet; say whether there was anything to do. OSError where nothing can be kept."""
    made = stamp()
    made.parent.mkdir(parents=True, exist_ok=True)
    with (made.parent / "compiling.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if made.exists():
            return False
        load()
        for old in made.parent.glob("compiled-*"):
            old.unlink(missing_ok=True)
        made.touch()
    return True


def load() -> None:
    """Have the machine code in this process: a whole small match, cold and from known prices, checked."""
    from jobs.matching import (
        BOTH,
        FreeSpan,
        PersonRow,
        RoleRow,
        best_people,
        best_roles,
        build_problem,
        solve,
        verify,
        what_if,
    )  # fmt: skip
    from jobs.matching.candidates import index_of
    from jobs.matching.core.clearing import warm
    from jobs.matching.recount import points_of, sheet_of
    from jobs.matching.recount_bound import bound_over_all

    warm()
    first = dt.date(2026, 1, 5)
    free = [FreeSpan(first, first + dt.timedelta(days=9), BOTH)]
    problem = build_problem(
        window_start=first,
        days=10,
        people=[
            PersonRow(id=n, wants=["gaffer"], willing_hubs=["here"], born=dt.date(2000, 1, 1), free=free)
            for n in (1, 2, 3)
        ],
        roles=[
            RoleRow(
                id=n, role_type="gaffer", hub="here", first=first, last=first + dt.timedelta(days=2),
                company=1, shoot=1, headcount=1, day_rate=300,
            )
            for n in (1, 2)
        ],
    )  # fmt: skip
    solution = solve(problem, 1)
    solve(problem, 1, warm={1: 5, 2: 5})
    verify(problem, solution)
    index_of(problem)  # from here on it answers as a large problem does
    best_people(problem, 0, 2)
    best_roles(problem, 0, 2)
    what_if(problem, 0)
    plan = [(a.person, a.role) for a in solution.assignments]
    sheet = sheet_of(problem)
    points_of(problem, sheet, [w for w, _ in plan], [o for _, o in plan])
    bound_over_all(problem, sheet, solution.prices, [0] * problem.n_roles, plan)


def main() -> int:
    """For a process of its own: a parent of forks must not hold a compiler's locks."""
    os.nice(5)
    done = warm_up()
    print("the engine is compiled" if done else "the engine was compiled already", flush=True)
    return 0
