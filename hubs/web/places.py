"""Pages of hubs and bases. Public: nothing here depends on who reads."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from hubs.queries import places
from hubs.queries.map import tile_map


@require_safe
def hub_list(request: HttpRequest) -> HttpResponse:
    """Every hub, as a list and on the map."""
    hubs = list(places.hubs_with_counts())
    return render(request, "hubs/hub_list.html", {"hubs": hubs, "tiles": tile_map(hubs)})


@require_safe
def hub(request: HttpRequest, slug: str) -> HttpResponse:
    """One hub: figures, bases, services, training, fairs. Open roles are a fragment of the floor above."""
    hub = get_object_or_404(places.hub_with_everything(), slug=slug)
    programmes = [programme for school in hub.institutions.all() for programme in school.programmes.all()]
    return render(request, "hubs/hub_detail.html", {"hub": hub, "programmes": programmes})


@require_safe
def base(request: HttpRequest, slug: str) -> HttpResponse:
    """One base: sets with their makeup rooms, services, capacity, prices."""
    base = get_object_or_404(places.base_with_everything(), slug=slug)
    return render(request, "hubs/base_detail.html", {"base": base})
