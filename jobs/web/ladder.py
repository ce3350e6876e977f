"""A graduate's ladder: where she stands, what comes next, and what is missing for it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from hubs.timespan import shoot_day_of
from jobs.queries import ladder as question
from jobs.web.doors import graduates
from profiles.web.requests import GraduateRequest


@require_safe
@graduates
def ladder(request: GraduateRequest) -> HttpResponse:
    """Her trades with the days served, the steps up, missing skills, who teaches them, the next job fair."""
    found = question.of(request.profile, today=shoot_day_of(timezone.now()))
    return render(request, "jobs/ladder.html", {"tab": "ladder", "ladder": found})
