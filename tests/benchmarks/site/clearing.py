"""The month of the country from rows to a plan the referee has checked: what the nightly run does until it publishes.

`python -m tests.benchmarks.site.clearing` does it once in a process of its own, on the database of DATABASE_URL, and
prints one JSON line; peak memory is that process's.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any

from tests.benchmarks.figure import figure
from tests.benchmarks.running import measured
from tests.benchmarks.site.world import database_url

LIMIT = 240.0


def figures() -> list[dict[str, Any]]:
    done = measured([sys.executable, "-m", __name__], LIMIT, DATABASE_URL=database_url())
    if not done.ok:
        words = (
            done.words[:120] if done.in_time else f"stopped after {done.seconds:.0f} s, {done.peak_mb:.0f} MB"
        )
        return [figure("nation_rows", NAME, "FAILED" if done.in_time else "not whole", words)]
    said = done.facts
    parts = ", ".join(f"{name} {seconds:.1f}" for name, seconds in said["parts"].items())
    note = f"{said['people']:,} people, {said['slots']:,} places, {said['filled']:,} filled, checked by the referee; "
    note += f"{done.peak_mb:.0f} MB at its peak, {said['cpu']:.0f} s of CPU; seconds: {parts}"
    value = f"{said['seconds']:.1f} s, gap {100 * said['gap']:.3f} %"
    numbers = {name: said[name] for name in ("seconds", "cpu", "gap", "people", "slots", "filled")}
    return [figure("nation_rows", NAME, value, note, peak_mb=done.peak_mb, **numbers)]


NAME = "the country's month, rows to a checked plan"


def once() -> dict[str, Any]:
    """Load the market of the country, solve it and have it checked, as the market run does; seconds by part."""
    from django.db import connection
    from django.utils import timezone

    from jobs.queries import clearing as questions
    from jobs.services import parts as publishing
    from jobs.services import proposals
    from jobs.services.solving import work_out

    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
    now = timezone.now()
    parts: dict[str, float] = {}
    began = last = time.perf_counter()
    phase = "load"

    def tell(which: str, done: int, total: int) -> None:
        nonlocal last, phase
        if which != phase:
            moment = time.perf_counter()
            parts[phase] = parts.get(phase, 0.0) + moment - last
            last, phase = moment, which

    market = questions.load_market(None, questions.window_from(now), now)
    problem = market.problem
    tell("solve", 0, 1)
    longest = proposals.longest_list(problem, publishing.CLOSE_BEHIND)
    outcome = work_out(
        problem, seed=1, last=questions.last_time(market.shoots),
        standby=min(longest, publishing.STANDBY_AT_MOST), tell=tell,
    )  # fmt: skip
    tell("", 0, 1)
    if not outcome.verdict.ok:
        raise RuntimeError(f"the referee found {outcome.verdict.breaches[:3]}")
    return {
        "seconds": time.perf_counter() - began, "cpu": time.process_time(), "parts": parts,
        "gap": outcome.verdict.gap, "people": problem.n_people, "slots": int(problem.roles.headcount.sum()),
        "filled": len(outcome.solution.assignments),
    }  # fmt: skip


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.site.settings")
    import django

    django.setup()
    print(json.dumps(once()))
