"""A manager's own hand on the casting board: who is kept for a role, and what the crew remembers of a person."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from profiles.models import Profile

from .crew import Crew
from .role import Role


class Pin(models.Model):
    """A person kept for a role by hand: every match run leaves her there and fills the rest around her."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="pins", verbose_name=_("role"))
    profile = models.ForeignKey(
        Profile, on_delete=models.CASCADE, related_name="pins", verbose_name=_("graduate")
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    made_at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("pin")
        verbose_name_plural = _("pins")
        ordering = ["role", "profile"]
        constraints = [models.UniqueConstraint(fields=["role", "profile"], name="pin_once")]

    def __str__(self) -> str:
        return f"{self.profile} · {self.role}"


class CrewNote(models.Model):
    """What a crew writes down about a person, for itself. She never reads it, no other crew does; it leaves with her."""

    crew = models.ForeignKey(Crew, on_delete=models.CASCADE, related_name="notes", verbose_name=_("crew"))
    profile = models.ForeignKey(
        Profile, on_delete=models.CASCADE, related_name="+", verbose_name=_("graduate")
    )
    words = models.CharField(_("note"), max_length=300)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("private note")
        verbose_name_plural = _("private notes")
        ordering = ["crew", "profile"]
        constraints = [models.UniqueConstraint(fields=["crew", "profile"], name="crew_note_once")]

    def __str__(self) -> str:
        return f"{self.profile} · {self.crew}"
