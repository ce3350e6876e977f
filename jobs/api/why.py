"""The API's doors to "why": what a role's requirements cost, why not this person and who instead, how it fits me.

The same answers as on the pages of a role, out of the same queries.
"""

from django.http import Http404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from config.drf import Refusal
from jobs import policies
from jobs.api import why_shapes as shapes
from jobs.api.desk import Desk
from jobs.api.permissions import AskPolicy
from jobs.queries import matching, reviews
from profiles.api.requests import PersonRequest
from profiles.models import Profile

FOR_THE_CREW = ("what_if", "standing")
SIGNED_IN = [IsAuthenticated, AskPolicy]


class WhyDesk(Desk):
    """What can be asked about one role, beside reading it."""

    def get_queryset(self):
        if self.action in FOR_THE_CREW:
            return policies.reviewable_roles(self.request.user).select_related("shoot")
        return super().get_queryset()

    @extend_schema(responses={200: shapes.WhatIfOut, 404: Refusal}, filters=False)
    @action(detail=True, url_path="what-if", permission_classes=SIGNED_IN, pagination_class=None)
    def what_if(self, request: PersonRequest, pk: str) -> Response:
        """Which requirement of a role costs how many people, in the newest published run. For its crew."""
        return self.shown(shapes.WhatIfOut, reviews.what_if(self.get_object()))

    @extend_schema(
        responses={200: shapes.StandingOut, 404: Refusal},
        parameters=[OpenApiParameter("person_pk", OpenApiTypes.INT, OpenApiParameter.PATH)],
        filters=False,
    )
    @action(
        detail=True,
        url_path=r"standing/(?P<person_pk>\d{1,18})",
        permission_classes=SIGNED_IN,
        pagination_class=None,
    )
    def standing(self, request: PersonRequest, pk: str, person_pk: str) -> Response:
        """Why a person was not chosen for a role, and who was instead, in the newest published run. For its crew.

        404 where there is no such run, and for a person who was not in it, hides her profile or looks for other work.
        """
        found = reviews.stands(self.get_object(), int(person_pk))
        if found is None:
            raise Http404
        return self.shown(shapes.StandingOut, found)

    @extend_schema(responses={200: shapes.FitOut, 403: Refusal, 404: Refusal}, filters=False)
    @action(detail=True, permission_classes=SIGNED_IN, pagination_class=None)
    def fit(self, request: PersonRequest, pk: str) -> Response:
        """Why a role fits you, or what stands between you and it, as your profile is now. For graduates."""
        role = self.get_object()
        profile = Profile.objects.get(user=request.user)
        return self.shown(shapes.FitOut, matching.fit(profile=profile, role=role, now=timezone.now()))
