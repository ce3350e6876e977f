"""Run one method: `python -m tests.benchmarks.peers METHOD INSTANCE PLAN SECONDS`; prints one line of JSON."""

import importlib
import json
import sys
import time

from tests.benchmarks.peers.task import Task, TooLarge, save

MODULES = {
    "greedy": "greedy",
    "first_come": "first_come",
    "deferred": "deferred",
    "flow": "flow_by_day",
    "cp_sat": "cp_sat",
    "highs": "highs",
}


def main(method: str, instance: str, plan: str, seconds: str) -> int:
    """Exit code 0 with a plan, 3 where the method cannot take on so much, 4 where it found none in time."""
    # By name, because a solver that is not installed here must not keep the others from running.
    place = importlib.import_module(f"tests.benchmarks.peers.{MODULES[method]}")
    began = time.perf_counter()
    task = Task.load(instance)
    try:
        pairs = place.plan(task, float(seconds))
    except TooLarge as reason:
        print(json.dumps({"note": str(reason)}))
        return 3
    if pairs is None:
        print(json.dumps({"note": "no plan in time"}))
        return 4
    facts = {"objective": int(task.score[pairs].sum()), "filled": len(pairs)}
    print(json.dumps(facts | {"seconds": round(time.perf_counter() - began, 3)}))
    save(task, pairs, plan)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
