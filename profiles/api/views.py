"""My profile, my days, my education and credits. Whoever has no profile finds nothing here."""

from typing import cast

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from profiles.models import Credit, Education, Profile, today_at
from profiles.queries import availability as questions
from profiles.queries import people
from profiles.queries.completeness import completeness
from profiles.services import availability, history, profiles

from .requests import PersonRequest
from .serializers import (
    CreditIn,
    CreditOut,
    EducationIn,
    EducationOut,
    ProfileIn,
    ProfileOut,
    SpanOut,
    SpansIn,
)


def own_profile(request: PersonRequest) -> Profile:
    """Return the caller's profile. Raises Http404 for everybody who has none."""
    profile = people.own(request.user)
    if profile is None:
        raise Http404
    profile.user = request.user
    return profile


class MyProfile(APIView):
    """Everything she has said of herself."""

    @extend_schema(operation_id="me_profile_read", responses=ProfileOut)
    def get(self, request: PersonRequest) -> Response:
        return Response(self._whole(request))

    @extend_schema(operation_id="me_profile_change", request=ProfileIn(partial=True), responses=ProfileOut)
    def patch(self, request: PersonRequest) -> Response:
        profile = own_profile(request)
        given = ProfileIn(data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        changes = given.validated_data
        profiles.change(profile=profile, by=request.user, changes=changes, today=today_at(timezone.now()))
        return Response(self._whole(request))

    def _whole(self, request: PersonRequest) -> dict:
        profile = get_object_or_404(people.whole(request.user), user=request.user)
        said = completeness(profile, today=today_at(timezone.now()))
        return ProfileOut(profile, context={"completeness": said}).data


class MyAvailability(APIView):
    """The days she is free, from today on. What is booked is not taken out: see her bookings."""

    @extend_schema(operation_id="me_availability_list", responses=SpanOut(many=True))
    def get(self, request: PersonRequest) -> Response:
        return self._spans(own_profile(request))

    @extend_schema(operation_id="me_availability_replace", request=SpansIn, responses=SpanOut(many=True))
    def put(self, request: PersonRequest) -> Response:
        profile = own_profile(request)
        given = SpansIn(data=request.data)
        given.is_valid(raise_exception=True)
        availability.replace_all(
            profile=profile,
            by=request.user,
            spans=[(row["first_day"], row["last_day"], row["part"]) for row in given.validated_data["spans"]],
            today=today_at(timezone.now()),
        )
        return self._spans(profile)

    @extend_schema(operation_id="me_availability_clear", responses={204: None})
    def delete(self, request: PersonRequest) -> Response:
        availability.clear(profile=own_profile(request), by=request.user, today=today_at(timezone.now()))
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _spans(self, profile: Profile) -> Response:
        spans = questions.coming(profile, today=today_at(timezone.now()))
        rows = [{"first_day": span.start, "last_day": span.last, "part": part} for span, part in spans]
        return Response(SpanOut(rows, many=True).data)


class MyEducation(mixins.ListModelMixin, GenericViewSet):
    """Where she has learned; lines are added and removed."""

    serializer_class = EducationOut
    queryset = Education.objects.none()

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        lines = Education.objects.filter(profile=own_profile(cast(PersonRequest, self.request)))
        return lines.select_related("institution", "profile")

    @extend_schema(request=EducationIn, responses={201: EducationOut})
    def create(self, request: PersonRequest) -> Response:
        profile = own_profile(request)
        given = EducationIn(data=request.data)
        given.is_valid(raise_exception=True)
        line = history.add_education(
            profile=profile, by=request.user, today=today_at(timezone.now()), **given.validated_data
        )
        return Response(EducationOut(line).data, status=status.HTTP_201_CREATED)

    def destroy(self, request: PersonRequest, pk: int) -> Response:
        line = self.get_object()
        history.remove_education(profile=line.profile, by=request.user, education=line)
        return Response(status=status.HTTP_204_NO_CONTENT)


class MyCredits(mixins.ListModelMixin, GenericViewSet):
    """Where she has worked; lines of her own are added and removed, proven ones stay."""

    serializer_class = CreditOut
    queryset = Credit.objects.none()

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return Credit.objects.filter(profile=own_profile(cast(PersonRequest, self.request))).select_related(
            "role_type", "profile"
        )

    @extend_schema(request=CreditIn, responses={201: CreditOut})
    def create(self, request: PersonRequest) -> Response:
        profile = own_profile(request)
        given = CreditIn(data=request.data)
        given.is_valid(raise_exception=True)
        line = history.add_credit(
            profile=profile, by=request.user, today=today_at(timezone.now()), **given.validated_data
        )
        return Response(CreditOut(line).data, status=status.HTTP_201_CREATED)

    def destroy(self, request: PersonRequest, pk: int) -> Response:
        line = self.get_object()
        history.remove_credit(profile=line.profile, by=request.user, credit=line)
        return Response(status=status.HTTP_204_NO_CONTENT)
