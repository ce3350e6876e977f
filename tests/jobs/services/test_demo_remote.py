"""The demo market shows remote work above its own floor, and a request that waits for Bo."""

import pytest

from jobs.models import Likeness, Role
from jobs.services.demo import remote
from tests.factories.hubs import LanguageFactory, RoleTypeFactory
from tests.factories.jobs import BookingFactory

pytestmark = pytest.mark.django_db


def test_five_remote_roles_above_the_floor_and_one_request(role, mei, bo, ada, now):
    for code, *_rest in remote.LINES:
        RoleTypeFactory(code=code)
    LanguageFactory(code="en")
    BookingFactory(role=role, profile=bo.profile)

    remote.write(mei, bo, ada, today=now.date(), now=now)

    made = Role.objects.filter(remote=True)
    assert made.count() == 5
    assert all((each.yuan_per_hour or 0) >= remote.FLOOR for each in made)
    assert list(Likeness.objects.values_list("profile", "state", "training_asked")) == [
        (bo.profile.pk, "asked", True)
    ]
