"""What the API's doors to work share: whose rows, which policy, what asking twice means."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from config.drf import Refusal
from config.errors import Conflict, Gone
from jobs import policies
from jobs.api.permissions import AskPolicy
from jobs.models import Role

Rule = Callable[..., bool]
REFUSALS = {403: Refusal, 404: Refusal, 409: Refusal}


def act(given, answer, *, done: int = 200, more: tuple[int, ...] = ()):
    """Describe an action in the schema: what it takes, what it answers at first, and how it refuses."""
    responses = dict.fromkeys({200, done}, answer) | REFUSALS | dict.fromkeys(more, Refusal)
    return extend_schema(request=given, responses=responses, filters=False)


class Desk(viewsets.GenericViewSet):
    """What all doors share: rows come from `visible`, acts ask `rules`, no cache keeps an answer."""

    permission_classes = [IsAuthenticated, AskPolicy]
    lookup_value_regex = r"\d+"
    rules: dict[str, Rule] = {}

    def get_queryset(self):
        return self.visible()

    def visible(self):
        """The rows this user may see; each desk names its own."""
        raise ImproperlyConfigured(f"{type(self).__name__} does not say what is visible")

    def get_serializer_context(self) -> dict:
        context = {**super().get_serializer_context()}
        if not getattr(self, "swagger_fake_view", False):
            context["blind"] = policies.crews_without_rates(self.request.user)
        return context

    def read(self, data: Any) -> dict:
        """Return what came in, by the action's own input shape; raise for what cannot be right."""
        given = self.get_serializer(data=data)
        given.is_valid(raise_exception=True)
        return given.validated_data

    def shown(self, serializer, row, status: int = 200) -> Response:
        return Response(serializer(row, context=self.get_serializer_context()).data, status=status)

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response


def settled(verb: Callable, row, state: str, **arguments):
    """Do `verb` and return the row as it stands; one that stands in `state` already is as good as done."""
    try:
        verb(now=timezone.now(), **arguments)
    except (Conflict, Gone):
        row.refresh_from_db()
        if row.state != state:
            raise
    row.refresh_from_db()
    return row


def with_place(rows, model):
    """Join what an answer shows of a role's shoot, so that a page of rows costs one query."""
    to_role = "" if model is Role else "role__"
    joins = [f"{to_role}{path}" for path in ("shoot__crew", "shoot__base__hub", "role_type__department")]
    people = [] if model is Role else ["profile__user"]
    return rows.select_related(*joins, *people)


def with_contacts(context: dict, view: Desk) -> dict:
    """Add the id of the reader's own profile: a crew opens contacts one by one, and each look is noted."""
    if not getattr(view, "swagger_fake_view", False):
        context["contacts"] = policies.own_profile_ids(view.request.user)
    return context
