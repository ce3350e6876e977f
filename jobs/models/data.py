"""What happens with a person's data: who looked at her contacts, and the copies she asked for."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from profiles.models import Profile

from .booking import Booking
from .crew import Crew


class ContactView(models.Model):
    """Somebody of a crew opened the contacts of a person who is booked there. Rows are added and never changed."""

    profile = models.ForeignKey(
        Profile, on_delete=models.CASCADE, related_name="contact_views", verbose_name=_("graduate")
    )
    booking = models.ForeignKey(
        Booking, on_delete=models.PROTECT, related_name="contact_views", verbose_name=_("booking")
    )
    crew = models.ForeignKey(Crew, on_delete=models.PROTECT, related_name="+", verbose_name=_("crew"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("who looked"),
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("look at contacts")
        verbose_name_plural = _("looks at contacts")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.profile_id} {self.at:%Y-%m-%d}"


class DataExport(models.Model):
    """A copy of everything about a person, made by a worker, kept for a few days and read by her alone."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports", verbose_name=_("person")
    )
    asked_at = models.DateTimeField(_("asked"))
    ready_at = models.DateTimeField(_("ready"), null=True, blank=True)
    expires_at = models.DateTimeField(_("kept until"), null=True, blank=True)
    content = models.BinaryField(_("content"), null=True, blank=True)

    class Meta:
        verbose_name = _("copy of data")
        verbose_name_plural = _("copies of data")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.asked_at:%Y-%m-%d}"
