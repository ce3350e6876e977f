"""Saved searches: a person's own, and those that new roles are held against."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.db.models import Count, Q, QuerySet

from jobs.enums import AlertPace
from jobs.models import Role, SavedSearch, SearchHit
from jobs.queries.search import Search
from profiles.models import Profile

BATCH = 1000
"""Saved searches held against new roles at a time: memory stays the same for ten and for a million of them."""

LATELY = timedelta(days=7)


def of(profile: Profile, *, now: datetime) -> QuerySet[SavedSearch]:
    """Return her searches, newest first, each with `lately`: roles found in the last seven days. One query."""
    recent = Count("hits", filter=Q(hits__found_at__gte=now - LATELY))
    return SavedSearch.objects.filter(profile=profile).annotate(lately=recent).order_by("-pk")


def same(profile: Profile, search: Search) -> SavedSearch | None:
    """Return her saved search that asks for the same, or None."""
    return SavedSearch.objects.filter(profile=profile, query=search.as_query()).first()


def listening(hub_slug: str, *, kept_before: datetime | None = None) -> Iterator[list[SavedSearch]]:
    """Yield, in batches, the searches whose people want to hear of roles in a hub.

    `kept_before` leaves out those kept since: what was open when a person kept her search was before her eyes.
    """
    anywhere = ~Q(query__has_key="hub") | Q(query__hub=hub_slug)
    rows = (
        SavedSearch.objects.filter(anywhere, profile__user__is_active=True)
        .exclude(alert=AlertPace.NEVER)
        .filter(**({"created_at__lt": kept_before} if kept_before else {}))
        .select_related("profile")
        .order_by("pk")
    )
    every = rows.iterator(chunk_size=BATCH)
    while batch := list(islice(every, BATCH)):
        yield batch


def fresh_hits(searches: list[SavedSearch], roles: list[Role]) -> list[tuple[SavedSearch, Role]]:
    """Return which of `roles` fit which search and were not found for it before. One query."""
    fits = [
        (search, role)
        for search in searches
        for wanted in [Search.from_query(search.query)]
        for role in roles
        if wanted.takes(role)
    ]
    known = set(
        SearchHit.objects.filter(
            search__in={search.pk for search, _role in fits}, role__in=[role.pk for role in roles]
        ).values_list("search_id", "role_id")
    )
    return [(search, role) for search, role in fits if (search.pk, role.pk) not in known]
