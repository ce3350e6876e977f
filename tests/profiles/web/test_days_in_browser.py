"""Free days in a real browser: by tap, by keys, over two taps, and with no script at all."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from hubs.timespan import DaySpan
from profiles.models import today_at
from profiles.queries.availability import parts_by_day
from tests.factories.hubs import SkillFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


def month_ahead() -> date:
    """The first day of the next month: all of its days can be said."""
    return (today_at(timezone.now()).replace(day=1) + timedelta(days=32)).replace(day=1)


@pytest.fixture
def open_page(browser, live_server, bo):
    """Open an address as Bo; every context is closed at the end."""
    contexts = []

    def opened(path: str, *, script: bool = True, language: str = "zh-hans", size=PHONE):
        client = Client()
        client.force_login(bo)
        context = browser.new_context(viewport=size, java_script_enabled=script)
        contexts.append(context)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        for name, value in ((settings.SESSION_COOKIE_NAME, key), (settings.LANGUAGE_COOKIE_NAME, language)):
            context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
        page = context.new_page()
        page.goto(f"{live_server.url}{path}")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def month(open_page):
    return lambda **how: open_page(f"/my/availability/?month={month_ahead():%Y-%m}", **how)


def days(bo) -> dict[int, str]:
    first = month_ahead()
    found = parts_by_day(bo.profile, within=DaySpan(first, (first + timedelta(days=32)).replace(day=1)))
    return {day.day: part for day, part in found.items()}


def box(number: int) -> str:
    return f'input[name=day][value="{month_ahead().replace(day=number)}"]'


def tap(page, number: int) -> None:
    """Tap a day, and wait until the page says something else of it than before."""
    before = page.locator(box(number)).get_attribute("data-part")
    page.locator(box(number)).click()
    page.locator(f'{box(number)}:not([data-part="{before}"])').wait_for(state="attached")


@pytest.mark.parametrize(("language", "size"), [("zh-hans", PHONE), ("en", DESK)])
def test_a_tap_says_what_is_chosen_and_a_second_tap_takes_it_back(month, bo, language, size):
    page = month(language=language, size=size)
    tap(page, 5)
    page.locator("input[name=part][value=night]").check()
    tap(page, 6)
    tap(page, 7)
    tap(page, 7)
    assert days(bo) == {5: "both", 6: "night"}
    page.locator("button[value=undo]").click()
    page.locator(f"{box(7)}[data-part=night]").wait_for(state="attached")
    assert days(bo) == {5: "both", 6: "night", 7: "night"}


def test_two_taps_say_a_stretch(month, bo):
    page = month()
    page.locator("[data-stretch]").click()
    page.locator(f'input[name=day][value="{month_ahead().replace(day=14)}"]').click()
    tap(page, 10)
    assert days(bo) == dict.fromkeys(range(10, 15), "both")


def test_keys_walk_the_grid_and_space_says_a_day(month, bo):
    page = month()
    grid = page.locator("[data-grid] input[name=day]")
    assert page.locator('[data-grid] input[name=day][tabindex="0"]').count() == 1
    grid.first.focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowLeft"):
        page.keyboard.press(key)
    page.keyboard.press("Space")
    page.locator(f"{box(15)}[data-part=both]:focus").wait_for(state="attached")
    assert days(bo) == {15: "both"}
    page.keyboard.press("End")
    end = date.fromisoformat(page.evaluate("document.activeElement.value"))
    page.keyboard.press("Home")
    home = date.fromisoformat(page.evaluate("document.activeElement.value"))
    assert (home <= month_ahead().replace(day=15) <= end, end - home <= timedelta(days=6)) == (True, True)
    page.keyboard.press("PageDown")
    following = f"{month_ahead() + timedelta(days=32):%Y-%m}"
    page.locator(f'input[name=day][value^="{following}"]:focus').wait_for(state="attached")


@pytest.mark.parametrize(("language", "size"), [("zh-hans", PHONE), ("en", DESK)])
def test_without_a_script_boxes_are_marked_and_saved(month, bo, language, size):
    page = month(script=False, language=language, size=size)
    for number in (3, 4):
        page.locator(f'input[name=day][value="{month_ahead().replace(day=number)}"]').check()
    page.locator("input[name=part][value=day]").check()
    page.locator("button[name=act][value=days]").click()
    assert days(bo) == {3: "day", 4: "day"}
    page.locator("button[value=undo]").click()
    assert days(bo) == {}


def test_a_skill_is_found_while_typing_and_saved_with_one_more_tap(open_page, bo):
    skill = SkillFactory(code="boom", name_zh="举杆收音", name_en="Boom operating")
    page = open_page("/my/profile/skills/")
    page.locator("#id_q").type("shouyin")
    page.locator(f"input[name=skill_{skill.pk}][value='2']").check()
    page.locator("main form .form-actions button").click()
    page.wait_for_url("**/my/profile/")
    assert dict(bo.profile.skill_levels.values_list("skill__code", "level")) == {"boom": 2}
    page.locator("#gains").wait_for()  # comes by itself, after the page


def test_a_height_is_asked_only_of_those_who_act(open_page):
    for script in (True, False):
        page = open_page("/my/profile/acting/", script=script)
        assert not page.locator("#id_height_cm").is_visible()
        page.locator("#id_acting").check()
        assert page.locator("#id_height_cm").is_visible()
