"""Work from afar after the yes: no page, calendar, notice or call sheet sends her to a base."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation
from icalendar import Calendar
from psycopg.types.range import DateRange

from hubs.timespan import shoot_day_of
from jobs.calendars import ics
from jobs.channels import words
from jobs.enums import NoticeKind
from jobs.queries import bookings as booking_questions
from jobs.queries import call_sheets
from jobs.services.sending import facts_of
from tests.factories.jobs import BookingFactory, RoleFactory

pytestmark = pytest.mark.django_db
BASE = "大志影视基地"


@pytest.fixture
def translating(shoot, bo, now):
    """Bo translates for Mei's shoot from home: 40 thousand characters in five days, the first one today."""
    first = shoot_day_of(now)
    days = DateRange(first, first + timedelta(days=5))
    shoot.base.name_zh = BASE
    shoot.base.save(update_fields=["name_zh"])
    shoot.days = days
    shoot.save(update_fields=["days"])
    role = RoleFactory(
        shoot=shoot, days=days, remote=True, day_rate=480,
        piece_unit="characters", piece_count=40, piece_yuan=60, piece_minutes=90, piece_revisions=1,
    )  # fmt: skip
    return BookingFactory(role=role, profile=bo.profile)


def test_her_work_says_remote_and_what_an_hour_pays(client, bo, translating):
    client.force_login(bo)

    text = client.get(reverse("my_work")).text

    assert (BASE in text, "远程，不限地点" in text, "折合时薪 ¥40" in text) == (False, True, True)
    assert reverse("shoots:call_sheet", args=[translating.role.shoot_id, translating.days.lower]) not in text


def test_her_calendar_has_no_base_and_no_call(bo, translating, now):
    feed = ics.build(booking_questions.feed(bo.profile.feed_token), now)
    with translation.override("en"):
        (event,) = Calendar.from_ical(ics.build(booking_questions.feed(bo.profile.feed_token), now)).walk(
            "VEVENT"
        )

    assert BASE not in feed.decode()
    assert str(event["LOCATION"]) == "remote, from anywhere"
    assert "General call" not in str(event["DESCRIPTION"])


def test_the_notice_of_an_offer_says_remote(translating):
    facts = facts_of(translating.offer)
    with translation.override("en"):
        said = words.words(NoticeKind.OFFER_RECEIVED, facts)

    assert "remote, from anywhere" in said.text
    assert "Zhengzhou" not in said.text


def test_she_is_not_called_to_the_set(shoot, lin_graduate, translating):
    on_set = BookingFactory(role=RoleFactory(shoot=shoot, days=shoot.days), profile=lin_graduate.profile)

    assert list(call_sheets.booked_on(shoot, shoot.days.lower)) == [on_set]


def test_the_question_whether_she_still_does_it_names_no_place(client, bo, translating):
    client.force_login(bo)

    text = client.get(reverse("bookings:confirm", args=[translating.pk])).text

    assert (BASE in text, "远程，不限地点" in text) == (False, True)
