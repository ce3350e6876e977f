"""The front door, and the way to one's own desk."""

from operator import itemgetter

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from hubs.models import Hub
from hubs.queries.map import legend, tile_map
from jobs.queries import market
from profiles.web.requests import PersonRequest

HUBS_NAMED = 6


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """What Jinzu is, and the market as it stands right now. Public."""
    found = market.landing(now=timezone.now())
    hubs = list(Hub.objects.published())
    named = [{"hub": hub, "open_slots": found.open_by_hub.get(hub.slug, 0)} for hub in hubs]
    tiles = tile_map(hubs, found.open_by_hub)
    context = {
        "market": found,
        "tiles": tiles,
        "legend": legend(tiles),
        "hubs": sorted(named, key=itemgetter("open_slots"), reverse=True)[:HUBS_NAMED],
    }
    return render(request, "jobs/landing.html", context)


@require_safe
@login_required
def home(request: PersonRequest) -> HttpResponseRedirect:
    """Lead each kind of user to her desk: it is where sign-in ends."""
    if request.user.is_admin:
        return redirect("runs:list")
    if request.user.is_manager:
        return redirect("shoots:list")
    if request.user.is_coordinator:
        return redirect("village:desk")
    return redirect("for_me")
