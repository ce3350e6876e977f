"""`make bench`: the table on the terminal, docs/bench.json, docs/bench.svg.

`ARGS=--all` adds the whole hub with people to spare and a quarter of them, the nation, and a shortlist out of
12.7 million people. `ARGS=--scratch` leaves docs/ as it is and writes below .local/bench/.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import time
from pathlib import Path

from tests.benchmarks import growth, latency, machine, markets, picture, readme, sites, table
from tests.benchmarks.environments import CHECKOUT, HOME
from tests.benchmarks.methods import LONGER, OURS, PEERS, Limits, measure

FORMAT = 1


def main(words: list[str] | None = None) -> int:
    options = _parser().parse_args(words)
    began = time.monotonic()
    facts = machine.facts()
    limits = Limits(solver=options.solver_seconds, longer=60 if options.all else None)
    if options.all:
        limits.ours, limits.judge = 1800, 1800
    made = []
    for scale, percent in _wanted(options):
        market = markets.make(scale, percent, HOME / "markets", 3600 if options.all else 300)
        if market is not None:
            made.append(measure(market, limits, tuple(options.peers)).as_json())
            market.instance.unlink()  # the same seed makes it again; a nation is large
    figures = growth.figures(made)
    if not options.markets_only:
        figures += latency.figures(everything=options.all) + sites.figures()
    report = {
        "format": FORMAT,
        "date": dt.date.today().isoformat(),
        "seed": markets.SEED,
        "solver_seconds": options.solver_seconds,
        "seconds": round(time.monotonic() - began),
        "machine": facts,
        "markets": made,
        "figures": figures,
    }
    print(f"\n{table.markets_table(made)}\n\n{table.figures_table(figures)}\n")
    print(json.dumps(facts))
    _write(report, HOME if options.scratch else CHECKOUT / "docs")
    ours = [row for market in made for row in market["rows"] if row["method"] in (OURS, LONGER)]
    # Too slow is a figure; a plan that breaks a rule, or a command that fails, is a fault.
    return 1 if any(row["note"] and not row["note"].startswith("stopped") for row in ours) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make bench ARGS=", description=__doc__)
    parser.add_argument("--all", action="store_true", help="the large ones too: an hour and more")
    parser.add_argument("--scratch", action="store_true", help="write below .local/bench/, not docs/")
    parser.add_argument("--markets-only", action="store_true", help="no latencies, no site")
    parser.add_argument("--market", action="append", help="only this one, as scale:percent, e.g. hub8:10")
    parser.add_argument("--peers", nargs="*", default=PEERS, choices=PEERS, help="only these methods")
    parser.add_argument("--solver-seconds", type=float, default=15, help="for CP-SAT and HiGHS")
    return parser


def _wanted(options: argparse.Namespace) -> list[tuple[str, float]]:
    if options.market:
        split = (each.split(":") for each in options.market)
        return [(scale, float(percent) if "." in percent else int(percent)) for scale, percent in split]
    return list(markets.ALL if options.all else markets.USUAL)


def _write(report: dict, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bench.json").write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n")
    if any(row["gap"] is not None for market in report["markets"] for row in market["rows"]):
        drawing = picture.draw(report["markets"], report["machine"], report["date"])
        (folder / "bench.svg").write_text(drawing)
    if folder == CHECKOUT / "docs":
        readme.write(report, CHECKOUT / "README.md")
    print(f"written to {folder.relative_to(CHECKOUT)}/bench.json and bench.svg")


if __name__ == "__main__":
    sys.exit(main())
