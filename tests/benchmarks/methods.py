"""What is measured on a market: our engine, and the others on the same instance with the same judge."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.benchmarks import environments
from tests.benchmarks.running import Done, measured

ENGINE = [sys.executable, "-m", "jobs.matching"]
OURS = "jinzu"
LONGER = "jinzu_longer"
ENVIRONMENT = {"flow": "ortools", "cp_sat": "ortools", "highs": "highs"}
TITLES = {
    OURS: "Jinzu",
    LONGER: "Jinzu, given longer",
    "greedy": "Greedy by score",
    "first_come": "First come, first served",
    "deferred": "Deferred acceptance",
    "flow": "OR-Tools flow per day",
    "cp_sat": "OR-Tools CP-SAT",
    "highs": "HiGHS MIP",
}
PEERS = tuple(name for name in TITLES if name not in (OURS, LONGER))


@dataclass
class Limits:
    """Seconds: for an answer of ours, for a simple method, for a solver that improves until told to stop, and for
    the judge. `longer`: improvement that ours is given a second time round, by scale; none: no second time.
    """

    ours: float = 240
    simple: float = 120
    solver: float = 40
    longer: dict[str, float] = field(default_factory=dict)
    judge: float = 120


@dataclass
class Row:
    """One method on one market. `gap` is to the bound that our prices prove; None says `note` why not. `seconds`
    from the start of reading the file to the plan; `wall` of the whole command, its start and writing included.
    """

    market: str
    method: str
    seconds: float | None = None
    wall: float | None = None
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
    for name in (OURS, *([LONGER] if market.scale in limits.longer else []), *peers):
        row = _ours(market, name, limits) if name in (OURS, LONGER) else _peer(market, name, limits)
        market.rows.append(row)
        words = row.note or f"{row.seconds:.1f} s, score {row.objective:,}, {row.filled:,} filled"
        tell(f"  {market.name}: {TITLES[name]}: {words}")
    for row in market.rows:
        if market.bound and row.objective is not None:
            row.gap = (market.bound - row.objective) / market.bound
    return market


def _ours(market: Market, name: str, limits: Limits) -> Row:
    plan = market.instance.with_suffix(f".{name}.npz")
    argv = [*ENGINE, "solve", str(market.instance), "--out", str(plan)]
    more = limits.longer.get(market.scale, 0) if name == LONGER else 0
    if more:
        argv += ["--seconds", f"{more:g}"]
    row, bound = _judged(market, name, measured(argv, limits.ours + more), plan, limits)
    if bound is not None:
        market.bound = min(bound, market.bound or bound)
    return row


def _peer(market: Market, name: str, limits: Limits) -> Row:
    python: Path | None = Path(sys.executable)
    if name in ENVIRONMENT:
        python = environments.python_of(ENVIRONMENT[name])
    if python is None:
        return Row(market.name, name, note="not available")
    plan = market.instance.with_suffix(f".{name}.npz")
    argv = [str(python), "-m", "tests.benchmarks.peers", name, str(market.instance), str(plan)]
    # Building the model comes on top of the time a solver is given.
    patience = limits.solver * 2 + 60 if name in ("cp_sat", "highs") else limits.simple
    done = measured([*argv, f"{limits.solver:g}"], patience)
    return _judged(market, name, done, plan, limits)[0]


def _judged(market: Market, name: str, done: Done, plan: Path, limits: Limits) -> tuple[Row, int | None]:
    """The row, and the bound that the referee worked out from the plan's prices. Only a verified plan counts."""
    row = Row(market.name, name, wall=round(done.seconds, 3), peak_mb=round(done.peak_mb, 1))
    row.seconds = done.facts.get("seconds", row.wall)
    if not done.ok:
        row.note = f"stopped after {done.seconds:.0f} s" if not done.in_time else ""
        row.note = row.note or done.facts.get("note") or f"failed ({done.code}): {done.words[:80]}"
        return row, None
    verdict = measured([*ENGINE, "verify", str(market.instance), str(plan)], limits.judge)
    plan.unlink(missing_ok=True)
    if not verdict.ok or not verdict.facts.get("feasible"):
        row.note = f"NOT VERIFIED: {verdict.words[:80] or 'the referee took too long'}"
        return row, None
    row.verified, row.objective = True, verdict.facts["objective"]
    row.filled = done.facts.get("filled")
    return row, verdict.facts["bound"]
