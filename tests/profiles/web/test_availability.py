"""The month page without a script, and the fragment that a script asks for."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from hubs.timespan import DaySpan
from profiles.queries.availability import parts_by_day
from tests.factories.jobs import BookingFactory
from tests.factories.profiles import AvailabilityFactory

TODAY = date(2026, 12, 1)
URL = "/my/availability/"
YEAR = DaySpan(TODAY, TODAY + timedelta(days=400))


@pytest.fixture
def in_bo(client, bo, now, monkeypatch):
    """Bo's browser on the morning of TODAY: what the doors read on the clock."""
    monkeypatch.setattr(timezone, "now", lambda: now)
    client.force_login(bo)
    return client


def press(client, **said):
    return client.post(URL, {"month": "2026-12"} | said)


def days(bo) -> dict[date, str]:
    return parts_by_day(bo.profile, within=YEAR)


def test_marked_days_become_what_the_button_says(in_bo, bo):
    response = press(in_bo, day=["2026-12-05", "2026-12-07"], part="night")
    assert (response.status_code, response.url) == (302, f"{reverse('my_availability')}?month=2026-12")
    assert days(bo) == {date(2026, 12, 5): "night", date(2026, 12, 7): "night"}
    press(in_bo, day="2026-12-05", part="")
    assert days(bo) == {date(2026, 12, 7): "night"}


def test_weekends_the_whole_month_and_clear(in_bo, bo):
    press(in_bo, act="weekends")
    assert sorted(day.day for day in days(bo)) == [5, 6, 12, 13, 19, 20, 26, 27]
    press(in_bo, act="month")
    assert len(days(bo)) == 31
    press(in_bo, act="clear")
    assert days(bo) == {}


def test_from_a_day_to_a_day_over_the_end_of_the_month(in_bo, bo):
    press(in_bo, act="span", first="2026-12-30", last="2027-01-02", part="day")
    assert days(bo) == dict.fromkeys(DaySpan.inclusive(date(2026, 12, 30), date(2027, 1, 2)), "day")


@pytest.mark.parametrize(
    "said",
    [
        {"part": "both"},
        {"day": "2026-11-30", "part": "both"},
        {"day": "9999-12-31", "part": "both"},
        {"day": "x\x00", "part": "both"},
        {"day": "2026-12-05", "part": "noon"},
        {"act": "span", "first": "2026-12-05", "last": "2026-12-04", "part": "day"},
        {"act": "span", "first": "", "last": "", "part": "day"},
        {"act": "everything"},
    ],
)
def test_bad_input_says_why_and_changes_nothing(in_bo, bo, said):
    response = press(in_bo, **said)
    assert response.status_code == 400
    assert response.context["error"]
    assert days(bo) == {}


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("2027-03", date(2027, 3, 1)),
        ("2026-11", date(2026, 12, 1)),
        ("9999-12", date(2027, 12, 1)),
        ("0000-00", date(2026, 12, 1)),
        ("../../x", date(2026, 12, 1)),
    ],
)
def test_only_months_that_can_be_said_are_shown(in_bo, asked, shown):
    assert in_bo.get(URL, {"month": asked}).context["month"].first == shown


def test_a_script_gets_the_fragment_with_words_for_the_live_region(in_bo, bo):
    response = in_bo.post(
        URL, {"month": "2026-12", "day": "2026-12-05", "part": "both"}, headers={"HX-Request": "true"}
    )
    page = response.content.decode()
    assert response.status_code == 200
    assert '<div id="month"' in page
    assert "<html" not in page
    assert 'role="status"' in page
    assert response.context["said"]
    assert days(bo) == {date(2026, 12, 5): "both"}


def test_the_grid_begins_on_monday_and_today_can_be_said(in_bo):
    weeks = in_bo.get(URL).context["month"].weeks
    assert (weeks[0][0].day, weeks[-1][-1].day) == (date(2026, 11, 30), date(2027, 1, 3))
    assert [(cell.day.day, cell.open) for cell in weeks[0]][:3] == [(30, False), (1, True), (2, True)]


@pytest.mark.parametrize("size", [1, 3])
def test_the_month_costs_the_same_for_one_span_and_for_three(in_bo, bo, size, django_assert_num_queries):
    for n in range(size):
        start = date(2026, 12, 3 + 7 * n)
        AvailabilityFactory(profile=bo.profile, days=(start, start + timedelta(days=2)))
    in_bo.get(URL)
    with django_assert_num_queries(QUERIES):
        assert in_bo.get(URL).status_code == 200


QUERIES = 11
"""User, own profile, unread notices; days, calendars, bookings; pattern, calendars, undo; what is still needed (2)."""


# -- what takes a day, and what is special about it ---------------------------------------------------------


def cell(client, day: date):
    month = client.get(URL, {"month": f"{day:%Y-%m}"}).context["month"]
    return next(cell for week in month.weeks for cell in week if cell.day == day and cell.inside)


def test_a_booked_day_is_locked_with_its_reason_and_the_way_there(in_bo, bo):
    booking = BookingFactory(profile=bo.profile)
    locked = cell(in_bo, booking.days.lower)
    page = in_bo.get(URL, {"month": "2026-12"}).content.decode()
    assert (locked.open, locked.title) == (False, booking.role.shoot.title)
    assert locked.url == reverse("offers:detail", args=[booking.offer_id])
    assert f'href="{locked.url}"' in page
    assert f'value="{booking.days.lower}"' not in page


def test_a_booking_of_another_person_locks_nothing(in_bo):
    booking = BookingFactory()
    assert cell(in_bo, booking.days.lower).open


def test_holidays_and_worked_weekends_are_named(in_bo):
    assert (cell(in_bo, date(2027, 1, 1)).special, cell(in_bo, date(2027, 2, 6)).special) == ("元旦", "春节")
    assert not cell(in_bo, date(2027, 1, 1)).works


JOB = b"""BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261209
END:VEVENT\r\nEND:VCALENDAR\r\n"""


def test_a_calendar_file_is_connected_shown_and_removed(in_bo, bo):
    file = SimpleUploadedFile("work.ics", JOB, "text/calendar")
    assert in_bo.post(reverse("my_calendars_add"), {"outside-file": file}).status_code == 302
    busy = cell(in_bo, date(2026, 12, 9))
    assert (busy.busy, busy.open) == ("both", False)
    calendar = bo.profile.outside_calendars.get()
    in_bo.post(reverse("my_calendars_remove", args=[calendar.pk]))
    assert cell(in_bo, date(2026, 12, 9)).open


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "address"),
        ({"outside-address": "http://calendar.example/a"}, "address"),
        ({"outside-file": SimpleUploadedFile("a.ics", b"no calendar")}, "file"),
    ],
)
def test_a_calendar_that_cannot_be_is_said_at_its_field(in_bo, bo, said, field):
    response = in_bo.post(reverse("my_calendars_add"), said)
    assert (response.status_code, list(response.context["calendar_form"].errors)) == (400, [field])
    assert not bo.profile.outside_calendars.exists()


def test_nights_only_and_the_way_back(in_bo, bo):
    said = {"every-weekdays": ["0", "1"], "every-part": "night", "every-first": "2026-12-01"}
    in_bo.post(reverse("my_availability_pattern"), said | {"every-last": "2026-12-15"})
    assert days(bo) == {date(2026, 12, n): "night" for n in (1, 7, 8, 14, 15)}
    press(in_bo, act="undo")
    assert days(bo) == {}
    assert press(in_bo, act="undo").status_code == 302
    in_bo.post(reverse("my_availability_pattern"), {"act": "drop"})
    assert days(bo) == {}


def test_a_pattern_without_days_of_the_week_is_said_at_its_field(in_bo):
    response = in_bo.post(
        reverse("my_availability_pattern"), {"every-part": "night", "every-first": "2026-12-01"}
    )
    assert (response.status_code, list(response.context["pattern_form"].errors)) == (400, ["weekdays"])
