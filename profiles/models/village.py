"""People without a smartphone, and who speaks for them: the coordinator of their village."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hubs.models import Hub
from hubs.models.bilingual import in_reader_language

from .profile import Profile

_MAINLAND = RegexValidator(r"^\+861[3-9]\d{9}$", _("Write a mainland mobile number with 11 digits."))


class Coordinator(models.Model):
    """Who registers the people of a village, calls them and answers for them with their consent.

    An admin appoints and retires. Two triggers keep that a retired one holds nobody who still needs her.
    `phone` is printed on cards and sent in text messages: it is the village's own, and not private.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="coordinator",
        verbose_name=_("person"),
    )
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+", verbose_name=_("hub"))
    village_zh = models.CharField(_("village (Chinese)"), max_length=60)
    village_en = models.CharField(_("village (English)"), max_length=80)
    phone = models.CharField(
        _("telephone for the village"),
        max_length=16,
        blank=True,
        validators=[_MAINLAND],
    )
    meeting_point = models.CharField(_("where the village meets"), max_length=120, blank=True)
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("appointed by")
    )
    appointed_at = models.DateTimeField(_("appointed"))
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    class Meta:
        verbose_name = _("coordinator")
        verbose_name_plural = _("coordinators")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True) | Q(retired_at__gte=F("appointed_at")),
                name="coordinator_retires_after_appointed",
            ),
            models.CheckConstraint(
                condition=~Q(village_zh="")
                & ~Q(village_en="")
                & (~Q(phone="") | Q(retired_at__isnull=False)),
                name="coordinator_has_a_village",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.village} · {self.user}"

    @property
    def village(self) -> str:
        return in_reader_language(self.village_zh, self.village_en)


class Villager(models.Model):
    """A person without a smartphone. Her user is `spoken_for` until she takes the account over herself.

    `phone` is a plain one that rings and takes text messages: her own, one of the family, or empty where only the
    coordinator can tell her. Of her code there is a keyed hash alone: who reads the table opens no page with it.
    """

    class PhoneOf(models.TextChoices):
        HERS = "hers", _("her own")
        FAMILY = "family", _("of the family")
        NOBODY = "nobody", _("none: the coordinator tells her")

    profile = models.OneToOneField(
        Profile, on_delete=models.CASCADE, related_name="villager", verbose_name=_("profile")
    )
    coordinator = models.ForeignKey(
        Coordinator, on_delete=models.PROTECT, related_name="people", verbose_name=_("coordinator")
    )
    phone = models.CharField(
        _("plain phone"),
        max_length=16,
        blank=True,
        validators=[_MAINLAND],
    )
    phone_of = models.CharField(_("whose phone"), max_length=6, choices=PhoneOf.choices)
    code_hash = models.CharField(_("hash of her code"), max_length=64, unique=True, null=True, blank=True)
    code_made_at = models.DateTimeField(_("code made"), null=True, blank=True)
    registered_at = models.DateTimeField(_("registered"))
    taken_over_at = models.DateTimeField(_("taken over by herself"), null=True, blank=True)

    class Meta:
        verbose_name = _("villager")
        verbose_name_plural = _("villagers")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(phone_of="nobody", phone="")
                | (Q(phone_of__in=["hers", "family"]) & ~Q(phone="")),
                name="villager_phone_is_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(code_hash__isnull=True, code_made_at__isnull=True)
                | Q(code_hash__isnull=False, code_made_at__isnull=False),
                name="villager_code_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(taken_over_at__isnull=True) | Q(code_hash__isnull=True),
                name="villager_code_ends_with_take_over",
            ),
            # By a number of her own she is known again when she signs up herself: it cannot be two people at once.
            models.UniqueConstraint(
                fields=["phone"], condition=Q(phone_of="hers"), name="villager_own_phone_is_hers_alone"
            ),
        ]

    def __str__(self) -> str:
        return str(self.profile)


class SpokenConsent(models.Model):
    """A yes or no that was spoken, not typed: who asked, who heard it, in which wording. Rows are only ever added.

    A trigger refuses changes. The newest row of a purpose is what stands.
    """

    class Purpose(models.TextChoices):
        REGISTRATION = "registration", _("being registered and called")
        CONTACT = "contact", _("her number for crews that booked her")
        OFFER = "offer", _("an answer to an offer")
        COMING = "coming", _("that she is coming")
        WAGE = "wage", _("that her pay has arrived, or has not")
        LEAVING = "leaving", _("having her account deleted")

    class Manner(models.TextChoices):
        FACE = "face", _("face to face")
        PHONE = "phone", _("by telephone")

    class WitnessIs(models.TextChoices):
        FAMILY = "family", pgettext_lazy("witness", "family")
        GUARDIAN = "guardian", _("parent or guardian")
        OTHER = "other", _("neighbour or village office")

    profile = models.ForeignKey(
        Profile, on_delete=models.PROTECT, related_name="spoken_consents", verbose_name=_("person")
    )
    purpose = models.CharField(_("for what"), max_length=12, choices=Purpose.choices)
    agreed = models.BooleanField(_("said yes"))
    version = models.CharField(_("wording"), max_length=10)
    manner = models.CharField(_("how"), max_length=5, choices=Manner.choices)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    witness = models.CharField(_("heard by"), max_length=60)
    witness_is = models.CharField(_("who that is"), max_length=8, choices=WitnessIs.choices)
    at = models.DateTimeField(_("said"))

    class Meta:
        verbose_name = _("spoken consent")
        verbose_name_plural = _("spoken consents")
        ordering = ["-id"]
        indexes = [models.Index(fields=["profile", "purpose", "-id"], name="spoken_consent_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=["registration", "contact", "offer", "coming", "wage", "leaving"]),
                name="spoken_consent_purpose_known",
            ),
            models.CheckConstraint(
                condition=Q(manner__in=["face", "phone"]), name="spoken_consent_manner_known"
            ),
            models.CheckConstraint(
                condition=Q(witness_is__in=["family", "guardian", "other"]) & ~Q(witness=""),
                name="spoken_consent_was_heard",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.at:%Y-%m-%d}"
