"""Typed readers of the environment. Nonsense raises at boot, where it is cheapest.

PostgreSQL and Redis are each named by one URL; what Django, redis-py and kombu want to hear is derived
from it here, so that no two parts of the house can talk to different servers.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


def flag(name: str, default: bool = False) -> bool:
    """Return a switch; raise ImproperlyConfigured for anything but yes or no."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    if raw.lower() in _TRUE:
        return True
    if raw.lower() in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={raw!r}: say 1 or 0")


def number(name: str, default: int) -> int:
    """Return a whole number; raise ImproperlyConfigured for anything else."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    try:
        return int(raw)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={raw!r}: say a whole number") from error


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated list without empty entries."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def secret(name: str, default: str | None = None) -> str:
    """Return NAME, or the content of the file NAME_FILE points to; raise where neither is set."""
    if value := os.environ.get(name):
        return value
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    if default is None:
        raise ImproperlyConfigured(f"set {name} or {name}_FILE")
    return default


def database(url: str) -> dict[str, Any]:
    """Turn postgresql://user:password@host:port/name?host=/socket/folder into Django's DATABASES entry."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured("DATABASE_URL: only postgresql:// is spoken here")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # A socket folder comes as ?host=; left in OPTIONS it would be invisible to dbshell.
        "HOST": query.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or query.pop("port", "") or ""),
        "OPTIONS": dict(query),
    }


def redis_for_cache(url: str, db: int = 1) -> str:
    """Turn REDIS_URL (redis://host:port or unix:///path) into redis-py's form with a database number."""
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return f"unix://{parts.path}?db={db}"
    return f"{parts.scheme}://{parts.netloc}/{db}"


def redis_for_celery(url: str, db: int = 0) -> str:
    """Turn REDIS_URL into kombu's form, which spells sockets its own way."""
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return f"redis+socket://{parts.path}?virtual_host={db}"
    return f"{parts.scheme}://{parts.netloc}/{db}"


def mail(url: str) -> dict[str, Any]:
    """Turn smtp://user:password@host:port?tls=1, file:///folder or outbox:// into Django's e-mail settings."""
    parts = urlsplit(url)
    if parts.scheme == "outbox":
        return {"EMAIL_BACKEND": "profiles.channels.mail.OutboxBackend"}
    if parts.scheme == "file":
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": parts.path,
        }
    if parts.scheme != "smtp":
        raise ImproperlyConfigured("EMAIL_URL: smtp://, file:// or outbox://")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or 25,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parse_qs(parts.query).get("tls") == ["1"],
        "EMAIL_TIMEOUT": 10,
    }
