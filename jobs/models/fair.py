"""Who comes to a job fair. Seats are numbered: a number is given once, and a trigger refuses one above the capacity."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hubs.models import JobFair


class FairSeat(models.Model):
    """A person's seat at a job fair. Giving it back deletes the row. Written only by `jobs.services.fairs`."""

    fair = models.ForeignKey(JobFair, on_delete=models.CASCADE, related_name="+", verbose_name=_("job fair"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="fair_seats", verbose_name=_("user")
    )
    number = models.PositiveSmallIntegerField(_("seat"))
    taken_at = models.DateTimeField(_("signed up"))

    class Meta:
        verbose_name = _("seat at a job fair")
        verbose_name_plural = _("seats at job fairs")
        ordering = ["fair", "number"]
        constraints = [
            models.UniqueConstraint(fields=["fair", "user"], name="fair_seat_once_a_person"),
            models.UniqueConstraint(fields=["fair", "number"], name="fair_seat_given_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="fair_seat_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.fair} · {self.number}"
