"""Acceptances a second from eight people at once, beside bare INSERTs by the same eight."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from tests.benchmarks.figure import figure

CLIENTS, ROUNDS, EACH_ROUND = 8, 3, 160


def figures() -> list[dict[str, Any]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_bare (id bigserial PRIMARY KEY, offer bigint, at timestamptz)")
    offers = _offers(ROUNDS * EACH_ROUND)
    accepted, inserted = [], []
    for part in range(ROUNDS):  # in turn, so that a busy minute of the machine meets both
        some = offers[part * EACH_ROUND : (part + 1) * EACH_ROUND]
        inserted.append(EACH_ROUND / _all_at_once(some, _insert))
        accepted.append(EACH_ROUND / _all_at_once(some, _accept))
    ours, bare = statistics.median(accepted), statistics.median(inserted)
    words = f"{ours:,.0f}/s, {bare / ours:.1f} bare INSERTs each"
    note = f"{CLIENTS} at once, {bare:,.0f} bare INSERTs/s in the same run, median of {ROUNDS}"
    return [figure("accept", "acceptances", words, note, per_second=ours, inserts=bare, ratio=bare / ours)]


def _offers(count: int) -> list[int]:
    """Open offers to different people for roles of ten places each."""
    from tests.factories.jobs import OfferFactory, RoleFactory, ShootFactory
    from tests.factories.profiles import ProfileFactory

    shoot = ShootFactory()
    roles = [RoleFactory(shoot=shoot, headcount=10) for _ in range(-(-count // 10))]
    hub = shoot.base.hub
    made = [
        OfferFactory(role=roles[n % len(roles)], profile=ProfileFactory(home_hub=hub)) for n in range(count)
    ]
    return [offer.pk for offer in made]


def _accept(offer_id: int) -> None:
    from jobs.models import Offer
    from jobs.services import offers
    from tests.factories.jobs import NOW

    offer = Offer.objects.select_related("profile__user").get(pk=offer_id)
    offers.accept(offer, by=offer.profile.user, now=NOW)


def _insert(offer_id: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_bare (offer, at) VALUES (%s, now())", [offer_id])


def _all_at_once(ids: Sequence[int], act: Callable[[int], None]) -> float:
    """Seconds for all of them; raises what a client raised."""
    from django.db import connection

    queue, lock, errors = list(ids), threading.Lock(), []
    start = threading.Barrier(CLIENTS + 1)

    def client() -> None:
        try:
            connection.ensure_connection()
            start.wait()
            while True:
                with lock:
                    if not queue:
                        return
                    job = queue.pop()
                act(job)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return time.perf_counter() - began
