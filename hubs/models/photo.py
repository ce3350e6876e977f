"""Pictures of bases and sets, written anew by us like every picture here."""

import secrets

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .bilingual import in_reader_language
from .place import Base, Set


def _photo_key() -> str:
    return secrets.token_hex(16)


class PlacePhoto(models.Model):
    """A picture of a base, or of one of its sets (`set` then lies in `base`). Public when the base and the set are.

    The bytes lie in the table, as those of portfolios do. Lists must leave `content` and `thumb` out.
    """

    base = models.ForeignKey(Base, on_delete=models.CASCADE, related_name="photos", verbose_name=_("base"))
    set = models.ForeignKey(
        Set, on_delete=models.CASCADE, null=True, blank=True, related_name="photos", verbose_name=_("set")
    )
    key = models.CharField(_("address"), max_length=32, unique=True, default=_photo_key, editable=False)
    caption_zh = models.CharField(_("what it shows (Chinese)"), max_length=120)
    caption_en = models.CharField(_("what it shows (English)"), max_length=160)
    credit = models.CharField(_("who took it"), max_length=120, blank=True)
    content = models.BinaryField(_("picture"))
    thumb = models.BinaryField(_("small picture"))
    width = models.PositiveSmallIntegerField(_("width, px"), validators=[MinValueValidator(1)])
    height = models.PositiveSmallIntegerField(_("height, px"), validators=[MinValueValidator(1)])
    position = models.PositiveSmallIntegerField(_("place in the row"), default=0)
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("photo of a place")
        verbose_name_plural = _("photos of places")
        ordering = ["base", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(caption_zh="") & ~Q(caption_en=""), name="place_photo_says_what_it_shows"
            )
        ]

    def __str__(self) -> str:
        return self.caption

    @property
    def caption(self) -> str:
        return in_reader_language(self.caption_zh, self.caption_en)
