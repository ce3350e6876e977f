"""A slot that came free, everything that was tried to fill it, and what the manager allows for that."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobs.enums import VacancyCause, VacancyEnd

from .role import Role


class Leeway(models.Model):
    """How far the refill may go for a role when nobody fits it as it stands; decided beforehand, by a person.

    Nothing is widened where there is no row. The order is fixed: a neighbouring role type, the next hub, 10 % more.
    """

    role = models.OneToOneField(Role, on_delete=models.CASCADE, related_name="leeway", verbose_name=_("role"))
    role_type = models.BooleanField(_("neighbouring role types"), default=False)
    hub = models.BooleanField(_("people of the next hub"), default=False)
    pay = models.BooleanField(_("10 % more pay"), default=False)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    given_at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("leeway of the refill")
        verbose_name_plural = _("leeway of the refill")
        ordering = ["role"]

    def __str__(self) -> str:
        return str(self.role)


class Vacancy(models.Model):
    """A slot of `role` that came free; its offers, one after the other or three at once, all stand for this one slot.

    `key` is the act that freed it ("offer:12"), so that asking twice opens it once. `after` is the offer that ended.
    `first_day` is set where only the rest of the role's days is to be filled. `stuck_at`: nobody was left to ask.
    """

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="vacancies", verbose_name=_("role"))
    key = models.CharField(_("key"), max_length=120, unique=True)
    cause = models.CharField(_("why it came free"), max_length=12, choices=VacancyCause.choices)
    after = models.ForeignKey(
        "Offer",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="vacancies_after",
        verbose_name=_("after this offer"),
    )
    first_day = models.DateField(_("from this day on"), null=True, blank=True)
    opened_at = models.DateTimeField(_("came free"))
    stuck_at = models.DateTimeField(_("nobody left to ask since"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    end = models.CharField(_("how it closed"), max_length=8, choices=VacancyEnd.choices, blank=True)

    class Meta:
        verbose_name = _("vacancy")
        verbose_name_plural = _("vacancies")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["role"], condition=Q(closed_at__isnull=True), name="vacancy_open_by_role")
        ]
        constraints = [
            models.CheckConstraint(condition=Q(cause__in=VacancyCause.values), name="vacancy_cause_known"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, end="")
                | Q(closed_at__isnull=False, end__in=VacancyEnd.values),
                name="vacancy_closed_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} · {self.get_cause_display()}"
