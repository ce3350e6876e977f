"""What a person shows, without the bytes of her photos; and one photo, to whom it may be shown."""

from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

from hubs.models import Programme
from profiles.models import Photo, Profile, Training, WorkLink
from profiles.policies import Person


@dataclass(frozen=True)
class Portfolio:
    photos: list[Photo]
    links: list[WorkLink]
    trainings: list[Training]


def of(profile: Profile) -> Portfolio:
    """All she has put in; three queries."""
    return Portfolio(
        photos=list(without_bytes(profile.photos.all())),
        links=list(profile.work_links.all()),
        trainings=list(trainings(profile)),
    )


def public(profile: Profile) -> Portfolio:
    """What her public page shows; three queries."""
    return Portfolio(
        photos=list(without_bytes(profile.photos.filter(public=True))),
        links=list(profile.work_links.all()),
        trainings=list(trainings(profile)),
    )


def for_crews(profile: Profile) -> Portfolio:
    """What a crew that considers her sees: links and courses always, photos only while her public page is open."""
    shown = public(profile)
    return shown if profile.page_token else replace(shown, photos=[])


def trainings(profile: Profile) -> QuerySet[Training]:
    return profile.trainings.select_related("programme__institution")


def without_bytes(photos: QuerySet[Photo]) -> QuerySet[Photo]:
    return photos.defer("content", "thumb")


def visible_photos(user: Person) -> QuerySet[Photo]:
    """Photos that `user` may look at: her own; all for an admin; and those on a public page that is open.

    Who holds the address of a public page needs no account: that is what the page is for.
    """
    shown = Q(public=True, profile__page_token__isnull=False, profile__user__is_active=True)
    if not user.is_authenticated:
        return Photo.objects.filter(shown)
    if user.is_admin:
        return Photo.objects.all()
    return Photo.objects.filter(shown | Q(profile__user=user))


def bytes_of(user: Person, key: str, *, small: bool) -> bytes | None:
    """Return the JPEG of a photo `user` may see, or None; one query, the one size asked for."""
    column = "thumb" if small else "content"
    found = visible_photos(user).filter(key=key).values_list(column, flat=True).first()
    return None if found is None else bytes(found)


def catalogue() -> QuerySet[Programme]:
    """Programmes one can have taken part in."""
    return Programme.objects.published().select_related("institution").order_by("institution__slug", "slug")
