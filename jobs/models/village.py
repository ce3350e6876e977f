"""What a coordinator said in a person's name: never without the person's own spoken yes beside it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from profiles.models import SpokenConsent

from .offer import Offer
from .promise import Confirmation
from .wage import Wage


class WordForHer(models.Model):
    """One word of a villager, typed by her coordinator. Each stands on one spoken consent, and no consent on two.

    Exactly the row it is about is set: an offer for `accepted` and `declined`, a confirmation for `coming`, a wage for
    `received` and `denied`. An offer is answered once, a question confirmed once; a wage may be spoken of again.
    """

    class Said(models.TextChoices):
        ACCEPTED = "accepted", _("takes the offer")
        DECLINED = "declined", _("does not take the offer")
        COMING = "coming", _("is coming")
        RECEIVED = "received", _("has her pay")
        DENIED = "denied", _("has not got her pay")

    consent = models.OneToOneField(
        SpokenConsent, on_delete=models.PROTECT, related_name="word", verbose_name=_("spoken consent")
    )
    said = models.CharField(_("what she said"), max_length=8, choices=Said.choices)
    offer = models.OneToOneField(
        Offer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="word_for_her",
        verbose_name=_("offer"),
    )
    confirmation = models.OneToOneField(
        Confirmation,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="word_for_her",
        verbose_name=_("question whether she comes"),
    )
    wage = models.ForeignKey(
        Wage,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="words_for_her",
        verbose_name=_("wage"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("typed by")
    )
    at = models.DateTimeField(_("typed"))

    class Meta:
        verbose_name = _("word for a villager")
        verbose_name_plural = _("words for villagers")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    said__in=["accepted", "declined"], offer__isnull=False, confirmation__isnull=True, wage__isnull=True
                )
                | Q(said="coming", offer__isnull=True, confirmation__isnull=False, wage__isnull=True)
                | Q(
                    said__in=["received", "denied"], offer__isnull=True, confirmation__isnull=True, wage__isnull=False
                ),
                name="word_for_her_is_about_one_thing",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.said
