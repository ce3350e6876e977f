"""Pages of hubs and bases. Public: nothing here depends on who reads.

What goes on there right now is told by the floor above, see `queries.goings_on`.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from hubs.models import Hub, Service
from hubs.queries import goings_on, heat, places
from hubs.queries.map import legend, tile_map
from hubs.timespan import shoot_day_of

TOWN_KINDS = (Service.Kind.RESTAURANT, Service.Kind.HOTEL, Service.Kind.SHOP)


@dataclass(frozen=True)
class HubLine:
    """A hub on the list. The first of its province is where its square on the map leads."""

    hub: Hub
    open_slots: int
    first_of_province: bool


@require_safe
def hub_list(request: HttpRequest) -> HttpResponse:
    """Every hub on the map, as a list and as a table: the most open places first."""
    found = goings_on.open_slots(shoot_day_of(timezone.now()))
    hubs = list(places.hubs_with_counts())
    tiles = tile_map(hubs, found)
    hubs.sort(key=lambda hub: found.get(hub.slug, 0), reverse=True)
    # A square with several hubs leads to the first of them on the list.
    first = {hub.province: hub for hub in reversed(hubs)}
    context = {
        "lines": [HubLine(hub, found.get(hub.slug, 0), first[hub.province] is hub) for hub in hubs],
        "tiles": tiles,
        "legend": legend(tiles),
        "open_slots": sum(found.values()),
    }
    return render(request, "hubs/hub_list.html", context)


@require_safe
def hub(request: HttpRequest, slug: str) -> HttpResponse:
    """One hub: figures, shoots of the month, bases, services, training, fairs. Open roles are a fragment from above."""
    hub = get_object_or_404(places.hub_with_everything(), slug=slug)
    today = shoot_day_of(timezone.now())
    context = {
        "hub": hub,
        "programmes": [
            programme for school in hub.institutions.all() for programme in school.programmes.all()
        ],
        "heat": heat.month(goings_on.shoots(hub.pk, heat.span(today)), today),
    }
    return render(request, "hubs/hub_detail.html", context)


@require_safe
def base(request: HttpRequest, slug: str) -> HttpResponse:
    """One base: sets with photos and makeup rooms, services, prices, and how full it is day by day."""
    base = get_object_or_404(places.base_with_everything(), slug=slug)
    today = shoot_day_of(timezone.now())
    services = list(base.services.all())
    context = {
        "base": base,
        "services": [service for service in services if service.kind not in TOWN_KINDS],
        "businesses": [service for service in services if service.kind in TOWN_KINDS]
        + list(base.hub.services.all()),
        "heat": heat.month(goings_on.crews(base, heat.span(today)), today, capacity=base.daily_crew_capacity),
    }
    return render(request, "hubs/base_detail.html", context)
