"""The log: one entry an act, written in the act's own transaction."""

from datetime import datetime
from typing import Any

from django.db.models import Model

from jobs.models import Entry
from profiles.models import User


def write(verb: str, subject: Model, *, by: User | None, now: datetime, **facts: Any) -> Entry:
    """Add an entry about `subject` ("offer:12"); `facts` are ids and values, never contacts. `by` None = the house."""
    return Entry.objects.create(
        at=now, by=by, verb=verb, subject=f"{subject._meta.model_name}:{subject.pk}", facts=facts
    )
