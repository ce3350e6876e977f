"""Offers: what waits for an answer, and what was."""

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from jobs.enums import OFFER_LIVE, OfferState, VacancyEnd
from jobs.models import Offer, Role, Vacancy
from jobs.models.offer import read_answer_key
from profiles.models import Profile, User


def with_place(offers) -> QuerySet[Offer]:
    """Join everything an offer's page, card or notice shows, so that reading one costs one query."""
    return offers.select_related(
        "profile__user",
        "match",
        "unit_offer__unit",
        "role__role_type__department",
        "role__shoot__crew",
        "role__shoot__base__hub",
    )


def held_out(offers: str) -> Count:
    """Count the places that open offers hold, by the lookup path of offers: several for one vacancy hold one place."""
    place = Coalesce(F(f"{offers}__vacancy"), -F(f"{offers}__pk"))
    return Count(place, filter=Q(**{f"{offers}__state": OfferState.OPEN}), distinct=True)


def open_for(user: User) -> QuerySet[Offer]:
    """The offers a graduate may answer, the one that ends first on top."""
    return with_place(Offer.objects.filter(profile__user=user, state=OfferState.OPEN)).order_by(
        "expires_at", "pk"
    )


def somebody_faster(offer: Offer) -> bool:
    """Whether the place she was asked for, maybe together with others, has gone to one of them."""
    if offer.vacancy_id is None:
        return False
    return Vacancy.objects.filter(pk=offer.vacancy_id, end=VacancyEnd.FILLED).exists()


def history_for(user: User) -> QuerySet[Offer]:
    """Her offers that have ended one way or another, the newest first."""
    ended = Offer.objects.filter(profile__user=user).exclude(state__in=[OfferState.DRAFTED, OfferState.OPEN])
    return with_place(ended).order_by("-sent_at", "-pk")


def live_for(profile: Profile, role: Role) -> Offer | None:
    """The offer for this role that she holds or has accepted, or None."""
    sent = [state for state in OFFER_LIVE if state != OfferState.DRAFTED]
    return Offer.objects.filter(profile=profile, role=role, state__in=sent).first()


def behind(key: str) -> Offer | None:
    """The offer behind the key of its e-mail; None for a forged key, another's, or an account that is closed."""
    ids = read_answer_key(key)
    if ids is None:
        return None
    sent = Offer.objects.exclude(state=OfferState.DRAFTED)
    return with_place(sent).filter(pk=ids[0], profile__user_id=ids[1], profile__user__is_active=True).first()
