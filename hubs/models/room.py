"""How many rows of a kind there may be: whoever ranks people keeps a bit for each of them."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _


class Limited(models.Model):
    """A row of which there may be `most`, whatever their status. The desk refuses the next one in words.

    The floors above pack what a person wants and where she works into rows of so many bits; `jobs.queries.columns` has
    the widths, and a test holds the two against each other.
    """

    most: ClassVar[int]

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Raise ValidationError where a new row would be one too many."""
        super().clean()
        if self._state.adding and type(self)._default_manager.count() >= self.most:
            raise ValidationError(
                _(
                    "There is room for %(most)d entries of this kind, and all of it is taken. Merge two that mean the "
                    "same, or remove one that was never used; then add this one."
                )
                % {"most": self.most},
                code="no_room",
            )
