"""The proof of instances: any prices prove a bound, more of anything never proves less, and neither threads nor the
order of rows leave a trace.
"""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.matching.certificate import best_value
from jobs.matching.generate import Scale, generate_instance
from jobs.matching.instance import Instance, PlanFile, save_plan
from jobs.matching.instance_clearing import clear_instance
from jobs.matching.verification import verify_instance
from tests.jobs.matching.brute_force import best_of_instance

SMALL = settings(max_examples=80, deadline=None, derandomize=True)
INSTANCES = st.builds(
    lambda seed, people, roles, pins: random_instance(seed, people, roles, pins),
    st.integers(0, 10**6),
    st.integers(0, 5),
    st.integers(0, 5),
    st.integers(0, 2),
)


def random_instance(seed, people, roles, pins=0):
    """Few people and roles at two places a day apart, with many clashes and a pin or two."""
    draw = np.random.default_rng(seed)
    start = draw.integers(0, 8, roles)
    pairs = [(w, o) for w in range(people) for o in range(roles) if draw.random() < 0.7]
    made = Instance(
        people,
        *(ints(column) for column in (start, start + draw.integers(0, 4, roles), draw.integers(0, 2, roles))),
        ints(draw.integers(1, 3, roles)),
        ints([[0, 1], [1, 0]]),
        ints([w for w, _ in pairs]),
        ints([o for _, o in pairs]),
        ints(draw.integers(1, 30, len(pairs))),
    )
    some = [(w, w) for w in range(min(pins, people, roles))]  # each on a role of her own, listed or not
    return dataclasses.replace(
        made, pin_person=ints([w for w, _ in some]), pin_role=ints([o for _, o in some])
    )


def ints(values):
    return np.array(values, np.int32)


@SMALL
@given(INSTANCES)
def test_a_plan_lies_between_nothing_and_the_best_and_the_best_below_the_bound(made):
    cleared = clear_instance(made)
    verdict = verify_instance(made, cleared.plan)
    assert verdict.breaches == ()
    assert (verdict.objective, verdict.bound) == (cleared.objective, cleared.bound)
    assert cleared.objective <= best_of_instance(made) <= cleared.bound
    held = set(zip(cleared.plan.person.tolist(), cleared.plan.role.tolist(), strict=True))
    assert set(zip(made.pin_person.tolist(), made.pin_role.tolist(), strict=True)) <= held


def test_most_small_instances_are_solved_to_the_optimum():
    made = [random_instance(seed, 5, 5, seed % 3) for seed in range(80)]
    assert sum(clear_instance(each).objective == best_of_instance(each) for each in made) >= 78


@SMALL
@given(INSTANCES, st.data())
def test_any_prices_from_nothing_up_prove_a_bound(made, data):
    m = len(made.role_start)
    prices = data.draw(st.lists(st.integers(0, 60) | st.integers(0, 10**9), min_size=m, max_size=m))
    nobody = PlanFile(made.pin_person, made.pin_role, np.array(prices, np.int64))
    verdict = verify_instance(made, nobody)
    assert verdict.breaches == ()
    assert verdict.bound >= best_of_instance(made)


@SMALL
@given(INSTANCES.filter(lambda made: len(made.role_start)), st.data())
def test_a_price_below_nothing_proves_nothing(made, data):
    price = np.zeros(len(made.role_start), np.int64)
    at = data.draw(st.integers(0, len(price) - 1))
    price[at] = -1
    verdict = verify_instance(made, PlanFile(made.pin_person, made.pin_role, price))
    assert ([b.rule for b in verdict.breaches], verdict.bound) == (["wrong_prices"], None)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(INSTANCES.filter(lambda made: len(made.role_start)), st.data())
def test_more_slots_or_one_more_person_never_cost(made, data):
    best, cleared = best_of_instance(made), clear_instance(made)
    role = data.draw(st.integers(0, len(made.role_start) - 1))
    headcount = made.role_headcount.copy()
    headcount[role] += 1
    wider = dataclasses.replace(made, role_headcount=headcount)
    joined = dataclasses.replace(
        made,
        n_people=made.n_people + 1,
        pair_person=np.append(made.pair_person, np.int32(made.n_people)),
        pair_role=np.append(made.pair_role, np.int32(role)),
        pair_score=np.append(made.pair_score, np.int32(9)),
    )
    for more in (wider, joined):
        assert best_of_instance(more) >= best
        assert clear_instance(more).bound >= best
        assert clear_instance(more).objective >= cleared.objective - best // 20


@pytest.mark.parametrize("tightness", [1.0, 0.15])
def test_neither_threads_nor_row_order_leave_a_trace(tmp_path, tightness):
    """One thread, four, and two with the pairs in another order: the same bytes."""
    made = generate_instance(Scale(people=1_500, shoots=8, hubs=2, days=40), tightness=tightness, seed=4)
    order = np.random.default_rng(1).permutation(len(made.pair_person))
    mixed = {name: getattr(made, name)[order] for name in ("pair_person", "pair_role", "pair_score")}
    for name, each, workers in (("a", made, 1), ("b", made, 4), ("c", dataclasses.replace(made, **mixed), 2)):
        save_plan(clear_instance(each, seed=2, workers=workers).plan, tmp_path / name)
    assert len({(tmp_path / name).read_bytes() for name in "abc"}) == 1


@SMALL
@given(st.integers(0, 10**6))
def test_the_two_schedulers_of_the_referee_agree(seed):
    """Plain Python for problems, a compiled loop for files: one definition."""
    from jobs.matching.audit import best_values

    draw = np.random.default_rng(seed)
    n = int(draw.integers(0, 14))
    start, place, profit = draw.integers(0, 12, n), draw.integers(0, 2, n), draw.integers(1, 50, n)
    end, buffer = start + draw.integers(0, 4, n), np.array([[0, 2], [1, 1]], np.int32)
    rows = zip(profit.tolist(), zip(start.tolist(), end.tolist(), place.tolist(), strict=True), strict=True)
    one = best_values(np.zeros(n, np.int32), start, end, place, profit, buffer)
    assert one == best_value(rows, buffer.tolist())
