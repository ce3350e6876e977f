"""What is public and what is still being written: the status of a curated row, and the book of who moved it.

`services.curation.move` is the only door of change of `status`. A row that the data files bring is published by
being in them; a row made at the desk starts as a draft, because the desk says so.
"""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hubs.enums import CurationVerb, Status

from .bilingual import Curated


class ReviewedQuerySet(models.QuerySet[Any]):
    """`published()` is what the public may read; without it a query is the desk's."""

    def published(self) -> Self:
        """Return the rows that are public: published themselves, and everything they stand in is published too."""
        public = Q(status=Status.PUBLISHED)
        for path, optional in self.model.stands_in.items():
            above = Q(**{f"{path}__status": Status.PUBLISHED})
            public &= (above | Q(**{f"{path}__isnull": True})) if optional else above
        return self.filter(public)


class Reviewed(Curated):
    """A curated row with a status. `stands_in`: relations that must be published with it; True = may be empty."""

    stands_in: ClassVar[dict[str, bool]] = {}

    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.PUBLISHED, editable=False
    )

    objects = ReviewedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_public(self) -> bool:
        """Whether the row itself is published; `published()` asks for what it stands in too."""
        return self.status == Status.PUBLISHED


class CurationEntry(models.Model):
    """One line of the curation book; rows are added and never changed, a trigger refuses the rest.

    Not Django's own log: that one is written by admin pages only, may be deleted, and goes with the account it names.
    `by_id` is the account's number without a relation: this floor knows no people, the desk puts the name on.
    `label` and `object_id` name the row ("base", 12); `before` and `after` are statuses, empty where none changed.
    """

    at = models.DateTimeField(_("at"))
    by_id = models.BigIntegerField(_("by"), null=True)
    verb = models.CharField(_("what"), max_length=10, choices=CurationVerb.choices)
    label = models.CharField(_("kind of row"), max_length=20)
    object_id = models.BigIntegerField(_("row"))
    before = models.CharField(_("before"), max_length=10, choices=Status.choices, blank=True)
    after = models.CharField(_("after"), max_length=10, choices=Status.choices, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    facts = models.JSONField(_("facts"), default=dict)

    class Meta:
        verbose_name = _("line of the curation book")
        verbose_name_plural = _("curation book")
        ordering = ["-id"]
        indexes = [models.Index(fields=["label", "object_id"], name="curation_by_row")]

    def __str__(self) -> str:
        return f"{self.verb} {self.label}:{self.object_id}"
