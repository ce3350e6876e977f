"""Who may see and change a profile: herself, and the curation desk. Nobody else reads one here.

What a crew sees of a person it has been matched with is decided a floor above, by jobs.
"""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from profiles.models import Profile, User

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
