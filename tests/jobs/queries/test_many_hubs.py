"""Seventy hubs: everything that ranks works in the last of them as in the first, from the tables and from memory."""

import pytest

from jobs import matching as engine
from jobs.models import CodeBit, PersonColumns
from jobs.queries import columns, keeper, matching
from jobs.queries.packed import ANYWHERE, PERSON
from jobs.queries.snapshot import Snapshot
from profiles.models import Profile
from tests.factories.hubs import BaseFactory, HubFactory
from tests.factories.jobs import RoleFactory, ShootFactory
from tests.factories.profiles import ProfileFactory, fits

pytestmark = pytest.mark.django_db
HUBS = 70


@pytest.fixture
def far(role):
    """A role in the seventieth hub."""
    hubs = [HubFactory() for _each in range(HUBS)]
    return RoleFactory(shoot=ShootFactory(base=BaseFactory(hub=hubs[-1])), role_type=role.role_type)


def test_people_are_found_in_the_last_of_seventy_hubs(far, now):
    profile = fits(ProfileFactory(), far)
    profile.willing_hubs.set([far.shoot.base.hub])
    elsewhere = fits(ProfileFactory(), far)
    elsewhere.willing_hubs.clear()
    Profile.objects.filter(pk=elsewhere.pk).update(home_hub=None)
    bit = CodeBit.objects.get(kind=CodeBit.Kind.HUB, subject_id=far.shoot.base.hub_id).position
    assert 64 < bit < ANYWHERE
    given = {"count": 9, "without": set(), "now": now}
    slow = [each.pk for each, _score in matching.best_now(far, **given).best]
    with keeper.holding(Snapshot.load()):
        quick = [each.pk for each, _score in matching.best_now(far, **given).best]
        hers = [pair.role.pk for pair in matching.for_me(profile=profile, now=now, count=9, misses=9).ranked]
    assert (slow, quick, hers) == ([profile.pk], [profile.pk], [far.pk])
    problem = matching.load_problem(far.shoot, now)
    assert engine.verify(problem, engine.solve(problem)).ok


def test_every_row_of_a_person_is_as_wide_as_the_reader_thinks(far):
    fits(ProfileFactory(), far)
    assert {len(row) for row in PersonColumns.objects.values_list("data", flat=True)} == {PERSON.itemsize}
    assert (PERSON.itemsize, len(columns.everybody())) == (256, PersonColumns.objects.count())
