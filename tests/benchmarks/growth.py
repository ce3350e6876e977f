"""How the time of our engine grows with the slots: the exponent of a power law through its runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tests.benchmarks.figure import figure
from tests.benchmarks.methods import OURS

CLOCKS = {"seconds": "seconds from file to plan", "cpu": "processor seconds of the whole command"}


def figures(markets: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """One figure for each tightness that was measured at two sizes or more, by the clock and by the processor. 1 is
    proportional.
    """
    points: dict[float, list[tuple[int, float, float]]] = {}
    for market in markets:
        for row in market["rows"]:
            if row["method"] == OURS and row["verified"] and row["cpu"]:
                found = points.setdefault(market["people_percent"], [])
                found.append((market["slots"], row["seconds"], row["cpu"]))
    return [_figure(percent, sorted(found)) for percent, found in points.items() if len(found) > 1]


def _figure(percent: float, found: list[tuple[int, float, float]]) -> dict[str, Any]:
    slots = [each[0] for each in found]
    numbers, words = {}, []
    for at, (clock, name) in enumerate(CLOCKS.items(), start=1):
        took = [each[at] for each in found]
        exponent = float(np.polyfit(np.log(slots), np.log(took), 1)[0])
        a_slot = (took[-1] / slots[-1]) / (took[0] / slots[0])
        numbers |= {f"{clock}_exponent": round(exponent, 3), f"{clock}_a_slot": round(a_slot, 3)}
        words.append(f"{name}: slots^{exponent:.2f}, {a_slot:.2f} x the time a slot")
    return figure(
        f"growth_{percent}",
        f"growth, {percent} % people",
        f"slots^{numbers['seconds_exponent']:.2f}",
        f"{slots[0]:,} to {slots[-1]:,} slots; {'; '.join(words)}",
        **numbers,
    )
