"""Whether the house is up, and whether it works: for supervisors and balancers, not for people."""

from datetime import datetime

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jobs.models import Heartbeat

STALE_AFTER_SECONDS = 45
"""The heartbeat task rings every 10 s; four missed rings mean that nobody is working."""


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers. Asks nobody else, so a dead database does not restart a healthy web server."""
    return JsonResponse({"ok": True})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Database, Redis, worker and beat: {"ok": bool, "parts": {name: {"ok": bool, ...}}}; 503 when one is missing."""
    now = timezone.now()
    parts = {"database": _database(), "redis": _redis(now)}
    parts |= _beats(now) if parts["database"]["ok"] else {"worker": {"ok": False}, "beat": {"ok": False}}
    ok = all(part["ok"] for part in parts.values())
    return JsonResponse({"ok": ok, "parts": parts}, status=200 if ok else 503)


def _database() -> dict:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return {"ok": False, "error": type(error).__name__}
    return {"ok": True}


def _redis(now: datetime) -> dict:
    try:
        cache.set("readyz", now.isoformat(), 10)
        heard = cache.get("readyz")
    except Exception as error:  # any client error means the same here: it cannot be reached
        return {"ok": False, "error": type(error).__name__}
    return {"ok": heard is not None}


def _beats(now: datetime) -> dict:
    seen = dict(Heartbeat.objects.values_list("part", "beat_at"))
    return {part: _age(seen.get(part), now) for part in ("worker", "beat")}


def _age(beat_at: datetime | None, now: datetime) -> dict:
    if beat_at is None:
        return {"ok": False, "age_seconds": None}
    age = round((now - beat_at).total_seconds(), 1)
    return {"ok": age <= STALE_AFTER_SECONDS, "age_seconds": age}
