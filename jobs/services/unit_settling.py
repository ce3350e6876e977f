"""An offer to a unit comes to its end: enough of them accepted, or the rest is let go."""

from datetime import datetime

from jobs.enums import BookingState, NoticeKind, OfferState, UnitOfferState
from jobs.models import Booking, Offer, UnitOffer
from jobs.queries.offers import with_place
from jobs.services import bookings, locks, log, notices, offers, states
from jobs.services.notices import Message, to_managers


def settle(unit_offer_id: int, *, now: datetime) -> UnitOfferState | None:
    """Decide an offer to a unit where it can be decided; None where answers are still awaited, or it was decided.

    Kept as soon as `needed` of them are booked. Released as soon as that cannot happen any more: open offers are
    withdrawn, bookings made under it are given back without a mark against anybody, and the places are offered on.
    Runs inside an act; the people are locked before the group, like everywhere.
    """
    group = _waiting(unit_offer_id)
    if group is None:
        return None
    locks.people(group.offers.values_list("profile_id", flat=True))
    UnitOffer.objects.select_for_update(no_key=True).get(pk=group.pk)
    if _waiting(unit_offer_id) is None:
        return None
    booked = list(
        Booking.objects.filter(offer__unit_offer=group, state=BookingState.CONFIRMED).order_by("pk")
    )
    waiting = list(
        with_place(
            Offer.objects.filter(unit_offer=group, state=OfferState.OPEN, expires_at__gt=now)
        ).order_by("pk")
    )
    if len(booked) >= group.needed:
        return _end(group, UnitOfferState.KEPT, now, people=len(booked))
    if len(booked) + len(waiting) >= group.needed:
        return None
    for offer in waiting:
        offers.close(offer, OfferState.WITHDRAWN, by=None, now=now, cause="unit_not_met")
    for booking in booked:
        bookings.release(booking, by=None, now=now, reason="unit_not_met", refill=True)
    return _end(group, UnitOfferState.RELEASED, now, people=len(booked))


def _waiting(unit_offer_id: int) -> UnitOffer | None:
    open_ones = UnitOffer.objects.filter(pk=unit_offer_id, state=UnitOfferState.OPEN)
    return open_ones.select_related("unit", "shoot__crew").first()


def _end(group: UnitOffer, to: UnitOfferState, now: datetime, *, people: int) -> UnitOfferState | None:
    if not states.try_move(group, to, settled_at=now):
        return None
    log.write(f"unit_offer_{to}", group, by=None, now=now, accepted=people, needed=group.needed)
    facts = {
        "unit": group.unit_id, "name": group.unit.name, "shoot": group.shoot_id, "title": group.shoot.title,
        "crew": group.shoot.crew.name, "state": str(to), "people": people, "needed": group.needed,
    }  # fmt: skip
    key = f"unit-offer:{group.pk}:{to}"
    asked = Offer.objects.filter(unit_offer=group).select_related("profile").order_by("pk")
    told = [
        Message(each.profile.user_id, NoticeKind.UNIT_SETTLED, f"{key}:{each.profile_id}", facts)
        for each in asked
    ]
    told += to_managers(group.shoot, NoticeKind.UNIT_SETTLED, f"{key}:crew", facts | {"to": "crew"})
    notices.write_all(told, now=now)
    return to
