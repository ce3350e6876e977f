"""Solves of the engine, kept with their input so that they can be replayed, and the matches they found."""

from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hubs.models import Hub
from jobs.enums import MarketScope, MatchState, RunState
from profiles.models import Profile

from .role import Role
from .shoot import Shoot

UNDER_WAY = (RunState.WAITING, RunState.RUNNING)


class Solve(models.Model):
    """One solve: where it stands, what came out, and how good that is proven to be.

    `record` is what `jobs.matching.replay` reads back: problem, seed, starting prices, solution, version.
    `bound` is a proven upper limit for `objective`; `gap` = (bound - objective) / bound.
    Progress is a row, not a promise of the broker: it survives a reload of the page and a kill of the worker.
    `warm`: it started from the prices of an earlier run. `memory_mb`: the peak of the process that solved it.
    """

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
    warm = models.BooleanField(_("started from earlier prices"), default=False)
    memory_mb = models.PositiveIntegerField(_("memory, MB"), null=True, blank=True)
    breaches = models.JSONField(_("breaches"), default=list, blank=True)
    fairness = models.JSONField(_("fairness report"), default=dict, blank=True)
    record = models.BinaryField(_("record for replay"), null=True, blank=True, editable=False)
    asked_at = models.DateTimeField(_("asked"))
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def seconds(self) -> float | None:
        """How long it worked; None while it does."""
        if self.started_at is None or self.ended_at is None:
            return None
        return (self.ended_at - self.started_at).total_seconds()

    @property
    def under_way(self) -> bool:
        return self.state in UNDER_WAY


class MarketRun(Solve):
    """All open shoots of a hub (or of the whole country) in a window of `days`, solved as one market.

    Its plan is cut by shoot: each gets a published `MatchRun` of its own, or a quarantined one where its part failed
    the check. No offer is ever sent by it. `shoots` took part, `withheld` of them were quarantined.
    """

    scope = models.CharField(_("scope"), max_length=8, choices=MarketScope.choices)
    hub = models.ForeignKey(
        Hub, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("hub")
    )
    days = DateRangeField(_("window"))
    shoots = models.PositiveIntegerField(_("shoots"), default=0)
    withheld = models.PositiveIntegerField(_("shoots withheld"), default=0)

    class Meta:
        verbose_name = _("market run")
        verbose_name_plural = _("market runs")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="market_run_state_known"),
            models.CheckConstraint(
                condition=Q(scope=MarketScope.HUB, hub__isnull=False)
                | Q(scope=MarketScope.NATION, hub__isnull=True),
                name="market_run_hub_where_scope_is_hub",
            ),
            models.UniqueConstraint(
                fields=["scope", "hub"],
                condition=Q(state__in=UNDER_WAY),
                nulls_distinct=False,
                name="market_run_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} · {self.hub or self.get_scope_display()}"


class MatchRun(Solve):
    """A run for a shoot, or a shoot's part of a `market` run, which then keeps the record for all its parts.

    `prices` by role id are where the next run starts from. `unfilled` says why places stay empty:
    {"role", "slots", "reason", "eligible"} each, `reason` a code of `matching.WhyUnfilled`. `risks` are the roles with
    fewer than two eligible people a place: {"role", "slots", "eligible", "wanted"}, `wanted` of them elsewhere.
    """

    shoot = models.ForeignKey(Shoot, on_delete=models.CASCADE, related_name="runs", verbose_name=_("shoot"))
    market = models.ForeignKey(
        MarketRun,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("market run"),
    )
    prices = models.JSONField(_("prices"), default=dict, blank=True)
    unfilled = models.JSONField(_("why places stay empty"), default=list, blank=True)
    risks = models.JSONField(_("roles that few people may take"), default=list, blank=True)

    class Meta:
        verbose_name = _("match run")
        verbose_name_plural = _("match runs")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="run_state_known"),
            models.UniqueConstraint(
                fields=["shoot"],
                condition=Q(state__in=UNDER_WAY),
                name="run_one_at_a_time_a_shoot",
            ),
            models.UniqueConstraint(fields=["market", "shoot"], name="run_once_a_market_and_shoot"),
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
