"""What changed, for processes that hold the market in memory: read within seconds, thrown away after an hour."""

from datetime import datetime, timedelta

from jobs.models import Change

KEPT = timedelta(hours=1)
"""A process that has read nothing for half as long loads the market anew."""


def forget(*, now: datetime) -> int:
    """Delete the change rows nobody needs any more; return how many."""
    return Change.objects.filter(made_at__lt=now - KEPT).delete()[0]
