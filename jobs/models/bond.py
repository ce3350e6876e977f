"""What a person and a crew think of each other, beyond one shoot. The engine reads all of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from profiles.models import Profile

from .crew import Crew


class Block(models.Model):
    """One side will not work with the other: neither is proposed to the other any more. The other side is not told."""

    class Side(models.TextChoices):
        PERSON = "person", _("the graduate")
        CREW = "crew", _("the crew")

    profile = models.ForeignKey(
        Profile, on_delete=models.CASCADE, related_name="blocks", verbose_name=_("graduate")
    )
    crew = models.ForeignKey(Crew, on_delete=models.CASCADE, related_name="blocks", verbose_name=_("crew"))
    side = models.CharField(_("who said so"), max_length=6, choices=Side.choices)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    made_at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        ordering = ["profile", "crew", "side"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "crew", "side"], name="block_once_a_side"),
            models.CheckConstraint(condition=Q(side__in=["person", "crew"]), name="block_side_known"),
        ]

    def __str__(self) -> str:
        return f"{self.profile} · {self.crew}"


class Star(models.Model):
    """A person likes to work for a crew."""

    profile = models.ForeignKey(
        Profile, on_delete=models.CASCADE, related_name="stars", verbose_name=_("graduate")
    )
    crew = models.ForeignKey(Crew, on_delete=models.CASCADE, related_name="stars", verbose_name=_("crew"))
    made_at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("star")
        verbose_name_plural = _("stars")
        ordering = ["profile", "crew"]
        constraints = [models.UniqueConstraint(fields=["profile", "crew"], name="star_once")]

    def __str__(self) -> str:
        return f"{self.profile} · {self.crew}"


class Mark(models.Model):
    """What a crew thinks of a person it has had on a shoot: 1 (never again) to 6 (any time). Kept to the crew."""

    profile = models.ForeignKey(
        Profile, on_delete=models.CASCADE, related_name="marks", verbose_name=_("graduate")
    )
    crew = models.ForeignKey(Crew, on_delete=models.CASCADE, related_name="marks", verbose_name=_("crew"))
    value = models.PositiveSmallIntegerField(_("mark"))
    made_at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        ordering = ["profile", "crew"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "crew"], name="mark_once"),
            models.CheckConstraint(condition=Q(value__range=(1, 6)), name="mark_in_scale"),
        ]

    def __str__(self) -> str:
        return f"{self.profile} · {self.crew}"
