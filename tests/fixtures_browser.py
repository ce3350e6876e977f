"""A real Chromium. `make test` finds or installs one (CHROMIUM names it); plain pytest takes the system's."""

import os
import shutil
import time

import pytest
from django.db import connection

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_without: list[str] = []


@pytest.fixture(scope="session")
def chromium_path():
    """The path of a Chromium, or None."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def _launched(chromium_path):
    if chromium_path is None:
        yield None
        return
    from playwright.sync_api import sync_playwright

    # Playwright runs an event loop in this thread, where Django would refuse to touch the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def browser(_launched, request):
    """Playwright's Browser, one process for the whole run; make a context of your own and close it."""
    if _launched is None:
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail("CI must have a Chromium; none was found and none could be installed")
        _without.append(request.node.nodeid)
        pytest.skip("no Chromium: set CHROMIUM or run `make test`")
    yield _launched
    _let_requests_end()


def _let_requests_end(seconds: float = 10) -> None:
    """Wait until no server thread is at work: a page that was left may still be answered, and emptying the
    tables under it would deadlock.
    """
    busy = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"
    )
    until = time.monotonic() + seconds
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(busy)
            if not cursor.fetchone()[0]:
                return
            time.sleep(0.05)


def pytest_terminal_summary(terminalreporter):
    """Say by name which tests had no browser, so that nobody takes them for passed."""
    if _without:
        terminalreporter.section("NO BROWSER: these tests did not run", sep="!", red=True)
        for name in _without:
            terminalreporter.line(name)
