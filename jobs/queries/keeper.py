"""One snapshot a process, kept current by a thread of its own; whoever asks gets the newest one or none.

The thread starts when a process first asks, loads in the background and then looks for changes every
`SNAPSHOT_SECONDS`: what a page reads is that old at most, and a little more while the machine is busy. A snapshot that
could not be kept current for `OLDEST` is not given out; whoever gets none asks the database instead.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

from jobs.queries.snapshot import Snapshot, TooFarBehind

logger = logging.getLogger(__name__)

OLDEST = 10.0
"""Seconds without a reading after which a snapshot counts for nothing."""

STALE = 1800.0
"""Seconds without a reading after which change rows may have been thrown away: the market is loaded anew."""

AGAIN = 5.0
"""Seconds before a reading that failed is tried again."""

_lock = threading.Lock()
_keeper: _Keeper | None = None


_held: Snapshot | None = None


def current() -> Snapshot | None:
    """Return this process's snapshot; None while it loads, when it is too old, and where snapshots are off."""
    if _held is not None:
        return _held
    if not settings.SNAPSHOT_SECONDS:
        return None
    global _keeper
    if _keeper is None or _keeper.pid != os.getpid():
        with _lock:
            if _keeper is None or _keeper.pid != os.getpid():  # a forked child has no thread of its parent
                _keeper = _Keeper(settings.SNAPSHOT_SECONDS)
                _keeper.start()
    return _keeper.newest()


@contextmanager
def holding(snapshot: Snapshot) -> Iterator[None]:
    """Give out this snapshot and no other, as long as it lasts; for commands and tests."""
    global _held
    usual, _held = _held, snapshot
    try:
        yield
    finally:
        _held = usual


class _Keeper(threading.Thread):
    def __init__(self, seconds: float) -> None:
        super().__init__(name="snapshot", daemon=True)
        self.pid, self.seconds = os.getpid(), seconds
        self._found: tuple[Snapshot, float] | None = None

    def newest(self) -> Snapshot | None:
        found = self._found
        return found[0] if found and time.monotonic() - found[1] < OLDEST else None

    def run(self) -> None:
        while True:
            try:
                self._read()
                pause = self.seconds
            except Exception as error:  # a database that is away must not end the keeping
                logger.warning("snapshot not read (%s); again in %s s", type(error).__name__, AGAIN)
                connection.close()
                pause = AGAIN
            time.sleep(pause)

    def _read(self) -> None:
        began = time.monotonic()
        if self._found is not None and began - self._found[1] < STALE:
            try:
                self._found = (self._found[0].caught_up(), began)
                return
            except TooFarBehind:
                logger.info("too many changes for one snapshot; loading anew")
        snapshot = Snapshot.load()
        snapshot.base.prepare()
        self._found = (snapshot, began)
        took = time.monotonic() - began
        logger.info(
            "snapshot of %s people and %s open roles in %.1f s",
            len(snapshot.base.people),
            len(snapshot.roles),
            took,
        )
