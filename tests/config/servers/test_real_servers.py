"""What a test run stands on is real: a database that knows Chinese, a worker, a mail server, a browser."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.mail import send_mail
from django.db import connection

from config.celery import app
from tests import servers_plugin


@pytest.mark.django_db
def test_trigrams_see_chinese_characters():
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute("SELECT similarity('短剧导演', '短剧副导演')")
        assert cursor.fetchone() == (0.375,)


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
def test_a_worker_process_works_on_the_test_database(celery_worker_process):
    from jobs.models import Heartbeat

    app.send_task("jobs.heartbeat")
    end = time.monotonic() + 20
    while not Heartbeat.objects.filter(part="worker").exists():
        assert time.monotonic() < end, celery_worker_process.words()
        time.sleep(0.05)


def test_a_killed_worker_is_gone_with_its_children(start_worker):
    worker = start_worker()
    worker.kill()
    assert worker.process.returncode == -signal.SIGKILL
    # A zombie that nobody has collected yet is dead too, so only other states count.
    argv = ["pgrep", "--runstates", "DRS", "-g", str(worker.pid)]
    end = time.monotonic() + 10
    while subprocess.run(argv, capture_output=True, check=False).stdout:
        assert time.monotonic() < end
        time.sleep(0.05)


def test_mail_goes_through_a_real_server(smtp_server):
    send_mail("进组通知", "周一见", "crew@jinzu.example", ["bo@people.example"])
    (message,) = smtp_server.wait_for(1)
    assert (message["Subject"], message["To"]) == ("进组通知", "bo@people.example")
    assert message.get_content().strip() == "周一见"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_real_browser_opens_the_site(browser, live_server):
    page = browser.new_page()
    page.goto(f"{live_server.url}/healthz")
    assert page.inner_text("body") == '{"ok": true}'
    page.close()


def test_servers_of_a_killed_run_die_with_it_and_the_next_run_sweeps_their_folder(monkeypatch):
    """kill -9 of a test run leaves a folder without a holder and no process; `sweep` removes the folder."""
    code = "from tests import servers_plugin as s; print(s.start()[1], flush=True); input()"
    env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    argv = [sys.executable, "-c", code]
    pipe = subprocess.PIPE
    run = subprocess.Popen(argv, stdin=pipe, stdout=pipe, env=env, cwd=servers_plugin.CHECKOUT, text=True)
    home = Path(run.stdout.readline().strip())
    assert _processes_of(home) != ""
    servers_plugin.sweep()
    assert home.exists(), "a folder whose run lives was swept"

    run.kill()
    run.communicate()
    end = time.monotonic() + 20
    while _processes_of(home):
        assert time.monotonic() < end
        time.sleep(0.05)
    servers_plugin.sweep()
    assert not home.exists()


def _processes_of(home: Path) -> str:
    asked = subprocess.run(["pgrep", "-f", str(home)], capture_output=True, text=True, check=False)
    return asked.stdout
