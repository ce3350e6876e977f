"""Synthetic markets: the sizes they promise, the same on every machine, pairs as the rules say."""

import dataclasses
import hashlib

import numpy as np
import pytest

from jobs.matching.columns import People
from jobs.matching.eligibility import eligible_people
from jobs.matching.generate import SCALES, Scale, generate_instance, generate_market
from jobs.matching.generate.pairs import pairs_of
from jobs.matching.generate.people import make_people
from jobs.matching.generate.roles import make_roles
from jobs.matching.scoring import scores

SMALL = Scale(people=900, shoots=6, hubs=3, days=40)


def test_pairs_and_scores_are_those_of_the_rules():
    made = generate_market(SMALL, seed=3)
    person, role, score = pairs_of(made)
    expected = [eligible_people(made, each) for each in range(made.n_roles)]
    assert len(person) > 500
    assert person.tolist() == np.concatenate(expected).tolist()
    assert role.tolist() == np.repeat(np.arange(made.n_roles), [len(rows) for rows in expected]).tolist()
    points = [scores(made, each, rows) for each, rows in enumerate(expected)]
    assert score.tolist() == np.concatenate(points).tolist()


def test_the_best_so_many_of_each_role_are_kept():
    made = generate_market(SMALL, seed=3)
    all_pairs, kept = pairs_of(made), pairs_of(made, keep=np.full(made.n_roles, 7), seed=3)
    for role in range(made.n_roles):
        points = np.sort(all_pairs[2][all_pairs[1] == role])[::-1][:7]
        assert np.sort(kept[2][kept[1] == role])[::-1].tolist() == points.tolist()
        assert len(np.unique(kept[0][kept[1] == role])) == len(points)


@pytest.mark.parametrize("name", [name for name, scale in SCALES.items() if scale.slots])
def test_roles_and_slots_are_the_promised_numbers(name):
    roles = make_roles(1, SCALES[name])
    assert (len(roles.start), int(roles.headcount.sum())) == (SCALES[name].roles, SCALES[name].slots)
    assert roles.headcount.min() >= 1
    assert int(roles.end.max()) < SCALES[name].days


def test_demand_is_a_tenth_of_the_days_people_have():
    made = generate_market(SCALES["eighth-hub"], seed=1)
    r = made.roles
    work = int(((r.end - r.start + 1) * r.headcount).sum())
    assert 0.085 < work / made.people.free_day.sum() < 0.105


def test_tightness_is_the_share_of_people_that_is_there():
    full, tight = generate_market(SMALL, seed=1), generate_market(SMALL, tightness=0.1, seed=1)
    assert (full.n_people, tight.n_people) == (900, 90)
    assert tight.roles.start.tolist() == full.roles.start.tolist()
    names = [f.name for f in dataclasses.fields(People) if not f.name.startswith("booked")]
    assert all((getattr(full.people, n)[:90] == getattr(tight.people, n)).all() for n in names)


def test_threads_change_nothing(monkeypatch):
    monkeypatch.setattr("jobs.matching.generate.people.BLOCK", 100)
    many, one = make_people(5, 900, SMALL, workers=4), make_people(5, 900, SMALL, workers=1)
    for field in dataclasses.fields(People):
        assert getattr(many, field.name).tolist() == getattr(one, field.name).tolist()


def test_an_instance_is_the_same_on_every_machine():
    made = generate_instance(SMALL, tightness=0.3, seed=9)
    told = hashlib.sha256()
    for field in dataclasses.fields(made)[1:]:
        told.update(np.ascontiguousarray(getattr(made, field.name)).astype("<i4").tobytes())
    assert told.hexdigest()[:16] == "ae51b45f2c676df6"
