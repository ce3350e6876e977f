"""What a shoot's run and a market's run have in common: solving, checking, and showing where it stands."""

import ctypes
import gc
import resource
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connection

from jobs import matching as engine
from jobs.enums import RunState
from jobs.matching import fairness, replay
from jobs.matching.settling import solve_again
from jobs.models import MarketRun, MatchRun
from jobs.queries.clearing import LastTime
from jobs.services import compiling
from jobs.services.later import Lease, LeaseLost, lease_length

Tell = Callable[[str, int, int], None]


NAMED = 50
"""People passed over whom a fairness report names; it counts all."""


@dataclass(frozen=True)
class Outcome:
    """A solved and checked problem; `last` is what it started from, `memory_mb` the peak of the process."""

    problem: engine.Problem
    solution: engine.Solution
    verdict: engine.Verdict
    seed: int
    last: LastTime
    memory_mb: int

    @classmethod
    def checked(
        cls,
        problem: engine.Problem,
        solution: engine.Solution,
        seed: int,
        last: LastTime,
        memory_mb: int,
    ) -> "Outcome":
        """A plan that was kept, checked again."""
        return cls(problem, solution, engine.verify(problem, solution), seed, last, memory_mb)

    @property
    def prices(self) -> dict[int, int]:
        """Prices by role id: where the next run may start."""
        return dict(
            zip(
                self.problem.roles.role_ids.tolist(), self.solution.guide or self.solution.prices, strict=True
            )
        )

    @property
    def unfilled(self) -> list[dict[str, Any]]:
        """Why places stay empty, as it is kept with a run."""
        ids = self.problem.roles.role_ids
        return [
            {
                "role": int(ids[each.role]),
                "slots": each.slots,
                "reason": str(each.reason),
                "eligible": each.eligible,
            }
            for each in self.solution.unfilled
        ]

    def fields(self) -> dict[str, Any]:
        """What the row of the run says of it."""
        return {
            "phase": "",
            "objective": self.verdict.objective,
            "bound": self.verdict.bound,
            "gap": self.verdict.gap,
            "filled": len(self.solution.assignments),
            "rules_version": str(self.solution.rules_version),
            "warm": bool(self.last.prices),
            "memory_mb": self.memory_mb,
            "fairness": fairness.report(self.problem, self.solution, listed=NAMED).as_json(),
            "record": replay.dump(
                self.problem, self.solution, self.seed, self.last.prices, self.last.proposed
            ),
        }


def work_out(problem: engine.Problem, *, seed: int, last: LastTime, standby: int, tell: Tell) -> Outcome:
    """Solve and let the referee check it. Waits for the compiler, visibly, where the engine is not compiled yet."""
    compiling.ready(tell)
    _return_memory()
    _forget_peak()
    with uncollected():
        solution = solve_again(problem, seed, tell, standby=standby, warm=last.prices, before=last.proposed)
        tell("verify", 0, 1)
        with keeping(tell, "verify"):
            return Outcome.checked(problem, solution, seed, last, _peak_mb())


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the search for cycles: a plan is a million small objects, none of them in one, and looking through them
    again and again was a tenth of the time of a country.
    """
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


M_MMAP_THRESHOLD = -3
"""Of `mallopt`: from how many bytes on an array has pages of its own (Linux, glibc)."""

M_ARENA_MAX = -8
"""Of `mallopt`: how many heaps there are. Each thread has one of its own otherwise, and gives nothing back."""

QUIET = 5.0
"""Seconds of a step that says nothing after which somebody else says that it is still at it."""


@contextmanager
def keeping(tell: Tell, phase: str) -> Iterator[None]:
    """Keep the lease while a step works that reports nothing, and give it up with LeaseLost where it was lost.

    A worker that is frozen freezes this thread, too; one that never ends is ended by Celery's time limit.
    """
    over = threading.Event()
    lost: list[LeaseLost] = []

    def watch() -> None:
        try:
            looks = 0
            while not over.wait(QUIET):
                looks += 1
                tell(phase, looks, 0)
        except LeaseLost as error:
            lost.append(error)
        finally:
            connection.close()  # this thread's own; the worker's is another

    thread = threading.Thread(target=watch, name="keep-lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
    if lost:
        raise lost[0]


def breaches_of(problem: engine.Problem, verdict: engine.Verdict) -> list[dict[str, Any]]:
    """The referee's findings with ids in place of positions, as they are kept with a run."""
    return [{"rule": each.rule, "facts": _named(problem, dict(each.facts))} for each in verdict.breaches]


def _named(problem: engine.Problem, facts: dict[str, Any]) -> dict[str, Any]:
    tables = {
        "role": problem.roles.role_ids,
        "other": problem.roles.role_ids,
        "person": problem.people.person_ids,
    }
    return {
        name: int(tables[name][value]) if name in tables and 0 <= value < len(tables[name]) else value
        for name, value in facts.items()
    }


def running_clock(now: datetime) -> Callable[[], datetime]:
    """Return a clock that runs on from the door's `now`: a long solve must not write its start as its end."""
    started = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - started)


class Progress:
    """Writes where a solve stands, each write its own commit, and keeps the lease alive. Raises LeaseLost."""

    EVERY = 0.5
    """Seconds between two writes of the same phase."""

    def __init__(self, run: MatchRun | MarketRun, lease: Lease, clock: Callable[[], datetime]) -> None:
        self.run, self.lease, self.clock = run, lease, clock
        self.phase, self.written, self.extended = "", 0.0, time.monotonic()

    def __call__(self, phase: str, done: int, total: int) -> None:
        moment = time.monotonic()
        if phase == self.phase and moment - self.written < self.EVERY and done < total:
            return
        self.phase, self.written = phase, moment
        running = type(self.run)._default_manager.filter(pk=self.run.pk, state=RunState.RUNNING)
        if not running.update(phase=phase, done=done, total=total):
            raise LeaseLost(self.lease.item_id)  # cancelled: the next claim ends the work
        if moment - self.extended > lease_length().total_seconds() / 4:
            self.lease.extend(now=self.clock())
            self.extended = moment


def _return_memory() -> None:
    """Have the C library give large arrays back to the system when they are let go, not keep them for the next one;
    and give back what loading the market has left over, a twentieth of a nation's memory.

    It learns from the first array that is let go and holds on to all below that size: a third of a nation's memory.
    """
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        library.mallopt(M_MMAP_THRESHOLD, 1 << 18)
        library.mallopt(M_ARENA_MAX, 1)
        library.malloc_trim(0)


def _forget_peak() -> None:
    """Let the kernel count the peak of this process from here; only Linux can."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _peak_mb() -> int:
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) // 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak // 1024 if sys.platform == "linux" else peak // 1_048_576)
