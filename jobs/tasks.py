"""Celery's side of the house: ids in, one service call, nothing else. Retries are the row's affair, not the broker's."""

from datetime import datetime, timedelta

from celery import shared_task
from django.utils import timezone

from jobs.services import changes, market, market_room, village_calls, work
from jobs.services import heartbeat as heartbeats

HEARTBEAT_EXPIRES = 60
"""Seconds after which nobody needs an old heartbeat any more."""


@shared_task(name="jobs.perform")
def perform(item_id: int) -> bool:
    """Do one work item, where it is still to be done."""
    return work.perform(item_id, now=timezone.now())


@shared_task(name="jobs.sweep_work", expires=30)
def sweep_work() -> int:
    """Ring for everything that is due: what came due since, and what a dead worker or a lost message left behind."""
    return len(work.sweep(now=timezone.now()))


@shared_task(name="jobs.heartbeat", bind=True, expires=HEARTBEAT_EXPIRES)
def heartbeat(self) -> None:
    """Write that beat spoke and that a worker heard it. The message's expiry tells when it was sent."""
    now, expires = timezone.now(), self.request.expires
    if isinstance(expires, str):
        expires = datetime.fromisoformat(expires)
    sent_at = expires - timedelta(seconds=HEARTBEAT_EXPIRES) if expires else now
    heartbeats.write(now=now, sent_at=min(sent_at, now))


@shared_task(name="jobs.clear_markets", expires=3600)
def clear_markets() -> int:
    """Ask for tonight's run of every hub that has something open; workers solve them one after the other."""
    return len(market.ask_all(now=timezone.now()))


@shared_task(name="jobs.write_market", expires=1800)
def write_market() -> int:
    """Count the running shoot day, and those since the last count."""
    return len(market_room.write(now=timezone.now()))


@shared_task(name="jobs.call_villages", expires=3600)
def call_villages() -> int:
    """Text tomorrow's call to people without a smartphone."""
    return village_calls.call_all(now=timezone.now())


@shared_task(name="jobs.forget_changes", expires=600)
def forget_changes() -> int:
    """Throw away the change rows that every process has read."""
    return changes.forget(now=timezone.now())
