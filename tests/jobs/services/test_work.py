"""The queue of record: once, under a lease, put back with a pause, set aside in the end."""

import uuid
from datetime import timedelta

import pytest

from jobs import dispatch
from jobs.enums import OfferState, WorkKind
from jobs.models import Notice, WorkItem
from jobs.services import later, work
from tests.factories.jobs import OfferFactory


@pytest.fixture
def bells(monkeypatch):
    """The items that were rung, in order; no broker is asked."""
    rung = []
    monkeypatch.setattr(dispatch, "_send", lambda item_id, kind: rung.append(item_id))
    return rung


@pytest.fixture
def item(role, now, bells):
    """The expiry of an open offer, due now."""
    offer = OfferFactory(role=role, expires_at=now)
    later.enqueue(WorkKind.EXPIRE_OFFER, offer.pk, f"offer:{offer.pk}:expire", now, now=now)
    return WorkItem.objects.get()


def state_of(item):
    from jobs.models import Offer

    return Offer.objects.get(pk=item.subject_id).state


def test_an_item_is_done_once_with_its_effect(item, now):
    assert work.perform(item.pk, now=now) is True
    assert work.perform(item.pk, now=now) is False
    item.refresh_from_db()
    assert (state_of(item), item.done_at, item.attempts, item.lease_until) == (
        OfferState.EXPIRED,
        now,
        1,
        None,
    )


def test_asking_twice_is_asking_once(item, now):
    later.enqueue(WorkKind.EXPIRE_OFFER, item.subject_id, item.key, now, now=now)
    assert WorkItem.objects.filter(kind=WorkKind.EXPIRE_OFFER).count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_due_is_rung_after_commit_and_what_is_not_waits_for_the_sweep(role, now, bells):
    offer = OfferFactory(role=role)
    later.enqueue(WorkKind.EXPIRE_OFFER, offer.pk, "due", now, now=now)
    later.enqueue(WorkKind.EXPIRE_OFFER, offer.pk, "later", now + timedelta(hours=1), now=now)
    due, coming = WorkItem.objects.order_by("due_at")
    assert bells == [due.pk]
    assert work.sweep(now=now + timedelta(hours=2)) == [due.pk, coming.pk]
    assert work.sweep(now=now + timedelta(hours=2)) == []  # rung a moment ago: left alone for a lease
    assert work.perform(coming.pk, now=now + timedelta(hours=2)) is True
    assert work.sweep(now=now + timedelta(hours=2, seconds=31)) == [due.pk]
    assert work.sweep(now=now + timedelta(seconds=29)) == []


def test_a_lease_keeps_others_out_until_it_ends(item, now):
    assert later.claim(item.pk, now=now) is not None
    assert later.claim(item.pk, now=now + timedelta(seconds=29)) is None
    assert work.sweep(now=now + timedelta(seconds=29)) == []
    assert later.claim(item.pk, now=now + timedelta(seconds=31)) is not None


def test_a_worker_that_slept_past_its_lease_leaves_no_trace(item, now, monkeypatch):
    """Fencing: the late effect is rolled back, with everything it wrote."""

    def slow(subject_id, *, now):
        from jobs.services import offers

        offers.expire(subject_id, now=now)
        WorkItem.objects.filter(pk=item.pk).update(lease_token=uuid.uuid4())

    monkeypatch.setitem(work.HANDLERS, WorkKind.EXPIRE_OFFER, slow)
    assert work.perform(item.pk, now=now) is False
    item.refresh_from_db()
    assert (state_of(item), item.done_at, Notice.objects.count()) == (OfferState.OPEN, None, 0)


def test_a_failure_is_put_back_with_a_growing_pause_and_set_aside_in_the_end(item, now, monkeypatch):
    def poison(subject_id, *, now):
        raise ValueError("bo@people.example cannot be written here")

    monkeypatch.setitem(work.HANDLERS, WorkKind.EXPIRE_OFFER, poison)
    pauses, moment = [], now
    for _ in range(8):
        assert work.perform(item.pk, now=moment) is False
        item.refresh_from_db()
        pauses.append((item.due_at - moment).total_seconds())
        moment = item.due_at
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128]
    assert (item.attempts, item.error) == (8, "ValueError")
    assert item.failed_at is not None
    assert work.perform(item.pk, now=moment) is False
    assert work.sweep(now=moment) == []


def test_a_poison_item_does_not_hold_up_the_next(item, role, now, monkeypatch):
    offer = OfferFactory(role=role, expires_at=now)
    later.enqueue(WorkKind.EXPIRE_OFFER, offer.pk, "second", now, now=now)
    second = WorkItem.objects.get(key="second")
    whole = work.HANDLERS[WorkKind.EXPIRE_OFFER]

    def poison(subject_id, *, now):
        if subject_id == item.subject_id:
            raise ValueError
        return whole(subject_id, now=now)

    monkeypatch.setitem(work.HANDLERS, WorkKind.EXPIRE_OFFER, poison)
    assert [work.perform(pk, now=now) for pk in work.due(now=now)] == [False, True]
    assert state_of(second) == OfferState.EXPIRED


def test_an_item_that_kills_its_workers_is_set_aside(item, now):
    moment = now
    for _ in range(8):
        assert later.claim(item.pk, now=moment) is not None  # and the worker dies
        moment += timedelta(minutes=1)
    assert work.perform(item.pk, now=moment) is False
    item.refresh_from_db()
    assert (item.error, item.failed_at, state_of(item)) == ("WorkerLost", moment, OfferState.OPEN)


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_does_not_fail_the_act(role, now, monkeypatch):
    from jobs.tasks import perform

    def away(*args, **kwargs):
        raise ConnectionError

    monkeypatch.setattr(perform, "apply_async", away)
    offer = OfferFactory(role=role, expires_at=now)
    later.enqueue(WorkKind.EXPIRE_OFFER, offer.pk, "key", now, now=now)
    item = WorkItem.objects.get()
    assert work.perform(item.pk, now=now) is True


@pytest.mark.django_db
def test_what_solves_waits_in_a_line_of_its_own(now, monkeypatch, django_capture_on_commit_callbacks):
    """A slot that came free must not wait until a market is solved."""
    from jobs.tasks import perform

    sent = []
    monkeypatch.setattr(perform, "apply_async", lambda args, queue, retry: sent.append(queue))

    with django_capture_on_commit_callbacks(execute=True):
        for kind in WorkKind:
            later.enqueue(kind, 1, f"line:{kind}", now, now=now)

    assert dict(zip(WorkKind, sent, strict=True)) == dict.fromkeys(WorkKind, "celery") | {
        WorkKind.RUN_MATCH: "solving",
        WorkKind.CLEAR_MARKET: "solving",
    }
