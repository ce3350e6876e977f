"""How the time of our engine grows with the slots: the exponent of a power law through its runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tests.benchmarks.figure import figure
from tests.benchmarks.methods import OURS


def figures(markets: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """One figure for each tightness that was measured at two sizes or more. 1 is proportional."""
    points: dict[float, list[tuple[int, float]]] = {}
    for market in markets:
        for row in market["rows"]:
            if row["method"] == OURS and row["verified"]:
                points.setdefault(market["people_percent"], []).append((market["slots"], row["seconds"]))
    out = []
    for percent, found in points.items():
        if len(found) < 2:
            continue
        slots, seconds = np.log(np.array(found, np.float64)).T
        exponent = float(np.polyfit(slots, seconds, 1)[0])
        sizes = " to ".join(f"{size:,}" for size, _ in (min(found), max(found)))
        out.append(
            figure(
                f"growth_{percent}",
                f"growth, {percent} % people",
                f"slots^{exponent:.2f}",
                f"seconds from file to plan, {sizes} slots; {_a_slot(found):.2f} x the time a slot",
                exponent=round(exponent, 3),
                per_slot=round(_a_slot(found), 3),
            )
        )
    return out


def _a_slot(found: Sequence[tuple[int, float]]) -> float:
    """Seconds a slot of the largest market over those of the smallest."""
    (few, first), (many, last) = min(found), max(found)
    return (last / many) / (first / few)
