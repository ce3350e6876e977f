"""How a crew keeps its word, for everybody to read: pay on time, hours, what is overdue, and the crew's own answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from hubs.timespan import shoot_day_of
from jobs.enums import CrewState
from jobs.models import Crew
from jobs.queries import arrears, keeping
from jobs.web.doors import found


@require_safe
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """The public record of a crew that has been checked. No name of anybody who worked stands on it."""
    public = Crew.objects.filter(state__in=[CrewState.VERIFIED, CrewState.SUSPENDED]).select_related(
        "home_hub"
    )
    crew = found(public, pk)
    today = shoot_day_of(timezone.now())
    context = {
        "crew": crew,
        "record": keeping.record(crew, today),
        "gave_up": keeping.gave_up(crew),
        "arrears": arrears.of_crew(crew, today),
    }
    return render(request, "jobs/crew_record.html", context)
