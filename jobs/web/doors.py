"""Who may stand at a page's door, said once: sign-in first, then the kind of user, then the object.

An object one may not see answers 404, exactly as if it did not exist; an act one may not do answers 403.
"""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import TypeVar

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import register_converter

from config.errors import NotAllowed
from profiles.models import Profile, User
from profiles.web.requests import GraduateRequest, PersonRequest

Row = TypeVar("Row", bound=Model)
View = Callable[..., HttpResponse]


class IsoDate:
    """The URL form of a day: 2026-12-05. Anything else is a 404, not a 500."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return value if isinstance(value, str) else value.isoformat()


register_converter(IsoDate, "isodate")


def graduates(view: View) -> View:
    """Let only signed-in graduates with a profile through; `request.profile` is hers. Others: NotAllowed."""

    @login_required
    @wraps(view)
    def door(request: GraduateRequest, *args, **kwargs) -> HttpResponse:
        profile = profile_of(request.user)
        if profile is None:
            raise NotAllowed("graduates_only")
        request.profile = profile
        return view(request, *args, **kwargs)

    return door


def managers(view: View) -> View:
    """Let only signed-in crew managers and admins through. Others: NotAllowed."""

    @login_required
    @wraps(view)
    def door(request: PersonRequest, *args, **kwargs) -> HttpResponse:
        if not (request.user.is_manager or request.user.is_admin):
            raise NotAllowed("managers_only")
        return view(request, *args, **kwargs)

    return door


def admins(view: View) -> View:
    """Let only signed-in admins through. Others: NotAllowed."""

    @login_required
    @wraps(view)
    def door(request: PersonRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_admin:
            raise NotAllowed("admins_only")
        return view(request, *args, **kwargs)

    return door


def profile_of(user: User | AnonymousUser) -> Profile | None:
    """Return the graduate's profile, or None for everyone who has none."""
    if not isinstance(user, User) or not user.is_graduate:
        return None
    return Profile.objects.filter(user=user).select_related("user", "home_hub").first()


def found(rows: QuerySet[Row], pk: int) -> Row:
    """Return the row of the visible ones, or 404: what one may not see does not exist."""
    return get_object_or_404(rows, pk=pk)
