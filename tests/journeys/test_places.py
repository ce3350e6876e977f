"""The pages of places in a real browser, and a crew that takes a set: both languages, phone and desk."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from psycopg.types.range import DateRange

from hubs.timespan import shoot_day_of
from jobs.models import SetBooking
from tests.factories.hubs import JobFairFactory, ProgrammeFactory, SetFactory
from tests.factories.jobs import ShootFactory
from tests.guards.looking import AXE, Axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(400)]

LANGUAGES = {"zh": "zh-hans", "en": "en"}
WIDTHS = (390, 1280)
FIRST_VIEW = 60_000


@pytest.fixture
def market(base, crew):
    """Two sets, a shoot of Mei's that is to come, a fair and a course."""
    first = shoot_day_of(timezone.now()) + timedelta(days=9)
    SetFactory(base=base, slug="hall", kind="banquet", name_zh="宴会厅", name_en="Banquet hall")
    SetFactory(base=base, slug="ward", kind="medical", name_zh="医院病房", name_en="Hospital room")
    days = DateRange(first, first + timedelta(days=5))
    JobFairFactory(slug="fair", name_zh="双选会", name_en="Crew fair", hub=base.hub, days=days, capacity=9)
    ProgrammeFactory(slug="course", name_zh="表演班", name_en="Acting course")
    return ShootFactory(crew=crew, base=base, title="雨夜归人", days=days)


def a_page(browser, live_server, person, language: str, width: int):
    cookies = {settings.LANGUAGE_COOKIE_NAME: LANGUAGES[language]}
    if person is not None:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(viewport={"width": width, "height": 844}, locale=language)
    context.add_cookies([{"name": k, "value": v, "url": live_server.url} for k, v in cookies.items()])
    return context.new_page()


def barriers(page) -> list[str]:
    """What axe finds, and whether the page scrolls sideways."""
    found = [violation["id"] for violation in Axe().run(page, options=AXE).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
    return found + (["scrolls sideways"] if wide else [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_places_have_no_barrier_and_weigh_little(browser, live_server, market, mei, language):
    page = a_page(browser, live_server, mei, language, WIDTHS[0])
    addresses = [
        reverse("hubs:list"),
        reverse("hubs:hub", args=[market.base.hub.slug]),
        reverse("hubs:base", args=[market.base.slug]),
        reverse("base_days", args=[market.base.slug]),
        reverse("hubs:training"),
        reverse("fairs:list"),
        reverse("fairs:detail", args=["fair"]),
        reverse("hubs:search") + "?q=yiyuan",
        reverse("shoots:sets", args=[market.pk]),
    ]
    found, heavy = {}, {}
    for address in addresses:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 844})
            page.goto(live_server.url + address)
            if problems := barriers(page):
                found[address, width] = problems
        weight = page.evaluate("performance.getEntriesByType('navigation')[0].encodedBodySize")
        if weight > FIRST_VIEW:
            heavy[address] = weight
    assert (found, heavy) == ({}, {})
    page.context.close()


@pytest.mark.parametrize(("language", "width"), [("zh", 390), ("en", 1280)])
def test_a_crew_takes_a_set_in_three_taps_and_gives_it_back(
    browser, live_server, market, mei, language, width
):
    page = a_page(browser, live_server, mei, language, width)
    page.goto(live_server.url + reverse("shoots:sets", args=[market.pk]))
    boxes = page.locator("tr:has(th:has-text('宴会厅'), th:has-text('Banquet hall')) input[name=want]")
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.locator(".set-bar button").click()
    page.wait_for_load_state()
    booking = SetBooking.objects.get()
    assert (booking.state, booking.part, booking.set.slug) == ("booked", "both", "hall")
    page.locator(".set-days form button").click()
    page.wait_for_load_state()
    booking.refresh_from_db()
    assert booking.state == "released"
    page.context.close()
