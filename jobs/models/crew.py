"""Who hires: the standing team that moves from one shoot to the next."""

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hubs.models import Department, Hub
from jobs.enums import CrewState, Right

INVITATION_SALT = "jobs.crew_invitation"


class Crew(models.Model):
    """A crew. Only a verified one may publish shoots. `credit_code` is the unified social credit code.

    `decided_at`, `decided_by` and `reason` belong to the newest decision about it; all decisions stand in the log.
    State changes only through `jobs.services.crews`.
    """

    name = models.CharField(_("name"), max_length=80)
    company_name = models.CharField(_("company"), max_length=120)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, unique=True)
    home_hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+", verbose_name=_("home hub"))
    intro = models.TextField(_("introduction"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=CrewState.choices, default=CrewState.APPLIED)
    contact_name = models.CharField(_("contact"), max_length=40, blank=True)
    contact_mobile = models.CharField(_("contact's mobile number"), max_length=20, blank=True)
    applied_at = models.DateTimeField(_("applied"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True)
    signed_pact = models.BooleanField(_("signed the industry pact on hours and pay"), default=False)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Membership", related_name="crews", verbose_name=_("members")
    )

    class Meta:
        verbose_name = _("crew")
        verbose_name_plural = _("crews")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CrewState.values), name="crew_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[CrewState.REFUSED, CrewState.SUSPENDED]) | ~Q(reason=""),
                name="crew_refused_is_told_why",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_verified(self) -> bool:
        return self.state == CrewState.VERIFIED


class Membership(models.Model):
    """A user's right in a crew. A department head has a `department` and sees only that."""

    crew = models.ForeignKey(
        Crew, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("crew")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("user")
    )
    right = models.CharField(_("right"), max_length=8, choices=Right.choices)
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("department"),
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["crew", "id"]
        constraints = [
            models.UniqueConstraint(fields=["crew", "user"], name="membership_once_a_crew"),
            models.CheckConstraint(condition=Q(right__in=Right.values), name="membership_right_known"),
            models.CheckConstraint(
                condition=~Q(right=Right.HEAD) | Q(department__isnull=False),
                name="department_head_has_a_department",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.crew}"


class CrewInvitation(models.Model):
    """Somebody is asked by e-mail to join a crew. She need not have an account yet; a signed key is in the mail.

    `accepted_at` and `withdrawn_at` end it; at most one stands for each address.
    """

    crew = models.ForeignKey(
        Crew, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("crew")
    )
    email = models.EmailField(_("e-mail"))
    right = models.CharField(_("right"), max_length=8, choices=Right.choices)
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("department"),
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("invited by"),
    )
    sent_at = models.DateTimeField(_("sent"))
    expires_at = models.DateTimeField(_("expires"))
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation to a crew")
        verbose_name_plural = _("invitations to crews")
        ordering = ["crew", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["crew", "email"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="crew_invitation_standing_once",
            ),
            models.CheckConstraint(condition=Q(right__in=Right.values), name="crew_invitation_right_known"),
            models.CheckConstraint(
                condition=~Q(right=Right.HEAD) | Q(department__isnull=False),
                name="invited_head_has_a_department",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.crew}"


def invitation_key(invitation: CrewInvitation) -> str:
    """Return the signed key in the letter: it opens this one invitation for whoever has the address."""
    return signing.dumps(invitation.pk, salt=INVITATION_SALT)


def read_invitation_key(key: str) -> int | None:
    """Return the id of the invitation, or None for a key that was not made here."""
    try:
        number = signing.loads(key, salt=INVITATION_SALT)
    except (signing.BadSignature, ValueError):
        return None
    return number if isinstance(number, int) else None
