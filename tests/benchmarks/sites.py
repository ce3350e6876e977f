"""The site's figures, measured in a process of its own, so that Django never meets the rest of the bench."""

from __future__ import annotations

import sys
from typing import Any

from tests.benchmarks.figure import figure
from tests.benchmarks.running import measured

LIMIT = 600.0


def figures(left: float = LIMIT) -> list[dict[str, Any]]:
    print("  the site on real servers ...", flush=True)
    done = measured([sys.executable, "-m", "tests.benchmarks.site"], min(LIMIT, max(left, 1.0)))
    if not done.ok or "figures" not in done.facts:
        return [figure("site", "site on real servers", "not available", done.words[:120] or "not in time")]
    return list(done.facts["figures"])
