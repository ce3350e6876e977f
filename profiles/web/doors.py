"""Who may stand at a page's door, and how a refusal of a service finds its place on a form."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone

from config.errors import DomainError, NotAllowed
from config.wording import sentence
from profiles.models import today_at
from profiles.queries import people

from .requests import GraduateRequest

View = Callable[..., HttpResponse]


def graduates(view: View) -> View:
    """Let only signed-in graduates through, with `request.profile`. Raises NotAllowed `graduates_only`."""

    @login_required
    @wraps(view)
    def door(request: GraduateRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        profile = people.own(request.user)
        if profile is None:
            raise NotAllowed("graduates_only")
        # One user object in a request: a name changed on one copy must not be shown from the other.
        profile.user = request.user
        request.profile = profile
        return view(request, *args, **kwargs)

    return door


def today() -> date:
    """The calendar day in Asia/Shanghai, read once at the door."""
    return today_at(timezone.now())


def done(form: forms.Form, act: Callable[[], Any]) -> bool:
    """Do `act` if the form's shape is right; put a refusal beside its field. Return whether it was done."""
    if not form.is_valid():
        return False
    try:
        act()
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, sentence(error))
        return False
    return True
