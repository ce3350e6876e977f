"""Real processes for tests: Celery workers on the test database, an SMTP server that keeps its mail."""

import os
import signal
import socket
import sys
import time
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from config.servers.processes import spawn, stop, tail

CHECKOUT = Path(__file__).resolve().parents[1]


@dataclass
class Worker:
    """A Celery worker in a process of its own; `process.kill()` is a kill -9 of its parent process."""

    process: object
    log: Path

    @property
    def pid(self) -> int:
        return self.process.pid

    def words(self) -> str:
        """Everything the worker has said."""
        return self.log.read_text(errors="replace")

    def kill(self) -> None:
        """kill -9 of the whole session: parent and children at once, no clean-up of any kind."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        stop([self.process], grace=15)


@pytest.fixture
def start_worker(django_db_setup, django_db_blocker, tmp_path_factory):
    """Return start(concurrency=2, **env) -> Worker, ready to take work from the test database until the test ends.

    A worker that outlived its test would take the work of the next ones, which wait for none. Tests that use it need
    committed rows: @pytest.mark.django_db(transaction=True).
    """
    from django.conf import settings

    started = []

    def start(concurrency: int = 2, **env: str) -> Worker:
        log = tmp_path_factory.mktemp("worker") / "worker.log"
        argv = [sys.executable, "-m", "celery", "--app", "config.celery", "worker", "--loglevel", "INFO"]
        argv += ["--concurrency", str(concurrency), "--hostname", f"test-{os.getpid()}-{len(started)}@%h"]
        argv += ["--without-gossip", "--without-mingle"]
        environ = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings_test",
            "DATABASE_URL": database_url(settings.DATABASES["default"]["NAME"]),
            "PYTHONUNBUFFERED": "1",
            **env,
        }
        worker = Worker(spawn(argv, log=log, env=environ, cwd=CHECKOUT), log)
        started.append(worker)
        end = time.monotonic() + 60
        while " ready." not in worker.words():
            if worker.process.poll() is not None or time.monotonic() > end:
                worker.stop()
                pytest.fail(f"the Celery worker did not start:\n{tail(log, 40)}")
            time.sleep(0.05)
        return worker

    yield start
    stop([worker.process for worker in started], grace=15)


@pytest.fixture
def celery_worker_process(start_worker):
    """A Celery worker for one test. A longer life would have it work on the rows of tests that want none."""
    worker = start_worker()
    yield worker
    worker.stop()


@dataclass
class Mailbox:
    """What an SMTP server on the loopback has received."""

    url: str
    messages: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, server, session, envelope):
        message = message_from_bytes(envelope.content, policy=policy.default)
        message["X-Envelope-To"] = ", ".join(envelope.rcpt_tos)
        self.messages.append(message)
        return "250 OK"

    def wait_for(self, count: int, seconds: float = 20) -> list[EmailMessage]:
        """Wait until `count` messages are here and return all; fail the test when they do not come."""
        end = time.monotonic() + seconds
        while len(self.messages) < count:
            if time.monotonic() > end:
                pytest.fail(f"{len(self.messages)} of {count} messages after {seconds} s")
            time.sleep(0.05)
        return list(self.messages)


@pytest.fixture
def smtp_server(settings):
    """A real SMTP server; Django in this process sends to it, a worker with EMAIL_URL=smtp_server.url."""
    from aiosmtpd.controller import Controller

    from config import env

    port = free_port()
    mailbox = Mailbox(f"smtp://127.0.0.1:{port}")
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    for name, value in env.mail(mailbox.url).items():
        setattr(settings, name, value)
    yield mailbox
    controller.stop()


def database_url(name: str) -> str:
    """Return DATABASE_URL with another database in it: the test database has a name of its own."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
