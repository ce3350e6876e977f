"""Only what is published is public, and only where everything it stands in is published too."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from hubs.enums import Status
from hubs.models import Base, CurationEntry, Figure, Hub, Programme, Service, Set
from tests.factories.hubs import FigureFactory, HubFactory, ProgrammeFactory, ServiceFactory, SetFactory

pytestmark = pytest.mark.django_db


def test_a_set_is_public_only_in_a_public_base_of_a_public_hub():
    row = SetFactory()
    for model, pk in ((Set, row.pk), (Base, row.base_id), (Hub, row.base.hub_id)):
        for status in (Status.DRAFT, Status.REVIEW, Status.RETIRED):
            model.objects.filter(pk=pk).update(status=status)
            assert list(Set.objects.published()) == [], (model, status)
        model.objects.filter(pk=pk).update(status=Status.PUBLISHED)

    assert list(Set.objects.published()) == [row]


def test_a_service_of_the_town_needs_no_base():
    row = ServiceFactory(base=None, hub=HubFactory())

    assert list(Service.objects.published()) == [row]


def test_a_programme_goes_with_its_school():
    row = ProgrammeFactory()
    type(row.institution).objects.update(status=Status.RETIRED)

    assert list(Programme.objects.published()) == []


@pytest.mark.parametrize("status", [Status.DRAFT, Status.REVIEW, Status.RETIRED])
def test_the_pages_know_nothing_of_what_is_not_published(client, status):
    row = SetFactory()
    hub, base = row.base.hub, row.base
    Hub.objects.update(status=status)

    for url in (
        reverse("hubs:hub", args=[hub.slug]),
        reverse("hubs:base", args=[base.slug]),
        reverse("hub-detail", args=[hub.slug]),
        reverse("base-detail", args=[base.slug]),
    ):
        assert client.get(url).status_code == 404, url
    assert hub.name_en not in client.get(reverse("hubs:list")).content.decode()


def test_a_figure_without_a_source_does_not_get_into_the_table():
    row = FigureFactory()
    for column in ("source_zh", "source_en"):
        for text in ("", "   "):
            with pytest.raises(IntegrityError), transaction.atomic():
                Figure.objects.filter(pk=row.pk).update(**{column: text})


def test_the_curation_book_is_append_only():
    hub = HubFactory()
    line = CurationEntry.objects.create(at=timezone.now(), verb="moved", label="hub", object_id=hub.pk)
    for act in (lambda: line.delete(), lambda: CurationEntry.objects.update(reason="never")):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
