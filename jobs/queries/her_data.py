"""Everything the house holds about one person, found by the relations of the tables: no new one is forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db import models
from django.db.models import Model, QuerySet

from hubs.timespan import shoot_day_of
from jobs.enums import ApplicationState, BookingState, OfferState
from jobs.models import Application, Booking, CrewNote, DataExport, Offer, Pin
from profiles.models import Profile, User

APPS = ("profiles", "jobs", "account", "mfa", "socialaccount")
FOLLOWED: tuple[type[Model], ...] = (User, Profile, Booking)
"""Tables whose rows are hers and on which more of hers hangs: days worked, pay. A run she asked for is not followed:
it holds other people."""


OF_OTHERS: tuple[type[Model], ...] = (CrewNote, Pin)
"""Tables about her that are a crew's own desk: they are emptied with her account, and are not in her copy."""


@dataclass(frozen=True)
class Hers:
    """The rows of one table that are about her."""

    model: type[Model]
    rows: QuerySet


def everything(user: User) -> Iterator[Hers]:
    """Yield the rows about `user`, table by table; those of a table that points at her twice come together."""
    found: dict[type[Model], models.Q] = {}
    roots: dict[type[Model], models.Q] = {User: models.Q(pk=user.pk), Profile: models.Q(user=user)}
    for owner in FOLLOWED:
        here = roots.get(owner) or found[owner]
        ids = owner._default_manager.filter(here).values("pk")
        for model, field in pointing_at(owner):
            if model not in roots:
                found[model] = found.get(model, models.Q()) | models.Q(**{f"{field}__in": ids})
    for model, condition in {**roots, **found}.items():
        yield Hers(model, model._default_manager.filter(condition).order_by("pk"))


def pointing_at(owner: type[Model]) -> list[tuple[type[Model], str]]:
    """Return (table, name of its column) for every row that points at `owner`, in the order of the tables' names."""
    return sorted(
        (
            (model, field.name)
            for model in apps.get_models()
            if model._meta.app_label in APPS and not model._meta.auto_created and not model._meta.proxy
            for field in model._meta.concrete_fields
            if field.is_relation and field.related_model is owner
        ),
        key=lambda pair: (pair[0]._meta.label, pair[1]),
    )


def copies(user: User, *, now: datetime) -> QuerySet[DataExport]:
    """Her copies that are being made or can still be fetched, newest first, without their content."""
    return all_copies(user).exclude(expires_at__lte=now).defer("content")


def all_copies(user: User) -> QuerySet[DataExport]:
    return DataExport.objects.filter(user=user).order_by("-pk")


@dataclass(frozen=True)
class Effects:
    """What her leaving would do at once: offers declined, requests taken back, bookings given back."""

    offers: int
    applications: int
    bookings: list[Booking]


def effects_of_leaving(user: User, *, now: datetime) -> Effects:
    return Effects(
        offers=open_offers(user).count(),
        applications=open_applications(user).count(),
        bookings=list(bookings_to_come(user, now=now).select_related("role__shoot", "role__role_type")),
    )


def open_offers(user: User) -> QuerySet[Offer]:
    return Offer.objects.filter(profile__user=user, state=OfferState.OPEN).order_by("pk")


def open_applications(user: User) -> QuerySet[Application]:
    return Application.objects.filter(profile__user=user, state=ApplicationState.SENT).order_by("pk")


def bookings_to_come(user: User, *, now: datetime) -> QuerySet[Booking]:
    """Confirmed bookings whose first day has not begun."""
    return Booking.objects.filter(
        profile__user=user, state=BookingState.CONFIRMED, days__startswith__gt=shoot_day_of(now)
    ).order_by("pk")
