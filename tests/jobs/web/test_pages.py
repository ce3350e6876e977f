"""Landing, home, calendar, call sheet, notices, crews, health."""

from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from jobs.models import CallSheet, Crew, Heartbeat, Notice
from profiles.models import Profile
from tests.factories.hubs import RoleTypeFactory, SetFactory
from tests.factories.jobs import BookingFactory, NoticeFactory, RoleFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_landing_shows_the_real_market_to_everybody(page, text, role, bo, language):
    for user in (None, bo):
        words = text(page(user, "/", language=language))
        assert {"en": "Lighting assistant", "zh-hans": "灯光助理"}[language] in words


@pytest.mark.parametrize("number", [1, 3])
def test_the_landing_costs_the_same_for_one_and_three(page, shoot, django_assert_num_queries, number):
    for _n in range(number):
        RoleFactory(shoot=shoot, role_type=RoleTypeFactory())
    with django_assert_num_queries(7):
        page(None, "/")


@pytest.mark.parametrize(
    ("who", "desk"),
    [("bo", "/for-me/"), ("mei", "/shoots/"), ("ada", "/runs/"), (None, "/accounts/login/?next=/home/")],
)
def test_home_is_the_desk_of_each_kind(request, page, who, desk):
    user = request.getfixturevalue(who) if who else None
    assert page(user, "/home/").headers["Location"] == desk


def test_a_booking_stands_in_the_month_and_in_the_feed(page, text, bo, role):
    booking = BookingFactory(role=role, profile=bo.profile)
    words = text(page(bo, "/my/calendar/?month=2026-12"))
    assert ("雨夜归人" in words, "¥2,450" in words) == (True, True)
    assert "Nothing booked in this month" in text(page(bo, "/my/calendar/?month=2027-03"))

    feed = page(None, f"/calendar/{bo.profile.feed_token}.ics")
    assert feed.headers["Content-Type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(feed.content).walk("VEVENT")
    assert [str(event["UID"]) for event in events] == [f"booking-{booking.pk}@jinzu"]


@pytest.mark.parametrize("token", ["wrong", "a" * 64])
def test_a_wrong_feed_address_is_not_found(page, bo, token):
    assert page(None, f"/calendar/{token}.ics").status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [("mei", 200), ("bo", 200), ("lin", 404), ("lin_graduate", 404), ("ada", 200), (None, 302)],
)
def test_who_may_read_a_call_sheet(request, page, shoot, role, bo, who, status):
    BookingFactory(role=role, profile=bo.profile)
    user = request.getfixturevalue(who) if who else None
    assert page(user, f"/shoots/{shoot.pk}/call-sheet/2026-12-12/").status_code == status


@pytest.mark.parametrize("day", ["2026-12-11", "2026-12-19", "2026-02-30", "0000-00-00"])
def test_a_day_that_is_no_shoot_day_has_no_sheet(page, mei, shoot, day):
    assert page(mei, f"/shoots/{shoot.pk}/call-sheet/{day}/").status_code == 404


def test_a_call_sheet_names_people_without_their_contacts(page, text, mei, bo, shoot, role):
    BookingFactory(role=role, profile=bo.profile)
    Profile.objects.filter(user=bo).update(contact_wechat="canary-wechat")
    place = SetFactory(base=shoot.base, name_en="Banquet hall")
    url = f"/shoots/{shoot.pk}/call-sheet/2026-12-12/"
    sent = {
        "general_call": "06:30",
        "sets": [place.pk],
        "weather": "晴，-2 到 8 度",
        "note": "穿暖一点",
        "do": "publish",
    }
    assert page(bo, f"{url}draft/", post=sent).status_code == 404
    assert page(mei, f"{url}draft/", post=sent).status_code == 302
    assert CallSheet.objects.get().version == 1
    answer = page(bo, url)
    words, body = text(answer), answer.content.decode()
    for said in (
        "博",
        "Lighting assistant",
        "06:30",
        "Banquet hall",
        "晴，-2 到 8 度",
        "穿暖一点",
        "version 1",
    ):
        assert said in words
    assert [secret in body for secret in ("canary-wechat", bo.email)] == [False, False]
    sheet = body[body.index('class="sheet"') : body.index("</article>")]
    assert ("<svg" in sheet, "style=" in sheet) == (True, False)


def test_a_set_of_another_base_is_refused(page, mei, shoot):
    sent = {"general_call": "06:30", "sets": [SetFactory().pk]}
    assert page(mei, f"/shoots/{shoot.pk}/call-sheet/2026-12-12/draft/", post=sent).status_code == 400
    assert not CallSheet.objects.exists()


def test_notices_are_read_by_a_press_not_by_a_look(page, text, mei, lin, shoot):
    facts = {"run": 1, "shoot": shoot.pk, "title": "雨夜归人", "state": "ready", "filled": 1, "slots": 2}
    NoticeFactory(recipient=mei, facts=facts)
    assert "The match is ready: 雨夜归人" in text(page(mei, "/notices/"))
    assert Notice.objects.filter(read_at=None).count() == 1
    page(lin, "/notices/", post={})
    assert Notice.objects.filter(read_at=None).count() == 1
    page(mei, "/notices/", post={})
    assert Notice.objects.filter(read_at=None).count() == 0
    assert "No notices yet" in text(page(lin, "/notices/"))


@pytest.mark.parametrize("number", [1, 3])
def test_notices_cost_the_same_for_one_and_three(page, mei, shoot, django_assert_num_queries, number):
    facts = {"run": 1, "shoot": shoot.pk, "title": "雨夜归人", "state": "ready", "filled": 1, "slots": 2}
    for _n in range(number):
        NoticeFactory(recipient=mei, facts=facts)
    page.sign_in(mei)
    with django_assert_num_queries(4):
        page(mei, "/notices/")


def test_a_crew_registers_and_waits(page, text, lin, bo, hub):
    wishes = {
        "name": "林海剧组",
        "company_name": "林海影视",
        "credit_code": "91410100MA0000001X",
        "contact_name": "林舒",
        "contact_mobile": "138 0013 8000",
        "home_hub": hub.pk,
    }
    assert page(bo, "/crews/apply/", post=wishes).status_code == 403
    assert page(lin, "/crews/apply/", post=wishes | {"credit_code": "short"}).status_code == 400
    assert page(lin, "/crews/apply/", post=wishes).status_code == 302
    assert Crew.objects.get().state == "applied"
    assert "being checked" in text(page(lin, "/shoots/"))


def test_the_process_is_up_and_the_house_is_ready_only_with_a_worker(page):
    assert page(None, "/healthz").json() == {"ok": True}
    silent = page(None, "/readyz")
    assert (silent.status_code, silent.json()["parts"]["worker"]) == (503, {"ok": False, "age_seconds": None})
    for part in ("worker", "beat"):
        Heartbeat.objects.create(part=part, beat_at=timezone.now() - timedelta(seconds=12))
    ready = page(None, "/readyz")
    assert (ready.status_code, ready.json()["parts"]["beat"]) == (200, {"ok": True, "age_seconds": 12.0})
    Heartbeat.objects.filter(part="beat").update(beat_at=timezone.now() - timedelta(seconds=46))
    stale = page(None, "/readyz").json()
    assert (stale["ok"], stale["parts"]["beat"]["ok"], stale["parts"]["worker"]["ok"]) == (False, False, True)


def test_a_refusal_leads_back_to_where_one_was(page, text, bo):
    answer = page(bo, "/shoots/")
    assert (answer.status_code, "This page is for crew managers." in text(answer)) == (403, True)
    assert 'href="/home/"' in answer.content.decode()
