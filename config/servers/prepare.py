"""Brings a development database up to date, in one process: `python -m config.servers.prepare`.

The only module here that knows Django; the supervisor runs it as a child before the web process starts.
"""

import os

import django
from django.conf import settings
from django.core.management import call_command
from django.db import transaction


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    call_command("migrate", interactive=False, verbosity=1)
    call_command("load_hubs")
    if settings.DEMO_MARKET:
        # All or nothing: a start that is interrupted here must not leave half a market that counts as one.
        with transaction.atomic():
            call_command("demo", if_empty=True)
    if not settings.DEBUG:
        call_command("collectstatic", interactive=False, verbosity=0)


if __name__ == "__main__":
    main()
