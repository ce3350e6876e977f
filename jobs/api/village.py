"""The API's doors to village mode: a coordinator's own people, their free days and hours, and the calls of a day.

Whoever is no coordinator in office is refused, as on the pages; somebody else's people are not there.
"""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from config.drf import Refusal
from config.errors import NotAllowed
from hubs.timespan import DaySpan, shoot_day_of
from jobs.api import village_shapes as shapes
from jobs.api.desk import Desk, act
from jobs.models import Booking
from jobs.queries import villages as questions
from jobs.services import village_calls
from profiles import policies
from profiles.api.requests import PersonRequest
from profiles.models import Coordinator, Villager
from profiles.queries import availability
from profiles.queries import villages as registered
from profiles.services import spoken, villagers

HOURS_BACK = timedelta(days=60)
REFUSALS = {403: Refusal, 404: Refusal}


class VillageDesk(Desk):
    """For coordinators in office; `office` is theirs."""

    office: Coordinator

    def initial(self, request, *args, **kwargs) -> None:
        super().initial(request, *args, **kwargs)
        office = registered.coordinator(request.user)
        if office is None:
            raise NotAllowed("coordinators_only")
        self.office = office


class VillagerViewSet(VillageDesk):
    """The people a coordinator speaks for."""

    serializer_class = shapes.VillagerOut
    rules = {"set_days": policies.may_speak_for}

    def visible(self):
        return questions.listed(self.request.user)

    @extend_schema(responses={200: shapes.VillagerOut(many=True), 403: Refusal})
    def list(self, request: PersonRequest) -> Response:
        """By name: what is next for each, and what is missing."""
        page = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(self._lines(page))

    @extend_schema(responses={200: shapes.VillagerOut} | REFUSALS)
    def retrieve(self, request: PersonRequest, pk: str) -> Response:
        """One person."""
        return Response(self._lines([self.get_object()])[0])

    @act(shapes.VillagerIn, shapes.VillagerOut, done=201, more=(400,))
    def create(self, request: PersonRequest) -> Response:
        """Register a person who has said yes aloud to the words of `villagers/words/`; she is found like everybody.

        409 "villager_alike" where she seems to be registered already: look, and say `though_alike`.
        """
        given = shapes.VillagerIn(data=request.data)
        given.is_valid(raise_exception=True)
        made = villagers.register(**given.arguments, by=request.user, now=timezone.now())
        return Response(self._lines([self.visible().get(pk=made.pk)])[0], status=201)

    @extend_schema(responses={200: shapes.WordsOut, 403: Refusal})
    @action(detail=False, methods=["get"], pagination_class=None)
    def words(self, request: PersonRequest) -> Response:
        """What is read out to a person before she is registered, in the reader's language."""
        said = {"version": spoken.VERSION, "registration": spoken.TO_READ, "contact": spoken.TO_READ_CONTACT}
        return Response(shapes.WordsOut(said).data)

    @extend_schema(responses={200: shapes.FreeDayOut(many=True)} | REFUSALS)
    @action(detail=True, methods=["get"], pagination_class=None)
    def days(self, request: PersonRequest, pk: str) -> Response:
        """The free days of the coming four weeks."""
        return self._free_days(self.get_object())

    @extend_schema(
        request=shapes.FreeDaysIn, responses={200: shapes.FreeDayOut(many=True), 400: Refusal} | REFUSALS
    )
    @days.mapping.patch
    def set_days(self, request: PersonRequest, pk: str) -> Response:
        """Say for single days of the coming four weeks whether she is free; days that are not named stay."""
        villager = self.get_object()
        given = shapes.FreeDaysIn(data=request.data)
        given.is_valid(raise_exception=True)
        said = {each["day"]: each["part"] for each in given.validated_data["days"]}
        villagers.set_days(villager, days=said, by=request.user, today=shoot_day_of(timezone.now()))
        return self._free_days(villager)

    @extend_schema(responses={200: shapes.HoursOut(many=True)} | REFUSALS)
    @action(detail=True, methods=["get"], pagination_class=None)
    def hours(self, request: PersonRequest, pk: str) -> Response:
        """When she was on set, of the last sixty days, the newest first."""
        since = shoot_day_of(timezone.now()) - HOURS_BACK
        rows = questions.hours(self.get_object().profile.user, since=since)
        return Response(shapes.HoursOut(rows, many=True).data)

    def _lines(self, people) -> Any:
        found = questions.people([*people], today=shoot_day_of(timezone.now()))
        return shapes.VillagerOut(found, many=True).data

    def _free_days(self, villager: Villager) -> Response:
        today = shoot_day_of(timezone.now())
        within = DaySpan(today, today + timedelta(days=villagers.AHEAD))
        said = availability.parts_by_day(villager.profile, within=within)
        rows = [{"day": day, "part": said.get(day)} for day in within]
        return Response(shapes.FreeDayOut(rows, many=True).data)


class VillageCallViewSet(VillageDesk):
    """Who of the village is called when, and the text messages that say so."""

    serializer_class = shapes.CallOut
    pagination_class = None

    def visible(self):
        return Booking.objects.filter(profile__in=questions.visible_profiles(self.request.user))

    @extend_schema(
        operation_id="village_calls_list",
        parameters=[
            OpenApiParameter("day", OpenApiTypes.DATE, description="Without one: today's shoot day.")
        ],
        responses={200: shapes.CallOut(many=True), 400: Refusal, 403: Refusal},
    )
    def list(self, request: PersonRequest) -> Response:
        """The calls of a day, the earliest first."""
        asked = shapes.CallsOf(data=request.query_params)
        asked.is_valid(raise_exception=True)
        day = asked.validated_data.get("day") or shoot_day_of(timezone.now())
        found = questions.calls_on(questions.visible_profiles(request.user), day, day)
        calls = [call for each in found for call in each.calls]
        return Response(shapes.CallOut(calls, many=True).data)

    @extend_schema(
        request=shapes.CallIn, responses={200: shapes.CalledOut, 400: Refusal, 403: Refusal, 409: Refusal}
    )
    def create(self, request: PersonRequest) -> Response:
        """Text the calls of a day to those who have not had theirs; asked twice, nobody is called twice."""
        given = shapes.CallIn(data=request.data)
        given.is_valid(raise_exception=True)
        written = village_calls.call(self.office, by=request.user, now=timezone.now(), **given.validated_data)
        return Response({"called": written})
