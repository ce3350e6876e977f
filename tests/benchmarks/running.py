"""Running one command, bounded in time, and saying what it took."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[2]
MEMORY_SHARE = 0.8


@dataclass(frozen=True)
class Done:
    """How a command ended: wall and processor seconds, peak memory in MB, the JSON of its last line, its exit code."""

    seconds: float
    cpu: float
    peak_mb: float
    facts: dict[str, Any]
    code: int
    in_time: bool
    words: str

    @property
    def ok(self) -> bool:
        return self.in_time and self.code == 0


def measured(argv: list[str], limit: float, **env: str) -> Done:
    """Run `argv` from the checkout for at most `limit` seconds; everything it started ends with it."""
    began = time.perf_counter()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = subprocess.Popen(
            argv, cwd=CHECKOUT, stdout=out, stderr=err, env=os.environ | env, start_new_session=True
        )
        _bound_memory(child.pid)
        memory = Peak(child.pid)
        late = threading.Event()
        alarm = threading.Timer(limit, lambda: (late.set(), _kill(child.pid)))
        alarm.start()
        try:
            # The kernel's own account of this one child; `RUSAGE_CHILDREN` is the greatest of all there were.
            _, status, usage = os.wait4(child.pid, 0)
        except BaseException:
            threading.Thread(target=_kill, args=(child.pid,)).start()
            os.wait4(child.pid, 0)
            raise
        finally:
            alarm.cancel()
            memory.over.set()
        seconds = time.perf_counter() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        words = _read(err)
        return Done(
            seconds=seconds,
            cpu=usage.ru_utime + usage.ru_stime,
            peak_mb=memory.mb or usage.ru_maxrss / (1024 * (1024 if sys.platform == "darwin" else 1)),
            facts=_last_json(_read(out)),
            code=child.returncode,
            in_time=not late.is_set(),
            words=words.strip().splitlines()[-1] if words.strip() else "",
        )


class Peak:
    """The most memory of a child, MB, as its own /proc says from look to look; 0 where there is none.

    The kernel's account at its end (`ru_maxrss`) begins with what the parent had when it started the child: beside a
    snapshot of the country every child looked a gigabyte large.
    """

    EVERY = 0.05

    def __init__(self, pid: int) -> None:
        self.status, self.mb, self.over = Path(f"/proc/{pid}/status"), 0.0, threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        with suppress(OSError):
            while not self.over.is_set():
                for line in self.status.read_text().splitlines():
                    if line.startswith("VmHWM:"):
                        self.mb = max(self.mb, int(line.split()[1]) / 1024)
                self.over.wait(self.EVERY)


def _bound_memory(pid: int) -> None:
    """A method that wants more than the machine has must fail by itself, not take the machine with it."""
    if hasattr(resource, "prlimit"):  # Linux
        most = int(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * MEMORY_SHARE)
        with suppress(OSError):
            resource.prlimit(pid, resource.RLIMIT_AS, (most, most))


def _kill(pid: int) -> None:
    """Ask first: what started servers stops them and removes their data. Then make sure."""
    for word, patience in ((signal.SIGTERM, 10.0), (signal.SIGKILL, 0.0)):
        try:
            os.killpg(pid, word)
            end = time.monotonic() + patience
            while time.monotonic() < end:
                os.killpg(pid, 0)
                time.sleep(0.05)
        except ProcessLookupError:
            return


def _read(file) -> str:
    file.seek(0)
    return file.read().decode(errors="replace")


def _last_json(text: str) -> dict[str, Any]:
    for line in reversed(text.splitlines()):
        if line.startswith("{"):
            return dict(json.loads(line))
    return {}
