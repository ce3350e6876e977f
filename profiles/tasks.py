"""Celery's side of this floor: one service call each. The rows are the queue; beat only asks for what is due."""

from celery import shared_task
from django.utils import timezone

from profiles.models import today_at
from profiles.services import calendars, patterns


@shared_task(name="profiles.read_calendars", expires=50)
def read_calendars() -> int:
    """Read the outside calendars that are due."""
    return calendars.read_due(now=timezone.now())


@shared_task(name="profiles.lay_patterns", expires=3600)
def lay_patterns() -> int:
    """Lay weekly patterns over the days that came near."""
    return patterns.lay_ahead(today=today_at(timezone.now()))
