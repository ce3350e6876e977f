"""Real servers for every test run: a throw-away PostgreSQL and Valkey, started before Django reads settings.

Named in pyproject's addopts, so that plain `pytest` in any editor works. Where DATABASE_URL or REDIS_URL is
set, that server is used. `make run` has its own servers and data: tests never touch them.
"""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest

from config.servers.pair import Pair
from config.servers.places import CHECKOUT, NOBODY, Lock
from config.servers.processes import stop
from config.servers.valkey import Valkey

pytest_plugins = ["tests.fixtures_servers", "tests.fixtures_browser"]

ROOF = Path("/tmp")  # a socket path may have 107 bytes; the usual temporary folder may be deeper than that
PREFIX = f"jinzu-test-{os.getuid()}-"
UID = NOBODY if os.getuid() == 0 else None
_started: list[tuple[Pair, Lock, Path]] = []
_compiling: list[subprocess.Popen[bytes]] = []
ON_THE_ENGINE = tuple(str(CHECKOUT / "tests" / room) for room in ("jobs", "benchmarks", "guards", "journeys"))
COMPILER_PATIENCE = 900.0


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config):
    """Start what is missing. pytest-django reads the settings in the same hook, right after us."""
    options = early_config.known_args_namespace
    if options.help or options.version or options.collectonly:
        return
    compile_catalogue()
    compile_engine()
    (CHECKOUT / ".local" / "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a gap
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker and os.environ.get("JINZU_TEST_SERVERS"):
        # Clearing a cache empties its whole database: each worker gets a server of its own.
        del os.environ["REDIS_URL"]
    missing = [name for name in ("DATABASE_URL", "REDIS_URL") if not os.environ.get(name)]
    os.environ.setdefault("REDIS_PREFIX", "test")
    if worker:
        os.environ["REDIS_PREFIX"] += f"-{worker}"
    if missing:
        atexit.register(pytest_unconfigure)  # a broken import ends pytest before it is configured
        sweep()
        pair, home = start()
        if any(isinstance(server, Valkey) for server in pair.servers.values()):
            os.environ["JINZU_TEST_SERVERS"] = str(home)
        os.environ.update(pair.urls)


def compile_catalogue() -> None:
    """Compile the translations where they are newer than their compiled form: tests read today's words."""
    source = CHECKOUT / "config/locale/zh_Hans/LC_MESSAGES/django.po"
    target = source.with_suffix(".mo")
    if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
        subprocess.run([sys.executable, str(CHECKOUT / "scripts/messages.py"), "compile"], check=True)


def compile_engine() -> None:
    """Have the engine's machine code made once, beside the start of the servers, before any test needs it: on a fresh
    checkout a test, its workers and its commands would each compile the same, against each other and their clocks.
    """
    if "PYTEST_XDIST_WORKER" not in os.environ:
        argv = [sys.executable, "-m", "config.compiled"]
        quiet = subprocess.DEVNULL
        _compiling.append(
            subprocess.Popen(
                argv, cwd=CHECKOUT, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
            )
        )


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session):
    """Wait for the compiler where a test of what stands on the engine is to run. Who only hands out tests to others
    does not know which, and waits.
    """
    items = getattr(session, "items", None)
    if items is None or any(str(item.path).startswith(ON_THE_ENGINE) for item in items):
        for program in _compiling:
            with suppress(subprocess.TimeoutExpired):
                program.wait(COMPILER_PATIENCE)


def pytest_unconfigure():
    while _compiling:
        stop([_compiling.pop()], grace=5)
    while _started:
        pair, lock, home = _started.pop()
        pair.stop()
        shutil.rmtree(home, ignore_errors=True)
        lock.drop()


def start() -> tuple[Pair, Path]:
    """Start the servers the environment does not name, in a folder that is ours while its lock is held."""
    home = Path(tempfile.mkdtemp(prefix=PREFIX, dir=ROOF))
    if UID is not None:
        os.chown(home, UID, UID)
    lock = Lock(home / "lock")
    lock.take()
    (home / "log").mkdir()
    pair = Pair(home, home, home / "log", UID, throwaway=True)
    _started.append((pair, lock, home))
    pair.start()
    return pair, home


def sweep(now: float | None = None) -> None:
    """Remove what killed runs have left: folders whose lock nobody holds. Their servers died with them."""
    for home in ROOF.glob(f"{PREFIX}*"):
        lock = Lock(home / "lock")
        try:
            age = (now or time.time()) - home.stat().st_mtime
            if (lock.path.exists() or age > 60) and lock.take():
                shutil.rmtree(home, ignore_errors=True)
                os.close(lock._file)
        except OSError:
            continue  # another run sweeps too
