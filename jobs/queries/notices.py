"""A person's notices."""

from django.db.models import QuerySet

from jobs.models import Notice
from profiles.models import User


def for_user(user: User) -> QuerySet[Notice]:
    """Her notices, newest first. Words are put on by `jobs.channels.words`."""
    return Notice.objects.filter(recipient=user).order_by("-pk")
