"""Every compiled loop on small problems, and what came out, as one JSON: `python -m tests.jobs.matching.everything`."""

import hashlib
import json
from dataclasses import asdict

import numpy as np

from jobs.matching import best_chain, best_people, best_roles, refill, solve, verify, what_if
from jobs.matching.candidates.index import Index, Pairs
from jobs.matching.candidates.living import LivingPlan
from jobs.matching.core.compiled import kernel
from jobs.matching.generate import Scale, generate_instance, generate_market
from jobs.matching.generate.shifts import generate_shifts
from jobs.matching.instance_clearing import clear_instance
from tests.instances.wild import wild_problem
from tests.jobs.matching.test_certificate import random_instance


def instances() -> list[str]:
    """Plans, prices and bounds of instances: a market plentiful and tight, rosters loose and full, pins, nobody."""
    small = Scale(people=600, shoots=4, hubs=2, days=30)
    made = [
        generate_instance(small, seed=3),
        generate_instance(small, tightness=0.25, seed=3),
        generate_shifts(90, tightness=0.9, density=0.3, seed=1),
        generate_shifts(60, tightness=1.0, density=0.2, seed=2),
        random_instance(11, 5, 5, 2),
        random_instance(1, 0, 3),
    ]
    out = []
    for instance in made:
        found = clear_instance(instance, seed=1, workers=2)
        plan = np.concatenate([found.plan.person, found.plan.role, found.plan.price])
        out.append(f"{found.objective} {found.bound} {hashlib.sha256(plan.tobytes()).hexdigest()[:12]}")
    return out


def problems(freed: bool = True) -> list[str]:
    """What a page and a worker ask of the engine, of problems with every rule in them and of a market; and who takes
    the places `freed` of a plan in memory.
    """
    out = []
    for problem in (
        wild_problem(5, 80, 12, 3),
        generate_market(Scale(people=400, shoots=3, hubs=2, days=20), seed=2),
    ):
        solution = solve(problem, 1)
        index = Index(problem)
        placed = [(each.person, each.role) for each in solution.assignments]
        roles = range(min(problem.n_roles, 12))
        living = LivingPlan(problem, solution, movable=placed, longest=4) if freed else None
        out += [
            str((verify(problem, solution).ok, len(placed), sum(each.score for each in solution.assignments))),
            *(str([each.tolist() for each in index.best(role, 7)]) for role in roles),
            *(str([np.asarray(each).tolist() for each in index.tally(role)]) for role in roles),
            str(kept(index.pairs(np.full(problem.n_roles, 4)))),
            str(index.counts().tolist()),
            *(str([asdict(each) for each in refill(problem, placed, role, 3)]) for role in roles),
            *(str(living.drop_out(*each)) for each in placed[:40] if living and living.holds(*each)),
            *(str([asdict(each) for each in best_people(problem, role, 3)]) for role in roles),
            *(str([asdict(each) for each in best_roles(problem, who, 3)]) for who in range(20)),
            *(str(best_chain(problem, who)) for who in range(20)),
            *(str(what_if(problem, role)) for role in roles),
        ]  # fmt: skip
    return out


def kept(pairs: Pairs) -> list[list[int]]:
    """People and scores; between the pairs of one role and those of the next nothing has been written."""
    places = [slice(first, first + count) for first, count in zip(pairs.first[:-1], pairs.kept, strict=True)]
    return [[*pairs.person[at].tolist(), *pairs.score[at].tolist()] for at in places]


@kernel
def _beyond(numbers, at):
    """Reads where nothing is, if nobody checks."""
    return numbers[at]


def is_checked() -> bool:
    """Whether an index beyond the end is refused."""
    try:
        _beyond(np.zeros(3), 3)
    except IndexError:
        return True
    return False


if __name__ == "__main__":
    print(json.dumps({"checked": is_checked(), "found": [*instances(), *problems()]}))
