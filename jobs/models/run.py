"""One solve of the engine, kept with its input so that it can be replayed, and the matches it found."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobs.enums import MatchState, RunState
from profiles.models import Profile

from .shoot import Role, Shoot


class MatchRun(models.Model):
    """A run for a shoot. `record` is what `jobs.matching.replay` reads back: problem, seed, solution, version.

    `bound` is a proven upper limit for `objective`; `gap` = (bound - objective) / bound.
    Progress is a row, not a promise of the broker: it survives a reload of the page and a kill of the worker.
    """

    shoot = models.ForeignKey(Shoot, on_delete=models.CASCADE, related_name="runs", verbose_name=_("shoot"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    state = models.CharField(_("state"), max_length=12, choices=RunState.choices, default=RunState.WAITING)
    seed = models.PositiveIntegerField(_("seed"), default=0)
    phase = models.CharField(_("phase"), max_length=24, blank=True)
    done = models.PositiveIntegerField(_("steps done"), default=0)
    total = models.PositiveIntegerField(_("steps in all"), default=0)
    slots = models.PositiveIntegerField(_("slots asked for"), default=0)
    filled = models.PositiveIntegerField(_("slots filled"), default=0)
    people = models.PositiveIntegerField(_("people considered"), default=0)
    objective = models.BigIntegerField(_("score of the plan"), null=True, blank=True)
    bound = models.BigIntegerField(_("proven limit"), null=True, blank=True)
    gap = models.FloatField(_("distance from the limit"), null=True, blank=True)
    rules_version = models.CharField(_("rules"), max_length=20, blank=True)
    breaches = models.JSONField(_("breaches"), default=list, blank=True)
    record = models.BinaryField(_("record for replay"), null=True, blank=True, editable=False)
    asked_at = models.DateTimeField(_("asked"))
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("match run")
        verbose_name_plural = _("match runs")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="run_state_known"),
            models.UniqueConstraint(
                fields=["shoot"],
                condition=Q(state__in=[RunState.WAITING, RunState.RUNNING]),
                name="run_one_at_a_time_a_shoot",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} · {self.shoot}"


class Match(models.Model):
    """A person scored against a role. `contributions` and `facts` are codes and facts; words come at the door."""

    run = models.ForeignKey(
        MatchRun, on_delete=models.CASCADE, related_name="matches", verbose_name=_("match run")
    )
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="matches", verbose_name=_("role"))
    profile = models.ForeignKey(
        Profile, on_delete=models.CASCADE, related_name="+", verbose_name=_("graduate")
    )
    state = models.CharField(_("state"), max_length=8, choices=MatchState.choices)
    rank = models.PositiveIntegerField(_("rank"))
    score = models.PositiveIntegerField(_("score"))
    contributions = models.JSONField(_("reasons"), default=list)
    facts = models.JSONField(_("why not chosen"), default=dict, blank=True)

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        ordering = ["run", "role", "rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "role", "profile"], name="match_once_a_run_role_and_person"
            ),
            models.CheckConstraint(condition=Q(state__in=MatchState.values), name="match_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.profile} · {self.role}"
