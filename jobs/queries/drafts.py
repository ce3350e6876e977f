"""What a shoot says of itself, as plain values that can be set side by side, and who changed it last."""

import json
from datetime import date, time, timedelta
from typing import Any

from django.db.models import Model, QuerySet

from jobs.models import Entry, Shoot
from profiles.models import User

PASSPORT = (
    "made_with", "ai_use", "scans", "plus_tags", "production_cost", "filing_tier", "filing_state", "filing_number",
    "rights", "rights_holder",
)  # fmt: skip
"""The columns of the passport of a title; see `jobs.services.passports`."""

COLUMNS = (
    "title", "genre", "call_time", "hours_per_day", "settle_within_days", "meals", "lodging", "insurance", "synopsis",
    *PASSPORT,
)  # fmt: skip


def values(shoot: Shoot) -> dict[str, Any]:
    """Everything of a shoot that can be edited, plain; rows by id. Two queries."""
    out = {name: plain(getattr(shoot, name)) for name in COLUMNS}
    out["base"] = shoot.base_id
    out["first_day"] = shoot.days.lower.isoformat()
    out["last_day"] = (shoot.days.upper - timedelta(days=1)).isoformat()
    out["sets"] = sorted(shoot.sets.values_list("pk", flat=True))
    out["overseas"] = sorted(shoot.overseas.values_list("pk", flat=True))
    return out


def plain(value: Any) -> Any:
    """A value as JSON has it, so that three versions of it can be compared."""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, QuerySet):
        return sorted(row.pk for row in value)
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


def read_was(text: str) -> dict[str, Any]:
    """What stood on the page she opened; nothing where it cannot be read, and then every field is compared anew."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def last_change(shoot: Shoot, *, but: User) -> Entry | None:
    """Who else changed it last, and when."""
    entries = Entry.objects.filter(subject=f"shoot:{shoot.pk}", verb="shoot_changed", by__isnull=False)
    return entries.exclude(by=but).select_related("by").order_by("-pk").first()
