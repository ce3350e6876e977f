"""The API's doors to work: translate, one call into a service, translate back.

An object one may not see answers 404, as if it did not exist; an act one may not do answers 403.

Pressing twice is safe. Each move of state is a compare-and-set below, and a client that lost the first answer
and asks again is told what stands: 200 with the same booking, offer, shoot or run instead of 201 or 202. Only
a move that was lost to somebody else, or to the clock, answers 409 or 410.
"""

from collections.abc import Callable
from typing import cast

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.response import Response

from config.drf import Refusal
from config.errors import Conflict, Gone
from jobs import policies
from jobs.api import filters, inputs, serializers
from jobs.api.board import BoardOut
from jobs.api.desk import Desk, act, settled, with_contacts, with_place
from jobs.api.permissions import AskPolicy
from jobs.api.why import WhyDesk
from jobs.enums import BookingState, OfferState, RunState, ShootState
from jobs.models import Booking, MatchRun, Notice, Offer, Role
from jobs.queries import notices as notice_questions
from jobs.queries import shoots as shoot_questions
from jobs.services import applications, bookings, contacts, matching, notices, offers, shoots
from profiles.api.requests import PersonRequest


@extend_schema_view(
    create=act(inputs.ShootIn, serializers.ShootOut, done=201, more=(400,)),
)
class ShootViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Desk):
    """The shoots of one's crews, and the moves of a shoot from draft to a full crew."""

    serializer_class = serializers.ShootOut
    filterset_class = filters.ShootFilter
    rules = {
        "publish": policies.may_edit_shoot,
        "match": policies.may_edit_shoot,
        "send_offers": policies.may_edit_shoot,
    }

    def visible(self):
        return policies.visible_shoots(self.request.user).select_related("crew", "base__hub")

    def get_serializer_context(self) -> dict:
        context = super().get_serializer_context()
        if self.action == "create":
            context["crews"] = policies.visible_crews(self.request.user)
        return context

    def get_serializer_class(self):
        return inputs.ShootIn if self.action == "create" else self.serializer_class

    def create(self, request: PersonRequest) -> Response:
        """Make a draft; with a template its roles come with it."""
        shoot = shoots.create(**self.read(request.data), by=request.user, now=timezone.now())
        return self.shown(serializers.ShootOut, shoot, 201)

    @act(None, serializers.ShootOut)
    @action(detail=True, methods=["post"])
    def publish(self, request: PersonRequest, pk: str) -> Response:
        """Open the shoot for matching and applications. An open one stays as it is."""
        shoot = self.get_object()
        try:
            shoots.publish(shoot=shoot, by=request.user, now=timezone.now())
        except Conflict:
            shoot.refresh_from_db()
            if shoot.state != ShootState.OPEN:
                raise
        return self.shown(serializers.ShootOut, shoot)

    @act(None, serializers.RunOut, done=202)
    @action(detail=True, methods=["post"])
    def match(self, request: PersonRequest, pk: str) -> Response:
        """Ask for a match run: 202 with the new run, 200 with the one that is under way."""
        shoot = self.get_object()
        try:
            run = matching.ask(shoot=shoot, by=request.user, now=timezone.now())
        except Conflict as error:
            going = MatchRun.objects.filter(
                shoot=shoot, state__in=[RunState.WAITING, RunState.RUNNING]
            ).first()
            if error.code != "run_in_progress" or going is None:
                raise
            return self.shown(serializers.RunOut, going)
        return self.shown(serializers.RunOut, run, 202)

    @act(inputs.SendIn, serializers.SentOut, more=(400,))
    @action(detail=True, methods=["post"], url_path="send-offers", serializer_class=inputs.SendIn)
    def send_offers(self, request: PersonRequest, pk: str) -> Response:
        """Send an offer for every open place of a reviewed run; who holds one already gets no second."""
        shoot = self.get_object()
        given = inputs.SendIn(data=request.data, context={"runs": MatchRun.objects.filter(shoot=shoot)})
        given.is_valid(raise_exception=True)
        sent = offers.send_all(run=given.validated_data["run"], by=request.user, now=timezone.now())
        return Response({"sent": sent})

    @extend_schema(responses={200: BoardOut, 404: Refusal}, filters=False)
    @action(detail=True, methods=["get"], filterset_class=None, pagination_class=None)
    def board(self, request: PersonRequest, pk: str) -> Response:
        """Departments, their roles and the state of every slot."""
        shoot = self.get_object()
        hers = set(policies.reviewable_roles(request.user).filter(shoot=shoot).values_list("pk", flat=True))
        return self.shown(BoardOut, shoot_questions.board(shoot).only(hers))


@extend_schema_view(list=extend_schema(description="Roles on open shoots, and one's own crews'. Public."))
class RoleViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, WhyDesk):
    """Openings, and why somebody fits one or not."""

    permission_classes = [IsAuthenticatedOrReadOnly, AskPolicy]
    serializer_class = serializers.RoleOut
    filterset_class = filters.RoleFilter
    rules = {"apply": policies.may_apply, "fit": policies.may_be_matched}

    def visible(self):
        roles = policies.visible_roles(self.request.user)
        return with_place(roles, Role).order_by("-id")

    @act(inputs.ApplyIn, serializers.ApplicationOut, done=201, more=(400,))
    @action(detail=True, methods=["post"], serializer_class=inputs.ApplyIn)
    def apply(self, request: PersonRequest, pk: str) -> Response:
        """Ask for a place: 201 at first; 409 "already_applied" afterwards, and nothing changes."""
        role = self.get_object()
        application = applications.apply(
            role=role, by=request.user, now=timezone.now(), **self.read(request.data)
        )
        return self.shown(serializers.ApplicationOut, application, 201)


class MatchViewSet(mixins.ListModelMixin, Desk):
    """Whom the engine proposes for the roles of one's crews, with the points of each rule."""

    serializer_class = serializers.MatchOut
    filterset_class = filters.MatchFilter

    def visible(self):
        return (
            policies.visible_matches(self.request.user)
            .select_related("profile__user")
            .order_by("-run_id", "role_id", "rank")
        )


class RunViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Desk):
    """Match runs and their progress."""

    serializer_class = serializers.RunOut
    filterset_class = filters.RunFilter

    def visible(self):
        return policies.visible_runs(self.request.user).defer("record", "breaches").order_by("-id")


class OfferViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Desk):
    """Places held out to people: a graduate sees her own, a crew those it made."""

    serializer_class = serializers.OfferOut
    filterset_class = filters.OfferFilter
    rules = {
        "accept": policies.may_answer_offer,
        "decline": policies.may_answer_offer,
        "withdraw": policies.may_withdraw_offer,
    }

    def visible(self):
        return with_place(policies.visible_offers(self.request.user), Offer).order_by("-id")

    def get_serializer_context(self) -> dict:
        context = super().get_serializer_context()
        return with_contacts(context, self) if self.action == "accept" else context

    @act(None, serializers.BookingOut, done=201, more=(410,))
    @action(detail=True, methods=["post"])
    def accept(self, request: PersonRequest, pk: str) -> Response:
        """Say yes: 201 with the booking; asked again, 200 with the same booking."""
        offer, status = self.get_object(), 201
        try:
            offers.accept(offer=offer, by=request.user, now=timezone.now())
        except (Conflict, Gone):
            if not Booking.objects.filter(offer=offer, state=BookingState.CONFIRMED).exists():
                raise
            status = 200
        booking = with_place(Booking.objects, Booking).get(offer=offer)
        return self.shown(serializers.BookingOut, booking, status)

    @act(inputs.DeclineIn, serializers.OfferOut, more=(400, 410))
    @action(detail=True, methods=["post"], serializer_class=inputs.DeclineIn)
    def decline(self, request: PersonRequest, pk: str) -> Response:
        """Say no; a declined offer stays declined."""
        return self._end(offers.decline, OfferState.DECLINED, **self.read(request.data))

    @act(None, serializers.OfferOut, more=(410,))
    @action(detail=True, methods=["post"])
    def withdraw(self, request: PersonRequest, pk: str) -> Response:
        """Take an offer back before it is answered; a withdrawn one stays withdrawn."""
        return self._end(offers.withdraw, OfferState.WITHDRAWN)

    def _end(self, verb: Callable, state: OfferState, **given) -> Response:
        offer = self.get_object()
        return self.shown(
            serializers.OfferOut, settled(verb, offer, state, offer=offer, by=self.request.user, **given)
        )


class BookingViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Desk):
    """Accepted offers. Here, and nowhere else, a crew reads a person's contacts."""

    serializer_class = serializers.BookingOut
    filterset_class = filters.BookingFilter
    rules = {"cancel": policies.may_cancel_booking, "contact": policies.may_open_contact}

    def visible(self):
        return with_place(policies.visible_bookings(self.request.user), Booking).order_by("-id")

    def get_serializer_context(self) -> dict:
        return with_contacts(super().get_serializer_context(), self)

    @act(inputs.ReasonIn, serializers.BookingOut, more=(400,))
    @action(detail=True, methods=["post"], serializer_class=inputs.ReasonIn)
    def cancel(self, request: PersonRequest, pk: str) -> Response:
        """Give the place back, from either side; a cancelled booking stays cancelled."""
        booking, given = self.get_object(), self.read(request.data)
        settled(bookings.cancel, booking, BookingState.CANCELLED, booking=booking, by=request.user, **given)
        return self.shown(serializers.BookingOut, booking)

    @act(None, serializers.ContactOut)
    @action(detail=True, methods=["post"])
    def contact(self, request: PersonRequest, pk: str) -> Response:
        """How to reach the person. That you looked is noted, and she can see it."""
        person = contacts.open_for(self.get_object(), by=request.user, now=timezone.now())
        return Response(serializers.ContactOut(person).data)


class NoticeViewSet(mixins.ListModelMixin, Desk):
    """One's own notices, newest first."""

    serializer_class = serializers.NoticeOut

    def visible(self):
        if getattr(self, "swagger_fake_view", False):
            return Notice.objects.none()
        return notice_questions.for_user(cast(PersonRequest, self.request).user)

    @act(None, serializers.ReadOut)
    @action(detail=False, methods=["post"], url_path="read")
    def read_all(self, request: PersonRequest) -> Response:
        """Mark all of them as read."""
        return Response({"read": notices.mark_read(user=request.user, now=timezone.now())})
