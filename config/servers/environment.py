"""The environment every command of a development machine runs in; whatever is set already wins."""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from config.servers.places import Places


def environment(where: Places, urls: dict[str, str], port: int | None = None) -> dict[str, str]:
    """Return os.environ with what is missing: server URLs, DEBUG, a lasting secret key, the demo flag."""
    ours = {
        **urls,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        # As a visitor will meet it: our own error pages, compressed files. DEBUG=1 is for who changes the code.
        "DEBUG": "0",
        "SECRET_KEY": _secret_key(where.local / "secret-key"),
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
        # Simulated graduates and short offer windows are for a market on this machine, never a distant one.
        "JINZU_DEMO_MARKET": "1" if is_near({**urls, **os.environ}.get("DATABASE_URL", "")) else "0",
    }
    if port is not None:
        ours["PORT"] = str(port)
    return {**ours, **{name: value for name, value in os.environ.items() if value or name not in ours}}


def is_near(database_url: str) -> bool:
    """Tell whether a database URL names this machine: a socket folder, no host, or the loopback."""
    parts = urlsplit(database_url)
    host = parse_qs(parts.query).get("host", [parts.hostname or ""])[-1]
    return host.startswith(("/", "127.")) or host in ("", "localhost", "::1")


def _secret_key(path: Path) -> str:
    if not path.exists() or not path.read_text():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(secrets.token_urlsafe(50))
    return path.read_text()
