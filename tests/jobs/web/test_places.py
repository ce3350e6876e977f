"""The free days of base and sets in the form of a shoot; what is off the list is offered to nobody new."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from psycopg.types.range import DateRange

from hubs.enums import Status
from hubs.models import Base
from hubs.timespan import shoot_day_of
from jobs.enums import SetPart
from jobs.models import Shoot
from jobs.services import set_bookings
from tests.factories.hubs import BaseFactory, HubFactory, SetFactory
from tests.factories.jobs import ShootFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def week():
    first = shoot_day_of(timezone.now()) + timedelta(days=6)
    return {"first_day": first.isoformat(), "last_day": (first + timedelta(days=6)).isoformat()}


@pytest.fixture
def ward(base):
    return SetFactory(base=base, slug="hospital", name_zh="医院", name_en="Hospital ward")


def test_the_form_shows_how_many_days_a_set_is_free(client, mei, crew, base, ward, lin, lin_crew, week):
    client.force_login(mei)
    said = {"base": base.pk, **week}
    before = client.get(reverse("shoots:place"), said).context["place"]
    first = before.days[0]
    other = ShootFactory(crew=lin_crew, base=base, days=DateRange(first, first + timedelta(days=7)))
    Base.objects.filter(pk=base.pk).update(daily_crew_capacity=1)
    wish = set_bookings.Wish(day=first, part=SetPart.DAY, set=ward)
    set_bookings.ask(other, [wish], by=lin, now=timezone.now())
    after = client.get(reverse("shoots:place"), said)
    shown = after.context["place"]
    assert [row.free_days for row in before.rows + shown.rows] == [7, 6]
    assert ([cell.state for cell in shown.rows[0].cells][:2], shown.full_days) == (["part", "free"], [first])
    assert "林海" not in after.content.decode(), "whose it is, is not told"


def test_the_ticked_sets_are_those_of_the_draft(client, mei, crew, base, ward, week):
    client.force_login(mei)
    form = {
        "title": "雨夜归人", "crew": crew.pk, "genre": "modern", "base": base.pk, "call_time": "08:00",
        "hours_per_day": 10, "settle_within_days": 7, "sets": [ward.pk], **week,
    }  # fmt: skip
    assert client.post(reverse("shoots:new"), form).status_code == 302
    assert list(Shoot.objects.get().sets.all()) == [ward]
    elsewhere = SetFactory(base=BaseFactory(hub=base.hub))
    refused = client.post(reverse("shoots:new"), form | {"sets": [elsewhere.pk]})
    assert (refused.status_code, list(refused.context["form"].errors)) == (400, ["sets"])


@pytest.mark.parametrize("status", [Status.DRAFT, Status.RETIRED])
def test_a_base_off_the_list_is_offered_to_nobody_new(client, mei, shoot, base, crew, status):
    client.force_login(mei)
    other = BaseFactory(hub=base.hub)
    Base.objects.filter(pk=base.pk).update(status=status)
    new = client.get(reverse("shoots:new")).context["form"]
    edit = client.get(reverse("shoots:edit", args=[shoot.pk])).context["form"]
    finder = client.get(reverse("roles:list")).context["form"]
    assert list(new.fields["base"].queryset) == [other]
    assert set(edit.fields["base"].queryset) == {base, other}
    assert list(finder.fields["base"].queryset) == [other]


def test_a_kept_search_keeps_a_hub_that_was_taken_off_the_list(client, hub):
    gone = HubFactory(slug="gone", status=Status.RETIRED)
    HubFactory(slug="unborn", status=Status.DRAFT)
    for slug, offered in (("gone", [gone, hub]), ("unborn", [hub]), ("", [hub])):
        form = client.get(reverse("roles:list"), {"hub": slug}).context["form"]
        assert set(form.fields["hub"].queryset) == set(offered), slug
