"""The only door to the queue. Everything is rung after commit: a worker may be faster than the transaction.

A bell that cannot be rung is no loss: the row stands in PostgreSQL, and the sweep comes by.
"""

import logging
import time

from django.db import transaction

from jobs.enums import WorkKind

logger = logging.getLogger(__name__)

QUIET_SECONDS = 10.0
"""After a bell that failed, none is tried for so long: the client retries for seconds, and a request would wait."""

_quiet_until = 0.0

SOLVING = frozenset({WorkKind.RUN_MATCH, WorkKind.CLEAR_MARKET})
"""Work of seconds to minutes, for workers of its own: a slot that came free must not wait behind it."""


def ring(item_id: int, kind: str) -> None:
    """Wake a worker for a work item once the running transaction has committed (at once where there is none)."""
    transaction.on_commit(lambda: _send(item_id, kind), robust=True)


def _send(item_id: int, kind: str) -> None:
    global _quiet_until
    from jobs.tasks import perform

    if time.monotonic() < _quiet_until:
        return
    try:
        # No retry: a request must not wait for a broker that is away.
        perform.apply_async((item_id,), queue="solving" if kind in SOLVING else "celery", retry=False)
    except Exception as error:  # the broker is away in many ways; none of them may fail a committed act
        _quiet_until = time.monotonic() + QUIET_SECONDS
        logger.warning(
            "bell not rung for work item %s (%s); the sweep will find it", item_id, type(error).__name__
        )
