"""Brings a development database up to date, in one process: `python -m config.servers.prepare`.

The only module here that knows Django; the supervisor runs it as a child before the web process starts.
"""

import hashlib
import os

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import transaction


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    call_command("migrate", interactive=False, verbosity=1)
    call_command("load_hubs")
    # Before the market, whose first match waits for the engine's compiler: that one works meanwhile.
    if not settings.DEBUG:
        collect_static()
    if settings.DEMO_MARKET:
        # All or nothing: a start that is interrupted here must not leave half a market that counts as one.
        with transaction.atomic():
            call_command("demo", if_empty=True)


def collect_static() -> None:
    """Collect and compress the static files, unless they are those of the last start: that takes seconds."""
    files = sorted(
        (name, storage.get_modified_time(name).isoformat())
        for finder in get_finders()
        for name, storage in finder.list([])
    )
    digest = hashlib.sha256(repr((files, settings.STORAGES["staticfiles"])).encode()).hexdigest()
    stamp = settings.STATIC_ROOT / "collected.txt"
    if stamp.exists() and stamp.read_text() == digest:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(digest)


if __name__ == "__main__":
    main()
