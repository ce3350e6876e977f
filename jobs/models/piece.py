"""Work that needs no base, and work that is paid by the piece; the floor under an hour of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hubs.models import Hub
from jobs.enums import PieceUnit

MOST_HOURS = 12
"""What one may be asked to work on a day, at the desk as on the set."""


class Piecework(models.Model):
    """The columns of a role that is done from anywhere, or paid by the piece; all empty where it is not.

    `piece_count` units for each place, `piece_yuan` for one, `piece_minutes` of work on one with all
    `piece_revisions` rounds of changes in it. The day rate of such a role is derived, see `rate_of_pieces`.
    """

    remote = models.BooleanField(_("remote, from anywhere"), default=False)
    piece_unit = models.CharField(
        _("paid by"), max_length=10, choices=PieceUnit.choices, blank=True, default=""
    )
    piece_count = models.PositiveSmallIntegerField(_("units a place"), null=True, blank=True)
    piece_yuan = models.PositiveIntegerField(_("yuan a unit"), null=True, blank=True)
    piece_minutes = models.PositiveSmallIntegerField(_("minutes of work a unit"), null=True, blank=True)
    piece_revisions = models.PositiveSmallIntegerField(_("rounds of changes included"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def by_piece(self) -> bool:
        return bool(self.piece_unit)

    @property
    def piece_total(self) -> int:
        """Yuan for all units of one place."""
        return (self.piece_count or 0) * (self.piece_yuan or 0)

    @property
    def yuan_per_hour(self) -> int | None:
        """What an hour of the work comes to, rounded down; None where it is not paid by the piece."""
        return yuan_per_hour(self.piece_yuan, self.piece_minutes) if self.piece_unit else None


def yuan_per_hour(yuan: int | None, minutes: int | None) -> int:
    """What an hour comes to at `yuan` for `minutes` of work, rounded down to whole yuan."""
    return 60 * (yuan or 0) // max(1, minutes or 0)


def least_for(floor: int, minutes: int) -> int:
    """The least whole yuan for a unit of `minutes` that reaches `floor` yuan an hour."""
    return -(-floor * minutes // 60)


def rate_of_pieces(count: int, yuan: int, days: int) -> int:
    """Yuan a day for all units over `days`, rounded up: the days together never pay less than the pieces."""
    return max(1, -(-count * yuan // max(1, days)))


def piece_constraints() -> list[models.BaseConstraint]:
    """What the database holds true of the columns above: all of a piece or nothing, within a day's hours."""
    empty = Q(
        piece_unit="",
        piece_count__isnull=True,
        piece_yuan__isnull=True,
        piece_minutes__isnull=True,
        piece_revisions__isnull=True,
    )
    said = Q(
        piece_unit__in=PieceUnit.values,
        piece_count__gte=1,
        piece_yuan__gte=1,
        piece_minutes__gte=1,
        piece_revisions__isnull=False,
    )
    return [
        models.CheckConstraint(condition=empty | said, name="role_piece_said_whole_or_not"),
        models.CheckConstraint(
            condition=Q(remote=False) | Q(category="production", part="day"),
            name="role_remote_is_crew_work_by_day",
        ),
    ]


class HourFloor(models.Model):
    """The least an hour of piecework may come to, from a day on: in one hub, or (`hub` empty) wherever none is set.

    Rows are added and never changed: what held on a day can be told for ever. The newest that has begun holds.
    """

    hub = models.ForeignKey(
        Hub, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("hub")
    )
    yuan = models.PositiveSmallIntegerField(_("yuan an hour"))
    from_day = models.DateField(_("from this day on"))
    source = models.CharField(_("source"), max_length=200)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("set by")
    )
    set_at = models.DateTimeField(_("set"))

    class Meta:
        verbose_name = _("floor of piecework")
        verbose_name_plural = _("floors of piecework")
        ordering = ["-from_day", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(yuan__range=(1, 1000)), name="hour_floor_in_range"),
            models.CheckConstraint(condition=~Q(source=""), name="hour_floor_says_where_from"),
        ]

    def __str__(self) -> str:
        return f"{self.hub or '*'} · {self.yuan} · {self.from_day}"
