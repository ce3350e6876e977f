"""What the demo market would have sent: kept as rows, so that a visitor can read her code on a page."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OutboxItem(models.Model):
    """A text message or a mail that was written to the outbox page instead of being sent. Demo market only."""

    class Channel(models.TextChoices):
        SMS = "sms", _("text message")
        MAIL = "mail", _("e-mail")

    channel = models.CharField(_("channel"), max_length=4, choices=Channel.choices)
    recipient = models.CharField(_("to"), max_length=254)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    text = models.TextField(_("text"))
    written_at = models.DateTimeField(_("written"), auto_now_add=True)

    class Meta:
        verbose_name = _("outbox item")
        verbose_name_plural = _("outbox")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.channel} {self.pk}"
