"""Why a rule of rest was set aside for somebody: in writing, and for good."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobs.enums import RestRule
from profiles.models import Profile

from .shoot import Shoot


class RestOverride(models.Model):
    """A manager planned a person on `day` although `rule` asks for more rest, and wrote down why.

    `facts` are the hours it was about, as `jobs.matching.rest` told them. Who wrote it stands in the log.
    """

    profile = models.ForeignKey(
        Profile, on_delete=models.CASCADE, related_name="rest_overrides", verbose_name=_("graduate")
    )
    shoot = models.ForeignKey(
        Shoot, on_delete=models.CASCADE, related_name="rest_overrides", verbose_name=_("shoot")
    )
    day = models.DateField(_("shoot day"))
    rule = models.CharField(_("rule"), max_length=16, choices=RestRule.choices)
    reason = models.CharField(_("reason"), max_length=200)
    facts = models.JSONField(_("facts"), default=dict)
    made_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("exception from a rule of rest")
        verbose_name_plural = _("exceptions from rules of rest")
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "shoot", "day", "rule"], name="rest_override_once_a_day_and_rule"
            ),
            models.CheckConstraint(condition=Q(rule__in=RestRule.values), name="rest_override_rule_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="rest_override_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.profile} · {self.day} · {self.rule}"
