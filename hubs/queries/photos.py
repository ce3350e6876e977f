"""Pictures of places: lists without their bytes, and one picture with them."""

from django.db.models import Q, QuerySet

from hubs.enums import Status
from hubs.models import Base, PlacePhoto


def listed() -> QuerySet[PlacePhoto]:
    """Pictures without their bytes, for lists and prefetches."""
    return PlacePhoto.objects.defer("content", "thumb")


def published() -> QuerySet[PlacePhoto]:
    """Pictures, without their bytes, of bases and sets that are public."""
    of_set = Q(set__isnull=True) | Q(set__status=Status.PUBLISHED)
    return listed().filter(of_set, base__in=Base.objects.published().values("pk"))


def one(key: str) -> PlacePhoto | None:
    return listed().filter(key=key).first()


def content(photo: PlacePhoto, *, small: bool) -> bytes:
    """The JPEG bytes of one picture; one query."""
    column = "thumb" if small else "content"
    return bytes(PlacePhoto.objects.values_list(column, flat=True).get(pk=photo.pk))
