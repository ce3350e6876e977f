"""A graduate's own work on the page: today, pay, call sheets, the calendar's address, the CV."""

from datetime import timedelta

import pytest
from django.urls import reverse
from psycopg.types.range import DateRange

from hubs.timespan import shoot_day_of, start_of
from jobs.models import CallSheet, SheetReceipt, Wage
from jobs.services import shoots, wages
from tests.factories.jobs import BookingFactory, RoleFactory
from tests.factories.profiles import PhotoFactory, WorkLinkFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(shoot, now):
    """Mei's shoot, on its second day."""
    first = shoot_day_of(now) - timedelta(days=1)
    shoot.days = DateRange(first, first + timedelta(days=5))
    shoot.save(update_fields=["days"])
    return shoot


@pytest.fixture
def booking(running, bo):
    return BookingFactory(
        role=RoleFactory(shoot=running, days=running.days, day_rate=350), profile=bo.profile
    )


@pytest.fixture
def hers(client, bo):
    client.force_login(bo)
    return client


def test_today_stands_on_top_and_takes_her_in_and_out(hers, booking):
    before = hers.get(reverse("my_work"))
    assert before.context["today"][0].booking == booking
    hers.post(reverse("bookings:check_in", args=[booking.pk]))
    hers.post(reverse("bookings:check_out", args=[booking.pk]))

    (today,) = hers.get(reverse("my_work")).context["today"]

    assert (today.number, today.worked.length) == (2, timedelta(0))


def test_who_falls_ill_on_the_day_can_still_say_so(hers, booking):
    cancel = reverse("bookings:cancel", args=[booking.pk])
    assert f'href="{cancel}">临时来不了了</a>' in hers.get(reverse("my_work")).content.decode()
    hers.post(reverse("bookings:check_in", args=[booking.pk]))

    assert f'href="{cancel}">退回名额</a>' in hers.get(reverse("my_work")).content.decode()
    assert hers.get(cancel).status_code == 200


def test_what_was_promised_is_a_tap_away_before_on_and_after_the_days(hers, booking, clock):
    promised = f'href="{reverse("offers:detail", args=[booking.offer_id])}"'
    five = start_of(booking.days.lower)
    for moment, place in (
        (five - timedelta(minutes=1), "upcoming"),
        (five, "today"),
        (start_of(booking.days.upper) - timedelta(minutes=1), "today"),
        (start_of(booking.days.upper), "unwrapped"),
    ):
        clock(moment)
        page = hers.get(reverse("my_work"))
        shown = {key: len(page.context[key]) for key in ("upcoming", "today", "unwrapped")}
        assert shown == {"upcoming": 0, "today": 0, "unwrapped": 0} | {place: 1}
        assert promised in page.content.decode(), place


def test_a_shoot_that_waits_for_its_wrap_is_not_lost(hers, booking, running, mei, clock):
    over = start_of(booking.days.upper)
    clock(over)
    for path in (reverse("my_work"), f"{reverse('my_calendar')}?month={booking.days.lower:%Y-%m}"):
        page = hers.get(path).content.decode()
        assert running.title in page
        assert reverse("bookings:cancel", args=[booking.pk]) not in page

    shoots.wrap(running, by=mei, now=over)
    page = hers.get(reverse("my_work"))
    assert (len(page.context["unwrapped"]), [*page.context["page"]]) == (0, [booking])


def test_a_call_sheet_knows_who_has_opened_and_who_has_confirmed(hers, booking, running, mei, client, now):
    day = shoot_day_of(now)
    sheet = CallSheet.objects.create(shoot=running, day=day, general_call="07:30", published_at=now)
    url = reverse("shoots:call_sheet", args=[running.pk, day])

    hers.get(url)
    seen = SheetReceipt.objects.get()
    hers.post(reverse("shoots:confirm_call_sheet", args=[running.pk, day]))
    confirmed = SheetReceipt.objects.get()

    assert (seen.call_sheet, seen.booking, seen.confirmed_at) == (sheet, booking, None)
    assert confirmed.confirmed_at == now
    hers.force_login(mei)
    found = hers.get(url).context["sheet"]
    assert (found.people, found.seen, found.confirmed, found.on_set) == (1, 1, 1, 0)


def test_a_new_version_asks_her_again(hers, booking, running, now):
    day = shoot_day_of(now)
    for version in (1, 2):
        CallSheet.objects.create(
            shoot=running, day=day, version=version, general_call="07:30", published_at=now
        )
        hers.get(reverse("shoots:call_sheet", args=[running.pk, day]))
    assert SheetReceipt.objects.count() == 2


def test_pay_is_owed_paid_and_received(hers, booking, running, mei, bo, now):
    shoots.wrap(running, by=mei, now=now + timedelta(days=3))
    wage = Wage.objects.select_related("booking__profile__user", "booking__role__shoot__crew").get()
    wages.mark_paid(wage, by=mei, now=now)

    page = hers.get(reverse("my_pay"))
    assert (page.context["totals"].due, page.context["totals"].received) == (1750, 0)
    hers.post(reverse("my_pay_received", args=[wage.pk]))

    after = hers.get(reverse("my_pay")).context["totals"]
    assert (after.due, after.received, after.shoots, after.days) == (0, 1750, 1, 5)


def test_a_stranger_finds_no_wage_and_the_crew_may_not_speak_for_her(
    hers, booking, running, mei, lin_graduate, now
):
    shoots.wrap(running, by=mei, now=now + timedelta(days=3))
    url = reverse("my_pay_received", args=[Wage.objects.get().pk])
    answers = []
    for user in (lin_graduate, mei):
        hers.force_login(user)
        answers.append(hers.post(url).status_code)
    assert answers == [404, 403]


def test_a_new_calendar_address_kills_the_old_one(hers, bo, client):
    old = bo.profile.feed_token
    hers.post(reverse("my_calendar_renew"))
    bo.profile.refresh_from_db()

    assert client.get(reverse("calendar_feed", args=[old])).status_code == 404
    assert client.get(reverse("calendar_feed", args=[bo.profile.feed_token])).status_code == 200


def test_the_public_page_opens_without_contacts_and_closes_for_good(
    hers, bo, client, booking, running, mei, now
):
    shoots.wrap(running, by=mei, now=now + timedelta(days=3))
    hers.post(reverse("my_cv_switch"), {"open": "1"})
    bo.profile.refresh_from_db()
    url = reverse("public_page", args=[bo.profile.page_token])
    client.logout()

    WorkLinkFactory(profile=bo.profile, title="毕业短片")
    shown, hidden = PhotoFactory(profile=bo.profile, public=True), PhotoFactory(profile=bo.profile)

    page = client.get(url)

    text = page.content.decode()
    assert [said in text for said in ("毕业短片", shown.key, hidden.key)] == [True, True, False]
    assert (page.status_code, page["X-Robots-Tag"]) == (200, "noindex")
    private = (bo.email, str(bo.profile.birth_date))
    assert [said in text for said in (running.title, *private)] == [True, False, False]
    client.force_login(bo)
    client.post(reverse("my_cv_switch"), {"open": "0"})
    assert client.get(url).status_code == 404
