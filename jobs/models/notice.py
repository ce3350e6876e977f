"""A message is a row before it is an e-mail."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobs.enums import Channel, NoticeKind, NoticeState


class Notice(models.Model):
    """A message to a person, written in the transaction of the act that caused it.

    `key` makes the act's second try harmless. `facts` are ids and values; the words are put on when it is read or
    sent. The row is the in-app notice; `state` is about what leaves the house: mail, a text message, both or neither.
    Rows of one `topic` are shown as one with a count. `digest_at`: it leaves then, together with others.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="notices",
        verbose_name=_("recipient"),
    )
    kind = models.CharField(_("kind"), max_length=24, choices=NoticeKind.choices)
    key = models.CharField(_("key"), max_length=120, unique=True)
    facts = models.JSONField(_("facts"), default=dict)
    state = models.CharField(
        _("state"), max_length=8, choices=NoticeState.choices, default=NoticeState.PENDING
    )
    topic = models.CharField(_("shown together with"), max_length=60, blank=True)
    by_mail = models.BooleanField(_("by e-mail"), default=True)
    by_sms = models.BooleanField(_("by text message"), default=False)
    digest_at = models.DateTimeField(_("leaves with others"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)
    texted_at = models.DateTimeField(_("texted"), null=True, blank=True)
    error = models.CharField(_("last error"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created"))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["recipient"], condition=Q(read_at__isnull=True), name="notice_unread_by_recipient"
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=NoticeState.values), name="notice_state_known"),
            models.CheckConstraint(condition=Q(kind__in=NoticeKind.values), name="notice_kind_known"),
        ]

    def __str__(self) -> str:
        return self.key


class NoticeChoice(models.Model):
    """A person's own word on one kind of notice by one channel. Where there is none, the house's default holds."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="notice_choices",
        verbose_name=_("person"),
    )
    kind = models.CharField(_("kind"), max_length=24, choices=NoticeKind.choices)
    channel = models.CharField(_("channel"), max_length=4, choices=Channel.choices)
    wanted = models.BooleanField(_("wanted"))

    class Meta:
        verbose_name = _("choice of notices")
        verbose_name_plural = _("choices of notices")
        ordering = ["user", "kind", "channel"]
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "channel"], name="notice_choice_once"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="notice_channel_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.channel}"
