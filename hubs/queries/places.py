"""Questions about hubs, bases and training, answered in a fixed number of queries. Only what is published is told."""

from django.db.models import Count, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from hubs.enums import Status
from hubs.models import (
    Base,
    Figure,
    Hub,
    Institution,
    JobFair,
    PlacePhoto,
    Programme,
    RoleType,
    Service,
    Set,
    Statement,
)

PUBLIC_SETS = Count("sets", filter=Q(sets__status=Status.PUBLISHED))


def hubs_with_counts() -> QuerySet[Hub]:
    """Return every hub with `base_count` and `set_total` (sets as published by its bases), by province."""
    public = Q(bases__status=Status.PUBLISHED)
    return (
        Hub.objects.published()
        .annotate(
            base_count=Count("bases", filter=public),
            set_total=Coalesce(Sum("bases__set_count", filter=public), 0),
        )
        .order_by("province", "slug")
    )


def hub_with_everything() -> QuerySet[Hub]:
    """Return hubs with bases, figures about the hub itself, town services, training, fairs and statements."""
    return Hub.objects.published().prefetch_related(
        Prefetch("bases", Base.objects.published().annotate(set_rows=PUBLIC_SETS).order_by("slug")),
        Prefetch(
            "figures", Figure.objects.published().filter(base=None).order_by("pk"), to_attr="own_figures"
        ),
        Prefetch("services", Service.objects.published().filter(base=None), to_attr="town_services"),
        Prefetch("institutions", Institution.objects.published()),
        Prefetch("institutions__programmes", Programme.objects.published().select_related("institution")),
        Prefetch("job_fairs", job_fairs()),
        Prefetch("statements", Statement.objects.published()),
    )


def base_with_everything() -> QuerySet[Base]:
    """Return bases with hub, the services of its town, sets, services and figures."""
    return (
        Base.objects.published()
        .select_related("hub")
        .prefetch_related(
            Prefetch("sets", Set.objects.published().order_by("kind", "pk")),
            Prefetch("sets__photos", PlacePhoto.objects.defer("content", "thumb")),
            Prefetch("photos", _base_photos(), to_attr="own_photos"),
            Prefetch("hub__services", Service.objects.published().filter(base=None)),
            Prefetch("services", Service.objects.published().order_by("pk")),
            Prefetch("figures", Figure.objects.published().order_by("pk")),
        )
    )


def _base_photos() -> QuerySet[PlacePhoto]:
    return PlacePhoto.objects.filter(set=None).defer("content", "thumb")


def programmes() -> QuerySet[Programme]:
    """Return the catalogue: programmes with institution, hub, skills and role types."""
    return (
        Programme.objects.published()
        .select_related("institution__hub")
        .prefetch_related("teaches", Prefetch("leads_to", RoleType.objects.order_by("position")))
        .order_by("institution__slug", "slug")
    )


def job_fairs() -> QuerySet[JobFair]:
    """Return the job fairs, those with days first, the next one on top."""
    return JobFair.objects.published().select_related("institution", "hub").order_by("days", "slug")


def statements() -> QuerySet[Statement]:
    return Statement.objects.published().select_related("hub")
