"""One world for a whole guard: built once a module, and every knock at a door is undone again."""

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from tests.guards import world as worlds


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The market of tests/guards/world.py, rolled back when the module is done."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            yield worlds.build()
            transaction.set_rollback(True)
        connection.close()


@pytest.fixture
def undone(world):
    """Whatever the test changes is forgotten after it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _many_knocks_in_a_second(monkeypatch):
    """The guards knock more often than a person may: throttles have tests of their own."""
    from config.drf import PersonThrottle, VisitorThrottle

    for throttle in (PersonThrottle, VisitorThrottle):
        monkeypatch.setattr(throttle, "allow_request", lambda self, request, view: True)
    cache.clear()
