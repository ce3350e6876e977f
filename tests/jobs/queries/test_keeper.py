"""The keeper beside writers who never rest: no row is ever half of one writing and half of another, none is missed."""

import threading

import numpy as np
import pytest
from django.db import connection

from jobs.models import Booking, Role
from jobs.queries import keeper
from jobs.queries.snapshot import Snapshot
from profiles.models import Profile
from tests.factories.jobs import BookingFactory, RoleFactory
from tests.factories.profiles import ProfileFactory, fits

WRITERS, EACH = 4, 40


def rows_of(snapshot: Snapshot) -> dict[str, list[bytes]]:
    """Everything that counts in a snapshot, whichever of its arrays it stands in."""
    left = ~np.isin(snapshot.base.people["id"], snapshot.gone)
    kept = ~np.isin(snapshot.base.held["person"], snapshot.gone)
    found = {
        "people": (snapshot.base.people[left], snapshot.fresh),
        "held": (snapshot.base.held[kept], snapshot.fresh_held),
        "roles": (snapshot.roles,),
        "bonds": (snapshot.bonds,),
    }
    return {name: sorted(row for array in arrays for row in same(array)) for name, arrays in found.items()}


def same(rows: np.ndarray) -> list[bytes]:
    """Rows as bytes, whichever end their numbers begin with: what was put together has turned them round."""
    return [row.tobytes() for row in rows.astype(rows.dtype.newbyteorder("="))]


def mixed(snapshot: Snapshot) -> list[tuple[int, int, int]]:
    """Rows that no writer has written: each writes a floor and a height, or a rate and a headcount, that go together."""
    people = np.concatenate(
        [snapshot.base.people[~np.isin(snapshot.base.people["id"], snapshot.gone)], snapshot.fresh]
    )
    pairs = [(int(row["id"]), int(row["rate_floor"]), int(row["height"])) for row in people]
    roles = [(int(row["id"]), int(row["day_rate"]), int(row["headcount"])) for row in snapshot.roles]
    return [
        *(each for each in pairs if each[1] - 100 != 10 * (each[2] - 150)),
        *(each for each in roles if each[1] - 300 != 10 * (each[2] - 3)),
    ]


@pytest.mark.django_db(transaction=True)
def test_it_converges_and_never_shows_half_a_row(role):
    people = [fits(ProfileFactory(), role) for _ in range(6)]
    roles = [role, *(RoleFactory(shoot=role.shoot) for _ in range(3))]
    booked = [RoleFactory(shoot=role.shoot) for _ in range(WRITERS)]
    Profile.objects.update(day_rate_floor=100, height_cm=150)
    Role.objects.update(day_rate=300, headcount=3)
    kept, over, seen, faults = keeper._Keeper(0.0), threading.Event(), [], []

    def write(writer: int) -> None:
        try:
            draw = np.random.default_rng(writer)
            for n in range(EACH):
                step = int(draw.integers(0, 40))
                who, where = people[draw.integers(6)], roles[draw.integers(4)]
                Profile.objects.filter(pk=who.pk).update(day_rate_floor=100 + 10 * step, height_cm=150 + step)
                Role.objects.filter(pk=where.pk).update(day_rate=300 + 10 * step, headcount=3 + step)
                if n == EACH // 4:
                    made = BookingFactory(profile=people[writer], role=booked[writer])
                if n == EACH // 2 and writer % 2:
                    Booking.objects.filter(pk=made.pk).delete()
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    def keep() -> None:
        try:
            while not over.is_set():
                kept._read()
                seen.append(kept.newest())
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=keep),
        *(threading.Thread(target=write, args=(n,)) for n in range(WRITERS)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads[1:]:
        thread.join()
    over.set()
    threads[0].join()

    assert faults == []
    kept._read()
    assert rows_of(kept.newest()) == rows_of(Snapshot.load())
    assert len(seen) > 3
    assert [mixed(snapshot) for snapshot in seen] == [[]] * len(seen)
