"""Crew templates: what a crew of 12, 30 or 75 consists of."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hubs.models import RoleType
from hubs.models.bilingual import Named


class CrewTemplate(Named):
    """A crew by size. The lines of the category "production" add up to `size` exactly."""

    code = models.SlugField(_("code"), unique=True)
    size = models.PositiveSmallIntegerField(_("crew size"))

    class Meta:
        verbose_name = _("crew template")
        verbose_name_plural = _("crew templates")
        ordering = ["size"]


class TemplateLine(models.Model):
    """How many of a role type a template asks for; `day_rate` is yuan, the middle of the usual span."""

    template = models.ForeignKey(
        CrewTemplate, on_delete=models.CASCADE, related_name="lines", verbose_name=_("crew template")
    )
    role_type = models.ForeignKey(
        RoleType, on_delete=models.PROTECT, related_name="+", verbose_name=_("role type")
    )
    headcount = models.PositiveSmallIntegerField(_("headcount"))
    day_rate = models.PositiveIntegerField(_("day rate, yuan"))

    class Meta:
        verbose_name = _("line of a crew template")
        verbose_name_plural = _("lines of crew templates")
        ordering = ["template", "role_type__position"]
        constraints = [
            models.UniqueConstraint(fields=["template", "role_type"], name="template_line_once_a_role_type"),
            models.CheckConstraint(
                condition=Q(headcount__range=(1, 60)), name="template_line_headcount_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.headcount} × {self.role_type}"
