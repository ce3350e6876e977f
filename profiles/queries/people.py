"""Questions about people, one profile at a time or many at once."""

from django.db.models import Prefetch, QuerySet

from profiles import policies
from profiles.models import Credit, Education, Profile, ProfileSkill, User, WantedRole


def own(user: User) -> Profile | None:
    """Return the profile of a graduate with her user and home, or None for everybody who has none."""
    if not user.is_authenticated:
        return None
    return Profile.objects.filter(user=user).select_related("user", "home_hub").first()


def whole(user: User) -> QuerySet[Profile]:
    """The profiles `user` may read, with everything that hangs on them, in a constant number of queries."""
    return with_everything(policies.visible_to(user))


def with_everything(profiles: QuerySet[Profile]) -> QuerySet[Profile]:
    """Join all that hangs on some profiles, in a constant number of queries."""
    return profiles.select_related("user", "home_hub").prefetch_related(
        "willing_hubs",
        "languages",
        Prefetch("skill_levels", ProfileSkill.objects.select_related("skill")),
        Prefetch("wanted", WantedRole.objects.select_related("role_type")),
        Prefetch("educations", Education.objects.select_related("institution")),
        Prefetch("credits", Credit.objects.select_related("role_type")),
    )
