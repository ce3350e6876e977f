"""One measured figure beside the markets: words for people, numbers for machines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np


def figure(key: str, name: str, value: str, note: str, **numbers: float) -> dict[str, Any]:
    return {"key": key, "name": name, "value": value, "note": note, "numbers": numbers}


def spread(milliseconds: Sequence[float]) -> dict[str, float]:
    """p50, p95, p99 and the greatest of them."""
    found = np.percentile(milliseconds, [50, 95, 99, 100])
    return dict(zip(("p50", "p95", "p99", "max"), (round(float(each), 3) for each in found), strict=True))
