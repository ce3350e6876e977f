"""Where a person has learned and worked."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hubs.models import Institution, RoleType

from .profile import Profile


class Education(models.Model):
    """A degree or course: `institution` from our list, or `school` in her own words."""

    class Degree(models.TextChoices):
        JUNIOR_COLLEGE = "junior_college", _("Junior college")
        BACHELOR = "bachelor", _("Bachelor")
        MASTER = "master", _("Master")
        DOCTOR = "doctor", _("Doctor")
        COURSE = "course", _("Course")

    profile = models.ForeignKey(
        Profile, on_delete=models.CASCADE, related_name="educations", verbose_name=_("profile")
    )
    institution = models.ForeignKey(
        Institution,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("institution"),
    )
    school = models.CharField(_("school"), max_length=120, blank=True)
    degree = models.CharField(_("degree"), max_length=16, choices=Degree.choices)
    major = models.CharField(_("major"), max_length=120, blank=True)
    graduated = models.PositiveSmallIntegerField(_("year of graduation"), null=True, blank=True)

    class Meta:
        verbose_name = _("education")
        verbose_name_plural = _("educations")
        ordering = ["profile", "-graduated", "id"]

    def __str__(self) -> str:
        return self.place

    @property
    def place(self) -> str:
        return self.institution.name if self.institution else self.school


class Credit(models.Model):
    """A shoot a person has worked on. Where it grew from a booking here, `reference` names it as proof."""

    profile = models.ForeignKey(
        Profile, on_delete=models.CASCADE, related_name="credits", verbose_name=_("profile")
    )
    title = models.CharField(_("title"), max_length=120)
    role_type = models.ForeignKey(
        RoleType, on_delete=models.PROTECT, related_name="+", verbose_name=_("role type")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    crew_name = models.CharField(_("crew"), max_length=120, blank=True)
    days_served = models.PositiveSmallIntegerField(_("days served"), default=0)
    reference = models.CharField(_("grew from"), max_length=40, null=True, blank=True, unique=True)

    class Meta:
        verbose_name = _("credit")
        verbose_name_plural = _("credits")
        ordering = ["profile", "-year", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def proven(self) -> bool:
        return bool(self.reference)
