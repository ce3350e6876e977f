"""The catalogue of training. A trainer has no way from here to the people who apply for roles."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from hubs.queries import places


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every programme and job fair."""
    context = {"programmes": places.programmes(), "fairs": places.job_fairs()}
    return render(request, "hubs/programme_list.html", context)


@require_safe
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """One programme: what it covers, how long it takes, where it leads."""
    programme = get_object_or_404(places.programmes(), slug=slug)
    return render(request, "hubs/programme_detail.html", {"programme": programme})
