"""Locks in one order everywhere: person, then role, then offer. Another order would deadlock.

The exclusion constraint alone prevents double booking too, but two inserters of overlapping spans wait for each
other and deadlock; the person's lock puts them in line instead.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from psycopg import errors as pg

from config.errors import Busy
from hubs.models import Base
from jobs.models import Role

PERSON = 2
"""First key of the advisory lock of a person; the second is the profile's id."""


@contextmanager
def act() -> Iterator[None]:
    """One transaction for one act. A lock that could not be had in time becomes Busy("busy"): nothing was changed."""
    try:
        with transaction.atomic():
            yield
    except OperationalError as error:
        if isinstance(error.__cause__, pg.LockNotAvailable | pg.DeadlockDetected | pg.SerializationFailure):
            raise Busy("busy") from error
        raise


def people(profile_ids: Iterable[int]) -> None:
    """Take the locks of these people, in ascending order, until the end of the transaction. One query."""
    if ids := sorted(set(profile_ids)):
        with connection.cursor() as cursor:
            # A scan of an array gives its rows in the order of the array, and a lock is taken row by row.
            cursor.execute("SELECT pg_advisory_xact_lock(%s, id) FROM unnest(%s::int[]) id", [PERSON, ids])


def role(role_id: int) -> Role:
    """Lock and return a role with what an offer says of it. NO KEY UPDATE: rows that merely point at it need not wait."""
    rows = Role.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("role_type", "shoot__crew", "shoot__base__hub").get(pk=role_id)


def role_again(role: Role) -> Role:
    """The same of a role that was read a moment ago: its own columns anew, what it belongs to as it was read."""
    row = Role.objects.select_for_update(no_key=True).get(pk=role.pk)
    row.role_type, row.shoot = role.role_type, role.shoot
    return row


def base(base_id: int) -> Base:
    """Lock and return a base: whoever books its sets or its days stands in line here. No other lock is taken after it."""
    return Base.objects.select_for_update(no_key=True).get(pk=base_id)
