"""The Celery app. Tasks carry row ids only: Redis is the doorbell, PostgreSQL keeps the queue.

The beat table stands here in plain sight. Each entry asks for rows that are due; two beats at once are
harmless, because rows are claimed, not counted.
"""

import os
from datetime import UTC, datetime

from celery import Celery

from config import env

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

app = Celery("jinzu")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    # The demo market plays a day's answers in two minutes, so its sweep is brisker.
    "sweep-work": {"task": "jobs.sweep_work", "schedule": 2.0 if env.flag("JINZU_DEMO_MARKET") else 5.0},
    # Last run long ago: due as soon as beat starts, so /readyz turns green at once.
    "heartbeat": {
        "task": "jobs.heartbeat",
        "schedule": 10.0,
        "last_run_at": datetime(2000, 1, 1, tzinfo=UTC),
    },
}
