"""An admin watches a hub's run in a real browser: it goes on by itself, survives a reload and a dead worker, and ends."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from psycopg.types.range import DateRange

from jobs.enums import RunState, WorkKind
from jobs.models import MarketRun, MatchRun, WorkItem
from jobs.services import later, market, work
from tests.factories.jobs import RoleFactory
from tests.factories.profiles import ProfileFactory, fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]

LANGUAGES = {"zh": ("zh-hans", "郑州"), "en": ("en", "Zhengzhou")}


@pytest.fixture
def running(hub, shoot, ada):
    """A run of Zhengzhou that a worker has begun and then died over, with six people for two places."""
    now = timezone.now()
    first = now.date() + timedelta(days=9)
    shoot.days = DateRange(first, first + timedelta(days=7))
    shoot.save()
    role = RoleFactory(shoot=shoot, headcount=2)
    for _ in range(6):
        person = fits(ProfileFactory(), role)
        person.availabilities.update(days=DateRange(now.date(), first + timedelta(days=30)))
    run = market.ask(hub, by=ada, now=now)
    item = WorkItem.objects.get(kind=WorkKind.CLEAR_MARKET, subject_id=run.pk)
    assert later.claim(item.pk, now=now) is not None
    MarketRun.objects.filter(pk=run.pk).update(
        state=RunState.RUNNING, started_at=now, phase="prices", done=20, total=80, people=6, shoots=1
    )
    return run, item


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_progress_survives_a_reload_and_a_dead_worker(browser, live_server, running, ada, language, width):
    run, item = running
    client = Client()
    client.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")
    cookies = {
        settings.LANGUAGE_COOKIE_NAME: LANGUAGES[language][0],
        settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value,
    }
    context = browser.new_context(viewport={"width": width, "height": 844}, locale=language)
    context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
    )
    page = context.new_page()
    try:
        page.goto(f"{live_server.url}/markets/{run.pk}/")
        assert LANGUAGES[language][1] in page.inner_text("h1")
        bar = page.locator("#run progress")
        assert bar.get_attribute("value") == "20"

        MarketRun.objects.filter(pk=run.pk).update(done=60)
        page.wait_for_selector('#run progress[value="60"]')  # it asks by itself
        page.reload()
        assert bar.get_attribute("value") == "60"

        later_on = timezone.now() + later.lease_length() + timedelta(seconds=1)
        assert work.perform(item.pk, now=later_on) is True  # the lease of the dead one is over
        page.wait_for_selector("#run .badge--published")
        assert page.locator("#run progress").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.wait_for_selector("table a[href*='/runs/']")  # the shoots come with the end, unasked
    finally:
        context.close()
    run.refresh_from_db()
    assert (run.state, run.filled) == (RunState.PUBLISHED, 2)
    assert MatchRun.objects.get(market=run).filled == 2
