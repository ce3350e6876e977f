"""What the demo market shows of places: sets booked and free, and fairs to sign up for."""

import pytest

from hubs.models import Base, JobFair, Set
from hubs.services.loading import load_hubs
from jobs.models import BaseDay, FairSeat, SetBooking
from jobs.services.demo import base_pages, places
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


def test_every_base_of_the_files_says_how_to_get_there_and_where_to_eat_and_sleep():
    load_hubs()
    base_pages.write()
    base_pages.write()
    load_hubs()
    bases = list(Base.objects.prefetch_related("services"))
    assert len(bases) == 8
    for base in bases:
        assert ("示例" in base.transport_zh, "example" in base.transport_en) == (True, True)
        assert ("示例" in base.hospital_zh, "120" in base.hospital_en) == (True, True)
        kinds = sorted(
            each.kind for each in base.services.all() if each.kind in ("restaurant", "hotel", "shop")
        )
        assert kinds == ["hotel", "restaurant", "shop"]
