"""The site's bench with a hamlet for a nation: what it pours in can be read, matched and followed."""

import pytest
from django.utils import timezone

from jobs.models import Role
from jobs.queries import keeper, matching
from jobs.queries.snapshot import Snapshot
from tests.benchmarks.site import clearing, nation, snapshots
from tests.factories.hubs import LanguageFactory, RoleTypeFactory, SkillFactory
from tests.factories.jobs import CrewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hamlet(base):
    for make in (RoleTypeFactory, SkillFactory, LanguageFactory):
        make.create_batch(3)
    CrewFactory()
    nation.pour(400, roles=50, bookings=40, today=timezone.now().date())


def test_what_is_poured_in_is_a_market(hamlet):
    taken = Snapshot.load()
    assert (len(taken.base.people), len(taken.base.held), len(taken.roles)) == (400, 40, 50)
    assert len(taken.codes.hubs) == nation.HUBS
    role = Role.objects.select_related("role_type", "shoot__base__hub").order_by("pk")[0]
    asked = {"count": 400, "without": set(), "now": timezone.now()}
    with keeper.holding(taken):
        found = matching.best_now(role, **asked)
    assert 0 < len(found.best) < 400
    assert found.as_of == taken.as_of


def test_loading_and_following_are_measured(hamlet):
    (loaded,), (followed,) = list(snapshots.loading()), list(snapshots.keeping())
    assert set(loaded["numbers"]) == {"seconds", "ready", "mb"}
    assert set(followed["numbers"]) == {"ms", "idle"}


def test_clearing_the_country_is_measured_part_by_part(hamlet):
    done = clearing.once()
    assert done["people"] <= 400
    assert done["filled"] > 0
    assert 0 <= done["gap"] < 0.05
    assert {"load", "solve", "verify"} <= set(done["parts"])
