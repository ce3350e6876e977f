"""The Celery app. Tasks carry row ids only: Redis is the doorbell, PostgreSQL keeps the queue.

The beat table stands here in plain sight. Each entry asks for rows that are due; two beats at once are
harmless, because rows are claimed, not counted.
"""

import os

from celery import Celery
from celery.signals import beat_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("jinzu")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    "sweep-work": {"task": "jobs.sweep_work", "schedule": 5.0},
    "heartbeat": {"task": "jobs.heartbeat", "schedule": 10.0},
}


@beat_init.connect
def speak_at_once(**_) -> None:
    """Let /readyz turn green when beat starts, not one beat later."""
    app.send_task("jobs.heartbeat")
