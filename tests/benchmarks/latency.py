"""How long a manager waits for the engine alone: a shortlist of 50, the next person for a freed slot.

In process, in memory, no database: `python -m tests.benchmarks.latency shortlist|refill|refill_chain PEOPLE SECONDS`
measures one of them in a process of its own and prints its JSON.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import numpy as np

from tests.benchmarks.figure import figure, spread
from tests.benchmarks.running import measured

SHORTLIST_OF = (690_000, 12_700_000)
QUICK = (50_000,)
K = 50


def shortlists(sizes: tuple[int, ...] = SHORTLIST_OF, seconds: float = 5) -> list[dict[str, Any]]:
    """Shortlists out of so many people each; what could not be measured says so."""
    out = []
    for people in sizes:
        print(f"  shortlists out of {people:,} people ...", flush=True)
        facts = _asked("shortlist", people, seconds, 90 + people / 30_000 + 6 * seconds)
        out.append(_figure(f"shortlist_{people}", f"shortlist of {K}, {people:,} people", facts))
    return out


def refills(people: int = 103_500, seconds: float = 5) -> list[dict[str, Any]]:
    """The next person for a freed slot of a solved market of so many people, of which everybody is confirmed; and of
    one of a quarter of the people, where up to three move who are not.
    """
    print("  refills ...", flush=True)
    out = []
    for key, share, name in (
        ("refill", 1, f"next person for a freed slot, {people:,} people"),
        ("refill_chain", 4, f"the same by chains of three, {people // 4:,} people"),
    ):
        facts = _asked(key, people // share, seconds, 200 + 6 * seconds)
        out.append(_figure(key, name, facts))
    return out


def _asked(what: str, people: int, seconds: float, limit: float) -> dict[str, Any]:
    argv = [sys.executable, "-m", "tests.benchmarks.latency", what, str(people), f"{seconds:g}"]
    done = measured(argv, limit)
    return done.facts | {"peak_mb": done.peak_mb} if done.ok else {"note": done.words or "not in time"}


def _figure(key: str, name: str, facts: dict[str, Any]) -> dict[str, Any]:
    if "p50" not in facts:
        return figure(key, name, "not measured", facts["note"])
    words = (
        f"p50 {facts['p50']:.2f} ms, p95 {facts['p95']:.2f}, p99 {facts['p99']:.2f}, max {facts['max']:.2f}"
    )
    note = f"in process, {facts['times']} times, {facts['peak_mb']:.0f} MB"
    note += f", made ready in {facts['built']:.1f} s" if "built" in facts else ""
    return figure(key, name, words, note, **facts)


def shortlist(people: int, seconds: float) -> dict[str, float]:
    """Milliseconds of `Index.best` for roles drawn from a nation's hubs, one after another, as a worker that holds
    the market in memory asks it; `built` seconds for the index.
    """
    from jobs.matching.candidates.index import Index
    from jobs.matching.generate import Scale, generate_market

    problem = generate_market(Scale(people=people, shoots=60, hubs=14, days=14), seed=1)
    Index(generate_market(Scale(people=300, shoots=2, hubs=14, days=14), seed=1)).best(
        0, K
    )  # compiled by now
    began = time.perf_counter()
    index = Index(problem)
    built = time.perf_counter() - began
    draw = np.random.Generator(np.random.PCG64(1))
    return _timed(lambda: index.best(int(draw.integers(problem.n_roles)), K), seconds) | {
        "built": round(built, 2)
    }


def refill(people: int, seconds: float, *, share: int = 1, longest: int = 1) -> dict[str, float]:
    """Milliseconds from somebody's dropping out of a solved market to whoever takes her place: everybody else keeps
    hers, or up to `longest` move. One drop follows another. `share`: the people are this part of a whole market's.
    """
    from jobs.matching import solve
    from jobs.matching.candidates.living import LivingPlan
    from jobs.matching.generate import Scale, generate_market

    shoots = max(1, round(527 * share * people / 103_500))  # as a hub has
    problem = generate_market(Scale(people=people, shoots=shoots, hubs=1, days=40), seed=1)
    placed = [tuple(each) for each in solve(problem, standby=0, seconds=5).assignments]
    began = time.perf_counter()
    movable = [each[:2] for each in placed] if longest > 1 else ()
    plan = LivingPlan(problem, placed, movable=movable, longest=longest)
    built = time.perf_counter() - began
    draw = np.random.Generator(np.random.PCG64(1))
    left = iter(draw.permutation(len(placed)).tolist())

    def drop_out() -> None:
        for each in left:
            if plan.holds(*placed[each][:2]):  # she may have moved, or been refused, meanwhile
                plan.drop_out(*placed[each][:2])
                return

    return _timed(drop_out, seconds) | {"built": round(built, 2)}


def refill_chain(people: int, seconds: float) -> dict[str, float]:
    """The same where people are a quarter and nobody is confirmed yet."""
    return refill(people, seconds, share=4, longest=3)


def _timed(act, seconds: float, most: int = 2_000) -> dict[str, float]:
    """The first call by itself: it may build what the others use."""
    took: list[float] = []
    end = None
    while end is None or (time.perf_counter() < end and len(took) < most) or len(took) < 3:
        began = time.perf_counter()
        act()
        took.append((time.perf_counter() - began) * 1000)
        end = end or time.perf_counter() + seconds
    first, *rest = took
    return spread(rest) | {"first": round(first, 3), "times": len(rest)}


if __name__ == "__main__":
    print(
        json.dumps(
            {"shortlist": shortlist, "refill": refill, "refill_chain": refill_chain}[sys.argv[1]](
                int(sys.argv[2]), float(sys.argv[3])
            )
        )
    )
