"""People are locked one after the other, in one order for everybody."""

import threading
import time

import psycopg
import pytest
from django.db import connection, transaction

from jobs.services import locks

HELD = "SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND granted AND pid = %s ORDER BY objid"
WAITS = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND NOT granted AND pid = %s"


def held(cursor, pid):
    return [row[0] for row in cursor.execute(HELD, [locks.PERSON, pid]).fetchall()]


@pytest.mark.django_db
def test_people_are_locked_in_ascending_order_by_one_question(django_assert_num_queries):
    parameters = connection.get_connection_params()
    connection.ensure_connection()
    mine = connection.connection.info.backend_pid
    found: list[list[int]] = []
    with psycopg.connect(**parameters) as other, psycopg.connect(**parameters, autocommit=True) as looker:
        other.execute("SELECT pg_advisory_xact_lock(%s, %s)", [locks.PERSON, 20])

        def look():
            cursor, end = looker.cursor(), time.monotonic() + 10
            while not cursor.execute(WAITS, [locks.PERSON, mine]).fetchone() and time.monotonic() < end:
                time.sleep(0.01)
            found.append(held(cursor, mine))
            other.rollback()

        watcher = threading.Thread(target=look)
        watcher.start()
        with transaction.atomic(), django_assert_num_queries(1):
            locks.people([30, 10, 20, 10])
        watcher.join()
        assert found == [[10]]  # the wait for 20 came before anybody took 30
        assert held(looker.cursor(), mine) == [10, 20, 30]


@pytest.mark.django_db
def test_nobody_is_locked_without_a_question(django_assert_num_queries):
    with django_assert_num_queries(0):
        locks.people([])
