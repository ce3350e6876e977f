"""What the supervisor starts, and with which words."""

import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Child:
    """A process of the site. `fds` says whether it inherits the web socket."""

    name: str
    argv: list[str]
    takes_socket: bool = False


PREPARE = Child("prepare", [sys.executable, "-m", "config.servers.prepare"])
COMPILE = Child("compile", [sys.executable, "-m", "config.compiled"])
"""Runs beside the preparation, so that the first match of a fresh checkout does not wait for a compiler."""


POLITE = ["nice", "-n", "10"]
"""Whoever solves a market wants every processor for half a minute; pages and refills come first."""


def children(socket_fd: int, *, reload: bool) -> list[Child]:
    """Return web, workers and beat. `reload` restarts the web process when its code changes."""
    web = [
        sys.executable,
        "-m",
        "gunicorn",
        "django.core.wsgi:get_wsgi_application()",
        "--bind",
        f"fd://{socket_fd}",
    ]
    web += ["--worker-class", "gthread", "--threads", "8", "--graceful-timeout", "5", "--timeout", "120"]
    web += ["--access-logfile", "-", *(["--reload"] if reload else [])]
    celery = [sys.executable, "-m", "celery", "--app", "config.celery", "--quiet"]
    work = [
        *celery,
        "worker",
        "--loglevel",
        "INFO",
        "--without-gossip",
        "--without-mingle",
        "--concurrency",
        "2",
    ]
    worker = [*work, "--queues", "celery", "--hostname", "worker@%h"]
    solver = [*POLITE, *work, "--queues", "solving", "--hostname", "solver@%h"]
    # No pid file: after a kill -9 a stale one would keep beat from starting.
    beat = [*celery, "beat", "--loglevel", "INFO", "--pidfile="]
    return [
        Child("web", web, takes_socket=True),
        Child("worker", worker),
        Child("solver", solver),
        Child("beat", beat),
    ]
