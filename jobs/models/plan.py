"""A chain of shoots that a person holds: applications for all of them, made in one act."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobs.enums import ChainAim
from profiles.models import Profile

from .offer import Application
from .role import Role


class ChainPlan(models.Model):
    """The plan a person holds; one at a time. What became of it stands in its applications, never here."""

    profile = models.ForeignKey(
        Profile, on_delete=models.CASCADE, related_name="chain_plans", verbose_name=_("graduate")
    )
    aim = models.CharField(_("planned for"), max_length=5, choices=ChainAim.choices)
    held_at = models.DateTimeField(_("held"))
    released_at = models.DateTimeField(_("let go"), null=True, blank=True)

    class Meta:
        verbose_name = _("chain plan")
        verbose_name_plural = _("chain plans")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile"], condition=Q(released_at__isnull=True), name="chain_plan_held_once"
            ),
            models.CheckConstraint(condition=Q(aim__in=ChainAim.values), name="chain_plan_aim_known"),
        ]

    def __str__(self) -> str:
        return f"{self.profile} · {self.aim}"


class ChainLink(models.Model):
    """A role of a held plan, with the application that asks for it."""

    plan = models.ForeignKey(
        ChainPlan, on_delete=models.CASCADE, related_name="links", verbose_name=_("chain plan")
    )
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="+", verbose_name=_("role"))
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="+", verbose_name=_("application")
    )

    class Meta:
        verbose_name = _("link of a chain plan")
        verbose_name_plural = _("links of chain plans")
        ordering = ["plan", "role__days", "id"]
        constraints = [models.UniqueConstraint(fields=["plan", "role"], name="chain_link_once_a_role")]

    def __str__(self) -> str:
        return f"{self.plan_id} · {self.role_id}"
