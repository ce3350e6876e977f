"""What pages cost, in bare Django views behind the same middleware and server: one gunicorn process, one client."""

from __future__ import annotations

import os
import socket
import statistics
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from config.servers.processes import spawn, stop, tail
from tests.benchmarks.figure import figure
from tests.benchmarks.running import CHECKOUT
from tests.benchmarks.site.world import database_url

ROUNDS, AT_ONCE = 5, 12
PAGES = {
    "list": ("list of roles, signed in", "/roles/"),
    "detail": ("a role, signed in", "/roles/{role}/"),
    "for_me": ("roles for me", "/for-me/"),
    "offers": ("my offers", "/offers/"),
}


def figures(log: Path) -> list[dict[str, Any]]:
    cookie, role = signed_in(), _role()
    hello: list[float] = []
    found: dict[str, list[float]] = {key: [] for key in PAGES}
    with server(log) as port:
        for _ in range(ROUNDS):  # in turn, so that a busy minute of the machine meets all
            hello.append(_seconds(port, "/bench/hello", ""))
            for key, (_, address) in PAGES.items():
                found[key].append(_seconds(port, address.format(role=role), cookie))
    out = []
    for key, (name, _) in PAGES.items():
        ratio = statistics.median(page / bare for page, bare in zip(found[key], hello, strict=True))
        mine, bare = statistics.median(found[key]) * 1000, statistics.median(hello) * 1000
        note = f"{mine:.1f} ms against {bare:.2f} ms for a view that does nothing"
        note += f", best of {AT_ONCE}, median of {ROUNDS} rounds"
        out.append(
            figure(
                f"page_{key}",
                f"page: {name}",
                f"{ratio:.1f} hellos",
                note,
                ratio=ratio,
                ms=mine,
                hello_ms=bare,
            )
        )
    return out


def signed_in(user=None) -> str:
    """The cookie of a session, of Bo, the graduate of the demo market, where nobody is named."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from profiles.models import User

    user = user or User.objects.get(email="bo@demo.jinzu.example")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def _role() -> int:
    from jobs.models import Role

    return Role.objects.filter(shoot__state="open").order_by("-pk").values_list("pk", flat=True)[0]


@contextmanager
def server(log: Path, **more: str):
    """The port of a gunicorn with one process, on the database that is measured."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    argv = [sys.executable, "-m", "gunicorn", "--workers", "1", "--bind", f"127.0.0.1:{port}"]
    env = {**os.environ, "DATABASE_URL": database_url(), **more}
    running = spawn([*argv, "django.core.wsgi:get_wsgi_application()"], log=log, env=env, cwd=CHECKOUT)
    try:
        end = time.monotonic() + 30
        while True:
            try:
                get(port, "/bench/hello", "")
                break
            except OSError:
                if running.poll() is not None or time.monotonic() > end:
                    raise RuntimeError(f"gunicorn did not start: {tail(log)}") from None
                time.sleep(0.1)
        yield port
    finally:
        stop([running], grace=5)


def _seconds(port: int, address: str, cookie: str) -> float:
    """Seconds of one request, the least disturbed of several; the first warms caches and is left out."""
    took = []
    for _ in range(AT_ONCE + 1):
        began = time.perf_counter()
        get(port, address, cookie)
        took.append(time.perf_counter() - began)
    return min(took[1:])


def get(port: int, address: str, cookie: str) -> bytes:
    """One request over a connection of its own; a client that does as little as possible."""
    head = f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAccept-Language: zh-CN\r\n"
    head += f"Accept: text/html\r\nCookie: {cookie}\r\n\r\n" if cookie else "\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(head.encode())
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    if not answer.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(f"{address}: {answer[:60]!r}")
    return answer
