"""The site's figures, measured in a process of its own, so that Django never meets the rest of the bench."""

from __future__ import annotations

import sys
from typing import Any

from tests.benchmarks.figure import figure
from tests.benchmarks.running import measured

LIMIT = 900.0


def figures(left: float = LIMIT) -> list[dict[str, Any]]:
    print("  the site on real servers ...", flush=True)
    done = measured([sys.executable, "-m", "tests.benchmarks.site"], min(LIMIT, max(left, 1.0)))
    found = list(done.facts.get("figures", ()))  # of what was measured, though it did not come to its end
    if not done.ok:
        words = done.words[:120] if done.in_time else f"stopped after {done.seconds:.0f} s"
        found.append(figure("site", "site on real servers", "not whole" if found else "not available", words))
    return found
