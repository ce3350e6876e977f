"""Bookings as calendar entries that calendars can follow."""

from datetime import date

from django.utils import translation
from icalendar import Calendar

from jobs.calendars import ics
from jobs.queries import bookings as questions
from jobs.services import bookings
from tests.factories.jobs import BookingFactory


def events(token, now):
    return Calendar.from_ical(ics.build(questions.feed(token), now)).walk("VEVENT")


def test_a_booking_is_a_whole_day_entry_with_an_exclusive_end(role, bo, now):
    booking = BookingFactory(role=role, profile=bo.profile)
    with translation.override("en"):
        (event,) = events(bo.profile.feed_token, now)
    assert {name: str(event[name]) for name in ("UID", "SEQUENCE", "STATUS", "SUMMARY", "LOCATION")} == {
        "UID": f"booking-{booking.pk}@jinzu",
        "SEQUENCE": "0",
        "STATUS": "CONFIRMED",
        "SUMMARY": "Lighting assistant · 雨夜归人",
        "LOCATION": "Dazhi Base, Zhengzhou",
    }
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2026, 12, 12), date(2026, 12, 19))


def test_a_cancelled_booking_stays_and_says_so(role, bo, now):
    booking = BookingFactory(role=role, profile=bo.profile)
    bookings.cancel(booking, by=bo, now=now)
    (event,) = events(bo.profile.feed_token, now)
    assert (str(event["STATUS"]), str(event["SEQUENCE"]), str(event["UID"])) == (
        "CANCELLED",
        "1",
        f"booking-{booking.pk}@jinzu",
    )


def test_long_chinese_lines_are_folded_and_read_back(role, bo, now):
    title = "归" * 100
    type(role.shoot).objects.filter(pk=role.shoot_id).update(title=title)
    BookingFactory(role=role, profile=bo.profile)
    raw = ics.build(questions.feed(bo.profile.feed_token), now)
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    assert title in str(Calendar.from_ical(raw).walk("VEVENT")[0]["SUMMARY"])


def test_the_feed_has_no_contacts_and_a_wrong_token_has_no_feed(role, bo, mei, now):
    type(bo.profile).objects.filter(pk=bo.profile.pk).update(contact_wechat="bo-wechat-canary")
    BookingFactory(role=role, profile=bo.profile)
    raw = ics.build(questions.feed(bo.profile.feed_token), now)
    for secret in (b"canary", b"bo@people.example", b"mei@crews.example", b"ORGANIZER", b"ATTENDEE"):
        assert secret not in raw
    assert questions.feed("wrong") is None


def test_another_reader_takes_it_in_and_writes_it_out_unchanged(role, bo, now):
    BookingFactory(role=role, profile=bo.profile)
    raw = ics.build(questions.feed(bo.profile.feed_token), now)
    assert Calendar.from_ical(raw).to_ical() == raw
