"""Loops that are compiled when somebody waits for them although the engine was warmed up: `python -m` prints them."""

import gc
import json

import numpy as np
from numba.core.registry import CPUDispatcher

from jobs.matching.core import warming
from jobs.matching.core.around import clear_around
from jobs.matching.core.clearing import clear
from jobs.matching.instance_clearing import clear_instance
from tests.jobs.matching.core.markets import market
from tests.jobs.matching.everything import instances, problems
from tests.jobs.matching.test_certificate import random_instance


def compiled() -> set[str]:
    """Loops of the engine and what each was compiled for."""
    loops = [each for each in gc.get_objects() if isinstance(each, CPUDispatcher)]
    return {
        f"{loop.py_func.__module__}.{loop.py_func.__name__}{kinds}"
        for loop in loops
        if loop.py_func.__module__.startswith("jobs.matching.")
        and not loop.py_func.__module__.startswith("jobs.matching.generate.")
        for kinds in loop.nopython_signatures
    }


if __name__ == "__main__":
    warming.load()
    before = compiled()
    instances()
    problems(freed=False)
    clear_instance(random_instance(11, 9, 9, 2), seconds=0.5)
    graph = market(8, people=400, roles=60, days=30)
    plan, nobody = clear(graph), np.zeros(graph.n_people, bool)
    clear_around(graph, plan, nobody, np.ones(graph.n_roles, int), np.zeros(graph.n_roles, int))
    print(json.dumps(sorted(compiled() - before)))
