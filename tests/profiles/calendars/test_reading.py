"""Anybody's calendar as busy days and nights, and what is refused before it is unfolded."""

import time
from datetime import date

import pytest

from config.errors import Invalid
from hubs.timespan import DaySpan
from profiles.calendars.reading import busy_days

YEAR = DaySpan(date(2026, 12, 1), date(2027, 12, 2))


def ics(*events: str) -> bytes:
    inner = "".join(
        f"BEGIN:VEVENT\r\nUID:{number}\r\n{event}\r\nEND:VEVENT\r\n" for number, event in enumerate(events)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//\r\n{inner}END:VCALENDAR\r\n".encode()


def lines(*said: str) -> str:
    return "\r\n".join(said)


def days(*said: tuple[str, str, str]) -> list[tuple[DaySpan, str]]:
    return [(DaySpan.inclusive(date.fromisoformat(a), date.fromisoformat(b)), part) for a, b, part in said]


@pytest.mark.parametrize(
    ("event", "busy"),
    [
        (lines("DTSTART;VALUE=DATE:20261205", "DTEND;VALUE=DATE:20261207"), [("2026-12-05", "2026-12-06", "both")]),
        (lines("DTSTART;VALUE=DATE:20261205"), [("2026-12-05", "2026-12-05", "both")]),
        # A day at the office: the night stays free.
        (lines("DTSTART:20261207T090000", "DTEND:20261207T180000"), [("2026-12-07", "2026-12-07", "day")]),
        # 12:00 UTC is 20:00 in Shanghai.
        (lines("DTSTART:20261207T120000Z", "DTEND:20261207T140000Z"), [("2026-12-07", "2026-12-07", "night")]),
        # 03:00 still belongs to the shoot day before.
        (lines("DTSTART:20261208T030000", "DURATION:PT1H"), [("2026-12-07", "2026-12-07", "night")]),
        (lines("DTSTART:20261208T160000", "DTEND:20261208T200000"), [("2026-12-08", "2026-12-08", "both")]),
        (lines("DTSTART;TZID=America/New_York:20261207T200000", "DTEND;TZID=America/New_York:20261207T210000"),
         [("2026-12-08", "2026-12-08", "day")]),
        (lines("DTSTART;VALUE=DATE:20261205", "TRANSP:TRANSPARENT"), []),
        (lines("DTSTART;VALUE=DATE:20261205", "STATUS:CANCELLED"), []),
        (lines("DTSTART;VALUE=DATE:20251205"), []),
        (
            lines("DTSTART:20261207T090000", "DTEND:20261207T180000", "RRULE:FREQ=DAILY;COUNT=3",
                  "EXDATE:20261208T090000"),
            [("2026-12-07", "2026-12-07", "day"), ("2026-12-09", "2026-12-09", "day")],
        ),
        (
            lines("DTSTART;VALUE=DATE:20201201", "RRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1"),
            [("2026-12-01", "2026-12-01", "both"), ("2027-12-01", "2027-12-01", "both")],
        ),
    ],
)  # fmt: skip
def test_busy_days_and_nights(event, busy):
    assert busy_days(ics(event), within=YEAR) == days(*busy)


def test_two_entries_make_one_day_of_both_halves():
    data = ics(
        lines("DTSTART:20261207T090000", "DTEND:20261207T120000"),
        lines("DTSTART:20261207T190000", "DTEND:20261207T210000"),
    )
    assert busy_days(data, within=YEAR) == days(("2026-12-07", "2026-12-07", "both"))


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY",
        "FREQ=HOURLY",
        "FREQ=DAILY;BYSECOND=0,1,2,3",
        "FREQ=DAILY;BYHOUR=1,2;BYMINUTE=0,1",
    ],
)
def test_what_repeats_without_end_is_left_aside_at_once(rule):
    began = time.monotonic()
    assert busy_days(ics(lines("DTSTART:20261207T090000", f"RRULE:{rule}")), within=YEAR) == []
    assert time.monotonic() - began < 1


def test_the_worst_file_we_take_is_unfolded_in_seconds():
    daily = lines("DTSTART:20000101T090000", "DTEND:20000101T100000", "RRULE:FREQ=DAILY")
    began = time.monotonic()
    assert busy_days(ics(*[daily] * 150), within=YEAR)
    assert time.monotonic() - began < 60


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "calendar_unreadable"),
        (b"<html>sign in</html>", "calendar_unreadable"),
        (b"\xff\xd8\xff\xe0JFIF", "calendar_unreadable"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "calendar_unreadable"),
        (b"x" * 2_000_001, "calendar_too_big"),
        (ics(*["DTSTART;VALUE=DATE:20261205"] * 4001), "calendar_too_big"),
        (ics(*[lines("DTSTART;VALUE=DATE:20261205", "RRULE:FREQ=DAILY")] * 151), "calendar_too_big"),
        (ics("DTSTART:99991399T999999"), None),
        (ics("DTSTART:20261207T090000\r\nDTEND:20261201T090000"), None),
        (ics("DTSTART;VALUE=DATE:00010101\r\nRRULE:FREQ=DAILY"), None),
    ],
)
def test_hostile_and_broken_files_do_no_harm(data, code):
    if code is None:
        try:
            busy_days(data, within=YEAR)
        except Invalid as error:
            code = error.code
        assert code in (None, "calendar_unreadable")
        return
    with pytest.raises(Invalid) as refused:
        busy_days(data, within=YEAR)
    assert refused.value.code == code
