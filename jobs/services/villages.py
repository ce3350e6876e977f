"""What a coordinator types in a villager's name: each word stands on the person's own, spoken and heard.

The act itself is the person's, through the same verbs as everybody's; beside it stand the consent and the row that
says who typed it. All of it is one transaction: a yes that cannot be carried out leaves no trace of a consent.
"""

from datetime import datetime

from django.db import IntegrityError

from config.errors import Conflict, NotAllowed
from jobs.models import Booking, Confirmation, Offer, Wage, WordForHer
from jobs.services import confirmations, leaving, locks, log, offers, wages
from profiles import policies
from profiles.models import Leaving, Profile, User, Villager
from profiles.services import spoken
from profiles.services.spoken import Heard, Purpose

Said = WordForHer.Said


def answer(offer: Offer, *, accepts: bool, heard: Heard, by: User, now: datetime) -> WordForHer:
    """Type her yes or no to an offer. Raise NotAllowed("not_yours"), what `spoken.hear` and `offers.accept` raise.

    Of two who press at once one has answered, the other gets Conflict("offer_not_open").
    """
    villager = _whom(offer.profile, by)
    her = villager.profile.user
    try:
        with locks.act():
            _held(villager, by)
            word = _word(
                villager,
                Purpose.OFFER,
                Said.ACCEPTED if accepts else Said.DECLINED,
                heard,
                by,
                now,
                offer=offer,
            )
            if accepts:
                offers.accept(offer, by=her, now=now)
            else:
                offers.decline(offer, by=her, now=now)
            log.write("answered_for_her", offer, by=by, now=now, said=word.said, consent=word.consent_id)
    except IntegrityError as error:
        raise Conflict("offer_not_open") from error
    return word


def coming(booking: Booking, *, heard: Heard, by: User, now: datetime) -> Confirmation:
    """Type that she is coming; twice does no harm. Raise NotAllowed, what `spoken.hear` and `confirmations` raise."""
    villager = _whom(booking.profile, by)
    with locks.act():
        _held(villager, by)
        asked = confirmations.confirm(booking, by=villager.profile.user, now=now)
        if not WordForHer.objects.filter(confirmation=asked).exists():
            word = _word(villager, Purpose.COMING, Said.COMING, heard, by, now, confirmation=asked)
            log.write("confirmed_for_her", booking, by=by, now=now, consent=word.consent_id)
    return asked


def say_of_wage(wage: Wage, *, received: bool, heard: Heard, by: User, now: datetime) -> WordForHer:
    """Type that her pay has arrived, or has not. Raise NotAllowed, what `spoken.hear` and the verbs of `wages` raise."""
    villager = _whom(wage.booking.profile, by)
    with locks.act():
        _held(villager, by)
        if received:
            wages.mark_received(wage, by=villager.profile.user, now=now)
        else:
            wages.deny(wage, by=villager.profile.user, now=now)
        said = Said.RECEIVED if received else Said.DENIED
        word = _word(villager, Purpose.WAGE, said, heard, by, now, wage=wage)
        log.write("spoke_of_wage_for_her", wage, by=by, now=now, said=said, consent=word.consent_id)
    return word


def ask_leaving(villager: Villager, *, heard: Heard, by: User, now: datetime) -> Leaving:
    """Type her wish to be deleted; the days of grace are everybody's. Raise NotAllowed, what `leaving.ask` raises."""
    _speaks(villager, by)
    with locks.act():
        spoken.hear(villager.profile, purpose=Purpose.LEAVING, agreed=True, heard=heard, by=by, now=now)
        wish = leaving.ask(user=villager.profile.user, by=villager.profile.user, now=now)
        log.write("leaving_asked_for_her", wish, by=by, now=now)
    return wish


def take_leaving_back(villager: Villager, *, heard: Heard, by: User, now: datetime) -> None:
    """Type that she stays after all, and is open to offers again. Raise NotAllowed, Conflict("not_leaving")."""
    _speaks(villager, by)
    with locks.act():
        spoken.hear(villager.profile, purpose=Purpose.LEAVING, agreed=False, heard=heard, by=by, now=now)
        leaving.take_back(user=villager.profile.user, by=villager.profile.user, now=now)
        Profile.objects.filter(pk=villager.profile_id).update(listed=True)
        log.write("leaving_taken_back_for_her", villager, by=by, now=now)


def _word(
    villager: Villager, purpose: str, said: str, heard: Heard, by: User, now: datetime, **about
) -> WordForHer:
    yes = said != Said.DECLINED
    consent = spoken.hear(villager.profile, purpose=purpose, agreed=yes, heard=heard, by=by, now=now)
    return WordForHer.objects.create(consent=consent, said=said, by=by, at=now, **about)


def _held(villager: Villager, by: User) -> None:
    """Lock the person, and look again: who took her account over in this second answers herself."""
    locks.people([villager.profile_id])
    _speaks(villager, by)


def _whom(profile: Profile, by: User) -> Villager:
    villager = Villager.objects.select_related("profile__user").filter(profile=profile.pk).first()
    if villager is None:
        raise NotAllowed("not_yours")
    _speaks(villager, by)
    return villager


def _speaks(villager: Villager, by: User) -> None:
    if not policies.may_speak_for(by, villager):
        raise NotAllowed("not_yours")
