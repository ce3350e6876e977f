"""Leaving for good: out of every match at once, days of grace, then everything goes that the law lets go.

What stays is what others need and the law on recruiting asks for: that a place was booked, on which days, for what
pay. It stays without name, number, address and profile.
"""

from datetime import date, datetime, timedelta

from allauth.account.models import EmailAddress
from django.db.models import Field, Model
from rest_framework.authtoken.models import Token

from config.errors import Conflict, NotAllowed
from jobs.enums import ApplicationState, BookingState, NoticeKind, OfferState, Right, ShootState, WorkKind
from jobs.models import (
    Application,
    Booking,
    ContactView,
    Crew,
    Entry,
    ExtrasGroup,
    ExtrasLine,
    HourFloor,
    Likeness,
    LikenessEvent,
    Match,
    MatchRun,
    Membership,
    Notice,
    Offer,
    SheetReceipt,
    Shoot,
    Unit,
    UnitOffer,
    Wage,
    WordForHer,
    WorkedDay,
)
from jobs.queries import her_data
from jobs.queries.offers import with_place
from jobs.services import bookings, likeness, locks, log, notices, offers, states, units
from jobs.services.later import enqueue
from profiles.models import Consent, Coordinator, Leaving, OutboxItem, Profile, SpokenConsent, User, Villager

GRACE = timedelta(days=14)
LATER = timedelta(days=3)
"""How long a deletion waits for a booking that is still running."""

KEPT: frozenset[type[Model]] = frozenset(
    {
        User, Profile, Crew, Booking, Offer, Application, Match, MatchRun, Wage, WorkedDay, SheetReceipt, ContactView,
        Entry, Consent, ExtrasGroup, ExtrasLine, Leaving, Unit, UnitOffer,
        HourFloor, Likeness, LikenessEvent, Coordinator, SpokenConsent, WordForHer,
    }
)  # fmt: skip
"""Tables whose rows stay, without her name: work that was done, what was agreed to, who did what when.
Every other table that points at her is emptied of her, also one that is added later."""

STAYS_ON_PROFILE = frozenset({"id", "user", "birth_date", "feed_token", "reliability", "simulated", "listed"})
NOBODY = "已注销 (deleted)"


def ask(*, user: User, by: User, now: datetime) -> Leaving:
    """Ask for the account to be deleted after the days of grace; until then nothing finds her any more.

    Raise NotAllowed("not_yours"), Conflict with "leaving_already", "crew_needs_owner", "admins_stay" or
    "coordinator_first_retires".
    """
    if by.pk != user.pk:
        raise NotAllowed("not_yours")
    if user.is_admin:
        raise Conflict("admins_stay")
    if Coordinator.objects.filter(user=user, retired_at__isnull=True).exists():
        raise Conflict("coordinator_first_retires")
    with locks.act():
        profile = Profile.objects.filter(user=user).first()
        if profile is not None:
            locks.people([profile.pk])
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if Leaving.objects.filter(user=user, taken_back_at__isnull=True, done_at__isnull=True).exists():
            raise Conflict("leaving_already")
        _refuse_last_owner(user)
        wish = Leaving.objects.create(user=user, asked_at=now, due_at=now + GRACE)
        log.write("leaving_asked", wish, by=by, now=now)
        if profile is not None:
            _let_go(user, profile, now)
        enqueue(WorkKind.ERASE_PERSON, wish.pk, f"leaving:{wish.pk}", wish.due_at, now=now)
        notices.write(
            recipient_id=user.pk,
            kind=NoticeKind.LEAVING,
            key=f"leaving:{wish.pk}",
            facts={"until": wish.due_at.isoformat()},
            now=now,
        )
    return wish


def _refuse_last_owner(user: User) -> None:
    owned = Membership.objects.filter(user=user, right=Right.OWNER).values("crew")
    others = Membership.objects.filter(crew__in=owned, right=Right.OWNER, user__is_active=True)
    alone = owned.exclude(crew__in=others.exclude(user=user).values("crew"))
    if Shoot.objects.filter(crew__in=alone, state__in=[ShootState.DRAFT, ShootState.OPEN]).exists():
        raise Conflict("crew_needs_owner")


def _let_go(user: User, profile: Profile, now: datetime) -> None:
    """Take her out of every match and give back what has not begun, so that the crews can ask others in time."""
    Profile.objects.filter(pk=profile.pk).update(listed=False)
    units.let_go(profile, now=now)
    likeness.revoke_all(profile, by=user, now=now)
    for offer in with_place(her_data.open_offers(user)):
        offers.close(offer, OfferState.DECLINED, by=user, now=now, cause="leaving")
    states.move_all(her_data.open_applications(user), ApplicationState.WITHDRAWN)
    for booking in her_data.bookings_to_come(user, now=now):
        bookings.release(booking, by=user, now=now, reason="leaving", refill=True)


def take_back(*, user: User, by: User, now: datetime) -> None:
    """Keep the account after all. Raise NotAllowed("not_yours"), Conflict("not_leaving") where it is too late."""
    if by.pk != user.pk:
        raise NotAllowed("not_yours")
    with locks.act():
        standing = Leaving.objects.filter(user=user, taken_back_at__isnull=True, done_at__isnull=True)
        if not standing.update(taken_back_at=now):
            raise Conflict("not_leaving")
        log.write("leaving_taken_back", user, by=by, now=now)


def erase(wish_id: int, *, now: datetime) -> bool:
    """Delete the account of a wish that is due; say whether it was done. Harmless where it was taken back or done."""
    wish = Leaving.objects.select_for_update().select_related("user").filter(pk=wish_id).first()
    if wish is None or wish.taken_back_at or wish.done_at or wish.due_at > now:
        return False
    user = wish.user
    if Booking.objects.filter(profile__user=user, state=BookingState.CONFIRMED).exists():
        # She is on a set that is not wrapped: her crew still has to reach her, and to pay her.
        again = now + LATER
        Leaving.objects.filter(pk=wish_id).update(due_at=again)
        enqueue(WorkKind.ERASE_PERSON, wish_id, f"leaving:{wish_id}:{again:%Y%m%d}", again, now=now)
        return False
    _empty_tables(user)
    _forget_in_others_notices(user)
    profile = Profile.objects.filter(user=user).first()
    if profile is not None:
        _blank_profile(profile)
    _blank_user(user)
    Leaving.objects.filter(pk=wish_id).update(done_at=now)
    log.write("person_erased", wish, by=None, now=now)
    return True


def _empty_tables(user: User) -> None:
    plain = Villager.objects.filter(profile__user=user).values_list("phone", flat=True).first()
    reached = [each for each in (user.mobile, user.email, plain) if each]
    OutboxItem.objects.filter(recipient__in=reached).delete()
    Token.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    for hers in her_data.everything(user):
        if hers.model not in KEPT:
            hers.rows.delete()
    Application.objects.filter(profile__user=user).update(message="")


def _forget_in_others_notices(user: User) -> None:
    """Her name stands in the managers' notices; the facts keep the rest."""
    profile_ids = list(Profile.objects.filter(user=user).values_list("pk", flat=True))
    requests = list(Application.objects.filter(profile__in=profile_ids).values_list("pk", flat=True))
    booked = list(Booking.objects.filter(profile__in=profile_ids).values_list("pk", flat=True))
    for name, ids in (("profile", profile_ids), ("application", requests), ("booking", booked)):
        for notice in Notice.objects.filter(**{f"facts__{name}__in": ids}, facts__has_key="person"):
            Notice.objects.filter(pk=notice.pk).update(facts=notice.facts | {"person": NOBODY})


def _blank_profile(profile: Profile) -> None:
    """Empty every column but those the kept rows need; the year of birth stays, for the rules on minors."""
    for field in profile._meta.many_to_many:
        if field.remote_field.through._meta.auto_created:  # type: ignore[union-attr]
            getattr(profile, field.name).clear()
    for column in profile._meta.concrete_fields:
        if column.name not in STAYS_ON_PROFILE:
            setattr(profile, column.attname, _empty(column))
    profile.birth_date = date(profile.birth_date.year, 1, 1)
    profile.listed = False
    profile.feed_token = Profile._meta.get_field("feed_token").get_default()
    profile.save()


def _empty(field: Field) -> object:
    if field.null:
        return None
    return field.get_default() if field.has_default() else field.get_prep_value("")


def _blank_user(user: User) -> None:
    user.hubs.clear()
    Coordinator.objects.filter(user=user).update(phone="")
    user.name, user.email, user.mobile = NOBODY, f"deleted-{user.pk}@deleted.invalid", None
    user.mobile_verified = user.is_active = user.is_staff = user.spoken_for = False
    user.set_unusable_password()
    user.last_login = None
    user.save()
