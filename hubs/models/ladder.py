"""Which trade leads to which: a step up, and the days on set it usually takes."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .bilingual import Curated
from .trade import RoleType


class Step(Curated):
    """A usual way from one role type to the next. `days_below` are days served below, our own estimate."""

    below = models.ForeignKey(
        RoleType, on_delete=models.CASCADE, related_name="steps_up", verbose_name=_("from")
    )
    above = models.ForeignKey(
        RoleType, on_delete=models.CASCADE, related_name="steps_down", verbose_name=_("to")
    )
    days_below = models.PositiveSmallIntegerField(_("days served before, estimate"))

    class Meta:
        verbose_name = _("step of the ladder")
        verbose_name_plural = _("steps of the ladder")
        ordering = ["below__position", "above__position"]
        constraints = [
            models.UniqueConstraint(fields=["below", "above"], name="ladder_step_once"),
            models.CheckConstraint(condition=~Q(below=F("above")), name="ladder_step_leads_on"),
        ]

    def __str__(self) -> str:
        return f"{self.below} → {self.above}"
