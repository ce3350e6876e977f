"""One person at a time: the lock that every change of her days and bookings takes first."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

from config.errors import Busy

PERSON = 2
"""The class of the advisory lock; its object is the profile's id. Taken before any role or offer."""


@contextmanager
def holding_person(profile_id: int) -> Iterator[None]:
    """Run a transaction that holds the person. Raises Busy `busy` when another one keeps her too long."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [PERSON, profile_id])
            yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) == "55P03":  # lock_not_available
            raise Busy("busy") from error
        raise
