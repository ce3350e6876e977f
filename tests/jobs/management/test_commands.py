"""The commands of work: each one call, and honest about what it found."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from jobs.enums import RunState
from jobs.models import MatchRun, WorkItem
from tests.factories.jobs import NOW, BookingFactory
from tests.factories.profiles import ProfileFactory, fits


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    """Commands read the clock; here it stands still, or the roles of these tests would begin one day."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def test_a_match_is_asked_for_worked_off_and_replayed(shoot, role, mei, capsys, tmp_path):
    for _ in range(3):
        fits(ProfileFactory(), role)
    call_command("match", shoot.pk, seed=7)
    call_command("work", run=True)
    run = MatchRun.objects.get()
    assert (run.state, run.filled) == (RunState.PUBLISHED, 2)
    call_command("replay", run.pk, out=str(tmp_path / "run.npz"))
    said = capsys.readouterr().out
    assert f"run {run.pk} waits for a worker" in said
    assert "due 0" in said
    assert "the same answer" in said
    assert (tmp_path / "run.npz").read_bytes() == bytes(run.record)


def test_unknown_rows_are_said_so(db):
    for command in (("match", 1), ("replay", 1)):
        with pytest.raises(CommandError):
            call_command(*command)


def test_what_was_set_aside_is_shown_and_tried_again(db, capsys):
    item = WorkItem.objects.create(
        kind="refill_role", subject_id=1, key="k", due_at=NOW, failed_at=NOW, error="ValueError", attempts=8
    )
    call_command("work")
    assert f"set aside: {item.pk} refill_role 1 (ValueError)" in capsys.readouterr().out
    call_command("work", again=item.pk)
    item.refresh_from_db()
    assert (item.failed_at, item.attempts) == (None, 0)


def test_integrity_fails_loudly(role, bo, mei, capsys):
    BookingFactory(role=role, profile=bo.profile)
    call_command("check_integrity")
    assert "23 invariants hold" in capsys.readouterr().out
    type(role).objects.update(filled=0)
    with pytest.raises(CommandError, match="1 of 23"):
        call_command("check_integrity")
