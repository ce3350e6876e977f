"""The catalogue of training. A trainer has no way from here to the people who apply for roles."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from hubs.models import Programme
from hubs.queries import places, spelling, training


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every programme that fits the filter, and the job fairs."""
    asked = {
        name: request.GET.get(name, "").replace("\x00", "")
        for name in ("kind", "length", "role_type", "skill")
    }
    wanted = training.Wanted(
        kind=asked["kind"] if asked["kind"] in Programme.Kind.values else "",
        length=asked["length"] if asked["length"] in training.LENGTHS else "",
        role_type=asked["role_type"][:80],
        skill=asked["skill"][:80],
        words=request.GET.get("q", "")[: spelling.LONGEST].replace("\x00", ""),
    )
    context = {
        "programmes": training.catalogue(wanted),
        "wanted": wanted,
        "choices": training.choices(),
        "kinds": Programme.Kind.choices,
        "fairs": places.job_fairs(),
    }
    return render(request, "hubs/programme_list.html", context)


@require_safe
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """One programme: what it covers, how long it takes, where it leads."""
    programme = get_object_or_404(places.programmes(), slug=slug)
    return render(request, "hubs/programme_detail.html", {"programme": programme})
