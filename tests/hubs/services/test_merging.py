"""Two rows that mean one place: everything that pointed at the duplicate points at the one that stays."""

from datetime import UTC, datetime

import pytest

from config.errors import Conflict, Invalid, NotAllowed
from hubs.enums import Status
from hubs.models import CurationEntry, Institution, Programme, Set
from hubs.services import merging
from hubs.services.loading import load_hubs
from jobs.models import Shoot
from profiles.models import Education
from tests.factories.hubs import (
    BaseFactory,
    HubFactory,
    InstitutionFactory,
    ProgrammeFactory,
    ServiceFactory,
    SetFactory,
)
from tests.factories.jobs import CrewFactory, ShootFactory
from tests.factories.profiles import AdminFactory, ManagerFactory, ProfileFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)


@pytest.fixture
def admin():
    return AdminFactory()


@pytest.fixture
def twins():
    hub = HubFactory()
    return BaseFactory(hub=hub, hospital_zh=""), BaseFactory(hub=hub, hospital_zh="第一医院", set_count=12)


def test_sets_and_shoots_go_to_the_base_that_stays(twins, admin):
    stays, goes = twins
    SetFactory(base=stays, slug="hospital")
    SetFactory(base=goes, slug="hospital")
    shoot = ShootFactory(base=goes, crew=CrewFactory(home_hub=goes.hub))

    moved = merging.merge(stays, goes, by=admin, now=NOW, reason="同一处")

    assert sorted(Set.objects.filter(base=stays).values_list("slug", flat=True)) == ["hospital", "hospital-2"]
    assert Shoot.objects.get(pk=shoot.pk).base == stays
    assert moved.left == {}
    assert (moved.moved["hubs.set"], moved.moved["jobs.shoot"]) == (1, 1)


def test_gaps_are_filled_and_what_stands_is_kept(twins, admin):
    stays, goes = twins
    type(stays).objects.filter(pk=stays.pk).update(set_count=9)
    merging.merge(stays, goes, by=admin, now=NOW)

    stays.refresh_from_db()
    assert (stays.hospital_zh, stays.set_count, stays.edited_by_hand) == ("第一医院", 9, True)


def test_the_duplicate_is_retired_and_both_histories_tell_it(twins, admin):
    stays, goes = twins
    merging.merge(stays, goes, by=admin, now=NOW, reason="同一处")

    goes.refresh_from_db()
    assert goes.status == Status.RETIRED
    lines = CurationEntry.objects.filter(verb="merged").order_by("pk").values_list("object_id", "reason")
    assert list(lines) == [(goes.pk, "同一处"), (stays.pk, "同一处")]


def test_a_school_takes_programmes_people_and_the_other_name(admin):
    stays, goes = InstitutionFactory(name_zh="河南开放大学"), InstitutionFactory(name_zh="河南电大")
    programme = ProgrammeFactory(institution=goes)
    Education.objects.create(profile=ProfileFactory(), institution=goes, degree="bachelor", graduated=2026)
    merging.merge(stays, goes, by=admin, now=NOW)

    assert Programme.objects.get(pk=programme.pk).institution == stays
    assert Education.objects.get().institution == stays
    assert "河南电大" in Institution.objects.get(pk=stays.pk).also_called.split()


def test_what_the_survivor_has_already_stays_where_it_is(admin):
    hub = HubFactory()
    stays, goes = BaseFactory(hub=hub), BaseFactory(hub=hub)
    for base in (stays, goes):
        ServiceFactory(hub=hub, base=base, kind="makeup", name_zh="化妆", name_en="Makeup")

    assert merging.merge(stays, goes, by=admin, now=NOW).left == {"hubs.service": 1}


def test_loading_the_files_does_not_bring_the_duplicate_back(admin):
    load_hubs()
    stays, goes = Institution.objects.order_by("pk")[:2]
    merging.merge(stays, goes, by=admin, now=NOW)
    load_hubs()

    assert Institution.objects.get(pk=goes.pk).status == Status.RETIRED


def test_not_with_itself_not_across_hubs_not_twice_and_not_by_an_editor(twins, admin):
    stays, goes = twins
    editor = ManagerFactory(is_staff=True)
    editor.hubs.add(stays.hub)
    with pytest.raises(Invalid, match="merge_itself"):
        merging.merge(stays, stays, by=admin, now=NOW)
    with pytest.raises(Conflict, match="merge_other_hub"):
        merging.merge(stays, BaseFactory(), by=admin, now=NOW)
    with pytest.raises(NotAllowed):
        merging.merge(stays, goes, by=editor, now=NOW)
    merging.merge(stays, goes, by=admin, now=NOW)
    with pytest.raises(Conflict, match="move_not_allowed"):
        merging.merge(stays, goes, by=admin, now=NOW)
