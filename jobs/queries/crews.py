"""Crews of a user."""

from datetime import datetime

from django.db.models import Case, F, IntegerField, QuerySet, Value, When

from hubs.models import Base
from jobs import policies
from jobs.enums import CrewState, Right
from jobs.models import Crew, CrewInvitation, Membership
from jobs.models.crew import read_invitation_key
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
    return (
        Crew.objects.filter(state=CrewState.APPLIED).select_related("home_hub").order_by("applied_at", "pk")
    )


def members(crew: Crew) -> QuerySet[Membership]:
    """Who belongs to a crew: owners first, then by right and name. One query."""
    order = Case(
        *(When(right=right, then=Value(place)) for place, right in enumerate(Right.values)),
        output_field=IntegerField(),
    )
    rows = Membership.objects.filter(crew=crew).select_related("user", "department", "crew")
    return rows.order_by(order, "department__position", "user__name", "pk")


def standing_invitations(crew: Crew, *, now: datetime) -> QuerySet[CrewInvitation]:
    """Invitations that wait for an answer, the newest first. One query."""
    rows = CrewInvitation.objects.filter(
        crew=crew, accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now
    )
    return rows.select_related("department", "crew").order_by("-pk")


def invitation_behind(key: str) -> CrewInvitation | None:
    """The invitation that the key of a letter opens, or None."""
    rows = CrewInvitation.objects.select_related("crew__home_hub", "department", "invited_by")
    return rows.filter(pk=read_invitation_key(key) or 0).first()
