"""From an offer to a line on the CV, in a real browser: phone and desk, both languages, with script and without."""

from datetime import timedelta

import pytest
from django.utils import timezone
from psycopg.types.range import DateRange

from hubs.timespan import shoot_day_of
from jobs.enums import OfferState
from jobs.models import Booking, CallSheet, SheetReceipt, Wage
from jobs.models.offer import answer_key
from jobs.services import offers, shoots, wages
from profiles.models import Credit
from tests.factories.jobs import RoleFactory
from tests.factories.profiles import fits
from tests.journeys.readers import DESK, Reader, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


@pytest.fixture
def running(shoot):
    """Mei's shoot begins today, so that its first day can be worked in this test."""
    today = shoot_day_of(timezone.now())
    shoot.days = DateRange(today, today + timedelta(days=5))
    shoot.save(update_fields=["days"])
    return shoot


@pytest.fixture
def offer(running, bo, mei):
    """Sent the evening before, while the role had not begun."""
    role = RoleFactory(shoot=running, days=running.days, day_rate=350)
    fits(bo.profile, role)
    return offers.send(
        role, bo.profile, by=mei, now=timezone.now() - timedelta(days=2), open_for=timedelta(days=4)
    )


def test_three_taps_to_yes_then_work_pay_and_a_line_on_the_cv(reader, offer, bo, mei, running):
    sign_in(reader, bo)
    reader.open("/offers/")
    reader.tap(f"a[href='/offers/{offer.pk}/']")
    reader.tap(f"a[href='/offers/{offer.pk}/accept/']")
    reader.tap("main form button")
    offer.refresh_from_db()
    assert (offer.state, reader.taps) == (OfferState.ACCEPTED, 3)

    today = shoot_day_of(timezone.now())
    CallSheet.objects.create(shoot=running, day=today, general_call="07:30", published_at=timezone.now())
    booking = Booking.objects.get(profile=bo.profile)
    reader.open("/my/shoots/")
    reader.tap(f"form[action='/bookings/{booking.pk}/check-in/'] button")
    reader.tap(f"form[action='/bookings/{booking.pk}/check-out/'] button")
    reader.tap(f"a[href='/shoots/{running.pk}/call-sheet/{today}/']")
    reader.tap(f"form[action='/shoots/{running.pk}/call-sheet/{today}/confirm/'] button")
    assert booking.worked_days.get().checked_out_at is not None
    assert SheetReceipt.objects.get().confirmed_at is not None

    shoots.wrap(running, by=mei, now=timezone.now() + timedelta(days=4))
    wage = Wage.objects.select_related("booking__profile__user", "booking__role__shoot__crew").get()
    wages.mark_paid(wage, by=mei, now=timezone.now())
    reader.open("/my/pay/")
    reader.tap(f"form[action='/my/pay/{wage.pk}/received/'] button")
    wage.refresh_from_db()
    assert wage.received_at is not None

    reader.open("/my/cv/")
    reader.tap("form[action='/my/cv/public/'] button")
    assert Credit.objects.get(profile=bo.profile).title in reader.page.locator(".cv").inner_text()
    assert reader.page.locator(".cv__code svg").count() == 1
    for path in ("/my/shoots/", "/my/pay/", "/my/cv/", "/my/calendar/"):
        reader.open(path)
        assert reader.fits_the_screen(), path


def test_from_the_mail_one_tap_books_without_signing_in(reader, offer, bo):
    reader.open(f"/answer/{answer_key(offer.pk, bo.pk)}/")
    reader.tap("main form button")
    offer.refresh_from_db()
    assert (offer.state, reader.taps) == (OfferState.ACCEPTED, 1)


def test_the_cv_prints_on_one_page(browser, live_server, bo):
    context = browser.new_context(locale="zh-CN", viewport=DESK)
    reader = Reader(context.new_page(), live_server.url)
    sign_in(reader, bo)
    reader.open("/my/cv/")
    paper = reader.page.pdf(prefer_css_page_size=True)
    context.close()
    assert paper.count(b"/Type /Page\n") + paper.count(b"/Type /Page ") == 1
