"""The figures as the README shows them: a row a market, a column a method, between two marks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.benchmarks.methods import TITLES
from tests.benchmarks.table import gap_words

BEGIN, END = "<!-- written by make bench -->", "<!-- end of what make bench writes -->"


def section(report: dict[str, Any]) -> str:
    """What stands between the marks."""
    used = [
        name for name in TITLES if any(row["method"] == name for m in report["markets"] for row in m["rows"])
    ]
    lines = [
        "| market | " + " | ".join(TITLES[name] for name in used) + " |",
        "|---" * (len(used) + 1) + "|",
    ]
    for market in report["markets"]:
        cells = {row["method"]: _cell(row) for row in market["rows"]}
        lines.append(f"| {market['name']} | " + " | ".join(cells.get(name, "") for name in used) + " |")
    lines += ["", *(f"- {each['name']}: {each['value']} ({each['note']})" for each in _shown(report)), ""]
    machine = report["machine"]
    lines.append(
        f"{report['date']}, {machine['cpu']}, {machine['cores']} cores, Python {machine['python']}, NumPy"
        f" {machine['numpy']}; seed {report['seed']}; {_load(report)}. CP-SAT and HiGHS were told to stop after"
        f" {report['solver_seconds']:g} s. –: not run, a million pairs and more are too many for them, or time was out."
    )
    return "\n".join(lines)


def write(report: dict[str, Any], path: Path) -> None:
    """Put the figures between the marks of the README at `path`; leave it alone where it has none."""
    text = path.read_text(encoding="utf-8")
    between = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    path.write_text(between.sub(lambda _: f"{BEGIN}\n{section(report)}\n{END}", text), encoding="utf-8")


def _cell(row: dict[str, Any]) -> str:
    if row["note"].startswith("not run"):
        return "–"
    if row["gap"] is None:
        return row["note"] or f"score {row['objective']:,} in {row['seconds']:.1f} s"
    return f"{gap_words(row['gap'])} in {row['seconds']:.1f} s"


def _load(report: dict[str, Any]) -> str:
    """How busy the machine was when each market began: seconds on a busy machine say little of a quiet one."""
    loads = [market["run"]["load_average"][0] for market in report["markets"]]
    if not loads:
        return "no market"
    return f"load {min(loads):.1f} to {max(loads):.1f} from other work when the markets began"


def _shown(report: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in report["figures"] if each["numbers"]]
