"""The demo market: simulated graduates answer their offers by themselves. Off, and without effect, anywhere else."""

from datetime import datetime

from django.conf import settings

from config.errors import Conflict, Gone
from jobs.enums import OfferState
from jobs.models import Offer
from jobs.services import offers, temperament
from jobs.services.temperament import Mood


def answer(offer_id: int, *, now: datetime) -> OfferState | None:
    """Accept or decline for a simulated graduate; return the state reached, None where nothing was done."""
    offer = Offer.objects.select_related("profile__user").filter(pk=offer_id).first()
    if (
        not settings.DEMO_MARKET
        or offer is None
        or not offer.profile.simulated
        or offer.state != OfferState.OPEN
    ):
        return None
    mood = temperament.of(offer.pk, refill=offer.refill).mood
    if mood is Mood.SILENT:
        return None
    by = offer.profile.user
    try:
        if mood is Mood.ACCEPT:
            offers.accept(offer, by=by, now=now)
            return OfferState.ACCEPTED
        offers.decline(offer, by=by, now=now)
        return OfferState.DECLINED
    except Gone:
        return None
    except Conflict:
        return _give_up(offer, by, now)


def _give_up(offer: Offer, by, now: datetime) -> OfferState | None:
    """She wanted to but cannot (booked meanwhile): she says so, and the place goes on."""
    try:
        offers.decline(offer, by=by, now=now)
    except (Conflict, Gone):
        return None
    return OfferState.DECLINED
