"""Tables of many people are kept as bits, and nothing can tell: rows, rules, plans, proofs and records are the same."""

import dataclasses

import numpy as np
import pytest

from jobs.matching import Problem, barriers, fairness, judging, replay, solve, verify
from jobs.matching import flags as kept
from jobs.matching.candidates import index
from jobs.matching.candidates.index import Index
from jobs.matching.flags import Flags, Levels
from jobs.matching.scoring import score
from tests.instances.wild import wild_problem

WIDE = ("wants", "willing", "languages", "free_day", "free_night", "stars")


def bits(table: np.ndarray) -> Flags:
    return Flags(np.packbits(table, axis=1), table.shape[1])


def as_bits(problem: Problem) -> Problem:
    p = problem.people
    columns = {name: bits(getattr(p, name)) for name in WIDE if name != "stars"}
    columns["skills"] = Levels(bits(p.skills & 1 > 0), bits(p.skills & 2 > 0))
    return dataclasses.replace(problem, people=dataclasses.replace(p, **columns))


@pytest.mark.parametrize(
    "key",
    [
        3,
        slice(None),
        slice(2, 9),
        np.array([4, 1, 1]),
        (np.array([4, 1]), 6),
        (5, slice(2, 8)),
        (np.array([4, 1]), slice(2, 8)),
        (2, np.array([0, 10, 3])),
        (np.array([4, 1]), np.array([0, 10])),
        (slice(None), np.array([True, False] * 5 + [True])),
        (slice(1, 4), np.array([0, 10])),
    ],
)
def test_rows_and_columns_are_those_of_the_array(key):
    table = np.random.default_rng(2).random((12, 11)) < 0.5
    levels = np.random.default_rng(3).integers(0, 4, (12, 11), np.uint8)
    held = Levels(bits(levels & 1 > 0), bits(levels & 2 > 0))
    for made, array in ((bits(table), table), (held, levels)):
        assert np.array_equal(made[key], array[key])
        assert made[key].dtype == array.dtype
        assert (made.shape, made.size, len(made), made.tolist()) == (
            array.shape,
            array.size,
            12,
            array.tolist(),
        )
        assert np.array_equal(np.asarray(made), array)
    assert np.array_equal(bits(table).copy(), table)


def test_only_many_rows_become_bits(monkeypatch):
    table = np.random.default_rng(2).random((100, 11)) < 0.5
    assert kept.flags(100, 11, lambda some: table[some]) is not None
    monkeypatch.setattr(kept, "PLAIN", 40)
    monkeypatch.setattr(kept, "CHUNK", 32)
    made = kept.flags(100, 11, lambda some: table[some])
    assert isinstance(made, Flags)
    assert np.array_equal(np.asarray(made), table)
    assert kept.in_chunks(70) == [(0, 32), (32, 64), (64, 70)]


@pytest.mark.parametrize("seed", range(4))
def test_a_problem_in_bits_is_the_same_problem(monkeypatch, seed):
    plain = wild_problem(seed, 60, 8, seed % 3)
    made = as_bits(plain)
    pairs = [(w, o) for w in range(60) for o in range(8)]
    assert [barriers(made, *pair) for pair in pairs] == [barriers(plain, *pair) for pair in pairs]
    assert [score(made, *pair) for pair in pairs] == [score(plain, *pair) for pair in pairs]
    for module in (index, judging):  # as if it were a nation
        monkeypatch.setattr(module, "PLAIN", 0)
    solution = solve(made, seed=seed)
    assert solution == solve(plain, seed=seed)
    assert verify(made, solution).breaches == ()
    assert fairness.report(made, solution) == fairness.report(plain, solution)
    back = replay.load(replay.dump(made, solution, seed))
    assert isinstance(back.problem.people.skills, Levels)
    assert back.solution == solution
    assert solve(back.problem, seed=seed) == solution


@pytest.mark.parametrize("seed", range(4))
def test_an_index_read_in_sections_answers_as_a_whole_one(monkeypatch, seed):
    monkeypatch.setattr(index, "SECTION", 1)
    made = wild_problem(seed, 60, 8, seed % 3)
    whole, thin = Index(made), Index(made, whole=False)
    told = []
    ours = thin.pairs(np.full(8, 5), seed=seed, tell=lambda done, total: told.append((done, total)))
    theirs = whole.pairs(np.full(8, 5), seed=seed)
    for name in ("first", "kept", "tau"):
        assert np.array_equal(getattr(ours, name), getattr(theirs, name))
    used = np.arange(40) % 5 < np.repeat(ours.kept, 5)
    assert np.array_equal(ours.person[used], theirs.person[used])
    assert np.array_equal(ours.score[used], theirs.score[used])
    assert told[-1] == (8, 8)
    assert (
        thin.counts().tolist()
        == whole.counts().tolist()
        == [thin.eligible(o, pinned=False) for o in range(8)]
    )
    for o in range(8):
        assert [x.tolist() for x in thin.best(o, 9)] == [x.tolist() for x in whole.best(o, 9)]
    assert [x.tolist() for x in thin.roles_of(3)] == [x.tolist() for x in whole.roles_of(3)]
