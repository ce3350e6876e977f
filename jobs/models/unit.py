"""People who move from shoot to shoot together, and the places that are held out to them as one."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobs.enums import UnitKeep, UnitOfferState
from profiles.models import Profile

from .shoot import Shoot

SMALLEST, LARGEST = 2, 8


class Unit(models.Model):
    """Two to eight people who want to be on the same shoot. `code` is what others type in to join.

    `keep` is their term: all of them, `least` of them at least, or they may be split. A unit with fewer than two
    members who agreed binds nobody. `ended_at`: it has been dissolved and stays as a trace of its offers.
    """

    name = models.CharField(_("name of the unit"), max_length=40)
    founder = models.ForeignKey(
        Profile,
        on_delete=models.SET_NULL,
        null=True,
        related_name="units_founded",
        verbose_name=_("founded by"),
    )
    keep = models.CharField(_("term"), max_length=8, choices=UnitKeep.choices, default=UnitKeep.ALL)
    least = models.PositiveSmallIntegerField(_("at least"), default=0)
    code = models.CharField(_("number of the unit"), max_length=12, unique=True)
    made_at = models.DateTimeField(_("since"))
    ended_at = models.DateTimeField(_("dissolved"), null=True, blank=True)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(keep__in=UnitKeep.values), name="unit_term_known"),
            models.CheckConstraint(
                condition=Q(keep=UnitKeep.AT_LEAST, least__range=(SMALLEST, LARGEST))
                | (~Q(keep=UnitKeep.AT_LEAST) & Q(least=0)),
                name="unit_least_where_it_is_the_term",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UnitMember(models.Model):
    """One person's place in a unit. `agreed_at` is empty while she has not agreed to the term as it stands now.

    A person is in one unit at a time; eight seats are all there are. Both are the database's word.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="members", verbose_name=_("unit"))
    profile = models.ForeignKey(
        Profile, on_delete=models.CASCADE, related_name="unit_seats", verbose_name=_("graduate")
    )
    seat = models.PositiveSmallIntegerField(_("seat"))
    joined_at = models.DateTimeField(_("joined"))
    agreed_at = models.DateTimeField(_("agreed to the term"), null=True, blank=True)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)

    class Meta:
        verbose_name = _("member of a unit")
        verbose_name_plural = _("members of units")
        ordering = ["unit", "seat"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile"], condition=Q(left_at__isnull=True), name="unit_one_at_a_time_a_person"
            ),
            models.UniqueConstraint(
                fields=["unit", "seat"], condition=Q(left_at__isnull=True), name="unit_seat_once"
            ),
            models.CheckConstraint(condition=Q(seat__range=(1, LARGEST)), name="unit_has_eight_seats"),
        ]

    def __str__(self) -> str:
        return f"{self.profile} · {self.unit}"


class UnitOffer(models.Model):
    """Offers to the people of a unit on one shoot that stand or fall together.

    `needed` of them have to accept before `expires_at`; then it is kept. Where that cannot happen any more, what is
    left is released: open offers are withdrawn, bookings made under it are given back without any blame.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="offers", verbose_name=_("unit"))
    shoot = models.ForeignKey(
        Shoot, on_delete=models.PROTECT, related_name="unit_offers", verbose_name=_("shoot")
    )
    needed = models.PositiveSmallIntegerField(_("have to accept"))
    state = models.CharField(
        _("state"), max_length=8, choices=UnitOfferState.choices, default=UnitOfferState.OPEN
    )
    sent_at = models.DateTimeField(_("sent"))
    expires_at = models.DateTimeField(_("expires"))
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("offer to a unit")
        verbose_name_plural = _("offers to units")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "shoot"],
                condition=Q(state=UnitOfferState.OPEN),
                name="unit_offer_open_once_a_shoot",
            ),
            models.CheckConstraint(
                condition=Q(state__in=UnitOfferState.values), name="unit_offer_state_known"
            ),
            models.CheckConstraint(condition=Q(needed__range=(1, LARGEST)), name="unit_offer_needs_somebody"),
            models.CheckConstraint(
                condition=Q(expires_at__gte=F("sent_at")), name="unit_offer_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.shoot}"
