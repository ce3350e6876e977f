"""Who looked at a person's contacts."""

from django.db.models import QuerySet

from jobs.models import ContactView
from profiles.models import User


def views_of(user: User) -> QuerySet[ContactView]:
    """The looks at her own contacts, newest first, with who looked and for which shoot."""
    return (
        ContactView.objects.filter(profile__user=user)
        .select_related("by", "crew", "booking__role__shoot", "booking__role__role_type")
        .order_by("-pk")
    )
