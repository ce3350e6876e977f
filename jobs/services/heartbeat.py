"""Signs of life. A process that lives may still not work; a row written by a task cannot lie about that."""

from datetime import datetime

from jobs.models import Heartbeat


def write(*, now: datetime, sent_at: datetime) -> None:
    """Write "beat" (it sent a message at `sent_at`) and "worker" (it heard it at `now`)."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(part="beat", beat_at=sent_at), Heartbeat(part="worker", beat_at=now)],
        update_conflicts=True,
        unique_fields=["part"],
        update_fields=["beat_at"],
    )
