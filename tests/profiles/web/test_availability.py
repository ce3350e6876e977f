"""The month page without a script, and the fragment that a script asks for."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from hubs.timespan import DaySpan
from profiles.queries.availability import parts_by_day
from profiles.web import availability, doors, schedules
from tests.factories.profiles import AvailabilityFactory

TODAY = date(2026, 12, 1)
URL = "/my/availability/"
YEAR = DaySpan(TODAY, TODAY + timedelta(days=400))


@pytest.fixture
def in_bo(client, bo, monkeypatch):
    monkeypatch.setattr(availability, "today", lambda: TODAY)
    monkeypatch.setattr(doors, "today", lambda: TODAY)
    monkeypatch.setattr(schedules, "today", lambda: TODAY)
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
