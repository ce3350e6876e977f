"""What is measured on a market: our engine, and the others on the same instance with the same judge."""

from __future__ import annotations

import math
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.benchmarks import environments
from tests.benchmarks.peers.cliques import PAIRS_AT_MOST
from tests.benchmarks.running import Done, measured

ENGINE = [sys.executable, "-m", "jobs.matching"]
OURS = "jinzu"
WHOLE = ("cp_sat", "highs")  # solvers that get the whole market as one programme
ENVIRONMENT = {"flow": "ortools", "cp_sat": "ortools", "highs": "highs"}
TITLES = {
    OURS: "Jinzu",
    "greedy": "Greedy by score",
    "first_come": "First come, first served",
    "deferred": "Deferred acceptance",
    "flow": "OR-Tools flow per day",
    "cp_sat": "OR-Tools CP-SAT",
    "highs": "HiGHS MIP",
}
PEERS = tuple(name for name in TITLES if name != OURS)
OUT_OF_TIME = "not run: the bench was out of time"
LEAST = 15.0
"""Seconds that must be left for a method to be begun."""


@dataclass
class Limits:
    """Seconds: for an answer of ours, for a simple method, for a solver that improves until told to stop, and for
    the judge. `end` is the moment (`time.monotonic()`) at which all has to be over.
    """

    ours: float = 240
    simple: float = 90
    solver: float = 60
    judge: float = 120
    end: float = math.inf

    def most(self, seconds: float) -> float:
        """So many seconds, or what is left of the time."""
        return max(1.0, min(seconds, self.end - time.monotonic()))

    @property
    def none_left(self) -> bool:
        return self.end - time.monotonic() < LEAST


@dataclass
class Row:
    """One method on one market. `gap` is to the bound that our prices prove; None says `note` why not. `seconds`
    from the start of reading the file to the plan; `wall` of the whole command, its start and writing included;
    `cpu` the processor time of the whole command, which other work on the machine changes little.
    """

    market: str
    method: str
    seconds: float | None = None
    wall: float | None = None
    cpu: float | None = None
    peak_mb: float | None = None
    objective: int | None = None
    filled: int | None = None
    gap: float | None = None
    verified: bool = False
    note: str = ""


@dataclass
class Market:
    """An instance and what came of it."""

    name: str
    scale: str
    people_percent: int
    instance: Path
    slots: int
    people: int
    pairs: int
    bound: int | None = None
    run: dict[str, Any] = field(default_factory=dict)  # when, at which commit, under what load
    rows: list[Row] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        facts = asdict(self)
        del facts["instance"]
        return facts


def measure(market: Market, limits: Limits, peers: tuple[str, ...] = PEERS, tell=print) -> Market:
    """Fill in the rows of `market`, ours first, because its prices are the yardstick."""
    for name in (OURS, *peers):
        if limits.none_left:
            row = Row(market.name, name, note=OUT_OF_TIME)
        else:
            row = _ours(market, name, limits) if name == OURS else _peer(market, name, limits)
        market.rows.append(row)
        words = row.note or f"{row.seconds:.1f} s, score {row.objective:,}, {row.filled:,} filled"
        tell(f"  {market.name}: {TITLES[name]}: {words}", flush=True)
    for row in market.rows:
        if market.bound and row.objective is not None:
            row.gap = (market.bound - row.objective) / market.bound
    return market


def _ours(market: Market, name: str, limits: Limits) -> Row:
    plan = market.instance.with_suffix(f".{name}.npz")
    argv = [*ENGINE, "solve", str(market.instance), "--out", str(plan)]
    row, bound = _judged(market, name, measured(argv, limits.most(limits.ours)), plan, limits)
    if bound is not None:
        market.bound = min(bound, market.bound or bound)
    return row


def _peer(market: Market, name: str, limits: Limits) -> Row:
    if name in WHOLE and market.pairs > PAIRS_AT_MOST:
        return Row(market.name, name, note=f"not run: {market.pairs / 1e6:.1f} M pairs")
    python: Path | None = Path(sys.executable)
    if name in ENVIRONMENT:
        python = environments.python_of(ENVIRONMENT[name])
    if python is None:
        return Row(market.name, name, note="not available")
    plan = market.instance.with_suffix(f".{name}.npz")
    argv = [str(python), "-m", "tests.benchmarks.peers", name, str(market.instance), str(plan)]
    # Building the model comes on top of the time a solver is given.
    patience = limits.solver * 2 + 60 if name in WHOLE else limits.simple
    if name in WHOLE and limits.most(patience) < limits.solver + LEAST:
        return Row(market.name, name, note=OUT_OF_TIME)
    done = measured([*argv, f"{limits.solver:g}"], limits.most(patience))
    return _judged(market, name, done, plan, limits)[0]


def _judged(market: Market, name: str, done: Done, plan: Path, limits: Limits) -> tuple[Row, int | None]:
    """The row, and the bound that the referee worked out from the plan's prices. Only a verified plan counts."""
    row = Row(market.name, name, wall=round(done.seconds, 3), cpu=round(done.cpu, 3))
    row.peak_mb = round(done.peak_mb, 1)
    row.seconds = done.facts.get("seconds", row.wall)
    if not done.ok:
        row.note = f"stopped after {done.seconds:.0f} s" if not done.in_time else ""
        row.note = row.note or done.facts.get("note") or f"failed ({done.code}): {done.words[:80]}"
        return row, None
    verdict = measured([*ENGINE, "verify", str(market.instance), str(plan)], limits.most(limits.judge))
    plan.unlink(missing_ok=True)
    if not verdict.ok or not verdict.facts.get("feasible"):
        row.note = f"NOT VERIFIED: {verdict.words[:80] or 'the referee took too long'}"
        return row, None
    row.verified, row.objective = True, verdict.facts["objective"]
    row.filled = done.facts.get("filled")
    return row, verdict.facts["bound"]
