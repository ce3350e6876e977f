"""The Celery app. Tasks carry row ids only: Redis is the doorbell, PostgreSQL keeps the queue.

The beat table stands here in plain sight. Each entry asks for rows that are due; two beats at once are
harmless, because rows are claimed, not counted.
"""

import os
from datetime import UTC, datetime

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_init, worker_process_init
from kombu import Queue

from config import env

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

app = Celery("jinzu")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# A worker without --queues takes both. `make run` has a worker for each: nobody who says no waits behind a market.
app.conf.task_queues = [Queue("celery"), Queue("solving")]

app.conf.beat_schedule = {
    "read-calendars": {"task": "profiles.read_calendars", "schedule": 60.0},
    "lay-patterns": {"task": "profiles.lay_patterns", "schedule": 6 * 3600.0},
    # The demo market plays a day's answers in two minutes, so its sweep is brisker.
    "sweep-work": {"task": "jobs.sweep_work", "schedule": 2.0 if env.flag("JINZU_DEMO_MARKET") else 5.0},
    # Last run long ago: due as soon as beat starts, so /readyz turns green at once.
    "heartbeat": {
        "task": "jobs.heartbeat",
        "schedule": 10.0,
        "last_run_at": datetime(2000, 1, 1, tzinfo=UTC),
    },
    "forget-changes": {"task": "jobs.forget_changes", "schedule": 600.0},
    # The market room is an hour old at most; the day that ended at 05:00 is counted for good by the first of its next.
    "write-market": {"task": "jobs.write_market", "schedule": 3600.0},
    # 03:00 in Shanghai, when nobody is on the phone any more and the first call is two hours away.
    "clear-markets": {"task": "jobs.clear_markets", "schedule": crontab(hour=3, minute=0)},
    # Half past five in the afternoon and again at eight: who was booked in between is called, nobody twice.
    "call-villages": {"task": "jobs.call_villages", "schedule": crontab(hour="17,20", minute=30)},
}


@worker_init.connect
def compile_in_background(**_: object) -> None:
    """Have the engine compiled by a process of its own: this one forks, and a fork inherits a compiler's locks."""
    from jobs.services import compiling

    compiling.start()


@worker_process_init.connect
def load_in_background(**_: object) -> None:
    """Have the compiled engine in this worker before the first match asks for it."""
    from jobs.services import compiling

    compiling.load_soon()
