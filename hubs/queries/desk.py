"""What waits at the desk of places: reviews asked for, figures past their day, facts to confirm, drafts."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Model, Q

from hubs import policies
from hubs.enums import Status
from hubs.models import Figure, Reviewed
from hubs.queries import figures


@dataclass(frozen=True)
class Waiting:
    """So many rows of one kind that want the same: "review", "stale", "confirm" or "draft"."""

    model: type[Model]
    want: str
    count: int


WANTS = ("review", "stale", "confirm", "draft")
"""The most pressing first: a review holds somebody up, a stale figure misleads a reader, a draft waits for its writer."""


def waiting(user: Any, *, today: date) -> list[Waiting]:
    """Return what wants `user` at the desk, the most pressing first. One query a kind of row, one for figures."""
    found = []
    for model in policies.LIES_IN:
        if not issubclass(model, Reviewed):
            continue
        rows = policies.editable(user, model)
        counts = {
            "review": Count("pk", Q(status=Status.REVIEW)),
            "draft": Count("pk", Q(status=Status.DRAFT)),
        }
        if any(field.name == "to_confirm" for field in model._meta.concrete_fields):
            counts["confirm"] = Count("pk", Q(to_confirm=True) & ~Q(status=Status.RETIRED))
        found += [Waiting(model, want, n) for want, n in rows.aggregate(**counts).items()]
    old = figures.stale(policies.editable(user, Figure).exclude(status=Status.RETIRED), today=today)
    found.append(Waiting(Figure, "stale", old.count()))
    return sorted((each for each in found if each.count), key=lambda each: WANTS.index(each.want))
