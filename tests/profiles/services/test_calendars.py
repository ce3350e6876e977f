"""Outside calendars: what they take comes back, what fails keeps what is known."""

from datetime import UTC, date, datetime, timedelta

import pytest

from config.errors import Invalid, NotAllowed
from hubs.timespan import DaySpan
from profiles.calendars.fetching import CannotFetch
from profiles.models import Availability, BusySpan, HeldSpan, OutsideCalendar
from profiles.queries.availability import parts_by_day
from profiles.services import availability, calendars

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
TODAY = date(2026, 12, 1)
MONTH = DaySpan(TODAY, date(2027, 1, 1))
ADDRESS = "https://calendar.example/secret/basic.ics"
JOB = b"""BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:\xe7\x9c\x8b\xe7\x89\x99
DTSTART:20261207T090000\r\nDTEND:20261207T180000\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:2
DTSTART;VALUE=DATE:20261209\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"""
EMPTY = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def free(bo):
    availability.add_span(
        profile=bo.profile, by=bo, first=date(2026, 12, 7), last=date(2026, 12, 10), part="both", today=TODAY
    )
    return bo.profile


def days(profile) -> dict[int, str]:
    return {day.day: part for day, part in parts_by_day(profile, within=MONTH).items()}


def by_file(profile, data=JOB) -> OutsideCalendar:
    return calendars.add_file(profile=profile, by=profile.user, name="办公室", data=data, now=NOW)


def by_address(profile) -> OutsideCalendar:
    return calendars.add_address(profile=profile, by=profile.user, name="", address=ADDRESS, now=NOW)


def read(data, now=NOW) -> int:
    def fetch(address):
        assert address == ADDRESS
        if isinstance(data, Exception):
            raise data
        return data

    return calendars.read_due(now=now, fetch=fetch)


def test_a_file_takes_days_and_gives_them_back(free):
    calendar = by_file(free)
    assert days(free) == {7: "night", 8: "both", 10: "both"}
    assert (calendar.state, calendar.due_at) == ("read", None)

    calendars.remove(profile=free, by=free.user, calendar=calendar)
    assert days(free) == {7: "both", 8: "both", 9: "both", 10: "both"}
    assert (HeldSpan.objects.count(), BusySpan.objects.count()) == (0, 0)


def test_what_she_says_of_a_taken_day_counts_once_it_is_hers_again(free):
    calendar = by_file(free)
    availability.set_days(
        profile=free, by=free.user, days={date(2026, 12, 9): "night", date(2026, 12, 7): None}, today=TODAY
    )
    assert days(free) == {8: "both", 10: "both"}
    calendars.remove(profile=free, by=free.user, calendar=calendar)
    assert days(free) == {8: "both", 9: "night", 10: "both"}


def test_an_address_is_read_by_the_worker_and_again_after_six_hours(free):
    calendar = by_address(free)
    assert (calendar.state, calendar.name, days(free)[9]) == ("waiting", "calendar.example", "both")

    assert (read(JOB), read(JOB)) == (1, 0)
    calendar.refresh_from_db()
    assert (calendar.state, calendar.read_at, calendar.due_at) == ("read", NOW, NOW + timedelta(hours=6))
    assert days(free) == {7: "night", 8: "both", 10: "both"}

    assert read(EMPTY, now=NOW + timedelta(hours=6)) == 1
    assert days(free) == {7: "both", 8: "both", 9: "both", 10: "both"}


@pytest.mark.parametrize("trouble", [CannotFetch("calendar_away"), b"<html>"])
def test_a_calendar_that_cannot_be_read_keeps_its_days_and_is_tried_more_and_more_rarely(free, trouble):
    calendar = by_address(free)
    read(JOB)
    now = NOW + timedelta(hours=6)
    pauses = []
    for _ in range(12):
        assert read(trouble, now=now) == 1
        calendar.refresh_from_db()
        pauses.append(calendar.due_at and calendar.due_at - now)
        now = calendar.due_at or now
    assert [pause and pause.total_seconds() / 3600 for pause in pauses] == [2, 4, 8, 16, *[24] * 7, None]
    assert (calendar.state, days(free)) == ("failed", {7: "night", 8: "both", 10: "both"})

    calendars.read_again(profile=free, by=free.user, calendar=calendar, now=now)
    calendar.refresh_from_db()
    assert (calendar.due_at, calendar.failures) == (now, 0)


def test_no_title_is_kept(free):
    by_file(free)
    fields = {field.name for field in BusySpan._meta.get_fields()}
    assert fields == {"id", "calendar", "days", "part"}


def test_three_calendars_are_enough(free):
    for _ in range(3):
        by_address(free)
    with pytest.raises(Invalid) as refused:
        by_file(free)
    assert (refused.value.code, OutsideCalendar.objects.count()) == ("too_many", 3)


def test_a_broken_file_leaves_nothing_behind(free):
    with pytest.raises(Invalid):
        by_file(free, b"no calendar")
    assert (OutsideCalendar.objects.count(), Availability.objects.count()) == (0, 1)


def test_only_she_adds_and_removes(free, lin_graduate):
    calendar = by_file(free)
    for act in (
        lambda: calendars.add_address(profile=free, by=lin_graduate, name="", address=ADDRESS, now=NOW),
        lambda: calendars.remove(profile=lin_graduate.profile, by=lin_graduate, calendar=calendar),
        lambda: calendars.read_again(
            profile=lin_graduate.profile, by=lin_graduate, calendar=calendar, now=NOW
        ),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert OutsideCalendar.objects.count() == 1
