"""The search over hubs, bases, sets, services, training, fairs and trades. Public."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hubs.queries import search, spelling


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """What fits the words; htmx asks for the list alone while one types."""
    typed = request.GET.get("q", "")[: spelling.LONGEST].replace("\x00", "")
    context = {"typed": typed, "groups": search.find(typed)}
    fragment = request.headers.get("HX-Target") == "found"
    response = render(request, "hubs/_search_results.html" if fragment else "hubs/search.html", context)
    response["Vary"] = "HX-Target, Accept-Language, Cookie"
    return response
