"""Some people before some roles, beside a plan: the same as the rules say of the whole."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.matching.candidates import index
from jobs.matching.candidates.index import Index
from jobs.matching.candidates.part import part_of
from jobs.matching.conflicts import clash
from jobs.matching.flags import Flags, Levels
from tests.instances.wild import wild_problem
from tests.jobs.matching.candidates.test_index import by_the_rules
from tests.jobs.matching.test_flags import as_bits

SEED = 6


def some_plan(made, seed):
    """(person, role), anybody of a list on it: nobody asks here whether it is a plan that may be."""
    draw = np.random.default_rng(seed)
    pairs = Index(made).pairs(np.full(made.n_roles, 5), seed=seed)
    used = np.flatnonzero((np.arange(5) < pairs.kept[:, None]).ravel())
    used = used[draw.random(len(used)) < 0.5]
    return pairs.person[used].astype(np.int64), used // 5


def left_by_the_rules(made, o, people, plan):
    """Who of `people` may take role o, best first, whom neither a pin on it nor the plan keeps from it."""
    person, role = plan
    rows, points = by_the_rules(made, o, SEED)
    pinned = set(made.pin_person[made.pin_role == o].tolist())
    return [
        (w, s)
        for w, s in zip(rows, points, strict=True)
        if w in people and w not in pinned and not any(clash(made, o, f) for f in role[person == w].tolist())
    ]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6), people=st.integers(1, 60), pins=st.integers(0, 7))
def test_a_part_beside_a_plan_keeps_the_rules_of_the_whole(seed, people, pins):
    made = wild_problem(seed, people, 8, pins)
    plan, draw = some_plan(made, seed), np.random.default_rng(seed)
    mine = np.flatnonzero(draw.random(made.n_people) < 0.7)
    roles = np.flatnonzero(draw.random(made.n_roles) < 0.5)
    part = part_of(made, mine, roles, plan)
    pairs = Index(part).pairs(np.full(part.n_roles, 60), seed=SEED)
    assert part.roles.role_ids[: len(roles)].tolist() == made.roles.role_ids[roles].tolist()
    for at, o in enumerate(roles.tolist()):
        rows = slice(pairs.first[at], pairs.first[at] + pairs.kept[at])
        found = list(zip(mine[pairs.person[rows]].tolist(), pairs.score[rows].tolist(), strict=True))
        assert found == left_by_the_rules(made, o, set(mine.tolist()), plan)


@pytest.mark.parametrize("seed", range(3))
def test_tables_kept_in_bits_stay_in_bits_and_say_the_same(seed, monkeypatch):
    made = wild_problem(seed, 300, 8, 2)
    plan, mine = some_plan(made, seed), np.arange(0, 300, 2)
    plain = part_of(made, mine, np.arange(4), plan)
    monkeypatch.setattr(index, "PLAIN", 0)  # lists read section by section
    packed = part_of(as_bits(made), mine, np.arange(4), plan)
    assert isinstance(packed.people.wants, Flags)
    assert isinstance(packed.people.skills, Levels)
    found = [index.index_of_one(each).pairs(np.full(each.n_roles, 9), seed=SEED) for each in (plain, packed)]
    assert [each.tolist() for each in found[0][:2]] == [each.tolist() for each in found[1][:2]]
    used = (np.arange(9) < found[0].kept[:, None]).ravel()
    assert found[0].person[used].tolist() == found[1].person[used].tolist()
