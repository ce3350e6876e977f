"""Small markets and everything that can be said about them by trying."""

from itertools import combinations

import numpy as np
from hypothesis import strategies as st

from jobs.matching.core.graph import make_graph
from jobs.matching.core.roster import clash


def market(seed, people=4, roles=5, places=2, slots=2, days=8, top=100, even=False):
    """A graph drawn from `seed`, roles by start day."""
    draw = np.random.default_rng(seed)
    start = np.sort(draw.integers(0, days, roles))
    here = draw.random((people, roles)) < 0.6
    person, role = np.nonzero(here)
    buffer = np.where(np.eye(places, dtype=bool), 0, 1)
    return make_graph(
        n_people=people,
        start=start,
        end=start + draw.integers(0, 3, roles),
        place=draw.integers(0, places, roles),
        slots=np.ones(roles, int) if even else draw.integers(1, slots + 1, roles),
        buffer=buffer,
        person=person,
        role=role,
        score=np.ones(len(person), int) if even else draw.integers(1, top + 1, len(person)),
    )


def schedules(graph, w):
    """All sets of pairs that person w can do together."""
    pairs = range(int(graph.first_of[w]), int(graph.first_of[w + 1]))
    return [
        some
        for n in range(len(pairs) + 1)
        for some in combinations(pairs, n)
        if not any(clash(graph, graph.role[a], graph.role[b]) for a, b in combinations(some, 2))
    ]


def best_total(graph):
    """The greatest score of all plans."""
    best = {tuple(graph.info[:, 3].tolist()): 0}
    for w in range(graph.n_people):
        after = {}
        for slots, value in best.items():
            for some in schedules(graph, w):
                left = list(slots)
                for k in some:
                    left[graph.role[k]] -= 1
                if min(left, default=0) >= 0:
                    worth = value + sum(int(graph.score[k]) for k in some)
                    after[tuple(left)] = max(after.get(tuple(left), 0), worth)
        best = after
    return max(best.values())


seeds = st.integers(0, 10_000)


def faults(graph, roster):
    """What no roster may have: too many on a role, or two roles of one person that clash."""
    out = [o for o in range(graph.n_roles) if roster.filled[o] > graph.info[o, 3]]
    for w in range(graph.n_people):
        mine = roster.doing[roster.first[w] : roster.first[w] + roster.count[w]].tolist()
        out += [(w, a, b) for i, a in enumerate(mine) for b in mine[:i] if clash(graph, a, b)]
    return out
