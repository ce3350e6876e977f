"""Who may see and change a profile: herself, and the curation desk. Nobody else reads one here.

What a crew sees of a person it has been matched with is decided a floor above, by jobs.
"""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from profiles.models import Profile, User, Villager

Person = User | AnonymousUser


def visible_to(user: Person) -> QuerySet[Profile]:
    """The profiles that `user` may read whole: her own; all of them for an admin; none for anybody else."""
    if not user.is_authenticated:
        return Profile.objects.none()
    if user.is_admin:
        return Profile.objects.all()
    return Profile.objects.filter(user=user)


def may_see_profile(user: Person, profile: Profile) -> bool:
    """The same question for one profile; a test makes the two agree."""
    return user.is_authenticated and (user.is_admin or profile.user_id == user.pk)


def may_edit_profile(user: Person, profile: Profile) -> bool:
    """Only she says things of herself. An admin reads, and changes nothing in her name."""
    return user.is_authenticated and user.is_active and profile.user_id == user.pk


def visible_villagers(user: Person) -> QuerySet[Villager]:
    """Whom a coordinator speaks for now; everybody ever registered for an admin; nobody for anybody else."""
    if not user.is_authenticated:
        return Villager.objects.none()
    if user.is_admin:
        return Villager.objects.all()
    return Villager.objects.filter(
        coordinator__user=user,
        coordinator__retired_at__isnull=True,
        taken_over_at__isnull=True,
        profile__user__is_active=True,
    )


def may_see_villager(user: Person, villager: Villager) -> bool:
    return visible_villagers(user).filter(pk=villager.pk).exists()


def may_speak_for(user: Person, villager: Villager) -> bool:
    """Her own coordinator, while in office and until she takes the account over. An admin only reads."""
    return user.is_authenticated and user.is_active and not user.is_admin and may_see_villager(user, villager)


def may_appoint(user: Person) -> bool:
    """Admins appoint coordinators and end their office."""
    return bool(user.is_authenticated and user.is_admin)
