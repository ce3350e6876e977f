"""Compiling everything a match needs, once a machine, before anybody asks for one.

`warm_up` takes a lock, so that of several programs one compiles and the others wait and find it done, and leaves a
stamp beside the machine code. The stamp goes by what Numba's own cache goes by: place, size and time of the sources;
but of all of them together. Numba keeps a loop whose own module is unchanged although one that it calls, from another,
is not; so what other sources left is thrown away first.
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
    facts = [version("numba"), sys.version, os.environ.get("NUMBA_BOUNDSCHECK", "")]
    for path in sorted(SOURCES.rglob("*.py")):
        seen = path.stat()
        facts.append(f"{path}:{seen.st_mtime_ns}:{seen.st_size}")
    folder = Path(os.environ.get("NUMBA_CACHE_DIR") or SOURCES / "__pycache__")
    return folder / f"compiled-{hashlib.sha256(repr(facts).encode()).hexdigest()[:16]}"


def is_warm() -> bool:
    """Whether a process would load its machine code, not compile it. Interpreted code is always ready."""
    return stamp().exists() or os.environ.get("NUMBA_DISABLE_JIT", "0") != "0"


def warm_up() -> bool:
    """Compile what is not compiled yet; say whether there was anything to do. OSError where nothing can be kept."""
    made = stamp()
    made.parent.mkdir(parents=True, exist_ok=True)
    with (made.parent / "compiling.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if made.exists():
            return False
        for old in _kept(made.parent):
            old.unlink(missing_ok=True)
        load()
        made.touch()
    return True


def _kept(folder: Path) -> list[Path]:
    """Stamps and machine code that are kept in `folder`, or beside the sources, of these packages."""
    packages = {path.parent for path in SOURCES.rglob("*.py")}
    elsewhere = os.environ.get("NUMBA_CACHE_DIR")
    code = [
        path
        for package in packages
        for path in (
            folder.glob(f"{package.name}_*/*.nb[ic]") if elsewhere else package.glob("__pycache__/*.nb[ic]")
        )
    ]
    return [*folder.glob("compiled-*"), *code]


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
    from jobs.matching.recount import points_of
    from jobs.matching.recount_bound import bound_over_all
    from jobs.matching.recount_sheet import sheet_of

    _clearing()
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


def _clearing() -> None:
    """A clearing of a market so small that it is solved at once, and then what it did not need."""
    import numpy as np

    from jobs.matching.core.around import clear_around
    from jobs.matching.core.auction import auction
    from jobs.matching.core.beliefs import agree_wide
    from jobs.matching.core.clearing import clear
    from jobs.matching.core.ejection import eject_all, eject_beside
    from jobs.matching.core.graph import make_graph
    from jobs.matching.core.improvement import Effort, improve
    from jobs.matching.core.mending import mend
    from jobs.matching.core.prices import Certificate
    from jobs.matching.core.roster import empty_roster

    start, nobody, none = np.array([0, 0, 2], np.int32), np.zeros(2, np.bool_), np.zeros(3, np.int64)
    state, over = np.ones(1, np.int64), lambda: False
    for score in ([5, 6, 7, 5, 6], [1, 1, 1, 1, 1]):
        graph = make_graph(
            n_people=2,
            start=start,
            end=start + 1,
            place=np.zeros(3, np.int32),
            slots=np.ones(3, np.int32),
            buffer=np.zeros((1, 1), np.int32),
            person=np.array([0, 0, 1, 1, 1]),
            role=np.array([0, 2, 0, 1, 2]),
            score=np.array(score),
        )
        plan = clear(graph, urgency=none, workers=1)
        auction(graph, np.zeros(3), 1.0)
        clear_around(graph, plan, nobody, none, none, 1)
        eject_all(graph, empty_roster(graph), np.zeros(3), none, 1.0, 0)
        eject_beside(graph, empty_roster(graph), np.zeros(3), none, 1.0, none == 0)
        far = Certificate(none, 1000, np.zeros(3))
        improve(graph, empty_roster(graph), far, none, 1.0, Effort(1, 2), state, 1, over, False, _silent)
    taken = np.zeros(len(graph.role), np.uint8)
    agree_wide(graph, 1, 3, 0.0, state, 1, over)
    mend(graph, taken, 1, 3, state, 1, over)


def _silent(done: int, total: int) -> None:
    pass


def main() -> int:
    """For a process of its own: a parent of forks must not hold a compiler's locks."""
    os.nice(5)
    done = warm_up()
    print("the engine is compiled" if done else "the engine was compiled already", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
