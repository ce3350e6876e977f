"""Change rows are thrown away when everybody has read them."""

from datetime import timedelta

from jobs.models import Change
from jobs.services import changes
from jobs.tasks import forget_changes


def test_after_an_hour_a_change_is_forgotten(bo, now):
    last = Change.objects.order_by("id").last()
    Change.objects.exclude(pk=last.pk).update(made_at=now - timedelta(minutes=61))
    Change.objects.filter(pk=last.pk).update(made_at=now - timedelta(minutes=59))
    others = Change.objects.count() - 1
    assert changes.forget(now=now) == others
    assert list(Change.objects.all()) == [last]


def test_beat_asks_for_it(bo):
    Change.objects.update(made_at="2020-01-01T00:00Z")
    assert forget_changes() > 0
    assert Change.objects.count() == 0
