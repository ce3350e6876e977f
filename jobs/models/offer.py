"""A slot held out to a person, or asked for by her."""

from copy import copy

from django.core import signing
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from psycopg.types.range import DateRange

from jobs.enums import OFFER_LIVE, ApplicationState, OfferState, Widening
from profiles.models import Profile

from .refill import Vacancy
from .role import Role
from .run import Match
from .terms import house_terms
from .unit import Unit, UnitOffer

ANSWER_SALT = "jobs.offer-answer"


class Application(models.Model):
    """A person's own request for a role. State changes only through `jobs.services.applications`."""

    role = models.ForeignKey(
        Role, on_delete=models.CASCADE, related_name="applications", verbose_name=_("role")
    )
    profile = models.ForeignKey(
        Profile, on_delete=models.CASCADE, related_name="applications", verbose_name=_("graduate")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=ApplicationState.choices, default=ApplicationState.SENT
    )
    message = models.CharField(_("message"), max_length=300, blank=True)
    unit = models.ForeignKey(
        Unit,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name=_("with her unit"),
    )
    sent_at = models.DateTimeField(_("sent"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    reply = models.CharField(_("what the crew answered"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["role", "profile"],
                condition=Q(state__in=[ApplicationState.SENT, ApplicationState.OFFERED]),
                name="application_live_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ApplicationState.values), name="application_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.profile} · {self.role}"


class Offer(models.Model):
    """A slot held out to one person until `expires_at`. All moves go through `jobs.services.offers`.

    `day_rate`, `piece_yuan` (yuan) and `cancel_terms` are frozen when the offer is sent: a promise does not change.
    Of the offers for one `vacancy`, which may be out at the same time, the database lets one be accepted.
    `first_day` is set where only the rest of the role's days is offered; read `days`.
    """

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="offers", verbose_name=_("role"))
    profile = models.ForeignKey(
        Profile, on_delete=models.PROTECT, related_name="offers", verbose_name=_("graduate")
    )
    match = models.ForeignKey(
        Match,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="offers",
        verbose_name=_("match"),
    )
    application = models.ForeignKey(
        Application,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="offers",
        verbose_name=_("application"),
    )
    unit_offer = models.ForeignKey(
        UnitOffer,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="offers",
        verbose_name=_("offer to her unit"),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=OfferState.choices, default=OfferState.DRAFTED
    )
    day_rate = models.PositiveIntegerField(_("day rate, yuan"))
    piece_yuan = models.PositiveIntegerField(_("yuan a unit"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    refill = models.BooleanField(_("sent by the refill"), default=False)
    vacancy = models.ForeignKey(
        Vacancy,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="offers",
        verbose_name=_("for the slot that came free"),
    )
    widened = models.CharField(
        _("widened by"), max_length=10, choices=Widening.choices, default="", blank=True
    )
    first_day = models.DateField(_("from this day on"), null=True, blank=True)
    cancel_terms = models.JSONField(_("terms of cancelling"), default=house_terms)

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        ordering = ["-id"]
        indexes = [models.Index(fields=["profile", "state"], name="offer_by_profile_and_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["role", "profile"],
                condition=Q(state__in=OFFER_LIVE),
                name="offer_live_once_a_role_and_person",
            ),
            models.UniqueConstraint(
                fields=["vacancy"],
                condition=Q(state=OfferState.ACCEPTED),
                name="offer_accepted_once_a_vacancy",
            ),
            models.CheckConstraint(condition=Q(state__in=OfferState.values), name="offer_state_known"),
            models.CheckConstraint(
                condition=Q(state=OfferState.DRAFTED)
                | Q(state=OfferState.WITHDRAWN)
                | Q(sent_at__isnull=False, expires_at__isnull=False),
                name="offer_sent_has_a_deadline",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.profile} · {self.role}"

    @property
    def promised(self) -> Role:
        """The role at the price of a unit that this offer promises, whatever it says today."""
        role = copy(self.role)
        role.piece_yuan = self.piece_yuan or role.piece_yuan
        return role

    @property
    def days(self) -> DateRange:
        """The days that are offered: the role's, or what is left of them from `first_day` on."""
        days = self.role.days
        return DateRange(max(days.lower, self.first_day or days.lower), days.upper)

    @property
    def day_count(self) -> int:
        days = self.role.days
        return (days.upper - max(days.lower, self.first_day or days.lower)).days

    @property
    def total_pay(self) -> int:
        """Yuan for all days, at the rate the offer promised."""
        return self.day_rate * self.day_count


def answer_key(offer_id: int, recipient_id: int) -> str:
    """Return the key in an offer's e-mail: who holds it may read and answer that one offer, and nothing else.

    Signed, not stored; it is of no use once the offer has ended.
    """
    return signing.dumps([offer_id, recipient_id], salt=ANSWER_SALT)


def read_answer_key(key: str) -> tuple[int, int] | None:
    """Return the ids of offer and recipient, or None for a key that was not made here."""
    try:
        offer_id, recipient_id = signing.loads(key, salt=ANSWER_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return offer_id, recipient_id
