"""The day on set in a real browser, on a desk and on a phone: a sheet, a word back, a code, and what is owed."""

from datetime import date, timedelta

import pytest
import zxingcpp
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from psycopg.types.range import DateRange

from hubs.models import RoleType
from hubs.timespan import shoot_day_of
from jobs.models import CallSheet, Shoot, Wage, WorkedDay
from tests.factories.hubs import RoleTypeFactory
from tests.factories.jobs import BookingFactory, RoleFactory
from tests.factories.profiles import ProfileFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


@pytest.fixture
def open_as(browser, live_server):
    """open_as(user, width) -> a page of somebody who has signed in, in English."""
    contexts = []

    def opened(user, width: int):
        client = Client()
        client.force_login(user)
        context = browser.new_context(viewport={"width": width, "height": 844}, base_url=live_server.url)
        cookies = {
            settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value,
            settings.LANGUAGE_COOKIE_NAME: "en",
        }
        context.add_cookies(
            [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
        )
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def today(shoot) -> date:
    """The shoot is on set today."""
    day = shoot_day_of(timezone.now())
    Shoot.objects.filter(pk=shoot.pk).update(days=DateRange(day, day + timedelta(days=6)))
    shoot.refresh_from_db()
    return day


def fits_the_screen(page, width: int) -> bool:
    return page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1280, 390])
def test_a_sheet_is_written_published_and_confirmed(open_as, shoot, today, bo, mei, width):
    role = RoleFactory(shoot=shoot, headcount=2)
    BookingFactory(role=role, profile=bo.profile)
    desk = open_as(mei, width)
    desk.goto(reverse("shoots:call_sheet", args=[shoot.pk, today]))
    desk.get_by_role("link", name="Write this call sheet").click()
    desk.get_by_label("General call").fill("07:15")
    desk.get_by_label("Transport").fill("06:30 north gate")
    desk.locator("[name=scene-0-number]").fill("12-3")
    assert fits_the_screen(desk, width)
    desk.get_by_role("button", name="Publish version 1").click()
    desk.get_by_text("Version 1 is published; 1 person is told.").wait_for()

    hers = open_as(bo, width)
    hers.goto(reverse("shoots:call_sheet", args=[shoot.pk, today]))
    assert hers.locator(".mycall__time").inner_text() == "07:15"
    assert fits_the_screen(hers, width)
    hers.get_by_role("button", name="Read, I will be there").click()
    hers.get_by_text("You confirmed on").wait_for()
    desk.reload()
    assert "1 / 1" in desk.locator("#who .sums").inner_text()
    assert CallSheet.objects.get().scenes.get().number == "12-3"


@pytest.mark.parametrize("width", [1280, 390])
def test_extras_scan_the_code_and_are_owed(open_as, shoot, today, bo, mei, width, tmp_path):
    kind = RoleTypeFactory(category=RoleType.Category.EXTRAS)
    days = DateRange(today, today + timedelta(days=1))
    role = RoleFactory(shoot=shoot, role_type=kind, headcount=4, day_rate=135, days=days)
    for profile in (bo.profile, ProfileFactory(user__name="任可")):
        BookingFactory(role=role, profile=profile)
    desk = open_as(mei, width)
    desk.goto(reverse("shoots:extras", args=[shoot.pk, today]))
    desk.get_by_role("button", name="Call the extras").click()
    desk.get_by_role("link", name="Show the check-in code").click()
    desk.locator(".checkin__qr").screenshot(path=tmp_path / "code.png")
    (code,) = zxingcpp.read_barcodes(Image.open(tmp_path / "code.png"))

    phone = open_as(bo, 390)
    phone.goto(code.text)
    assert not WorkedDay.objects.exists()
    phone.get_by_role("button", name="I am here").click()
    phone.get_by_role("heading", name="You are checked in").wait_for()
    assert WorkedDay.objects.get().booking.profile == bo.profile

    desk.goto(reverse("shoots:extras", args=[shoot.pk, today]) + "?group=1")
    assert fits_the_screen(desk, width)
    line = desk.locator(".extra", has_text="博")
    line.get_by_text("In costume").click()
    desk.locator(".extra--here", has=desk.locator("[name=costume]:checked")).wait_for()
    desk.get_by_role("link", name="Payable list").click()
    desk.get_by_text("Wrap this day").click()
    desk.get_by_role("button", name="Wrap, and owe these wages").click()
    desk.get_by_text("Wrapped: ¥135 are owed for this day.").wait_for()
    assert fits_the_screen(desk, width)
    assert [(wage.booking.profile, wage.amount) for wage in Wage.objects.all()] == [(bo.profile, 135)]
