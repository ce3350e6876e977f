"""The market room, the queues by keyboard and an editor's desk in a real browser: both languages, phone and desk."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from hubs.timespan import shoot_day_of
from jobs.enums import CrewState
from jobs.models import Case, Crew, HubFact, MarketFact
from jobs.models.moderation import CaseSubject
from jobs.services import moderation
from jobs.services.market_room import add_up
from tests.factories.hubs import BaseFactory, DepartmentFactory, FigureFactory, RoleTypeFactory
from tests.factories.jobs import CrewFactory, RoleFactory
from tests.factories.profiles import ManagerFactory
from tests.guards.looking import AXE, Axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]

LANGUAGES = {"zh": "zh-hans", "en": "en"}
WIDTHS = (390, 1280)


@pytest.fixture
def opened(browser, live_server):
    """Open a browser for a person (None = a visitor) in a language, at a width; all are closed at the end."""
    contexts = []

    def open_for(person, language: str, width: int):
        cookies = {settings.LANGUAGE_COOKIE_NAME: LANGUAGES[language]}
        if person is not None:
            client = Client()
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
            cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
        context = browser.new_context(viewport={"width": width, "height": 844}, locale=language)
        context.add_cookies([{"name": k, "value": v, "url": live_server.url} for k, v in cookies.items()])
        contexts.append(context)
        return context.new_page()

    yield open_for
    for context in contexts:
        context.close()


def barriers(page) -> list[str]:
    """What axe finds, and whether the page scrolls sideways."""
    found = [violation["id"] for violation in Axe().run(page, options=AXE).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
    return found + (["scrolls sideways"] if wide else [])


@pytest.fixture
def facts(hub):
    day = shoot_day_of(timezone.now())
    focus = RoleTypeFactory(
        code="focus-puller",
        name_zh="跟焦员",
        name_en="Focus puller",
        department=DepartmentFactory(code="camera", name_zh="摄影组", name_en="Camera"),
    )
    for number in range(6):
        when = day - timedelta(days=number)
        MarketFact.objects.create(
            day=when, hub=hub, role_type=focus, places=120 + number, booked=60, wanted=50, free_people=10, sent=20,
            accepted=9, declined=6, filled=9, fill_hours=180, fill_spans=[4, 3, 1, 1, 0], first_timers=6, due=30,
            due_filled=28,
        )  # fmt: skip
        for where in (None, hub):
            HubFact.objects.create(
                day=when, hub=where, shoot_days=7, people=40, paid_days_30=500, late_wages=6, late_yuan=9000,
                rest_breaches=1, reasons={"pay": 9, "days": 6},
            )  # fmt: skip
    add_up(days_since=day - timedelta(days=6))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_market_room_is_read_by_everybody(opened, live_server, facts, language, width):
    page = opened(None, language, width)
    page.goto(f"{live_server.url}/market/")

    said = {"zh": "郑州下周最缺跟焦员，差 40 人。", "en": "Zhengzhou lacks 40 for next week: Focus puller."}
    assert said[language] in page.inner_text("#chart-gaps + p, .chart") or said[language] in page.inner_text(
        "main"
    )
    assert page.locator("svg.chart__lines title").count() == 4
    page.locator("#chart-places").locator("xpath=ancestor::section").locator("summary").click()
    assert page.locator(".chart__numbers:visible tbody tr").count() == 6
    assert barriers(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_queue_is_worked_by_keyboard(opened, live_server, shoot, bo, ada, language):
    roles = [RoleFactory(shoot=shoot, note="带妆先交押金") for _n in range(3)]
    for role in roles:
        moderation.report(CaseSubject.ROLE, role, reason="fee", words="先交押金", by=bo, now=timezone.now())
    page = opened(ada, language, 1280)
    page.goto(f"{live_server.url}/queue/cases/")
    assert page.locator("mark").first.inner_text() == "押金"
    assert barriers(page) == []

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("a")  # without a reason the cursor goes there, nothing is sent
    assert Case.objects.filter(state="open").count() == 3
    page.keyboard.type("查实收费")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.wait_for_load_state()
    page.locator("li.queue__item").nth(1).wait_for()
    assert list(Case.objects.order_by("pk").values_list("state", flat=True)) == ["upheld", "open", "open"]

    page.keyboard.press("j")
    page.keyboard.press("r")
    page.keyboard.type("是道具押金")
    page.keyboard.press("Control+Enter")
    page.wait_for_load_state()
    page.locator("li.queue__item").nth(0).wait_for()
    page.wait_for_function("document.querySelectorAll('li.queue__item').length === 1")
    assert list(Case.objects.order_by("pk").values_list("state", flat=True)) == [
        "upheld",
        "dismissed",
        "open",
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_a_crew_is_verified_from_the_queue(opened, live_server, hub, ada, width):
    crew = CrewFactory(state=CrewState.APPLIED, verified_at=None, home_hub=hub)
    page = opened(ada, "zh", width)
    page.goto(f"{live_server.url}/queue/crews/")
    assert barriers(page) == []
    page.locator("button[data-key=a]").click()
    page.wait_for_load_state()

    assert Crew.objects.get(pk=crew.pk).state == CrewState.VERIFIED


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_editor_keeps_her_hub(opened, live_server, hub, language, width):
    base = BaseFactory(hub=hub, status="draft")
    FigureFactory(hub=hub)
    editor = ManagerFactory(name="郝编辑", is_staff=True)
    editor.hubs.add(hub)
    page = opened(editor, language, width)
    page.goto(f"{live_server.url}/admin/")
    assert barriers(page) == []
    for address in ("hubs/base/", "hubs/figure/", "hubs/base/import/", f"hubs/base/{base.pk}/history/"):
        page.goto(f"{live_server.url}/admin/{address}")
        assert barriers(page) == [], address
    page.goto(f"{live_server.url}/admin/hubs/base/{base.pk}/change/")
    assert barriers(page) == []
    page.locator("button[name=_step][value=review]").click()
    page.wait_for_load_state()

    base.refresh_from_db()
    assert base.status == "review"
    assert page.locator("button[name=_step][value=published]").count() == 0
