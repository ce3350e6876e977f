"""Crews of a user."""

from django.db.models import F, QuerySet

from hubs.models import Base
from jobs import policies
from jobs.models import Crew, Membership
from profiles.models import User


def of(user: User) -> QuerySet[Crew]:
    """The crews she belongs to; an admin's list is empty here, hers is the desk."""
    return Crew.objects.filter(memberships__user=user).select_related("home_hub").order_by("name", "pk")


def editable(user: User) -> QuerySet[Crew]:
    """The crews she may make shoots for."""
    mine = Membership.objects.filter(user=user, right__in=policies.RUNS_A_CREW)
    return Crew.objects.filter(memberships__in=mine).order_by("name", "pk")


def usual_base(crew: Crew) -> Base | None:
    """The base of its latest shoot; for a new crew the roomiest base of its home hub."""
    if latest := crew.shoots.select_related("base").order_by("-pk").first():
        return latest.base
    at_home = Base.objects.filter(hub=crew.home_hub_id)
    return at_home.order_by(F("daily_crew_capacity").desc(nulls_last=True), "slug").first()


def waiting() -> QuerySet[Crew]:
    """Crews that wait for their check, the oldest first."""
    return Crew.objects.exclude(state="verified").select_related("home_hub").order_by("pk")
