"""Questions about hubs, bases and training, answered in a fixed number of queries."""

from django.db.models import Count, Prefetch, QuerySet, Sum
from django.db.models.functions import Coalesce

from hubs.models import Base, Figure, Hub, JobFair, Programme, RoleType, Service, Statement


def hubs_with_counts() -> QuerySet[Hub]:
    """Return every hub with `base_count` and `set_total` (sets as published by its bases), by province."""
    return Hub.objects.annotate(
        base_count=Count("bases"), set_total=Coalesce(Sum("bases__set_count"), 0)
    ).order_by("province", "slug")


def hub_with_everything() -> QuerySet[Hub]:
    """Return hubs with bases, figures about the hub itself, town services, training, fairs and statements."""
    return Hub.objects.prefetch_related(
        Prefetch("bases", Base.objects.annotate(set_rows=Count("sets")).order_by("slug")),
        Prefetch("figures", Figure.objects.filter(base=None).order_by("pk"), to_attr="own_figures"),
        Prefetch("services", Service.objects.filter(base=None), to_attr="town_services"),
        Prefetch("institutions__programmes", Programme.objects.select_related("institution")),
        Prefetch("job_fairs", job_fairs()),
        "statements",
    )


def base_with_everything() -> QuerySet[Base]:
    """Return bases with hub, sets, services and figures."""
    return Base.objects.select_related("hub").prefetch_related(
        "sets",
        Prefetch("services", Service.objects.order_by("pk")),
        Prefetch("figures", Figure.objects.order_by("pk")),
    )


def programmes() -> QuerySet[Programme]:
    """Return the catalogue: programmes with institution, hub, skills and role types."""
    return (
        Programme.objects.select_related("institution__hub")
        .prefetch_related("teaches", Prefetch("leads_to", RoleType.objects.order_by("position")))
        .order_by("institution__slug", "slug")
    )


def job_fairs() -> QuerySet[JobFair]:
    """Return the job fairs, those with days first, the next one on top."""
    return JobFair.objects.select_related("institution", "hub").order_by("days", "slug")


def statements() -> QuerySet[Statement]:
    return Statement.objects.select_related("hub")
