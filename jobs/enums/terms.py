"""What a title is and what a role says: genre, filing, rights, contract, pay on top, rest."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RestRule(models.TextChoices):
    """Rules of rest; the values are those of `jobs.matching.rest`."""

    TURNAROUND = "turnaround", _("less than 10 hours of rest")
    LONG_DAY = "long_day", _("more than 12 hours")
    SIXTH_DAY = "sixth_day", _("sixth day in a row")
    NIGHTS = "nights", _("nights in a row")
    MINOR_NIGHT = "minor_night", _("a night under the age of 18")


class Genre(models.TextChoices):
    MODERN = "modern", _("modern romance")
    COSTUME = "costume", _("costume drama")
    SUSPENSE = "suspense", _("suspense")
    FAMILY = "family", _("family")
    COMEDY = "comedy", _("comedy")
    FANTASY = "fantasy", _("fantasy")
    RURAL = "rural", _("rural life")


class FilingState(models.TextChoices):
    NOT_SHOWN = "not_shown", _("not shown")
    PENDING = "pending", _("pending")
    FILED = "filed", _("filed")


class FilingTier(models.TextChoices):
    """The three tiers of filing, by the cost of the production; see `jobs.queries.filing`."""

    KEY = "key", _("key title")
    ORDINARY = "ordinary", _("ordinary title")
    OTHER = "other", _("other title")


class MadeWith(models.TextChoices):
    LIVE = "live", _("live action")
    AI = "ai", _("AI-assisted")


class PlusTag(models.TextChoices):
    """The fields of the regulator's programme "Micro Drama Plus"."""

    TOURISM = "tourism", _("tourism")
    HERITAGE = "heritage", _("intangible heritage")
    LAW = "law", _("legal education")


class Rights(models.TextChoices):
    ORIGINAL = "original", _("original script")
    LICENSED = "licensed", _("licensed adaptation")
    COMMISSIONED = "commissioned", _("commissioned work")


class FillMode(models.TextChoices):
    """How the places of a role are filled."""

    ENGINE = "engine", _("the engine proposes")
    INVITE = "invite", _("by name")
    APPLICATIONS = "applications", _("from applications")


class ContractKind(models.TextChoices):
    SERVICE = "service", _("service agreement")
    LABOUR = "labour", _("labour contract")
    PART_TIME = "part_time", _("part-time employment")
    INTERN = "intern", _("internship agreement")


class AddOn(models.TextChoices):
    """What is paid beside the day rate; the columns of a role are these names with `_pay`."""

    OVERTIME = "overtime", _("overtime, an hour")
    NIGHT = "night", _("night")
    RAIN = "rain", _("rain, a day")
    LINES = "lines", _("spoken lines, a day")
    SHAVED_HEAD = "shaved_head", _("shaved head, once")
    TRANSPORT = "transport", _("transport, a day")
