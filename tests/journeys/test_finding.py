"""Finding work in a real browser, as on a phone and on a desk, in both languages, with a script and without."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from psycopg.types.range import DateRange

from jobs.models import Application, ChainPlan, SavedSearch
from profiles.models import Availability
from tests.factories.hubs import BaseFactory, HubFactory, RoleTypeFactory, StepFactory
from tests.factories.jobs import RoleFactory, ShootFactory
from tests.factories.profiles import ProfileFactory, fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]

WAYS = [
    pytest.param(390, "zh-hans", True, id="phone, Chinese, script"),
    pytest.param(390, "en", False, id="phone, English, no script"),
    pytest.param(1280, "en", True, id="desk, English, script"),
    pytest.param(1280, "zh-hans", False, id="desk, Chinese, no script"),
]


@pytest.fixture
def first_day() -> date:
    return (timezone.now() + timedelta(days=6)).date()


@pytest.fixture
def market(first_day):
    """Bo may join two shoots one after the other, but for one day of the second that she did not mark."""
    base = BaseFactory(hub=HubFactory(slug="zhengzhou", name_zh="郑州", name_en="Zhengzhou"))
    trade = RoleTypeFactory(name_zh="灯光助理", name_en="Lighting assistant")
    StepFactory(below=trade, above=RoleTypeFactory(name_zh="灯光大助", name_en="Best boy"))
    roles = []
    for number in range(2):
        start = first_day + timedelta(days=7 * number)
        shoot = ShootFactory(
            base=base, days=DateRange(start, start + timedelta(days=6)), published_at=timezone.now()
        )
        roles.append(RoleFactory(shoot=shoot, role_type=trade))
    profile = fits(ProfileFactory(user__name="博"), roles[0])
    missed = first_day + timedelta(days=9)
    Availability.objects.filter(profile=profile).delete()
    for span in (
        DateRange(first_day - timedelta(days=5), missed),
        DateRange(missed + timedelta(days=1), first_day + timedelta(days=40)),
    ):
        Availability.objects.create(profile=profile, days=span, part="both")
    return profile, roles, missed


@pytest.fixture
def signed_in(browser, live_server, settings, client):
    """signed_in(user, width, language, script) -> a page of a fresh context in which she is signed in."""
    contexts = []

    def opened(user, width: int, language: str, script: bool):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        context = browser.new_context(
            viewport={"width": width, "height": 844}, java_script_enabled=script, base_url=live_server.url
        )
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        for name, value in (
            (settings.LANGUAGE_COOKIE_NAME, language),
            (settings.SESSION_COOKIE_NAME, session),
        ):
            context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("width", "language", "script"), WAYS)
def test_a_missed_role_is_opened_planned_and_held(signed_in, market, width, language, script):
    profile, roles, missed = market
    page = signed_in(profile.user, width, language, script)

    page.goto(reverse("for_me"))
    assert page.locator(".fit-card").count() == 1
    page.click(".miss form button")
    page.wait_for_url(re.compile("fixed="))
    assert page.locator(".fit-card--new").count() == 1
    assert Availability.objects.filter(profile=profile, days__contains=missed).exists()

    page.click("nav.tabs a[href$='/my/chain/']")
    page.click("nav.tabs--inner a[href='?for=days']")
    assert page.locator(".strip__day--planned:visible").count() == 12 + 1  # twelve days, and one in the key
    page.click("form[action$='/hold/'] button")
    page.wait_for_url(re.compile("#held"))
    assert page.locator("#held .held-line").count() == 2
    assert Application.objects.filter(profile=profile, role__in=roles, state="sent").count() == 2
    page.click("form[action$='/release/'] button")
    page.wait_for_url(re.compile("/my/chain/$"))
    assert not ChainPlan.objects.filter(released_at=None).exists()

    page.goto(reverse("for_me"))
    assert page.locator(".miss").count() == 0


@pytest.mark.parametrize(("width", "language", "script"), WAYS)
def test_a_search_typed_in_pinyin_is_kept_and_forgotten(signed_in, market, width, language, script):
    profile, *_rest = market
    page = signed_in(profile.user, width, language, script)
    page.goto(reverse("roles:list"))
    if not page.locator("input[name=q]").is_visible():
        page.click("details.fold summary")
    page.fill("input[name=q]", "dengguang")
    page.click("form.filters button")
    page.wait_for_url(re.compile("q=dengguang"))
    assert page.locator(".shoot-card").count() == 2
    page.click("form.keep button")
    page.wait_for_url(re.compile("/my/searches/$"))
    assert SavedSearch.objects.get().query == {"q": "dengguang"}
    page.click(".search-name a")
    assert page.locator(".shoot-card").count() == 2
    page.goto(reverse("searches:list"))
    page.click("form[action$='/forget/'] button")
    page.wait_for_load_state()
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize(
    "name", ["for_me", "my_chain", "my_ladder", "searches:list", "roles:list", "hubs:trades"]
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_is_wider_than_the_smallest_phone_and_all_can_be_touched(signed_in, market, name, language):
    profile, *_rest = market
    page = signed_in(profile.user, 360, language, True)
    page.goto(reverse(name))
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    small = page.eval_on_selector_all(
        "main button, main select, main .chip, main .role-line, main .tabs a",
        "all => all.filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)",
    )
    assert small == []
