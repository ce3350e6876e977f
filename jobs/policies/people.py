"""Whose contacts may be seen, and which extras days."""

from django.db.models import Q, QuerySet

from jobs.enums import BookingState
from jobs.models import Booking, ExtrasCall, ExtrasGroup, Membership, Role
from profiles.models import Profile

from .staffing import RUNS_A_CREW, Who, is_admin

NAMED_TO_CREWS = frozenset(
    {
        "hub_not_wanted",
        "rate_floor",
        "missing_skill",
        "skill_level",
        "language",
        "not_free",
        "booked",
        "travel",
    }
)
"""Barriers that a crew may read of one named person. Her age, and whom she will not work with, stay her own affair."""


def may_see_contact(user: Who, profile: Profile) -> bool:
    """Her phone, e-mail and Weixin: herself, and who runs a crew that holds a standing booking of hers."""
    if not user.is_authenticated:
        return False
    if profile.user_id == user.pk:
        return True
    return contacts_visible(user).filter(pk=profile.pk).exists()


def contacts_visible(user: Who) -> QuerySet[Profile]:
    """Profiles of others whose contacts the user may see; the list form of `may_see_contact`."""
    if not user.is_authenticated:
        return Profile.objects.none()
    held = Booking.objects.filter(
        state__in=[BookingState.CONFIRMED, BookingState.SERVED],
        role__shoot__crew__memberships__in=Membership.objects.filter(user=user, right__in=RUNS_A_CREW),
    )
    return Profile.objects.filter(pk__in=held.values("profile_id"))


def may_be_matched(user: Who, role: Role) -> bool:
    """A graduate with a profile may ask how any role fits her that she may see."""
    return user.is_authenticated and user.is_graduate and bool(own_profile_ids(user))


def own_profile_ids(user: Who) -> set[int]:
    """The id of her own profile, whose contacts she reads anywhere; of others they are opened one by one."""
    if not user.is_authenticated:
        return set()
    return set(Profile.objects.filter(user=user).values_list("pk", flat=True))


def visible_extras_calls(user: Who) -> QuerySet[ExtrasCall]:
    """Extras days of own crews' shoots, those one leads a group of, all for an admin."""
    if is_admin(user):
        return ExtrasCall.objects.all()
    if not user.is_authenticated:
        return ExtrasCall.objects.none()
    led = ExtrasGroup.objects.filter(leader__profile__user=user, leader__state=BookingState.CONFIRMED)
    return ExtrasCall.objects.filter(Q(shoot__crew__memberships__user=user) | Q(pk__in=led.values("call")))
