"""`make bench`: the table on the terminal, docs/bench.json, docs/bench.svg, the table of the README.

`ARGS="hub tight"` measures a part: sizes (eighth-hub, half-hub, hub, half-nation, nation), plenty, tight, shortlist,
refill, rosters, site. What a part does not measure stays as it was, each market with the day and the commit it was
measured at. `ARGS=--quick` is a small run of everything in a minute; it and `--scratch` leave docs/ alone and write
below .local/bench/.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks import growth, latency, machine, markets, picture, readme, rosters, sites, table
from tests.benchmarks.environments import CHECKOUT, HOME
from tests.benchmarks.methods import ENGINE, LONGER, OURS, PEERS, Limits, measure
from tests.benchmarks.running import measured

FORMAT = 2
FIGURES = ("shortlist", "refill", "rosters", "site")
WORDS = (*markets.SIZES, *markets.NAMES, *markets.PERCENTS, *FIGURES)
LONGER_FOR = {"eighth-hub": 5.0, "hub": 20.0, "nation": 30.0}


def main(words: list[str] | None = None) -> int:
    options = _parser().parse_args(words)
    began = time.monotonic()
    # A part of docs/ may be renewed; a quick run is not what the README speaks of.
    folder = HOME if options.quick or options.scratch else CHECKOUT / "docs"
    limits = Limits(solver=5) if options.quick else Limits(solver=options.solver_seconds, longer=LONGER_FOR)
    _compile(options.peers)
    made = [_measured(scale, percent, limits, options) for scale, percent in _markets(options)]
    measured_now = [market for market in made if market is not None]
    figures = _figures(options)
    report = _merged(folder / "bench.json", measured_now, figures)
    report |= {
        "format": FORMAT,
        "date": dt.date.today().isoformat(),
        "seed": markets.SEED,
        "solver_seconds": options.solver_seconds,
        "seconds": round(time.monotonic() - began),
        "machine": machine.facts(),
    }
    print(f"\n{table.markets_table(measured_now)}\n\n{table.figures_table(figures)}\n")
    print(json.dumps(report["machine"]))
    _write(report, folder)
    ours = [row for market in measured_now for row in market["rows"] if row["method"] in (OURS, LONGER)]
    # Too slow is a figure; a plan that breaks a rule, or a command that fails, is a fault.
    return 1 if any(row["note"] and not row["note"].startswith("stopped") for row in ours) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make bench ARGS=", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"any of: {' '.join(dict.fromkeys(WORDS))}")
    parser.add_argument("--quick", action="store_true", help="a small run of everything, not for docs/")
    parser.add_argument("--scratch", action="store_true", help="write below .local/bench/, not docs/")
    parser.add_argument("--peers", nargs="*", default=PEERS, choices=PEERS, help="only these methods")
    parser.add_argument("--solver-seconds", type=float, default=40, help="for CP-SAT and HiGHS")
    return parser


def _markets(options: argparse.Namespace) -> Sequence[tuple[str, int]]:
    if unknown := [word for word in options.parts if word not in WORDS]:
        sys.exit(f"{unknown[0]} is none of: {' '.join(dict.fromkeys(WORDS))}")
    if options.quick:
        return markets.QUICK
    parts = [word for word in options.parts if word not in FIGURES]
    return markets.wanted(parts) if parts or not options.parts else ()


def _measured(scale: str, percent: int, limits: Limits, options: argparse.Namespace) -> dict[str, Any] | None:
    run = {"date": dt.date.today().isoformat()} | {
        name: fact for name, fact in machine.facts().items() if name in ("commit", "load_average")
    }
    market = markets.make(scale, percent, HOME / "markets")
    if market is None:
        return None
    market.run = run
    measure(market, limits, tuple(options.peers))
    market.instance.unlink()  # the same seed makes it again; a nation is large
    return market.as_json()


def _figures(options: argparse.Namespace) -> list[dict[str, Any]]:
    asked = [word for word in FIGURES if word in options.parts or not options.parts]
    out: list[dict[str, Any]] = []
    if "shortlist" in asked:
        out += latency.shortlists(latency.QUICK if options.quick else latency.SHORTLIST_OF)
    if "refill" in asked:
        out += latency.refills()
    if "rosters" in asked:
        out += rosters.figures(quick=options.quick)
    if "site" in asked and not options.quick:
        out += sites.figures()
    return out


def _compile(peers: Sequence[str]) -> None:
    """Have every compiled loop in its cache before a clock runs: a compiler's minute is nobody's figure."""
    small = HOME / "markets" / "small.npz"
    small.parent.mkdir(parents=True, exist_ok=True)
    plan = str(small.with_suffix(".plan.npz"))
    measured([*ENGINE, "generate", "--scale", "shoot", str(small)], 300)
    measured([*ENGINE, "solve", str(small), "--out", plan], 600)
    measured([*ENGINE, "verify", str(small), plan], 300)
    for name in peers:
        if name in ("greedy", "first_come", "deferred"):
            measured([sys.executable, "-m", "tests.benchmarks.peers", name, str(small), plan, "1"], 300)


def _merged(path: Path, made: list[dict], figures: list[dict]) -> dict[str, Any]:
    """What stood in the report, with what was measured now in its place."""
    old = json.loads(path.read_text()) if path.exists() else {}
    if old.get("format") != FORMAT:
        old = {"markets": [], "figures": []}
    found = {(m["scale"], m["people_percent"]): m for m in [*old["markets"], *made]}
    whole = sorted(found.values(), key=lambda m: (markets.ORDER.index(m["scale"]), -m["people_percent"]))
    by_key = {each["key"]: each for each in [*old["figures"], *figures]}
    by_key |= {each["key"]: each for each in growth.figures(whole)}
    return {"markets": whole, "figures": list(by_key.values())}


def _write(report: dict, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bench.json").write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n")
    if any(row["gap"] is not None for market in report["markets"] for row in market["rows"]):
        (folder / "bench.svg").write_text(picture.draw(report["markets"], report["machine"], report["date"]))
    if folder == CHECKOUT / "docs":
        readme.write(report, CHECKOUT / "README.md")
    print(f"written to {folder.relative_to(CHECKOUT)}/bench.json and bench.svg")


if __name__ == "__main__":
    sys.exit(main())
