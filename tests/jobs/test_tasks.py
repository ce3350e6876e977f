"""The doors to the queue: what beat sends and what a worker writes."""

import time

import pytest
from django.utils import timezone

from config.celery import app
from jobs.models import Heartbeat
from jobs.services import heartbeat
from jobs.tasks import heartbeat as task


def test_a_heartbeat_is_one_row_a_part(db, now):
    for _ in range(2):
        heartbeat.write(now=now, sent_at=now)
    assert list(Heartbeat.objects.order_by("part").values_list("part", "beat_at")) == [
        ("beat", now),
        ("worker", now),
    ]


def test_every_scheduled_task_exists_and_old_bells_expire():
    app.loader.import_default_modules()
    tasks = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert tasks == {
        "jobs.sweep_work",
        "jobs.heartbeat",
        "jobs.clear_markets",
        "jobs.forget_changes",
        "jobs.write_market",
        "jobs.call_villages",
        "profiles.read_calendars",
        "profiles.lay_patterns",
    }
    assert all(app.tasks[name].expires for name in tasks)


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
def test_a_real_worker_writes_both_beats(start_worker, empty_queue):
    worker = start_worker()
    sent = timezone.now()
    task.delay()
    end = time.monotonic() + 20
    while Heartbeat.objects.count() < 2 and time.monotonic() < end:
        time.sleep(0.1)
    worker.stop()
    beats = dict(Heartbeat.objects.values_list("part", "beat_at"))
    assert set(beats) == {"beat", "worker"}
    assert abs((beats["beat"] - sent).total_seconds()) < 1
    assert beats["worker"] >= beats["beat"]


def test_whole_hubs_are_matched_at_three_in_the_morning_of_shanghai():
    entry = app.conf.beat_schedule["clear-markets"]
    assert (entry["task"], entry["schedule"].hour, entry["schedule"].minute) == (
        "jobs.clear_markets",
        {3},
        {0},
    )
    assert app.conf.timezone == "Asia/Shanghai"
