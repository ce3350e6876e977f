"""Answering an offer from its e-mail, without signing in. The link opens a page; only the page's buttons answer."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from config.errors import Conflict, Gone
from jobs.enums import OfferState
from jobs.models import Offer
from jobs.queries import offers as questions
from jobs.services import offers
from jobs.web.offers import lost, what_it_says


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """The offer behind the key, with both buttons; POST accepts. Reading changes nothing."""
    offer = _behind(key)
    if request.method == "POST":
        try:
            offers.accept(offer=offer, by=offer.profile.user, now=timezone.now())
        except (Conflict, Gone) as error:
            offer.refresh_from_db(fields=["state"])
            if offer.state != OfferState.ACCEPTED:
                return lost(request, offer, error)
        else:
            messages.success(request, _("You are booked. The crew can reach you now."))
        return redirect("answer", key=key)
    return render(request, "jobs/answer.html", _context(offer, key))


@never_cache
@require_POST
def decline(request: HttpRequest, key: str) -> HttpResponse:
    """No, thank you, without signing in. Costs nothing."""
    offer = _behind(key)
    try:
        offers.decline(offer=offer, by=offer.profile.user, now=timezone.now())
    except (Conflict, Gone) as error:
        offer.refresh_from_db(fields=["state"])
        if offer.state != OfferState.DECLINED:
            return lost(request, offer, error)
    return redirect("answer", key=key)


def _behind(key: str) -> Offer:
    offer = questions.behind(key)
    if offer is None:
        raise Http404
    return offer


def _context(offer: Offer, key: str) -> dict:
    return what_it_says(offer, timezone.now()) | {"key": key}
