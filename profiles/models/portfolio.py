"""What she can show: photos kept here, links kept as words, courses of the catalogue."""

import secrets

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hubs.models import Programme

from .profile import Profile


def _photo_key() -> str:
    return secrets.token_hex(16)


class Photo(models.Model):
    """A picture, decoded and written anew by us: nothing of the file she sent is in it but what one sees.

    It lies in the table, not in a folder: deleting the person deletes it, a backup holds both or neither, and there is no
    path anybody could guess. Lists must leave `content` and `thumb` out; `queries.portfolio` does.
    """

    profile = models.ForeignKey(
        Profile, on_delete=models.CASCADE, related_name="photos", verbose_name=_("profile")
    )
    key = models.CharField(_("address"), max_length=32, unique=True, default=_photo_key)
    caption = models.CharField(_("what it shows"), max_length=80, blank=True)
    content = models.BinaryField(_("picture"))
    thumb = models.BinaryField(_("small picture"))
    width = models.PositiveSmallIntegerField(_("width, px"), validators=[MinValueValidator(1)])
    height = models.PositiveSmallIntegerField(_("height, px"), validators=[MinValueValidator(1)])
    public = models.BooleanField(_("shown on the public page"), default=False)
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["profile", "id"]

    def __str__(self) -> str:
        return self.caption or self.key[:6]


class WorkLink(models.Model):
    """An address of her work elsewhere. It is kept and shown with its host; nobody here ever fetches it."""

    profile = models.ForeignKey(
        Profile, on_delete=models.CASCADE, related_name="work_links", verbose_name=_("profile")
    )
    url = models.CharField(_("address"), max_length=400)
    title = models.CharField(_("what one sees there"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("link to work")
        verbose_name_plural = _("links to work")
        ordering = ["profile", "id"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "url"], name="work_link_once"),
            models.CheckConstraint(condition=Q(url__startswith="https://"), name="work_link_is_https"),
        ]

    def __str__(self) -> str:
        return self.title or self.host

    @property
    def host(self) -> str:
        """The host alone: what one should look at before one follows a link."""
        return self.url.split("/")[2]


class Training(models.Model):
    """A programme of the catalogue that she has taken part in."""

    profile = models.ForeignKey(
        Profile, on_delete=models.CASCADE, related_name="trainings", verbose_name=_("profile")
    )
    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="+", verbose_name=_("programme")
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)

    class Meta:
        verbose_name = _("training")
        verbose_name_plural = _("trainings")
        ordering = ["profile", "-year", "id"]
        constraints = [models.UniqueConstraint(fields=["profile", "programme"], name="training_once")]

    def __str__(self) -> str:
        return self.programme.name
