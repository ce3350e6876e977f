"""What the demo market shows of places: sets booked and free, and fairs to sign up for."""

import pytest

from hubs.models import JobFair, Set
from jobs.models import BaseDay, FairSeat, SetBooking
from jobs.services.demo import places
from tests.factories.hubs import HubFactory
from tests.factories.jobs import NOW, ShootFactory
from tests.factories.profiles import ProfileFactory

pytestmark = pytest.mark.django_db


def test_bases_get_sets_shoots_get_days_and_fairs_get_people(shoot, mei, bo, lin_crew, lin, base):
    for slug in ("xian", "hengdian"):
        HubFactory(slug=slug)
    ShootFactory(crew=lin_crew, base=base)
    ProfileFactory()
    places.write(mei, bo, today=NOW.date(), now=NOW)
    assert Set.objects.filter(base=base).count() == 6
    assert SetBooking.objects.filter(shoot=shoot, state="booked").count() >= 4
    assert BaseDay.objects.filter(base=base).count() >= 10
    assert JobFair.objects.filter(capacity__isnull=False).count() == 3
    assert FairSeat.objects.filter(user=bo).count() == 1
