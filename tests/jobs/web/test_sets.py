"""The page on which a crew takes sets, and the grid of a base."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from psycopg.types.range import DateRange

from hubs.timespan import shoot_day_of
from jobs.enums import SetBookingState, SetPart
from jobs.models import SetBooking
from jobs.services import set_bookings
from jobs.services.set_bookings import Wish
from tests.factories.hubs import SetFactory
from tests.factories.jobs import ShootFactory

pytestmark = pytest.mark.django_db
IN_ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}


@pytest.fixture
def soon():
    """The first day of a shoot that is still to come by the clock of the wall, which pages read."""
    from django.utils import timezone

    return shoot_day_of(timezone.now()) + timedelta(days=7)


@pytest.fixture
def shoot(crew, base, soon):
    return ShootFactory(
        crew=crew, base=base, title="雨夜归人", days=DateRange(soon, soon + timedelta(days=5))
    )


@pytest.fixture
def hall(base):
    return SetFactory(
        base=base, slug="hall", name_zh="宴会厅", name_en="Banquet hall", makeup_room_adjacent=True
    )


def test_ticks_become_bookings_day_and_night_together(client, shoot, hall, mei, soon):
    client.force_login(mei)
    iso = soon.isoformat()
    answer = client.post(
        reverse("shoots:sets", args=[shoot.pk]),
        {"want": [f"{hall.pk}:{iso}:day", f"{hall.pk}:{iso}:night", f"base:{soon + timedelta(days=1)}:both"]},
    )
    assert answer.status_code == 302
    found = SetBooking.objects.order_by("day").values_list("set", "day", "part", "state")
    assert list(found) == [
        (hall.pk, soon, SetPart.BOTH, SetBookingState.BOOKED),
        (None, soon + timedelta(days=1), SetPart.BOTH, SetBookingState.BOOKED),
    ]


def test_the_page_shows_what_is_free_taken_and_hers(client, shoot, hall, mei, lin, lin_crew, base, soon, now):
    other = SetFactory(base=base, name_zh="站台", name_en="Platform")
    rival = ShootFactory(crew=lin_crew, base=base, title="海上来信", days=shoot.days)
    set_bookings.ask(shoot, [Wish(soon, SetPart.DAY, hall)], by=mei, now=now)
    set_bookings.ask(rival, [Wish(soon, SetPart.DAY, other)], by=lin, now=now)
    client.force_login(mei)
    page = client.get(reverse("shoots:sets", args=[shoot.pk]), **IN_ENGLISH).text
    for words in ("day: yours", "day: taken", "night: free", "with makeup room", "1 day at the base"):
        assert words in page
    assert "海上来信" not in page


def test_hours_are_booked_by_a_line_of_their_own(client, shoot, hall, mei, soon):
    client.force_login(mei)
    line = {"by_the_hour": "1", "set": hall.pk, "day": soon.isoformat(), "start": "09:00", "end": "12:30"}
    assert client.post(reverse("shoots:sets", args=[shoot.pk]), line).status_code == 302
    assert SetBooking.objects.get().clock == "09:00–12:30"


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({}, 400, "Tick at least one set"),
        ({"want": ["999999:2026-12-12:day"]}, 400, "belongs to another base"),
        ({"want": ["base:no-day:both"]}, 400, "belongs to another base"),
        ({"want": ["base:2020-01-01:both"]}, 400, "not a day of the shoot"),
        ({"by_the_hour": "1", "set": "x"}, 400, "belongs to another base"),
    ],
)
def test_what_cannot_be_is_said_on_the_page(client, shoot, hall, mei, fields, status, words):
    client.force_login(mei)
    answer = client.post(reverse("shoots:sets", args=[shoot.pk]), fields, **IN_ENGLISH)
    assert answer.status_code == status
    assert words in answer.text
    assert not SetBooking.objects.exists()


def test_she_gives_back_confirms_and_stops_waiting(client, shoot, hall, mei, lin, lin_crew, base, soon, now):
    rival = ShootFactory(crew=lin_crew, base=base, days=shoot.days)
    (hers,) = set_bookings.ask(rival, [Wish(soon, SetPart.DAY, hall)], by=lin, now=now).booked
    (mine,) = set_bookings.ask(shoot, [Wish(soon, SetPart.DAY, hall)], by=mei, now=now).waiting
    client.force_login(lin)
    client.post(reverse("shoots:release_set", args=[rival.pk, hers.pk]))
    mine.refresh_from_db()
    assert mine.state == SetBookingState.OFFERED
    client.force_login(mei)
    page = client.get(reverse("shoots:sets", args=[shoot.pk]), **IN_ENGLISH).text
    assert "Came free for you" in page
    client.post(reverse("shoots:confirm_set", args=[shoot.pk, mine.pk]))
    mine.refresh_from_db()
    assert mine.state == SetBookingState.BOOKED


def test_the_days_of_a_base_are_public_and_name_nobody(client, shoot, hall, base, mei, soon, now):
    set_bookings.ask(shoot, [Wish(soon, SetPart.DAY, hall)], by=mei, now=now)
    page = client.get(reverse("base_days", args=[base.slug]), {"from": soon.isoformat()}, **IN_ENGLISH).text
    assert "day: taken" in page
    assert shoot.title not in page
    assert client.get(reverse("base_days", args=[base.slug]), {"from": "soon"}).status_code == 200
    assert client.get(reverse("base_days", args=["nowhere"])).status_code == 404


def test_the_grid_asks_as_often_for_one_booking_as_for_many(
    client, shoot, hall, base, mei, soon, now, django_assert_num_queries
):
    from hubs.timespan import DaySpan
    from jobs.queries import sets as questions

    days = DaySpan(soon, soon + timedelta(days=5))
    with django_assert_num_queries(3):
        questions.grid(base, days, today=date(2026, 12, 1), shoot=shoot)
    places = [hall, *SetFactory.create_batch(3, base=base)]
    set_bookings.ask(
        shoot, [Wish(day, SetPart.DAY, place) for day in days for place in places], by=mei, now=now
    )
    with django_assert_num_queries(3):
        found = questions.grid(base, days, today=date(2026, 12, 1), shoot=shoot)
    assert [load.crews for load in found.loads] == [1] * 5
    assert found.free == 20
