"""Work items a second through a real Celery worker, beside tasks that do nothing on the same worker."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from config.servers.children import POLITE
from config.servers.processes import spawn, stop, tail
from tests.benchmarks.figure import figure
from tests.benchmarks.running import CHECKOUT
from tests.benchmarks.site.world import database_url

ITEMS, CONCURRENCY, PATIENCE = 400, 2, 60
NOTHING = "celery.accumulate"  # Celery's own: gives its arguments back


def figures(log: Path) -> list[dict[str, Any]]:
    running = worker(log)
    try:
        _timed(_ring_nothing, _broker_is_empty, 20)  # warm both
        _timed(_ask_for_work, _all_work_done, 20)
        bare = ITEMS / _timed(_ring_nothing, _broker_is_empty, ITEMS)
        ours = ITEMS / _timed(_ask_for_work, _all_work_done, ITEMS)
    finally:
        stop([running], grace=10)
    note = (
        f"{bare:,.0f} tasks/s that do nothing, {CONCURRENCY} processes, {ITEMS} of each, asked for and done"
    )
    words = f"{ours:,.0f}/s, {ours / bare:.2f} of a task that does nothing"
    return [
        figure(
            "queue",
            "work items through Celery",
            words,
            note,
            per_second=ours,
            nothing=bare,
            ratio=ours / bare,
        )
    ]


def worker(log: Path, queues: str = "celery,solving", **env: str):
    """A Celery worker on the database that is measured, once it answers and has the engine loaded."""
    argv = [sys.executable, "-m", "celery", "--app", "config.celery", "worker", "--loglevel", "WARNING"]
    argv += ["--concurrency", str(CONCURRENCY), "--without-gossip", "--without-mingle", "--queues", queues]
    argv += ["--hostname", f"{queues.replace(',', '-')}@%h"]
    if queues == "solving":  # as `make run` starts it
        argv = [*POLITE, *argv]
    running = spawn(argv, log=log, env={**os.environ, "DATABASE_URL": database_url(), **env}, cwd=CHECKOUT)
    end = time.monotonic() + PATIENCE
    from config.celery import app

    while not app.control.ping(timeout=0.5):
        if running.poll() is not None or time.monotonic() > end:
            stop([running], grace=2)
            raise RuntimeError(f"the Celery worker did not start: {tail(log)}")
    return running


def _timed(ask: Callable[[int], None], over: Callable[[], bool], count: int) -> float:
    began = time.perf_counter()
    ask(count)
    while not over():
        if time.perf_counter() - began > PATIENCE:
            raise RuntimeError(f"{count} tasks were not done within {PATIENCE} s")
        time.sleep(0.005)
    return time.perf_counter() - began


def _ring_nothing(count: int) -> None:
    from config.celery import app

    for number in range(count):
        app.send_task(NOTHING, args=(number,), retry=False)


def _broker_is_empty() -> bool:
    """Nothing waits, and nothing was taken without being acknowledged after it was done."""
    from config.celery import app

    with app.connection_for_read() as connection:
        client = connection.default_channel.client
        return client.llen("celery") + client.hlen("unacked") == 0


def _ask_for_work(count: int) -> None:
    """The cheapest work there is: an expiry of an offer that is not there. Claim, transaction and lease are real."""
    from django.utils import timezone

    from jobs.enums import WorkKind
    from jobs.services import later

    now = timezone.now()
    for number in range(count):
        later.enqueue(
            WorkKind.EXPIRE_OFFER, 2**40 + number, f"bench:{now.timestamp()}:{number}", now, now=now
        )


def _all_work_done() -> bool:
    from jobs.models import WorkItem

    return not WorkItem.objects.filter(key__startswith="bench:", done_at__isnull=True).exists()
