"""kill -9 of real workers at random points: nothing is lost, nothing is done twice."""

import os
import random
import signal
import time
from collections import Counter
from datetime import date, timedelta

import pytest
from django.utils import timezone
from psycopg.types.range import DateRange

from jobs.enums import OfferState, WorkKind
from jobs.models import Entry, Notice, Offer, WorkItem
from jobs.services import later, work
from profiles.models import Profile, User
from tests.factories.jobs import RoleFactory, ShootFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.worker, pytest.mark.timeout(1800)]

OFFERS = 700
"""Each expiry asks for a refill and a notice: three items an offer, 2,100 in all."""

KILLS_OF_A_CHILD, KILLS_OF_THE_WHOLE = 16, 4


def expired_offers(count: int) -> list[Offer]:
    """Offers whose deadline has passed, on shoots that are over, so that a refill ends at once."""
    long_ago = DateRange(date(2026, 1, 5), date(2026, 1, 12))
    role = RoleFactory(shoot=ShootFactory(days=long_ago), headcount=60)
    users = User.objects.bulk_create(
        [User(name=f"P{n}", email=f"p{n}@kill.example", password="!") for n in range(count)]
    )
    people = Profile.objects.bulk_create(
        [
            Profile(user=user, birth_date="2003-01-01", feed_token=f"k{user.pk}", simulated=True)
            for user in users
        ]
    )
    then = timezone.now() - timedelta(hours=1)
    return Offer.objects.bulk_create(
        [
            Offer(
                role=role, profile=profile, state=OfferState.OPEN, day_rate=300, sent_at=then, expires_at=then
            )
            for profile in people
        ]
    )


def children_of(pid: int) -> list[int]:
    found = []
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            with open(f"/proc/{name}/stat") as file:
                fields = file.read().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(name))
    return found


def test_two_thousand_items_survive_twenty_kills(start_worker, empty_queue, settings):
    draw = random.Random(20)
    env = {"WORK_LEASE_SECONDS": "10"}
    settings.WORK_LEASE_SECONDS = 10
    made = expired_offers(OFFERS)
    now = timezone.now()
    later.enqueue_all(
        [later.Ask(WorkKind.EXPIRE_OFFER, o.pk, f"offer:{o.pk}:expire", now) for o in made], now=now
    )
    worker = start_worker(**env)
    kills = ["child"] * KILLS_OF_A_CHILD + ["whole"] * KILLS_OF_THE_WHOLE
    draw.shuffle(kills)
    left, end, swept = len(made), time.monotonic() + 1500, 0.0
    marks = sorted(draw.sample(range(1, 1 + int(OFFERS * 1.8)), len(kills)))
    while left and time.monotonic() < end:
        if time.monotonic() - swept > 1:
            work.sweep(now=timezone.now())  # the part of beat
            swept = time.monotonic()
        done = WorkItem.objects.filter(done_at__isnull=False).count()
        if marks and done >= marks[0]:
            marks.pop(0)
            if kills.pop() == "whole":
                worker.kill()
                worker = start_worker(**env)
            elif children := children_of(worker.pid):
                os.kill(draw.choice(children), signal.SIGKILL)
        # At night the notices are for the morning; what is to be tried again is due within seconds.
        soon = timezone.now() + timedelta(minutes=5)
        left = WorkItem.objects.filter(done_at__isnull=True, due_at__lt=soon).count()
        time.sleep(draw.random() * 0.1)
    worker.stop()

    assert (left, kills) == (0, [])
    assert WorkItem.objects.filter(failed_at__isnull=False).count() == 0
    assert Counter(Offer.objects.values_list("state", flat=True)) == {OfferState.EXPIRED: OFFERS}
    once = Counter(Entry.objects.filter(verb="offer_expired").values_list("subject", flat=True))
    assert once == {f"offer:{offer.pk}": 1 for offer in made}
    assert Notice.objects.values("recipient").distinct().count() == Notice.objects.count() == OFFERS
    # What becomes of the notices depends on the hour: by day each is delivered, at night they wait for one digest.
    asked = Counter(WorkItem.objects.values_list("kind", flat=True))
    assert (asked[WorkKind.EXPIRE_OFFER], asked[WorkKind.REFILL_ROLE]) == (OFFERS, OFFERS)
    # The kills were felt: some items had to be begun again.
    attempts = WorkItem.objects.filter(done_at__isnull=False).values_list("attempts", flat=True)
    assert sum(attempts) > len(attempts)
