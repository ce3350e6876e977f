"""A site to measure: PostgreSQL and Valkey as they really run, a database of its own, 3,000 graduates."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from config.servers.pair import Pair
from config.servers.places import NOBODY

PEOPLE, CREWS, SHOOTS, STAFFED = 3_000, 20, 60, 1


@contextmanager
def site(*, market: bool = True) -> Iterator[None]:
    """Servers, settings and a demo market, or the hubs alone, for as long as it lasts; nothing of it stays.

    Servers that DATABASE_URL and REDIS_URL name are used, with a database beside the one that is named there.
    Ours sync to disk like those of `make run`, because a commit is what an acceptance waits for.
    """
    with ExitStack() as stack:
        home = Path(tempfile.mkdtemp(prefix="jinzu-bench-", dir="/tmp"))  # short: sockets live in it
        stack.callback(shutil.rmtree, home, ignore_errors=True)
        uid = NOBODY if os.getuid() == 0 else None
        if uid is not None:
            os.chown(home, uid, uid)
        (home / "log").mkdir()
        pair = Pair(home, home, home / "log", uid)
        pair.start()
        stack.callback(pair.stop)
        os.environ.update(pair.urls)
        os.environ["REDIS_PREFIX"] = "bench"
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.site.settings"
        stack.enter_context(_database(home, market=market))
        yield


@contextmanager
def _database(home: Path, *, market: bool) -> Iterator[None]:
    import django

    django.setup()
    from django.db import connection, connections
    from django.test.utils import override_settings

    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        # The market writes its log-ins down; those of `make run` are not ours to overwrite.
        with override_settings(LOCAL_DIR=home):
            _fill(market=market)
            yield
    finally:
        connections.close_all()
        connection.creation.destroy_test_db(name, verbosity=0)


def database_url() -> str:
    """DATABASE_URL of what is measured, for processes of their own."""
    from django.conf import settings

    name = settings.DATABASES["default"]["NAME"]
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def _fill(*, market: bool) -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from jobs.services import demo

    call_command("load_hubs", verbosity=0)
    if market:
        size = {"graduates": PEOPLE, "crew_count": CREWS, "shoot_count": SHOOTS, "staffed": STAFFED}
        demo.build(now=timezone.now(), **size)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
