"""`make bench`: the table on the terminal, docs/bench.json, docs/bench.svg, the table of the README.

`ARGS="hub tight"` measures a part: sizes (eighth-hub, half-hub, hub, half-nation, nation), plenty, tight, shortlist,
refill, again, rosters, site. What a part does not measure stays as it was, each market with the day and the commit it
was measured at. `ARGS=--quick` is a small run of everything in a minute; it and `--scratch` leave docs/ alone and write
below .local/bench/. It ends within `--minutes`: what there is no time for is left out, and said.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks import again, growth, latency, machine, markets, picture, readme, rosters, sites, table
from tests.benchmarks.environments import CHECKOUT, HOME
from tests.benchmarks.methods import ENGINE, OURS, PEERS, Limits, measure
from tests.benchmarks.running import measured

Step = Callable[[], tuple[dict[str, Any] | None, list[dict[str, Any]]]]
FORMAT = 3
FIGURES = ("shortlist", "refill", "again", "rosters", "site")
WORDS = (*markets.SIZES, *markets.NAMES, *markets.PERCENTS, *FIGURES)
MINUTES = 25.0
NOTHING = ("FAILED", "not available", "not measured", "not whole")
"""Values of what could not be measured: said once, not kept for the next report."""


def main(words: list[str] | None = None) -> int:
    options = _parser().parse_args(words)
    asked = _markets(options)
    began = time.monotonic()
    end = began + 60 * options.minutes
    # A part of docs/ may be renewed; a quick run is not what the README speaks of.
    folder = HOME if options.quick or options.scratch else CHECKOUT / "docs"
    limits = Limits(solver=5 if options.quick else options.solver_seconds, end=end)
    _compile(options.peers)
    made: list[dict[str, Any]] = []
    figures: list[dict[str, Any]] = []
    early = [each for each in asked if each not in markets.LAST]
    late = [each for each in asked if each in markets.LAST]
    steps = [*_steps(early, limits, options), *_figure_steps(options, end), *_steps(late, limits, options)]
    for measure_one in steps:
        if limits.none_left:
            print("  the rest is left out: the bench was out of time", flush=True)
            break
        market, found = measure_one()
        made += [market] if market else []
        figures += found
        # Written after each part: whoever stops the bench keeps what was measured.
        report = _merged(folder / "bench.json", made, figures)
        report |= {
            "format": FORMAT,
            "date": dt.date.today().isoformat(),
            "seed": markets.SEED,
            # A run without markets gave the solvers no time at all.
            "solver_seconds": limits.solver if made else report["solver_seconds"] or limits.solver,
            "seconds": round(time.monotonic() - began),
            "machine": machine.facts(),
        }
        _write(report, folder)
    print(f"\n{table.markets_table(made)}\n\n{table.figures_table(figures)}\n")
    print(json.dumps(machine.facts()))
    print(
        f"{time.monotonic() - began:.0f} s; written to {folder.relative_to(CHECKOUT)}/bench.json and bench.svg"
    )
    ours = [row for market in made for row in market["rows"] if row["method"] == OURS]
    # Too slow is a figure; a plan that breaks a rule, or a command that fails, is a fault.
    return 1 if any(row["note"] and not row["note"].startswith(("stopped", "not run")) for row in ours) else 0


def _steps(asked: Sequence[tuple[str, int]], limits: Limits, options: argparse.Namespace) -> list[Step]:
    """A step a market: what it yields is (the market, no figures)."""
    return [
        lambda scale=scale, percent=percent: (_measured(scale, percent, limits, options), [])
        for scale, percent in asked
    ]


def _figure_steps(options: argparse.Namespace, end: float) -> list[Step]:
    """A step a figure, or a few that belong together: (no market, they)."""
    asked = [word for word in FIGURES if word in options.parts or not options.parts]
    out: list[Step] = []
    if "refill" in asked:
        out.append(lambda: (None, latency.refills()))
    if "again" in asked:
        out.append(lambda: (None, again.figures("eighth-hub" if options.quick else "hub")))
    if "rosters" in asked:
        out.append(lambda: (None, rosters.figures(quick=options.quick)))
    if "shortlist" in asked:
        for people in latency.QUICK if options.quick else latency.SHORTLIST_OF:
            out.append(lambda people=people: (None, latency.shortlists((people,))))
    if "site" in asked and not options.quick:
        out.append(lambda: (None, sites.figures(end - time.monotonic())))
    return out


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make bench ARGS=", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"any of: {' '.join(dict.fromkeys(WORDS))}")
    parser.add_argument("--quick", action="store_true", help="a small run of everything, not for docs/")
    parser.add_argument("--scratch", action="store_true", help="write below .local/bench/, not docs/")
    parser.add_argument("--peers", nargs="*", default=PEERS, choices=PEERS, help="only these methods")
    parser.add_argument("--solver-seconds", type=float, default=60, help="for CP-SAT and HiGHS")
    parser.add_argument("--minutes", type=float, default=MINUTES, help="after which no part is begun")
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
    market = markets.make(scale, percent, HOME / "markets", limits.most(300))
    if market is None:
        return None
    if limits.none_left:
        market.instance.unlink()
        return None
    market.run = run
    measure(market, limits, tuple(options.peers))
    market.instance.unlink()  # the same seed makes it again; a nation is large
    return market.as_json()


def _compile(peers: Sequence[str]) -> None:
    """Have every compiled loop in its cache before a clock runs: a compiler's minute is nobody's figure."""
    small = HOME / "markets" / "small.npz"
    small.parent.mkdir(parents=True, exist_ok=True)
    plan = str(small.with_suffix(".plan.npz"))
    measured([sys.executable, "-c", "from jobs.matching.core.warming import main; main()"], 600)
    measured([*ENGINE, "generate", "--scale", "shoot", str(small)], 300)
    measured([*ENGINE, "solve", str(small), "--out", plan], 600)
    measured([*ENGINE, "verify", str(small), plan], 300)
    for name in peers:
        if name in ("greedy", "first_come", "deferred"):
            measured([sys.executable, "-m", "tests.benchmarks.peers", name, str(small), plan, "1"], 300)


def _merged(path: Path, made: list[dict], figures: list[dict]) -> dict[str, Any]:
    """What stood in the report, with what was measured now in its place. Growth is that of markets of one run: two runs
    are two machines, or one at two paces.
    """
    old = json.loads(path.read_text()) if path.exists() else {}
    if old.get("format") != FORMAT:
        old = {"markets": [], "figures": []}
    found = {(m["scale"], m["people_percent"]): m for m in [*old["markets"], *made]}
    whole = sorted(found.values(), key=lambda m: (markets.ORDER.index(m["scale"]), -m["people_percent"]))
    stood = [each for each in old["figures"] if each.get("value") not in NOTHING]
    by_key = {each["key"]: each for each in [*stood, *figures]}
    by_key |= {each["key"]: each for each in growth.figures(made)}
    return {"markets": whole, "figures": list(by_key.values()), "solver_seconds": old.get("solver_seconds")}


def _write(report: dict, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bench.json").write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n")
    if any(row["gap"] is not None for market in report["markets"] for row in market["rows"]):
        (folder / "bench.svg").write_text(picture.draw(report["markets"], report["machine"], report["date"]))
    if folder == CHECKOUT / "docs":
        readme.write(report, CHECKOUT / "README.md")


if __name__ == "__main__":
    sys.exit(main())
