"""The engine's machine code in a worker: made once a machine in the background, loaded before it is asked for.

A match that is asked for earlier simply waits, shows that it does, and keeps its lease.
"""

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from django.conf import settings

from jobs.matching.core import warming

logger = logging.getLogger(__name__)

PATIENCE = 600.0
"""Seconds after which a match no longer waits for the program that compiles, and compiles for itself."""

EVERY = 0.25
"""Seconds between two looks at the program that compiles."""


def start() -> subprocess.Popen[bytes] | None:
    """Have the engine compiled by another process, unless it is; None where there is nothing to do.

    Never in this process: a parent of forks must not hold a compiler's locks while it forks.
    """
    if warming.is_warm():
        return None
    return subprocess.Popen([sys.executable, "-m", "config.compiled"], cwd=settings.BASE_DIR)


def ready(tell: Callable[[str, int, int], None]) -> None:
    """Return when the engine's code can be loaded; `tell("compile", n, 0)` while it is being made elsewhere.

    Where that fails, or takes longer than PATIENCE, it returns all the same: the solve then compiles for itself.
    """
    program = start()
    if program is None:
        return
    began, looks = time.monotonic(), 0
    try:
        while program.poll() is None and time.monotonic() - began < PATIENCE:
            tell("compile", looks, 0)
            looks += 1
            with suppress(subprocess.TimeoutExpired):
                program.wait(EVERY)
    finally:
        # Whoever stopped waiting leaves it to work on for the others; it ends by itself, and once is enough.
        threading.Thread(target=program.wait, daemon=True).start()
    if program.returncode:
        logger.warning("the engine could not be compiled beforehand (rc %s)", program.returncode)


def load_soon() -> None:
    """Load the machine code in a thread of this process, when it is there."""
    threading.Thread(target=_load, name="load-engine", daemon=True).start()


def _load() -> None:
    try:
        ready(lambda phase, done, total: None)
        warming.load()
    except Exception:  # a match that is asked for says for itself what is wrong
        logger.warning("the engine's code could not be loaded beforehand", exc_info=True)
