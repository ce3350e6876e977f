"""Consent to copy a person's face, voice or movement by machine: a matter of its own, apart from the job."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobs.enums import LikenessPart, LikenessState, Territory
from profiles.models import Profile

from .shoot import Shoot

LIVE = [LikenessState.ASKED, LikenessState.GIVEN]


class Likeness(models.Model):
    """A crew asks one person for one title: `parts` for `use`, in `territory`, until `until`, for `fee` yuan.

    Training a machine with it is asked apart and is "no" unless she says yes. `given` are the parts she agreed to.
    Nothing that matches people reads this table. State changes only through `jobs.services.likeness`.
    """

    shoot = models.ForeignKey(
        Shoot, on_delete=models.PROTECT, related_name="likenesses", verbose_name=_("shoot")
    )
    profile = models.ForeignKey(
        Profile, on_delete=models.PROTECT, related_name="likenesses", verbose_name=_("graduate")
    )
    parts = ArrayField(
        models.CharField(max_length=8, choices=LikenessPart.choices), verbose_name=_("what is asked for")
    )
    use = models.CharField(_("what it is used for"), max_length=200)
    territory = models.CharField(_("where"), max_length=10, choices=Territory.choices)
    until = models.DateField(_("until"))
    fee = models.PositiveIntegerField(_("fee, yuan"))
    training_asked = models.BooleanField(_("training of a model is asked for"), default=False)
    state = models.CharField(
        _("state"), max_length=10, choices=LikenessState.choices, default=LikenessState.ASKED
    )
    given = ArrayField(
        models.CharField(max_length=8, choices=LikenessPart.choices),
        verbose_name=_("what was given"),
        default=list,
        blank=True,
    )
    training_given = models.BooleanField(_("training of a model allowed"), default=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    asked_at = models.DateTimeField(_("asked"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    ended_at = models.DateTimeField(_("revoked or taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent to AI likeness")
        verbose_name_plural = _("consents to AI likeness")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["shoot", "profile"],
                condition=Q(state__in=LIVE),
                name="likeness_live_once_a_title_and_person",
            ),
            models.CheckConstraint(
                condition=Q(parts__contained_by=LikenessPart.values) & ~Q(parts=[]),
                name="likeness_asks_for_something_known",
            ),
            models.CheckConstraint(
                condition=Q(given__contained_by=F("parts")), name="likeness_gives_what_was_asked"
            ),
            models.CheckConstraint(
                condition=Q(training_given=False) | Q(training_asked=True),
                name="likeness_training_only_where_asked",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[LikenessState.GIVEN, LikenessState.REVOKED]) & ~Q(given=[])
                | Q(
                    state__in=[LikenessState.ASKED, LikenessState.REFUSED, LikenessState.WITHDRAWN],
                    given=[],
                    training_given=False,
                ),
                name="likeness_given_names_what",
            ),
            models.CheckConstraint(
                condition=Q(territory__in=Territory.values), name="likeness_territory_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.profile} · {self.shoot} · {self.state}"

    @property
    def part_choices(self) -> list[tuple[str, str]]:
        """(value, name) of what was asked for, in the order of the list."""
        return [(part.value, str(part.label)) for part in LikenessPart if part in self.parts]

    @property
    def part_names(self) -> list[str]:
        return [name for _value, name in self.part_choices]

    @property
    def given_names(self) -> list[str]:
        return [name for value, name in self.part_choices if value in self.given]


class LikenessEvent(models.Model):
    """A line of the ledger: what was said, when, by whom. A trigger refuses every change of a row."""

    likeness = models.ForeignKey(
        Likeness, on_delete=models.PROTECT, related_name="events", verbose_name=_("consent")
    )
    state = models.CharField(_("what"), max_length=10, choices=LikenessState.choices)
    terms = models.JSONField(_("as it stood"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        null=True,
        related_name="+",
        verbose_name=_("by"),
        db_constraint=False,
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("line of the likeness ledger")
        verbose_name_plural = _("lines of the likeness ledger")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=LikenessState.values), name="likeness_event_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.likeness_id} · {self.state}"
