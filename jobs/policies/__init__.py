"""Who may see and do what: querysets for lists, booleans for one; a test makes the two agree.

An admin sees everything and changes nothing of a crew here; the admin desk is another door.
A department head sees her department; a viewer sees no pay.
"""

from django.db.models import F, Q, QuerySet

from jobs.enums import BookingState, CrewState, OfferState, Right, ShootState
from jobs.models import (
    Application,
    Booking,
    Crew,
    MarketRun,
    Match,
    MatchRun,
    Membership,
    Offer,
    Role,
    Shoot,
    on_the_list,
)
from profiles.models import Profile

from .people import (
    NAMED_TO_CREWS,
    contacts_visible,
    may_be_matched,
    may_see_contact,
    own_profile_ids,
    visible_extras_calls,
)
from .staffing import (
    RUNS_A_CREW,
    Rights,
    Who,
    editable_roles,
    heads_department,
    may_edit_role,
    may_remember,
    may_staff,
    may_staff_department,
    rights_on,
)
from .staffing import is_admin as _admin

__all__ = [
    "NAMED_TO_CREWS",
    "Rights",
    "contacts_visible",
    "editable_roles",
    "heads_department",
    "may_be_matched",
    "may_edit_role",
    "may_remember",
    "may_see_contact",
    "may_staff",
    "may_staff_department",
    "own_profile_ids",
    "rights_on",
    "visible_extras_calls",
]


def right_in(user: Who, crew: Crew) -> str | None:
    """Return the user's right in a crew ("owner" ...), or None."""
    if not user.is_authenticated:
        return None
    return Membership.objects.filter(crew=crew, user=user).values_list("right", flat=True).first()


# -- crews ------------------------------------------------------------------------------------------------


def visible_crews(user: Who) -> QuerySet[Crew]:
    """Own crews; all of them for an admin."""
    if _admin(user):
        return Crew.objects.all()
    if not user.is_authenticated:
        return Crew.objects.none()
    return Crew.objects.filter(memberships__user=user)


def public_crews() -> QuerySet[Crew]:
    """Crews that have been checked: their records are for everybody, also once they are suspended."""
    return Crew.objects.filter(state__in=[CrewState.VERIFIED, CrewState.SUSPENDED])


def may_run_crew(user: Who, crew: Crew) -> bool:
    """Owner or manager: may make shoots in the crew's name."""
    return right_in(user, crew) in RUNS_A_CREW


def may_change_members(user: Who, crew: Crew) -> bool:
    """Owners: may ask people in, change what they may, and take them off."""
    return right_in(user, crew) == Right.OWNER


def may_verify_crews(user: Who) -> bool:
    return _admin(user)


# -- shoots and roles -------------------------------------------------------------------------------------


def visible_shoots(user: Who) -> QuerySet[Shoot]:
    """The shoots of own crews, whatever their state; all of them for an admin."""
    if _admin(user):
        return Shoot.objects.all()
    if not user.is_authenticated:
        return Shoot.objects.none()
    return Shoot.objects.filter(crew__memberships__user=user)


def may_see_shoot(user: Who, shoot: Shoot) -> bool:
    return visible_shoots(user).filter(pk=shoot.pk).exists()


def may_edit_shoot(user: Who, shoot: Shoot) -> bool:
    """Owner or manager of the crew."""
    return right_in(user, shoot.crew) in RUNS_A_CREW


def may_see_rates(user: Who, shoot: Shoot) -> bool:
    """Everyone in the crew but a viewer; admins."""
    return _admin(user) or right_in(user, shoot.crew) in (*RUNS_A_CREW, Right.HEAD)


def may_see_call_sheet(user: Who, shoot: Shoot) -> bool:
    """The crew's members, and whoever is booked on the shoot."""
    if may_see_shoot(user, shoot):
        return True
    return bool(
        user.is_authenticated
        and Booking.objects.filter(
            role__shoot=shoot, profile__user=user, state__in=[BookingState.CONFIRMED, BookingState.SERVED]
        ).exists()
    )


def _of_own_crews(user: Who, crew: str, department: str) -> Q:
    """Rows of crews the user belongs to; a head's are narrowed to her department. Arguments are lookup paths."""
    member = Q(**{f"{crew}__memberships__user": user})
    head = Q(**{f"{crew}__memberships__right": Right.HEAD})
    hers = Q(**{department: F(f"{crew}__memberships__department")})
    return member & (~head | hers)


def visible_roles(user: Who) -> QuerySet[Role]:
    """Roles on open shoots for everyone, and those of own crews in any state."""
    public = Q(on_the_list(), shoot__state=ShootState.OPEN)
    if _admin(user):
        return Role.objects.all()
    if not user.is_authenticated:
        return Role.objects.filter(public)
    own = Role.objects.filter(_of_own_crews(user, "shoot__crew", "role_type__department")).values("pk")
    return Role.objects.filter(public | Q(pk__in=own))


def may_see_role(user: Who, role: Role) -> bool:
    return visible_roles(user).filter(pk=role.pk).exists()


def reviewable_roles(user: Who) -> QuerySet[Role]:
    """Roles whose matches the user may read: those of own crews, a head's own department, all for an admin."""
    if _admin(user):
        return Role.objects.all()
    if not user.is_authenticated:
        return Role.objects.none()
    return Role.objects.filter(_of_own_crews(user, "shoot__crew", "role_type__department"))


def may_apply(user: Who, role: Role) -> bool:
    """A graduate with a profile, for a role on an open shoot."""
    return bool(
        user.is_authenticated
        and user.is_graduate
        and role.shoot.state == ShootState.OPEN
        and Profile.objects.filter(user=user).exists()
    )


def visible_matches(user: Who) -> QuerySet[Match]:
    """Matches for the roles whose review the user may read."""
    return Match.objects.filter(role__in=reviewable_roles(user).values("pk"))


def crews_without_rates(user: Who) -> set[int]:
    """Ids of the crews whose pay is kept from the user: those in which she only looks on. See `may_see_rates`."""
    if not user.is_authenticated or not user.is_manager:
        return set()
    return set(Membership.objects.filter(user=user, right=Right.VIEWER).values_list("crew_id", flat=True))


# -- offers, applications, bookings, runs -----------------------------------------------------------------


def visible_offers(user: Who) -> QuerySet[Offer]:
    """A graduate's own once sent; those of own crews' shoots; all for an admin."""
    if _admin(user):
        return Offer.objects.all()
    if not user.is_authenticated:
        return Offer.objects.none()
    crews = Offer.objects.filter(
        _of_own_crews(user, "role__shoot__crew", "role__role_type__department")
    ).values("pk")
    return Offer.objects.filter((Q(profile__user=user) & ~Q(state=OfferState.DRAFTED)) | Q(pk__in=crews))


def may_see_offer(user: Who, offer: Offer) -> bool:
    return visible_offers(user).filter(pk=offer.pk).exists()


def may_answer_offer(user: Who, offer: Offer) -> bool:
    """Only the person it is held out to."""
    return bool(user.is_authenticated and offer.profile.user_id == user.pk)


def may_withdraw_offer(user: Who, offer: Offer) -> bool:
    """Whoever may fill the role it is for."""
    return may_edit_role(user, offer.role)


def visible_applications(user: Who) -> QuerySet[Application]:
    """Own ones, and those to own crews' roles."""
    if _admin(user):
        return Application.objects.all()
    if not user.is_authenticated:
        return Application.objects.none()
    crews = Application.objects.filter(
        _of_own_crews(user, "role__shoot__crew", "role__role_type__department")
    ).values("pk")
    return Application.objects.filter(Q(profile__user=user) | Q(pk__in=crews))


def may_withdraw_application(user: Who, application: Application) -> bool:
    return bool(user.is_authenticated and application.profile.user_id == user.pk)


def visible_bookings(user: Who) -> QuerySet[Booking]:
    """Own ones, and those of own crews' shoots."""
    if _admin(user):
        return Booking.objects.all()
    if not user.is_authenticated:
        return Booking.objects.none()
    crews = Booking.objects.filter(
        _of_own_crews(user, "role__shoot__crew", "role__role_type__department")
    ).values("pk")
    return Booking.objects.filter(Q(profile__user=user) | Q(pk__in=crews))


def may_see_booking(user: Who, booking: Booking) -> bool:
    return visible_bookings(user).filter(pk=booking.pk).exists()


def may_cancel_booking(user: Who, booking: Booking) -> bool:
    """Either side: the person herself, or owner and manager of the crew."""
    return bool(user.is_authenticated and booking.profile.user_id == user.pk) or may_edit_shoot(
        user, booking.role.shoot
    )


def may_open_contact(user: Who, booking: Booking) -> bool:
    """Herself, and owner and manager of the crew; whether the booking still stands is asked when it is opened."""
    return bool(user.is_authenticated and booking.profile.user_id == user.pk) or may_edit_shoot(
        user, booking.role.shoot
    )


def visible_runs(user: Who) -> QuerySet[MatchRun]:
    """Runs of own crews' shoots; all for an admin."""
    if _admin(user):
        return MatchRun.objects.all()
    if not user.is_authenticated:
        return MatchRun.objects.none()
    return MatchRun.objects.filter(shoot__crew__memberships__user=user)


def visible_market_runs(user: Who) -> QuerySet[MarketRun]:
    """Runs over all crews of a hub: admins only. A manager sees her shoot's part of one as a run of her shoot."""
    return MarketRun.objects.all() if _admin(user) else MarketRun.objects.none()


def may_moderate(user: Who) -> bool:
    """May decide cases about listings, crews and messages."""
    return _admin(user)


def may_see_whole_market(user: Who) -> bool:
    """May read the market's numbers without the small ones hidden, and those about rest and overdue pay."""
    return _admin(user)


def may_clear_markets(user: Who) -> bool:
    """May ask for a run over all crews of a hub, and stop one."""
    return _admin(user)


def may_see_run(user: Who, run: MatchRun) -> bool:
    return visible_runs(user).filter(pk=run.pk).exists()
