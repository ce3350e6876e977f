"""People as the engine reads them: one packed row a person, kept by the database itself.

Triggers write these tables (see the migration that makes them), whoever changes a profile and by whatever door; no
service does. `jobs.queries.columns` knows what the bytes mean.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from profiles.models import Profile


class PersonColumns(models.Model):
    """What the engine asks of a person, packed into bytes of one length. Goes with the profile, in the database."""

    profile = models.OneToOneField(
        Profile,
        on_delete=models.DO_NOTHING,
        primary_key=True,
        related_name="columns",
        verbose_name=_("profile"),
    )
    data = models.BinaryField(_("packed"))

    class Meta:
        verbose_name = _("columns of a person")
        verbose_name_plural = _("columns of people")
        ordering = ["profile"]

    def __str__(self) -> str:
        return str(self.profile_id)


class CodeBit(models.Model):
    """Which bit stands for a role type, a skill, a hub or a language in packed rows. The lowest free one is given."""

    class Kind(models.IntegerChoices):
        ROLE_TYPE = 1, _("role type")
        SKILL = 2, _("skill")
        HUB = 3, _("hub")
        LANGUAGE = 4, _("language")

    kind = models.PositiveSmallIntegerField(_("kind"), choices=Kind.choices)
    subject_id = models.BigIntegerField(_("about row"))
    position = models.PositiveSmallIntegerField(_("bit"))

    class Meta:
        verbose_name = _("bit of a code")
        verbose_name_plural = _("bits of codes")
        ordering = ["kind", "position"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_id"], name="code_has_one_bit"),
            models.UniqueConstraint(fields=["kind", "position"], name="bit_stands_for_one_code"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.position}"


class Change(models.Model):
    """A person, a role or the codes changed in the transaction `xid`. Read by processes that hold a snapshot.

    Transactions commit in another order than they write: a reader takes what is not older than the oldest transaction
    that was still open when it read last, so that nothing slips by. Old rows are thrown away after an hour.
    """

    class Kind(models.IntegerChoices):
        PERSON = 1, _("person")
        ROLE = 2, _("role")
        CODES = 3, _("codes")

    kind = models.PositiveSmallIntegerField(_("kind"), choices=Kind.choices)
    subject_id = models.BigIntegerField(_("about row"))
    xid = models.BigIntegerField(_("transaction"))
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["xid"], name="change_by_transaction"),
            models.Index(fields=["made_at"], name="change_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.subject_id}"
