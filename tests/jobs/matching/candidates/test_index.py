"""The compiled lists against the rules, one by one: the same people, the same scores, the same order."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.matching import Weights, best_people, best_roles, eligible_people, what_if
from jobs.matching.candidates import index_of, packing
from jobs.matching.candidates.index import Index
from jobs.matching.candidates.postings import CHUNK
from jobs.matching.scoring import scores
from jobs.matching.shortlist import ranking
from tests.instances.small import day, person, problem, role
from tests.instances.wild import wild_problem
from tests.jobs.matching.test_solving import shuffled

MANY = settings(max_examples=150, deadline=None, derandomize=True)


def by_the_rules(made, o, seed):
    """Everybody for one role, best first, as the rules say."""
    rows = eligible_people(made, o)
    points = scores(made, o, rows)
    order = ranking(made, o, rows, points, seed)
    return rows[order].tolist(), points[order].tolist()


@MANY
@given(seed=st.integers(0, 10**6), people=st.integers(1, 60), pins=st.integers(0, 7), k=st.integers(0, 20))
def test_the_best_are_those_of_the_rules(seed, people, pins, k):
    made = wild_problem(seed, people, 8, pins)
    index = Index(made)
    for o in range(made.n_roles):
        rows, points = by_the_rules(made, o, seed)
        found = index.best(o, k, seed=seed)
        assert (found[0].tolist(), found[1].tolist()) == (rows[:k], points[:k])
        assert index.eligible(o) == len(rows)


@MANY
@given(seed=st.integers(0, 10**6), people=st.integers(1, 60), pins=st.integers(0, 7), k=st.integers(0, 6))
def test_pairs_leave_out_pins_and_say_the_best_score_left_out(seed, people, pins, k):
    made = wild_problem(seed, people, 8, pins)
    index = Index(made)
    pairs = index.pairs(np.full(made.n_roles, k), seed=seed)
    pinned = set(zip(made.pin_person.tolist(), made.pin_role.tolist(), strict=True))
    counts = index.counts()
    for o in range(made.n_roles):
        rows, points = by_the_rules(made, o, seed)
        free = [(w, s) for w, s in zip(rows, points, strict=True) if (w, o) not in pinned]
        at = slice(pairs.first[o], pairs.first[o] + pairs.kept[o])
        kept = list(zip(pairs.person[at].tolist(), pairs.score[at].tolist(), strict=True))
        assert kept == free[:k]
        assert pairs.tau[o] == max((s for _, s in free[k:]), default=0)
        assert counts[o] == len(free)


def test_many_people_in_stretches_and_with_every_bit():
    """More people than a stretch, and days and skills beyond the first word."""
    made = wild_problem(5, 900, 12, 2)
    wide = {
        "free_day": np.repeat(made.people.free_day, 7, axis=1),
        "free_night": np.repeat(made.people.free_night, 7, axis=1),
    }
    moved = {"start": made.roles.start * np.int32(7), "end": made.roles.end * np.int32(7) + np.int32(6)}
    wider = dataclasses.replace(
        made,
        days=made.days * 7,
        people=dataclasses.replace(made.people, **wide),
        roles=dataclasses.replace(made.roles, **moved),
    )
    for each in (made, wider):
        index = Index(each)
        for o in range(each.n_roles):
            rows, points = by_the_rules(each, o, 3)
            assert [x.tolist() for x in index.best(o, 20, seed=3)] == [rows[:20], points[:20]]


def studied(made, times):
    """The same with every skill `times` over, so that roles name many, and everybody wants everything everywhere."""
    wide = {"skills": np.tile(made.people.skills, times)}
    wide |= {name: np.ones_like(getattr(made.people, name)) for name in ("wants", "willing")}
    asked = {name: np.tile(getattr(made.roles, name), times) for name in ("must", "nice")}
    skills = tuple(f"{code}-{n}" for n in range(times) for code in made.vocabulary.skills)
    return dataclasses.replace(
        made,
        vocabulary=dataclasses.replace(made.vocabulary, skills=skills),
        people=dataclasses.replace(made.people, **wide),
        roles=dataclasses.replace(made.roles, **asked),
    )


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("times", [1, 13])
def test_long_lists_are_left_where_nobody_can_reach_the_best(times, whole):
    made = studied(wild_problem(11, 1000, 12, 3), times)
    index = Index(made, whole=whole)
    pinned = set(zip(made.pin_person.tolist(), made.pin_role.tolist(), strict=True))
    for k in (1, 7, 60):
        pairs = index.pairs(np.full(made.n_roles, k), seed=6)
        for o in range(made.n_roles):
            rows, points = by_the_rules(made, o, 6)
            free = [(w, s) for w, s in zip(rows, points, strict=True) if (w, o) not in pinned]
            at = slice(pairs.first[o], pairs.first[o] + pairs.kept[o])
            assert list(zip(pairs.person[at].tolist(), pairs.score[at].tolist(), strict=True)) == free[:k]
            assert pairs.tau[o] == max((s for _, s in free[k:]), default=0)


LATE = {
    "it would be her first job": {"credits": 0, "role": {"entry_level": True}},
    "her last shoot was here": {"last_hub": "zhengzhou", "last_end": day(-3)},
    "she was with this crew last": {"last_company": "north"},
    "the crew has marked her": {"known": {"marks": [(999, "north", 6)]}},
    "she has starred the crew": {"known": {"stars": [(999, "north")]}},
    "she has starred this work": {"starred_types": {"gaffer"}},
    "she has the skill": {"skills": {"lighting": 3}},
    "she asks for less": {"rate_floor": 100, "others": {"rate_floor": 400}},
}


@pytest.mark.parametrize("why", LATE)
def test_somebody_late_in_the_list_is_found_who_is_the_best_for_one_reason(why):
    """A chunk of people who bring more to every role stands before her. All are paid as well as can be, so without
    this one reason nothing that may be hoped of her is enough.
    """
    bent = {"rate_floor": 0} | LATE[why]
    asked, known, others = (bent.pop(name, {}) for name in ("role", "known", "others"))
    people = [person(id=n, **{"rate_floor": 0} | others) for n in range(1, CHUNK + 1)]
    made = problem([*people, person(id=999, reliability=140, **bent)], [role(**asked)], **known)
    index = Index(made)
    assert index.crowd.member[index.crowd.first[0] + len(people)] == len(people)
    found, points = index.best(0, 1)
    assert (found.tolist(), points.tolist()) == ([len(people)], [int(scores(made, 0, found)[0])])
    assert points[0] > scores(made, 0, np.arange(len(people))).max()
    for k in (1, 3):
        rows, expected = by_the_rules(made, 0, 0)
        assert [x.tolist() for x in index.best(0, k)] == [rows[:k], expected[:k]]


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_neither_threads_nor_the_order_of_rows_change_a_pair(workers):
    made = wild_problem(9, 300, 20, 2)
    other = shuffled(made, 4)
    found = []
    for each in (made, other):
        pairs = Index(each, workers=workers).pairs(np.full(each.n_roles, 5), seed=2, workers=workers)
        ids, roles = each.people.person_ids, each.roles.role_ids.tolist()
        found.append(
            {
                role: (
                    ids[pairs.person[pairs.first[o] : pairs.first[o] + pairs.kept[o]]].tolist(),
                    int(pairs.tau[o]),
                )
                for o, role in enumerate(roles)
            }
        )
    assert found[0] == found[1]


@pytest.mark.parametrize("some", [1, 3, 7, 20])
def test_roles_are_packed_alike_however_many_at_a_time(some, monkeypatch):
    made = wild_problem(5, 30, 20, 3)
    at_once = Index(made).openings
    monkeypatch.setattr(packing, "SOME", some)
    for one, other in zip(at_once, Index(made).openings, strict=True):
        assert one.tolist() == other.tolist()


@MANY
@given(seed=st.integers(0, 10**6), people=st.integers(1, 60), pins=st.integers(0, 7))
def test_the_lists_that_are_asked_for_are_enough(seed, people, pins):
    made = wild_problem(seed, people, 8, pins)
    limit = np.full(made.n_roles, 4)
    whole, asked = (Index(made, whole=each) for each in (True, False))
    assert len(asked.crowd.member) <= len(whole.crowd.member)
    one, other = (each.pairs(limit, seed=seed) for each in (whole, asked))
    assert (one.kept.tolist(), one.tau.tolist()) == (other.kept.tolist(), other.tau.tolist())
    for low, kept in zip(one.first[:-1].tolist(), one.kept.tolist(), strict=True):
        assert one.person[low : low + kept].tolist() == other.person[low : low + kept].tolist()
        assert one.score[low : low + kept].tolist() == other.score[low : low + kept].tolist()


@MANY
@given(seed=st.integers(0, 10**6), people=st.integers(1, 40), pins=st.integers(0, 7))
def test_what_if_and_best_roles_are_those_of_the_rules(seed, people, pins):
    made = wild_problem(seed, people, 8, pins)
    plain = [what_if(made, o) for o in range(made.n_roles)]
    roles = [best_roles(made, w, 5, seed=seed) for w in range(made.n_people)]
    listed = [best_people(made, o, 4, seed=seed) for o in range(made.n_roles)]
    assert not made.is_large
    assert index_of(made).problem is made
    assert index_of(made) is index_of(made)
    assert made.is_large
    assert [what_if(made, o) for o in range(made.n_roles)] == plain
    assert [best_roles(made, w, 5, seed=seed) for w in range(made.n_people)] == roles
    assert [best_people(made, o, 4, seed=seed) for o in range(made.n_roles)] == listed


def test_weights_of_nothing_leave_a_point():
    nothing = Weights(**dict.fromkeys(Weights.__dataclass_fields__, 0))
    made = problem([person(id=i) for i in range(1, 9)], [role()], weights=nothing)
    people, points = Index(made).best(0, 3)
    assert points.tolist() == [1, 1, 1]
    assert people.tolist() == [c.person for c in best_people(made, 0, 3)]


@pytest.mark.parametrize(("people", "roles"), [([], [role()]), ([person()], []), ([], [])])
def test_nobody_or_nothing(people, roles):
    made = problem(people, roles)
    index = Index(made)
    assert index.pairs(np.full(made.n_roles, 3)).kept.sum() == 0
    assert index.counts().sum() == 0
